"""Take pictures of the main pages, wide and on a phone, from the demo data in a folder of its own.

Run by `make screenshots`. Two of them stand in the docs; the rest are for looking at.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from machinery.steps import ROOT, SetupFailed, run, say

IN_THE_DOCS = ROOT / "docs" / "images"
PASSWORD = "demonstration"  # noqa: S105 - of invented people on one machine
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 700}
TALL, TALLER = 780, 1350  # pixels; small pictures make small files
LARGEST = 200_000
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SAMPLE = ROOT / "inspections" / "sample_report" / "example_valleys_pdu.txt"
LIST = "/admin/tracker/recommendationprogress/"
ACTIONS = "/admin/tracker/actionprogress/"
FILL = "from machinery.setup import _fill_data_folder; _fill_data_folder()"
WEB = ("config.wsgi", "--worker-class", "gthread", "--threads", "4", "--no-control-socket")


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as one person sees it, after the steps that lead there."""

    name: str
    user: str
    path: str
    steps: Callable[[Page], None] | None = None
    height: int = TALL
    is_in_the_docs: bool = False


def open_the_form(page: Page) -> None:
    """Open the first recommendation's form for an update."""
    page.get_by_role("link", name="Record an update", exact=True).first.click()


def keep_a_draft(page: Page) -> None:
    """Leave an update half written."""
    open_the_form(page)
    page.get_by_label("What was done").fill("Half of the plans were read; the rest follow in May.")
    page.get_by_role("button", name="Keep as draft").click()
    page.goto(page.url.partition("/admin/")[0] + "/admin/tracker/draft/")


def import_a_report(page: Page) -> None:
    """Paste a report like the sample, of another invented unit and with a score that differs."""
    text = SAMPLE.read_text(encoding="utf-8").replace("Valleys", "Moors")
    page.get_by_label("Or the text of the page, pasted").fill(text.replace("8/21", "9/21"))
    page.get_by_role("button", name="Import").click()


def complete_all_actions(page: Page) -> None:
    """Report every action on the first page complete: some can be, some not."""
    page.get_by_label("Select all objects on this page").check()
    page.get_by_role("combobox", name="Action:").select_option(label="Report actions complete")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="Report them complete").click()


PICTURES = (
    Picture("desk-lead", "lead", "/admin/", height=TALLER, is_in_the_docs=True),
    Picture("desk-regional-lead", "regional", "/admin/"),
    Picture("desk-inspector", "inspector", "/admin/"),
    Picture("desk-administrator", "hmip-admin", "/admin/"),
    Picture("list", "lead", LIST),
    Picture("list-inspector", "inspector", LIST),
    Picture("recommendation", "lead", f"{LIST}1/change/", height=TALLER, is_in_the_docs=True),
    Picture("recommendation-inspector", "inspector", f"{LIST}6/change/"),
    Picture("form", "lead", f"{LIST}1/change/", open_the_form),
    Picture("drafts", "lead", f"{LIST}1/change/", keep_a_draft),
    Picture("actions", "lead", ACTIONS),
    Picture("memberships", "lead", "/admin/inspections/membership/"),
    Picture("import", "hmip-admin", "/admin/inspections/inspection/import/", import_a_report),
    Picture("bulk-result", "lead", ACTIONS, complete_all_actions),
)


def main(arguments: list[str]) -> int:
    """Take every picture; return the exit code."""
    parser = argparse.ArgumentParser(prog="machinery.screenshots")
    parser.add_argument("--to", type=Path, help="a folder for all of them, those of the docs too")
    parser.add_argument("--only", default="", help="the pictures whose names begin so")
    asked = parser.parse_args(arguments)
    wanted = [each for each in PICTURES if each.name.startswith(asked.only)]
    try:
        with tempfile.TemporaryDirectory(prefix="demo-for-screenshots-") as data:
            _take(wanted, Path(data), asked.to)
    except SetupFailed as failure:
        say(f"\nNo pictures were taken. {failure}")
        return 1
    return 0


def _take(pictures: list[Picture], data: Path, to: Path | None) -> None:
    beside = to or Path(tempfile.mkdtemp(prefix="screenshots-"))
    with _served(data) as site, _browser() as browser:
        for picture in pictures:
            folder = to or (IN_THE_DOCS if picture.is_in_the_docs else beside)
            folder.mkdir(parents=True, exist_ok=True)
            _photograph(picture, browser, site, folder, beside)
    say(f"\nThe pictures are in {beside}" + ("" if to else f", those of the docs in {IN_THE_DOCS}"))


def _photograph(picture: Picture, browser: Browser, site: str, folder: Path, beside: Path) -> None:
    page = browser.new_page(viewport=WIDE, locale="en-GB")
    page.goto(f"{site}/admin/")
    page.get_by_label("Username or email address").fill(picture.user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{site}{picture.path}")
    if picture.steps:
        picture.steps(page)
    page.wait_for_load_state("networkidle")
    _save(page, folder / f"{picture.name}.png", picture.height)
    page.set_viewport_size(NARROW)
    _save(page, beside / f"{picture.name}-320.png", TALLER)
    page.close()


def _save(page: Page, path: Path, tallest: int) -> None:
    """Save the page down to a height; say so where the file is too large for the docs."""
    size: dict[str, int] = page.evaluate(
        "({width: innerWidth, height: document.documentElement.scrollHeight})"
    )
    height = min(size["height"], tallest)
    clip = {"x": 0, "y": 0, "width": size["width"], "height": height}
    page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]  # as documented
    large = "  too large for the docs" if path.stat().st_size > LARGEST else ""
    say(f"  {path.name}  {path.stat().st_size // 1000} kB{large}")


@contextmanager
def _browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        raise SetupFailed(f"No Chromium is here (looked for {', '.join(CHROMIUM)}); install it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _served(data: Path) -> Iterator[str]:
    """Fill the folder with the demo data and serve it; yield the address."""
    port = _free_port()
    site = f"http://127.0.0.1:{port}"
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"DATA_DIR": str(data), "SITE_URL": site, "DEMO_PASSWORD": PASSWORD}
    env = {**kept, **own, "DJANGO_SETTINGS_MODULE": "config.settings.embedded"}
    run([sys.executable, "-c", FILL], on_failure="The demo data could not be loaded.", env=env)
    command = [sys.executable, "-m", "gunicorn", *WEB, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=ROOT, env=env)  # noqa: S603 - our own command
    try:
        _wait_for(site)
        yield site
    finally:
        process.terminate()
        process.wait()


def _wait_for(site: str) -> None:
    for _ in range(120):
        try:
            with urlopen(f"{site}/healthz", timeout=5):  # noqa: S310 - our own site
                return
        except (URLError, ConnectionError):
            time.sleep(0.5)
    raise SetupFailed("The site did not answer within a minute.")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
