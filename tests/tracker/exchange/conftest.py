"""A unit with actions to report on, and its people."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.tracker.story import NOW, TODAY, Story
from tracker import services
from tracker.domain import commands as c
from tracker.domain.vocabulary import Channel, Response, Role
from tracker.models import RecommendationProgress


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story(db: None) -> Story:
    """Two recommendations; the first has two actions, the second one."""
    story = Story(recommendations=2)
    story.plan(TODAY + timedelta(days=30))
    plan(story, 0, "Hold weekly case reviews")
    respond(story, 1)
    plan(story, 1, "Sign the data agreement")
    return story


def respond(story: Story, nth: int) -> None:
    tell(story, nth, c.Respond(response=Response.AGREED))


def plan(story: Story, nth: int, description: str) -> None:
    tell(
        story,
        nth,
        c.PlanAction(
            description=description,
            accountable_id=story.lead.pk,
            delivered_by="Police",
            target_on=TODAY + timedelta(days=60),
        ),
    )


def tell(story: Story, nth: int, command: c.Command) -> None:
    """Let the lead give a command on the nth recommendation."""
    recommendation = story.recommendations[nth]
    services.execute(
        command,
        recommendation_id=recommendation.pk,
        expected_version=RecommendationProgress.objects.get(pk=recommendation.pk).version,
        actor=story.lead,
        acting_role=Role.PDU_LEAD,
        channel=Channel.ADMIN,
        now=NOW - timedelta(hours=1),
        idempotency_key=str(uuid4()),
    )
