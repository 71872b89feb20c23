"""What the browser complains of: its console, the content security policy included."""

from playwright.sync_api import ConsoleMessage, Page


def listen(page: Page) -> list[str]:
    """Return the complaints, a list that fills as the test goes on."""
    heard: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
