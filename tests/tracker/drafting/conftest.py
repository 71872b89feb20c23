"""One unit, those who prepare for it, and those who sign."""

import pytest
from django.contrib.auth.models import User

from tests.tracker.story import Story
from tests.world import make_user
from tracker.domain.vocabulary import Role


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def owner(story: Story) -> User:
    return make_user("Owen Owner", Role.ACTION_OWNER, story.unit)


@pytest.fixture
def second(story: Story) -> User:
    return make_user("Sara Second", Role.PDU_LEAD, story.unit)


@pytest.fixture
def region(story: Story) -> User:
    return make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)
