"""What every page must pass in a browser."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROWEST = 320


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA and good practice, one line each."""
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether the page is wider than a phone."""
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width > NARROWEST
