// Keeps a form as a draft on the server while somebody types. The form works without it: the button
// "Keep as draft" does the same. What was typed stays in the page until the server has it.

const QUIET = 2000; // milliseconds without a key before it is kept
const LONGEST = 15000; // while somebody types without a pause
const AGAIN = 10000; // after a failure

const form = document.querySelector('form[data-module="keep-draft"]');
const status = document.querySelector(".kept");

if (form && status) {
  let isUnkept = false;
  let isSending = false;
  let isLeaving = false;
  let isFailing = false;
  let isRefused = false;
  let since = 0;
  let timer;

  const say = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };

  const plan = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(keep, delay);
  };

  const typed = () => {
    if (!isUnkept) since = Date.now();
    isUnkept = true;
    plan(Math.max(0, Math.min(QUIET, since + LONGEST - Date.now())));
  };

  // A chosen file goes once: the server keeps it, and the form names it from then on.
  const files = [...form.querySelectorAll('input[type="file"]')];
  const chosen = () => files.map((input) => input.files[0]);

  const name = (sent, received) => {
    files.forEach((input, nth) => {
      if (!sent[nth] || input.files[0] !== sent[nth]) return; // another was chosen meanwhile
      input.value = "";
      if (!received.upload) return;
      form.elements.upload.value = received.upload;
      const kept = form.querySelector(".kept-file");
      kept.querySelector("strong").textContent = received.file;
      kept.hidden = false;
    });
  };

  const send = (keepalive = false) => {
    const body = new FormData(form);
    body.set("_keep", "1");
    if (keepalive) files.forEach((input) => body.delete(input.name)); // too large for a goodbye
    return fetch(form.action, {
      method: "POST",
      body,
      keepalive,
      headers: { Accept: "application/json" },
      redirect: "manual",
    });
  };

  // Signing in again, in another window, changes the token: a page of ours has the new one.
  const renewToken = async () => {
    const page = await fetch(form.dataset.tokenFrom, { redirect: "manual" });
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const token = fresh.querySelector('input[name="csrfmiddlewaretoken"]');
    if (!token) return false;
    document
      .querySelectorAll('input[name="csrfmiddlewaretoken"]')
      .forEach((input) => (input.value = token.value));
    return true;
  };

  const sendWithFreshToken = async () => {
    const response = await send();
    return response.status === 403 && (await renewToken()) ? send() : response;
  };

  const isSignedOut = (response) =>
    response.type === "opaqueredirect" || response.status === 403;

  const note = async (response, sent) => {
    if (response.ok) {
      const { said, address, received } = await response.json();
      name(sent, received);
      form.action = address;
      isRefused = false;
      history.replaceState(history.state, "", address);
      say(said);
      return true;
    }
    if (isSignedOut(response)) {
      say("Not kept: you are signed out. Your text is still on this page. Sign in again in another window and it will be kept.");
    } else if (response.status === 409) {
      say((await response.json()).said);
      isRefused = true;
      return true; // trying again would not help
    } else {
      say("Not kept: the server did not answer as it should. Your text is still on this page, and this is tried again.");
    }
    return false;
  };

  async function keep() {
    if (!isUnkept || isSending || isLeaving) return;
    isSending = true;
    isUnkept = false;
    let isKept = false;
    try {
      const sent = chosen();
      isKept = await note(await sendWithFreshToken(), sent);
    } catch {
      say("Not kept: there is no connection. Your text is still on this page, and will be kept when the connection is back.");
    }
    isSending = false;
    isFailing = !isKept;
    if (!isKept) {
      isUnkept = true;
      plan(AGAIN);
    } else if (isUnkept) {
      plan(QUIET); // typed while it was sent
    }
  }

  form.addEventListener("input", typed);
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => (isLeaving = false));
  window.addEventListener("online", () => plan(0));
  window.addEventListener("focus", () => isUnkept && plan(0));
  window.addEventListener("beforeunload", (event) => {
    if (((isUnkept && isFailing) || isRefused) && !isLeaving) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    if (isUnkept && !isLeaving) send(true).catch(() => {});
  });
}
