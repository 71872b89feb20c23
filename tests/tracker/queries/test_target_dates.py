"""The slips of a target date, told by who asked, who decided, and what became of it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from inspections.access import visible_recommendations
from tests.tracker.story import TODAY, Story
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason, Role
from tracker.queries.target_dates import Outcome, Slip, slips_by_action
from tracker.queries.timeline import timeline

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (TODAY + timedelta(days=days) for days in (10, 20, 45))


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def action(story: Story) -> UUID:
    """An action whose date was moved once already."""
    action = story.plan(FIRST)
    story.tell(c.MoveTargetDate(action_id=action, target_on=SECOND, reason="A vacancy"))
    return action


@pytest.fixture
def region(story: Story) -> User:
    return make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)


def ask(story: Story, action: UUID) -> None:
    story.tell(c.RequestTargetDateExtension(action_id=action, target_on=THIRD, reason="Still"))


def decide(story: Story, action: UUID, region: User, *, granted: bool) -> None:
    answer = c.DecideTargetDateExtension(action_id=action, granted=granted, reason="Heard")
    story.tell(answer, by=region, acting_role=Role.REGIONAL_LEAD)


def slips(story: Story, action: UUID) -> list[Slip]:
    visible = visible_recommendations(story.inspector, TODAY)
    return list(slips_by_action(timeline(story.recommendation.pk, visible=visible))[action])


def test_a_move_of_the_lead_is_the_leads_own_word(story: Story, action: UUID) -> None:
    (moved,) = slips(story, action)
    assert (moved.outcome, moved.ordinal, moved.days) == (Outcome.MOVED, 1, 10)
    assert moved.decided is not None
    assert (moved.decided.by.name, moved.decided.reason) == ("Lena Lead", "A vacancy")
    assert moved.asked is None


def test_a_grant_remembers_who_asked(story: Story, action: UUID, region: User) -> None:
    ask(story, action)
    decide(story, action, region, granted=True)
    granted = slips(story, action)[-1]
    assert (granted.outcome, granted.ordinal, granted.days) == (Outcome.GRANTED, 2, 25)
    assert granted.asked is not None
    assert granted.decided is not None
    assert (granted.asked.by.name, granted.decided.by.name) == ("Lena Lead", "Rhys Region")


def test_a_refusal_moves_nothing_and_may_be_followed_by_another_request(
    story: Story, action: UUID, region: User
) -> None:
    ask(story, action)
    decide(story, action, region, granted=False)
    ask(story, action)
    _, declined, waiting = slips(story, action)
    assert (declined.outcome, declined.days) == (Outcome.DECLINED, 0)
    assert (waiting.outcome, waiting.target_on) == (Outcome.WAITING, THIRD)


def test_a_request_ends_with_its_action(story: Story, action: UUID) -> None:
    ask(story, action)
    story.tell(c.WithdrawAction(action_id=action, reason="No use"))
    assert slips(story, action)[-1].outcome is Outcome.LAPSED


def test_a_removed_reason_is_none(story: Story, action: UUID) -> None:
    personal = story.tell(
        c.RequestTargetDateExtension(action_id=action, target_on=THIRD, reason="Jo is ill")
    )
    redact = c.RedactPersonalData(
        event_id=personal.event_id, reason=RedactionReason.PERSONAL_DATA_OF_STAFF
    )
    story.tell(redact, by=story.administrator)
    asked = slips(story, action)[-1].asked
    assert asked is not None
    assert asked.reason is None
