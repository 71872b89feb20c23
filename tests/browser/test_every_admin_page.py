"""Every page of the admin that a role can open, in a real browser.

The pages are those that the permission matrix declares. What two roles see alike is looked at once.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.accessibility import violations
from tests.browser.listening import listen
from tests.permissions.asking import expected, path_to, variants
from tests.permissions.declared.admin import ADMIN
from tests.permissions.door import FOREIGN, MISSING
from tests.permissions.people import HOLDING_A_ROLE, OPERATOR
from tests.permissions.world import World, build
from tests.tracker.story import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDE, ZOOMED, NARROW = 1280, 640, 320
"""A window of 1280 px, the same at 200 % zoom, and a phone."""
SAME_FOR_ALL = re.compile(r'<div id="user-tools">.*?</div>|value="[^"]*"|nonce|\d+', re.DOTALL)
CUT_OFF = """
() => [...document.querySelectorAll('#content th')]
  .filter(cell => cell.offsetParent !== null && !cell.closest('.visually-hidden'))
  .filter(cell => {
    const right = cell.getBoundingClientRect().right;
    for (let place = cell.parentElement; place; place = place.parentElement)
      if (getComputedStyle(place).overflowX !== 'visible'
          && place.getBoundingClientRect().right + 1 < right) return true;
    return right > innerWidth + 1;
  })
  .map(cell => cell.innerText)
"""
STICKS_OUT = """
() => document.documentElement.scrollWidth <= innerWidth ? null
  : [...document.querySelectorAll('body *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
    .map(each => each.outerHTML.slice(0, 150)).pop() || `${document.documentElement.scrollWidth} px`
"""


@pytest.fixture
def world(live_server: LiveServer) -> Iterator[World]:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        found = build()
    assert found.clients
    yield found
    cache.clear()


@pytest.mark.browser_context_args(device_scale_factor=2)
def test_every_page_is_accessible_at_every_width_and_within_its_policy(
    live_server: LiveServer, page: Page, world: World
) -> None:
    complaints = listen(page)
    faults: list[str] = []
    seen: set[str] = set()
    for person in sorted(HOLDING_A_ROLE | {OPERATOR}):
        be(person, page, live_server, world)
        for path in unseen_pages(person, world, seen):
            page.set_viewport_size({"width": WIDE, "height": 900})
            page.goto(f"{live_server.url}{path}")
            faults += [f"{person}, {path}: {each}" for each in [*complaints, *defects(page)]]
            complaints.clear()  # axe brings styles of its own, which the policy refuses
    assert not faults, "\n".join(faults)
    assert len(seen) > 50


def be(person: str, page: Page, live_server: LiveServer, world: World) -> None:
    session = world.clients[person].cookies["sessionid"].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def unseen_pages(person: str, world: World, seen: set[str]) -> Iterator[str]:
    """Yield the addresses that the person can open and that do not look like one seen before."""
    for path in open_to(person, world):
        answer = world.clients[person].get(path)
        if answer.status_code != HTTPStatus.OK or answer.has_header("Content-Disposition"):
            continue  # elsewhere, or a file
        looks = SAME_FOR_ALL.sub("", answer.content.decode())
        if looks not in seen:
            seen.add(looks)
            yield path


def open_to(person: str, world: World) -> Iterator[str]:
    """Yield the addresses declared to be open; a foreign thing looks as an own one does."""
    for key, doors in ADMIN.items():
        for door in doors if key != "admin:jsi18n" else ():
            for variant in sorted(set(variants(door)) - {FOREIGN, MISSING}):
                if 200 in expected(door, person, variant):
                    yield path_to(key, door, variant, world)


def defects(page: Page) -> Iterator[str]:
    """Yield what is wrong with the page that is open, wide, zoomed and narrow."""
    yield from (f"cut off: {each}" for each in page.evaluate(CUT_OFF))
    yield from violations(page)
    for width in (WIDE, ZOOMED, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if widest := page.evaluate(STICKS_OUT):
            yield f"scrolls sideways at {width} px: {widest}"
