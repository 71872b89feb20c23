"""Rows that are not theirs, or no rows at all."""

from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from inspections.models import Membership
from tests.bulk_work import (
    ACTIONS,
    AUDIT,
    COMPLETE,
    REVIEWED,
    TRAIN,
    done,
    filled,
    reasons,
    send,
    skipped,
    tick,
)
from tests.drafting import ask_for_sign_off
from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import TODAY, Story
from tests.visitor import LIST, Visitor
from tracker.admin.bulk.results import NOT_THERE
from tracker.models import ActionProgress, Event, RecommendationProgress

pytestmark = pytest.mark.django_db


def test_a_foreign_row_cannot_be_ticked_and_nothing_is_told_of_it(
    both: list[UUID], foreign: Story, lead: Visitor
) -> None:
    theirs, missing = ActionProgress.objects.get(recommendation=foreign.recommendation).pk, uuid4()
    page = tick(lead, ACTIONS, COMPLETE, [*both, theirs, missing])
    assert list(reasons(page)) == [TRAIN, AUDIT]
    values = filled(page)
    forged = [*values["row"], f"{theirs}:{foreign.recommendation.progress.version}", f"{missing}:1"]
    before = Event.objects.filter(recommendation=foreign.recommendation).count()
    answer = send(lead, page, {**values, "row": forged})
    result = lead.client.get(answer["Location"])
    assert done(result) == [TRAIN, AUDIT]
    told = [(each.row, each.address, each.reason) for each in result.context["skipped"]]
    assert told[0] == told[1], "foreign and missing look alike"
    assert "not one of yours" in told[0][2]
    assert CANARY not in result.content.decode() + page.content.decode()
    assert Event.objects.filter(recommendation=foreign.recommendation).count() == before


def test_a_result_is_for_the_person_who_sent_it_alone(
    people: dict[str, User], lead: Visitor, both: list[UUID]
) -> None:
    page = tick(lead, ACTIONS, COMPLETE, both)
    address = send(lead, page, filled(page))["Location"]
    for other in ("owner", "regional lead", "inspector"):
        assert Visitor(people[other]).client.get(address).status_code == 404
    assert lead.get(f"{ACTIONS}bulk/result/{uuid4()}/").status_code == 404
    assert lead.get(address.replace(ACTIONS, LIST)).status_code == 404


def test_a_result_says_no_more_of_what_one_may_no_longer_read(
    story: Story, lead: Visitor, both: list[UUID], foreign: Story
) -> None:
    page = tick(lead, ACTIONS, COMPLETE, both)
    address = send(lead, page, filled(page))["Location"]
    Membership.objects.filter(user=story.lead).update(provider=foreign.unit)
    text = lead.client.get(address).content.decode()
    assert "Train" not in text
    assert "A row that is not on your list" in text


@pytest.mark.parametrize("value", ["not-a-key", "9" * 30, "-1", ""])
def test_a_tick_that_could_be_no_row_is_a_bad_request(story: Story, value: str) -> None:
    lead = Visitor(story.lead)
    assert tick(lead, LIST, REVIEWED, [value]).status_code == 400
    assert tick(lead, ACTIONS, COMPLETE, [value]).status_code == 400


@pytest.mark.parametrize(
    "row", ["", "x", ":1", "1:", "1:x", "1:99999999999", "x:1", "9" * 30 + ":1", "9" * 5000 + ":1"]
)
def test_what_could_be_no_row_is_dropped_from_a_page(lead: Visitor, pk: int, row: str) -> None:
    page = tick(lead, LIST, REVIEWED, [pk])
    values = filled(page)
    answer = send(lead, page, {**values, "row": [*values["row"], row]})
    assert len(done(lead.client.get(answer["Location"]))) == 1


@pytest.mark.parametrize("form", ["0{}", "+{}", "{}{}" + "9" * 4400])
def test_a_row_by_another_way_of_writing_its_id_is_no_row(
    lead: Visitor, pk: int, form: str
) -> None:
    key = uuid4()
    sent = {"row": f"{form.format(pk, pk)}:1", "key": key, "acting_role": "pdu_lead"}
    answer = lead.client.post(f"{LIST}bulk/reviewed-no-change/", sent, follow=True)
    assert answer.status_code == 200
    assert skipped(answer) == {"": NOT_THERE}
    assert RecommendationProgress.objects.get(pk=pk).version == 1


def test_an_action_by_another_way_of_writing_its_id_is_no_row(
    lead: Visitor, both: list[UUID]
) -> None:
    action = both[0]
    for row in (str(action).upper(), action.hex, f"{{{action}}}"):
        sent = {"row": f"{row}:1", "key": uuid4(), "occurred_on": TODAY.isoformat()}
        answer = lead.client.post(f"{ACTIONS}bulk/report-actions-complete/", sent, follow=True)
        assert skipped(answer) == {"": NOT_THERE}


def test_the_page_of_a_deed_without_rows_leads_to_the_list(lead: Visitor, pk: int) -> None:
    path = f"{LIST}bulk/reviewed-no-change/"
    for response in (lead.client.get(path, follow=True), lead.client.post(path, {}, follow=True)):
        assert response.redirect_chain == [(LIST, 302)]
        assert "Tick the rows on the list first" in response.content.decode()
    assert lead.get(f"{LIST}bulk/delete/").status_code == 404


def test_a_choice_without_a_tick_says_so_and_does_nothing(lead: Visitor, pk: int) -> None:
    answer = lead.client.post(LIST, {"action": REVIEWED, "index": 0}, follow=True)
    assert "Items must be selected" in answer.content.decode()


def test_all_rows_of_a_list_can_be_chosen_up_to_a_number(story: Story) -> None:
    few = tick(Visitor(story.lead), LIST, REVIEWED, [story.recommendation.pk], select_across=1)
    assert len(reasons_of_all(few)) == 2
    many = Story("Southmarch PDU", recommendations=201)
    lead = Visitor(many.lead)
    answer = tick(lead, LIST, REVIEWED, [many.recommendation.pk], select_across=1)
    assert answer.status_code == 302
    assert "At most 200 rows" in lead.read(LIST)


def reasons_of_all(page: object) -> list[str]:
    return [each.row.id for each in page.context["rows"]]  # type: ignore[attr-defined]


def test_what_a_unit_signs_off_is_skipped_and_says_where_to_submit_it(
    story: Story, lead: Visitor, both: list[UUID]
) -> None:
    ask_for_sign_off(story.unit, 1, story.lead)
    page = tick(lead, ACTIONS, COMPLETE, both)
    assert "submit it for sign-off from the recommendation’s page" in reasons(page)[TRAIN]
    values = {"row": [f"{both[0]}:6"], "key": uuid4(), "occurred_on": TODAY}
    answer = lead.client.post(f"{ACTIONS}bulk/report-actions-complete/", values)
    assert "signs off" in skipped(lead.client.get(answer["Location"]))[TRAIN]
    assert not Event.objects.filter(type="action_reported_complete").exists()
