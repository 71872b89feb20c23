"""What the browser complains of: its console, the content security policy included."""

from playwright.sync_api import ConsoleMessage, Page


def listen(page: Page, *, but_for: str | None = None) -> list[str]:
    """Return the complaints, a list that fills as the test goes on; `but_for` are expected ones."""
    heard: list[str] = []

    def note(message: ConsoleMessage) -> None:
        is_expected = but_for is not None and but_for in message.text
        if message.type in {"error", "warning"} and not is_expected:
            heard.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
