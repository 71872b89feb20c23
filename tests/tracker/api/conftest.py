"""A story to ask about, and clients with a token."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from rest_framework.test import APIClient

from tests.tracker.story import NOW, Story
from tracker.api_tokens import issue_token


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture(autouse=True)
def _nothing_throttled() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def story(db: None) -> Story:
    return Story(recommendations=3)


@pytest.fixture
def foreign(db: None) -> Story:
    """Another unit, whose every word holds the canary."""
    story = Story("The canary PDU")
    story.plan()
    story.update("canary")
    return story


def bearer(user: User) -> APIClient:
    """Return a client that sends a fresh token of `user`."""
    return APIClient(HTTP_AUTHORIZATION=f"Bearer {issue_token(user=user)}")


@pytest.fixture
def api(story: Story) -> APIClient:
    """The inspector's client."""
    return bearer(story.inspector)
