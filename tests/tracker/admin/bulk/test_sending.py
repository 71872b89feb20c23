"""A page of rows sent twice, too late, or with other words: stored once, and told."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.bulk_work import (
    ACTIONS,
    AUDIT,
    COMPLETE,
    REVIEWED,
    TRAIN,
    confirm,
    done,
    filled,
    send,
    skipped,
    tick,
)
from tests.tracker.story import TODAY, Story
from tests.visitor import LIST, Visitor
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import BulkResult, Event, RecommendationProgress

pytestmark = pytest.mark.django_db


def test_a_page_sent_twice_is_stored_once_and_tells_the_same(
    lead: Visitor, both: list[UUID]
) -> None:
    page = tick(lead, ACTIONS, COMPLETE, both)
    values = filled(page)
    first, second = send(lead, page, values), send(lead, page, values)
    assert first["Location"] == second["Location"]
    assert Event.objects.filter(type="action_reported_complete").count() == 2
    result = lead.client.get(first["Location"])
    assert done(result) == [TRAIN, AUDIT]
    assert done(lead.client.get(first["Location"])) == [TRAIN, AUDIT], "a reload is harmless"


def test_a_page_of_which_the_result_was_lost_is_completed_and_not_repeated(
    lead: Visitor, both: list[UUID]
) -> None:
    page = tick(lead, ACTIONS, COMPLETE, both)
    values = filled(page)
    send(lead, page, values)
    BulkResult.objects.all().delete()  # as after a breakdown between the last row and the result
    result = lead.client.get(send(lead, page, values)["Location"])
    assert done(result) == [TRAIN, AUDIT]
    assert Event.objects.filter(type="action_reported_complete").count() == 2


def test_a_page_sent_again_with_other_words_says_so(lead: Visitor, both: list[UUID]) -> None:
    page = tick(lead, LIST, REVIEWED, RecommendationProgress.objects.values_list("pk", flat=True))
    values = filled(page)
    send(lead, page, {**values, "note": "First"})
    again = send(lead, page, {**values, "note": "Second"})
    assert "sent before with other content" in again.content.decode()
    assert "Second" in again.content.decode()
    assert len(done(confirm(lead, again))) == 2
    assert Event.objects.filter(type="reviewed_without_change").count() == 4


def test_a_row_that_somebody_changed_meanwhile_is_skipped_and_says_who(
    story: Story, lead: Visitor
) -> None:
    first, second = story.recommendations
    page = tick(lead, LIST, REVIEWED, [first.pk, second.pk])
    owner = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    update = c.RecordProgressUpdate(text="Begun", occurred_on=story.now.date())
    story.tell(update, by=owner, acting_role=Role.ACTION_OWNER)
    result = confirm(lead, page)
    assert len(done(result)) == 1
    assert list(skipped(result).values()) == [
        "Changed meanwhile by Owen Owner; look at it before you go on."
    ]
    assert not Event.objects.filter(recommendation=first, type="reviewed_without_change").exists()


def test_a_page_that_comes_back_says_what_changed_meanwhile_and_goes_on_from_there(
    story: Story, lead: Visitor, both: list[UUID]
) -> None:
    page = tick(lead, ACTIONS, COMPLETE, both)
    story.tell(c.ReviewWithoutChange())
    again = send(lead, page, filled(page, occurred_on=TODAY + timedelta(days=1)))
    assert "Changed since you opened this page, by Lena Lead." in again.content.decode()
    assert done(confirm(lead, again, occurred_on=TODAY)) == [TRAIN, AUDIT]


def test_a_version_that_never_was_asks_for_a_fresh_page(lead: Visitor, pk: int) -> None:
    page = tick(lead, LIST, REVIEWED, [pk])
    result = confirm(lead, page, row=[f"{pk}:99"])
    assert "open it afresh" in next(iter(skipped(result).values()))
