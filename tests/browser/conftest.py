"""A real Chromium for the tests in this folder: the system's own, never a downloaded one."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page

from tests.browser.listening import listen

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = f"no Chromium is installed (looked for {', '.join(NAMES)})"
        if os.environ.get("CI"):
            pytest.fail(f"In CI the browser tests must run, but {reason}")
        pytest.skip(reason)
    return {**browser_type_launch_args, "executable_path": found, "args": ARGUMENTS}


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_event_loop() -> Iterator[None]:
    """Let tests use the ORM while Playwright runs its event loop in the same thread.

    Playwright keeps that loop until the session ends, so the permission lasts as long.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(autouse=True)
def _nobody_locked_out() -> Iterator[None]:
    """Forget who signed in how often: the count would run on from test to test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of, filled as the test goes on."""
    return listen(page)
