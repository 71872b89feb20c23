"""Whoever decides or answers has before their eyes what is asked, by whom and why."""

from datetime import timedelta

import pytest

from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, form_path
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(story: Story) -> Visitor:
    return Visitor(make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region))


def test_a_request_for_more_time_is_decided_with_the_request_before_ones_eyes(
    story: Story, region: Visitor, pk: int
) -> None:
    action = story.plan(TODAY)
    moved, asked = TODAY + timedelta(days=27), TODAY + timedelta(days=58)
    story.tell(c.MoveTargetDate(action_id=action, target_on=moved, reason="Staff left"))
    more = c.RequestTargetDateExtension(action_id=action, target_on=asked, reason="Room is let")
    story.tell(more)
    page = region.read(form_path(pk, "decide-target-date-extension"))
    for words in (
        "What is asked",
        "More time until <strong>19 January 2027</strong>",
        "the present target date is 19 December 2026",
        "Asked for by Lena Lead",
        "Room is let",
        "The first move: from 22 November 2026 to 19 December 2026",
        "Staff left",
    ):
        assert words in page, words


def test_an_escalation_is_answered_with_the_question_before_ones_eyes(
    story: Story, region: Visitor, pk: int
) -> None:
    raised = c.RaiseEscalation(
        addressed_to=Role.REGIONAL_LEAD, asked="Find us a trainer", reply_by=TODAY
    )
    story.tell(raised)
    page = region.read(form_path(pk, "answer-escalation"))
    for words in (
        "What is asked",
        "Find us a trainer</p>",
        "Asked by Lena Lead",
        "Reply by <strong>22 November 2026</strong>",
    ):
        assert words in page, words
