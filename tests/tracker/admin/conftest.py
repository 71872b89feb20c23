"""A story at the admin: a unit with two recommendations, its people, and another unit."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import Visitor
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role

CANARY = "canary in the coal mine"


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story(db: None) -> Story:
    return Story(recommendations=2)


@pytest.fixture
def pk(story: Story) -> int:
    return story.recommendation.pk


@pytest.fixture
def lead(story: Story) -> Visitor:
    return Visitor(story.lead)


@pytest.fixture
def people(story: Story) -> dict[str, User]:
    """One person for every role, by a short name."""
    return {
        "lead": story.lead,
        "owner": make_user("Owen Owner", Role.ACTION_OWNER, story.unit),
        "delegate": make_user("Dee Delegate", Role.DELEGATE, story.unit, on_behalf_of=story.lead),
        "regional lead": make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region),
        "co-ordinator": make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        "inspector": make_user("Ina Inspector", Role.INSPECTOR),
        "lead inspector": story.inspector,
        "administrator": story.administrator,
    }


@pytest.fixture
def foreign(db: None) -> Story:
    """Another unit, whose every word holds the canary."""
    story = Story(f"The {CANARY} PDU")
    wording = c.CorrectWording(wording=CANARY, reason=CANARY)
    story.tell(wording, by=story.administrator)
    action = story.plan(TODAY - timedelta(days=1))
    story.tell(c.Assign(accountable_id=story.lead.pk))
    story.tell(c.RecordProgressUpdate(text=CANARY, occurred_on=story.now.date(), action_id=action))
    return story
