"""Many rows at once: each stands or falls alone, and what was sent twice is stored once."""

from collections.abc import Iterator
from typing import Any

import pytest

from inspections.models import Recommendation
from tests.tracker.admin.test_giving import less_patience
from tests.tracker.story import NOW, Story
from tests.tracker.test_concurrency import LogProcess
from tests.world import make_recommendation
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel, Response, Role
from tracker.event_store import LogBusy, StaleVersion
from tracker.models import Event
from tracker.services import Outcome, RecommendationNotFound, Row, execute_each

pytestmark = pytest.mark.django_db
AGREE = c.Respond(response=Response.AGREED)


@pytest.fixture
def story() -> Story:
    return Story(recommendations=3)


def row(recommendation: Recommendation, command: c.Command, key: str = "", version: int = 1) -> Row:
    return Row(
        key=key or str(recommendation.pk),
        command=command,
        recommendation_id=recommendation.pk,
        expected_version=version,
        acting_role=Role.PDU_LEAD,
    )


def give(story: Story, *rows: Row, **changes: Any) -> tuple[Outcome, ...]:
    envelope = {"actor": story.lead, "channel": Channel.ADMIN, "now": NOW, **changes}
    return execute_each(rows, **{"idempotency_key": "page", **envelope})


def test_a_row_refused_stops_no_other(story: Story) -> None:
    first, second, third = story.recommendations
    foreign = Story("Southmarch PDU").recommendation
    story.tell(AGREE)
    outcomes = give(
        story,
        row(first, AGREE, version=2),
        row(second, AGREE),
        row(foreign, AGREE),
        row(third, AGREE, version=7),
    )
    refusals = [type(each.refusal) for each in outcomes]
    assert refusals == [CommandRejected, type(None), RecommendationNotFound, StaleVersion]
    assert [each.receipt is not None for each in outcomes] == [False, True, False, False]
    assert Event.objects.filter(type="response_recorded").count() == 2


def test_rows_of_one_recommendation_follow_each_other(story: Story) -> None:
    first = story.recommendation
    notes = [row(first, c.ReviewWithoutChange(note=word), key=word) for word in ("one", "two")]
    outcomes = give(story, *notes)
    assert [each.receipt.version for each in outcomes if each.receipt] == [2, 3]


def test_what_somebody_else_changed_makes_all_rows_of_the_recommendation_stale(
    story: Story,
) -> None:
    first = story.recommendation
    story.update("Begun")
    notes = [row(first, c.ReviewWithoutChange(note=word), key=word) for word in ("one", "two")]
    assert [type(each.refusal) for each in give(story, *notes)] == [StaleVersion, StaleVersion]
    assert Event.objects.filter(recommendation=first).count() == 2


def test_rows_sent_twice_are_stored_once_and_answered_the_same(story: Story) -> None:
    first, second, _ = story.recommendations
    rows = [
        row(first, c.ReviewWithoutChange(note="one"), key="one"),
        row(first, c.ReviewWithoutChange(note="two"), key="two"),
        row(second, AGREE),
    ]
    before, again = give(story, *rows), give(story, *rows)
    assert [each.receipt.replayed for each in again if each.receipt] == [True, True, True]
    assert [each.receipt.version for each in again if each.receipt] == [
        each.receipt.version for each in before if each.receipt
    ]
    assert Event.objects.filter(version__gt=1).count() == 3


def test_rows_of_which_some_were_stored_before_a_breakdown_are_completed(story: Story) -> None:
    notes = [
        row(story.recommendation, c.ReviewWithoutChange(note=word), key=word)
        for word in ("one", "two", "three")
    ]
    give(story, *notes[:2])
    outcomes = give(story, *notes)
    assert [each.receipt.replayed for each in outcomes if each.receipt] == [True, True, False]


def test_each_row_is_a_deed_of_its_own_and_not_marked_as_shared(story: Story) -> None:
    first, second, _ = story.recommendations
    give(story, row(first, AGREE), row(second, AGREE))
    said = Event.objects.filter(type="response_recorded")
    assert len(set(said.values_list("correlation_id", flat=True))) == 2


@pytest.fixture
def _log_held_elsewhere(story: Story) -> Iterator[None]:
    """Another process stands in the midst of a transaction that appends, and never ends it."""
    holder = LogProcess("hold", {"recommendation_id": make_recommendation().pk})
    try:
        holder.wait_for("ready")
        holder.go()
        holder.wait_for("holding")
        with less_patience():
            yield
    finally:
        holder.process.kill()
        holder.process.communicate()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_held_elsewhere")
def test_a_busy_log_is_waited_for_once(story: Story) -> None:
    outcomes = give(story, *(row(each, AGREE) for each in story.recommendations))
    refusals = [each.refusal for each in outcomes]
    assert isinstance(refusals[0], LogBusy)
    assert refusals == [refusals[0]] * 3, "the rows that are left were not tried"
    assert not Event.objects.filter(version__gt=1).exists()
