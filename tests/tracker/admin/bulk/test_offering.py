"""What a list offers for many rows, and what the page before says of each."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from tests.bulk_work import (
    ACTIONS,
    ASSIGN,
    AUDIT,
    COMPLETE,
    DEFINE,
    MORE_TIME,
    MOVE,
    OWNER,
    READ,
    REVIEWED,
    TRAIN,
    confirm,
    done,
    filled,
    offered,
    plan,
    reasons,
    send,
    skipped,
    tick,
)
from tests.tracker.story import TODAY, Story
from tests.visitor import LIST, Visitor, page_path
from tracker.models import ActionProgress, BulkResult, Event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "of_actions", "of_recommendations"),
    [
        ("lead", {COMPLETE, OWNER, MOVE, MORE_TIME}, {REVIEWED, ASSIGN, DEFINE}),
        ("owner", {COMPLETE, MORE_TIME}, set()),
        ("delegate", set(), {REVIEWED}),
        ("regional lead", {COMPLETE, OWNER, MOVE, MORE_TIME}, {REVIEWED, ASSIGN, DEFINE}),
        ("co-ordinator", set(), set()),
        ("inspector", set(), set()),
        ("lead inspector", set(), set()),
        ("administrator", set(), set()),
    ],
)
def test_a_list_offers_what_a_role_may_do_and_else_has_nothing_to_tick(
    people: dict[str, User],
    both: list[UUID],
    who: str,
    of_actions: set[str],
    of_recommendations: set[str],
) -> None:
    visitor = Visitor(people[who])
    for path, expected in ((ACTIONS, of_actions), (LIST, of_recommendations)):
        assert set(offered(visitor, path)) == expected
        assert ('name="_selected_action"' in visitor.read(path)) == bool(expected)


@pytest.mark.parametrize("who", ["delegate", "co-ordinator", "inspector", "administrator"])
def test_a_deed_that_is_not_offered_is_not_done_either(
    people: dict[str, User], both: list[UUID], who: str
) -> None:
    visitor, before = Visitor(people[who]), Event.objects.count()
    assert tick(visitor, ACTIONS, COMPLETE, both).status_code == 200
    sent = {"row": [f"{each}:5" for each in both], "key": uuid4(), "occurred_on": TODAY}
    path = f"{ACTIONS}bulk/report-actions-complete/"
    assert visitor.client.post(path, sent).status_code == 403
    assert Event.objects.count() == before


def test_the_regional_lead_is_told_that_the_unit_does_it(
    people: dict[str, User], both: list[UUID]
) -> None:
    region = Visitor(people["regional lead"])
    page = tick(region, ACTIONS, COMPLETE, both)
    assert "As a regional lead you may not report an action complete" in reasons(page)[TRAIN]
    assert "None of this can be done now" in page.content.decode()
    assert 'type="submit" class="default"' not in page.content.decode()


def test_nothing_deletes(lead: Visitor, both: list[UUID]) -> None:
    before = ActionProgress.objects.count()
    tick(lead, ACTIONS, "delete_selected", both)
    assert ActionProgress.objects.count() == before


def test_the_page_before_says_of_each_row_whether_it_can_be_done_and_writes_nothing(
    agreed: Story, lead: Visitor
) -> None:
    ids = [plan(agreed, "Train"), plan(agreed, "Audit", updated=False)]
    before = Event.objects.count()
    page = tick(lead, ACTIONS, COMPLETE, ids)
    assert reasons(page)[TRAIN] == ""
    assert "No update on this action was ever recorded" in reasons(page)[AUDIT]
    text = page.content.decode()
    assert "Can be done: one of two actions." in text
    assert "The others will be skipped" in text
    assert Event.objects.count() == before


def test_what_can_be_done_is_done_and_each_skipped_row_has_its_reason(
    agreed: Story, lead: Visitor, pk: int
) -> None:
    ids = [plan(agreed, "Train"), plan(agreed, "Audit", updated=False), plan(agreed, "Read")]
    page = confirm(lead, tick(lead, ACTIONS, COMPLETE, ids), note="By Friday", occurred_on=TODAY)
    assert done(page) == [TRAIN, READ]
    assert list(skipped(page)) == [AUDIT]
    assert "record what was done" in skipped(page)[AUDIT]
    text = page.content.decode()
    assert "Reported complete: two of three actions." in text
    assert "Skipped: one, for the reason below." in text
    assert f'href="{page_path(pk)}"' in text
    told = Event.objects.filter(type="action_reported_complete")
    assert [(each.actor_id, each.actor_role, each.channel) for each in told] == [
        (agreed.lead.pk, "pdu_lead", "admin")
    ] * 2
    assert lead.page(pk).count("By Friday") == 2


def test_what_is_wrong_for_every_row_is_said_at_its_field_and_the_text_is_kept(
    lead: Visitor, both: list[UUID]
) -> None:
    page = tick(lead, ACTIONS, COMPLETE, both)
    tomorrow = TODAY + timedelta(days=1)
    again = send(lead, page, filled(page, note="By Friday", occurred_on=tomorrow))
    assert list(again.context["form"].errors) == ["occurred_on"]
    assert "By Friday" in again.content.decode()
    assert not BulkResult.objects.exists()
    assert done(confirm(lead, again, occurred_on=TODAY)) == [TRAIN, AUDIT]


def test_a_form_without_its_key_asks_to_be_opened_afresh(lead: Visitor, both: list[UUID]) -> None:
    page = tick(lead, ACTIONS, COMPLETE, both)
    again = send(lead, page, {**filled(page, note="By Friday"), "key": "forged"})
    assert "open it afresh" in again.context["form"].errors["__all__"][0]
    assert "By Friday" in again.content.decode()
