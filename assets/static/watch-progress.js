// Shows how far an import or export has come while somebody watches. Without it the link on the
// page does the same.

const EVERY = 3000; // milliseconds
const SELECTOR = '[data-module="watch-progress"]';

const watch = async () => {
  const shown = document.querySelector(SELECTOR);
  if (!shown) return;
  try {
    const response = await fetch(location.href, { redirect: "manual" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const now = page.querySelector(SELECTOR);
    if (!response.ok || !now) {
      location.reload(); // done, or signed out: the page itself says what is next
      return;
    }
    const status = shown.querySelector('[role="status"] strong');
    const words = now.querySelector('[role="status"] strong').textContent;
    if (status.textContent !== words) status.textContent = words;
    const bar = shown.querySelector("progress");
    const newBar = now.querySelector("progress");
    if (bar && newBar) bar.value = newBar.value;
  } catch {
    // no connection at present
  }
  setTimeout(watch, EVERY);
};

setTimeout(watch, EVERY);
