"""Many rows at once: each for itself, whatever becomes of the others; all of it told afterwards."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User

from inspections.models import Membership
from tests.bulk_work import ACTIONS, confirm, done, filled, offered, reasons, send, skipped, tick
from tests.drafting import ask_for_sign_off
from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import LIST, Visitor, page_path
from tests.world import FIRST_DAY, make_user
from tracker.admin.bulk.results import NOT_THERE
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response, Role
from tracker.models import ActionProgress, BulkResult, Event, RecommendationProgress

pytestmark = pytest.mark.django_db
COMPLETE = "report_actions_complete"
OWNER = "change_the_owner_of_actions"
MOVE = "move_target_dates"
MORE_TIME = "ask_for_more_time"
REVIEWED = "reviewed_no_change"
ASSIGN = "assign_an_accountable_person"
TRAIN, AUDIT, READ = (f"{each} (Quality team)" for each in ("Train", "Audit", "Read"))


def plan(
    story: Story, description: str, *, updated: bool = True, target_on: date | None = None
) -> UUID:
    planned = story.tell(
        c.PlanAction(
            description=description,
            accountable_id=story.lead.pk,
            delivered_by="Quality team",
            target_on=target_on or TODAY + timedelta(days=30),
        )
    )
    if updated:
        day = story.now.date()
        begun = c.RecordProgressUpdate(text="Begun", occurred_on=day, action_id=planned.event_id)
        story.tell(begun)
    return planned.event_id


@pytest.fixture
def agreed(story: Story) -> Story:
    story.tell(c.Respond(response=Response.AGREED))
    return story


@pytest.fixture
def both(agreed: Story) -> list[UUID]:
    """Two actions that can be reported complete."""
    return [plan(agreed, "Train"), plan(agreed, "Audit")]


# --- What is offered to whom ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "of_actions", "of_recommendations"),
    [
        ("lead", {COMPLETE, OWNER, MOVE, MORE_TIME}, {REVIEWED, ASSIGN}),
        ("owner", {COMPLETE, MORE_TIME}, set()),
        ("delegate", set(), {REVIEWED}),
        ("regional lead", {COMPLETE, OWNER, MOVE, MORE_TIME}, {REVIEWED, ASSIGN}),
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


# --- Mixed rows -----------------------------------------------------------------------------------


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


# --- Sent twice, stale, gone ----------------------------------------------------------------------


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


# --- Rows that are not theirs ---------------------------------------------------------------------


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


# --- Each deed ------------------------------------------------------------------------------------


def test_actions_of_several_units_go_only_to_their_own_people(agreed: Story, lead: Visitor) -> None:
    elsewhere = Story("Southmarch PDU")
    Membership.objects.create(
        user=agreed.lead, role=Role.PDU_LEAD, provider=elsewhere.unit, starts_on=FIRST_DAY
    )
    owen = make_user("Owen Owner", Role.ACTION_OWNER, agreed.unit)
    elsewhere.tell(c.Respond(response=Response.AGREED))
    ids = [plan(agreed, "Train"), plan(elsewhere, "Audit")]
    page = tick(lead, ACTIONS, OWNER, ids)
    choices = [words for _, words in page.context["form"].fields["accountable_id"].choices]
    assert choices == [
        "Choose a person",
        "Lena Lead, Northmarch PDU and Southmarch PDU",
        "Lena Lead, Southmarch PDU",
        "Owen Owner, Northmarch PDU",
    ]
    result = confirm(lead, page, accountable_id=owen.pk, reason="Leave")
    assert done(result) == [TRAIN]
    assert "no current role at the provider" in skipped(result)[AUDIT]
    assert ActionProgress.objects.get(pk=ids[0]).accountable == owen


def test_a_new_owner_must_be_chosen(lead: Visitor, both: list[UUID]) -> None:
    page = tick(lead, ACTIONS, OWNER, both)
    again = send(lead, page, filled(page, reason="Leave"))
    assert again.context["form"].errors["accountable_id"] == ["New owner: choose one."]


def test_more_time_is_asked_for_by_days_or_by_one_date_where_the_lead_may_not_move_it_alone(
    agreed: Story, lead: Visitor
) -> None:
    moved = plan(agreed, "Train")
    later = TODAY + timedelta(days=40)
    agreed.tell(c.MoveTargetDate(action_id=moved, target_on=later, reason="Staff left"))
    ids = [moved, plan(agreed, "Audit")]
    page = tick(lead, ACTIONS, MORE_TIME, ids)
    assert reasons(page)[TRAIN] == ""
    assert "let the lead move it" in reasons(page)[AUDIT]
    for given in ({}, {"days": 14, "target_on": later}):
        again = send(lead, page, filled(page, reason="Leave", **given))
        assert again.context["form"].errors["target_on"] == [
            "Give either one date for all, or a number of days more."
        ]
    result = confirm(lead, page, reason="No trainer", days=14)
    assert done(result) == [TRAIN]
    asked = ActionProgress.objects.get(pk=moved)
    assert asked.extension_asked_to == later + timedelta(days=14)


def test_a_reason_that_is_missing_is_asked_for_once_and_not_per_row(
    agreed: Story, lead: Visitor, both: list[UUID]
) -> None:
    page = tick(lead, ACTIONS, MOVE, both)
    again = send(lead, page, filled(page, days=7))
    assert list(again.context["form"].errors) == ["reason"]
    assert done(confirm(lead, again, reason="No trainer")) == [TRAIN, AUDIT]
    moved = ActionProgress.objects.filter(slips=1, target_on=TODAY + timedelta(days=37))
    assert moved.count() == 2


def test_recommendations_are_assigned_to_one_person(story: Story, lead: Visitor) -> None:
    story.tell(c.Assign(accountable_id=story.lead.pk))
    make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    pks = [each.pk for each in story.recommendations]
    result = confirm(lead, tick(lead, LIST, ASSIGN, pks), accountable_id=story.lead.pk)
    assert len(done(result)) == 1
    assert len(skipped(result)) == 1
    owners = RecommendationProgress.objects.values_list("accountable", flat=True)
    assert set(owners) == {story.lead.pk}


def test_a_delegate_confirms_on_behalf_of_the_lead_that_nothing_has_changed(
    story: Story, people: dict[str, User]
) -> None:
    delegate = Visitor(people["delegate"])
    result = confirm(
        delegate,
        tick(delegate, LIST, REVIEWED, [each.pk for each in story.recommendations]),
        note="The weekly list shows no change.",
    )
    assert len(done(result)) == 2
    said = Event.objects.filter(type="reviewed_without_change")
    assert {(each.actor_role, each.on_behalf_of_id) for each in said} == {
        ("delegate", story.lead.pk)
    }


def test_somebody_with_several_roles_chooses_in_which_one_they_speak(
    story: Story, people: dict[str, User]
) -> None:
    Membership.objects.create(
        user=people["delegate"], role=Role.PDU_LEAD, provider=story.unit, starts_on=FIRST_DAY
    )
    visitor = Visitor(people["delegate"])
    page = tick(visitor, LIST, REVIEWED, [story.recommendation.pk])
    roles = page.context["form"].fields["acting_role"].choices
    assert roles == [("pdu_lead", "PDU lead"), ("delegate", "Delegate")]
    again = send(visitor, page, filled(page))
    assert again.context["form"].errors["acting_role"] == ["Choose the role in which you act."]
    assert len(done(confirm(visitor, again, acting_role="delegate"))) == 1
    assert Event.objects.get(type="reviewed_without_change").actor_role == "delegate"


def test_the_role_is_that_which_holds_the_command_at_each_unit(
    agreed: Story, both: list[UUID]
) -> None:
    elsewhere = Story("Southmarch PDU")
    elsewhere.tell(c.Respond(response=Response.AGREED))
    person = make_user("Bo Both", Role.PDU_LEAD, agreed.unit)
    Membership.objects.create(
        user=person, role=Role.ACTION_OWNER, provider=elsewhere.unit, starts_on=FIRST_DAY
    )
    visitor = Visitor(person)
    ids = [both[0], plan(elsewhere, "Read")]
    assert len(done(confirm(visitor, tick(visitor, ACTIONS, COMPLETE, ids)))) == 2
    said = Event.objects.filter(type="action_reported_complete", actor_id=person.pk)
    assert set(said.values_list("actor_role", flat=True)) == {"pdu_lead", "action_owner"}
    assert said.first().recorded_at == NOW  # type: ignore[union-attr]
