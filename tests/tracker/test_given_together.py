"""Several commands as one request: all or nothing, stored once, one correlation id."""

from datetime import timedelta
from typing import Any

import pytest

from tests.tracker.story import NOW, TODAY, Story
from tracker import services
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel, Closure, Response, Role
from tracker.event_store import StaleVersion
from tracker.models import ActionProgress, Event, RecommendationProgress

pytestmark = pytest.mark.django_db
PARTNERS = ("Northmarch Police", "Northmarch Council", "St Aelred's Trust")


@pytest.fixture
def story() -> Story:
    story = Story(recommendations=3)
    story.tell_of(story.recommendations, c.Respond(response=Response.AGREED))
    return story


def plan(story: Story, partner: str, **changes: Any) -> c.PlanAction:
    details: dict[str, Any] = {
        "description": "Agree how information is shared",
        "accountable_id": story.lead.pk,
        "delivered_by": partner,
        "target_on": TODAY + timedelta(days=30),
    }
    return c.PlanAction(**{**details, **changes})


def give(story: Story, *commands: c.Command, **changes: Any) -> tuple[services.Receipt, ...]:
    envelope: dict[str, Any] = {
        "targets": {story.recommendation.pk: 2},
        "actor": story.lead,
        "acting_role": Role.PDU_LEAD,
        "channel": Channel.ADMIN,
        "now": NOW,
        "idempotency_key": "together",
    }
    return services.execute_together(commands, **{**envelope, **changes})


def planned() -> int:
    return Event.objects.filter(type="action_planned").count()


def test_several_actions_are_planned_in_one_go(story: Story) -> None:
    receipts = give(story, *(plan(story, each) for each in PARTNERS))
    assert [receipt.version for receipt in receipts] == [3, 4, 5]
    assert {each.correlation_id for receipt in receipts for each in receipt.events} == {
        receipts[0].events[0].correlation_id
    }
    actions = ActionProgress.objects.order_by("planned_version")
    assert tuple(actions.values_list("delivered_by", flat=True)) == PARTNERS


def test_when_one_is_refused_none_is_stored(story: Story) -> None:
    refused = plan(story, "", description="Nobody delivers it")
    with pytest.raises(CommandRejected) as refusal:
        give(story, plan(story, PARTNERS[0]), refused)
    assert refusal.value.field == "delivered_by"
    assert planned() == 0
    assert RecommendationProgress.objects.get(pk=story.recommendation.pk).version == 2


def test_sent_twice_they_are_stored_once(story: Story) -> None:
    commands = [plan(story, each) for each in PARTNERS]
    first, again = give(story, *commands), give(story, *commands)
    assert all(receipt.replayed for receipt in again)
    assert [each.version for each in again] == [each.version for each in first]
    assert planned() == 3


@pytest.mark.parametrize("changed", [PARTNERS[:2], (*PARTNERS, "A fourth"), PARTNERS[::-1]])
def test_sent_again_with_other_commands_they_are_refused_as_a_whole(
    story: Story, changed: tuple[str, ...]
) -> None:
    give(story, *(plan(story, each) for each in PARTNERS))
    with pytest.raises(services.KeyReused):
        give(story, *(plan(story, each) for each in changed))
    assert planned() == 3


def test_the_same_command_twice_is_two_deeds(story: Story) -> None:
    receipts = give(story, plan(story, PARTNERS[0]), plan(story, PARTNERS[0]))
    assert [len(receipt.events) for receipt in receipts] == [1, 1]
    again = give(story, plan(story, PARTNERS[0]), plan(story, PARTNERS[0]))
    assert [len(receipt.events) for receipt in again] == [1, 1]
    assert planned() == 2


def test_a_stale_version_stores_none_of_them(story: Story) -> None:
    story.update("Begun")
    with pytest.raises(StaleVersion):
        give(story, *(plan(story, each) for each in PARTNERS))
    assert planned() == 0


def test_each_of_several_recommendations_gets_each_of_the_actions(story: Story) -> None:
    first, second, _ = story.recommendations
    targets = {first.pk: 2, second.pk: 2}
    receipts = give(story, *(plan(story, each) for each in PARTNERS), targets=targets)
    versions = [(receipt.recommendation_id, receipt.version) for receipt in receipts]
    assert versions == [(pk, version) for pk in (first.pk, second.pk) for version in (3, 4, 5)]


def test_a_refusal_says_which_of_several_recommendations_it_comes_from(story: Story) -> None:
    first, second, third = story.recommendations
    story.tell_of([second], c.RecordBlocker(cause="No trainer", **blocked()))
    closing = c.JudgeProgress(judgement="no_progress", rationale="We looked")
    story.tell_of([third], closing, by=story.inspector)
    closed = c.CloseRecommendation(closure=Closure.NOT_ACHIEVED, reason="Too late")
    story.tell_of([third], closed, by=story.inspector)
    targets = {first.pk: 2, second.pk: 3, third.pk: 4}
    with pytest.raises(CommandRejected) as refusal:
        give(story, c.ReviewWithoutChange(), targets=targets)
    assert refusal.value.code == "closed"
    assert refusal.value.sentence.startswith("Recommendation 3: The recommendation is closed")
    assert str(refusal.value) == refusal.value.sentence
    assert not Event.objects.filter(type="reviewed_without_change").exists()


def blocked() -> dict[str, Any]:
    return {"controlled_by": "HMPPS", "forecast_on": TODAY + timedelta(days=9)}


def test_a_refusal_of_one_alone_needs_no_number(story: Story) -> None:
    with pytest.raises(CommandRejected) as refusal:
        give(story, c.Respond(response=Response.AGREED))
    assert not refusal.value.sentence.startswith("Recommendation")
