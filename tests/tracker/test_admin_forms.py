"""The short forms of the admin: what is sent is stored once, what is refused keeps its text."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from inspections.models import Membership
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import Visitor, form_path, page_path, said
from tests.world import PUBLISHED_ON, make_inspection, make_recommendation, make_user
from tracker.admin import giving
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response, Role
from tracker.event_store import LogBusy
from tracker.forms import FORMS
from tracker.models import ActionProgress, Event, EventPayload, RecommendationProgress
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
TEXT = "Twenty of twenty plans were read by a manager."


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def pk(story: Story) -> int:
    return story.recommendation.pk


@pytest.fixture
def lead(story: Story) -> Visitor:
    return Visitor(story.lead)


def test_what_is_sent_is_stored_with_the_person_role_and_door(
    story: Story, pk: int, lead: Visitor
) -> None:
    response = lead.fill_in(pk, "respond", response="partly_agreed", reason="The first half.")
    assert response.status_code == 302
    assert response["Location"] == page_path(pk)
    event = Event.objects.get(recommendation=pk, version=2)
    assert (event.type, event.actor_id) == ("response_recorded", story.lead.pk)
    assert (event.actor_role, event.channel) == ("pdu_lead", "admin")
    page = lead.page(pk)
    assert "The response is recorded." in page
    assert "Partly agreed" in page
    assert "The first half." in page


def test_forged_fields_are_nobodys_to_send(story: Story, pk: int, lead: Visitor) -> None:
    forged = {"actor": story.inspector.pk, "recorded_at": "2020-01-01", "version": 99}
    lead.give(pk, "record-progress-update", text=TEXT, **forged)
    event = Event.objects.get(recommendation=pk, version=2)
    assert (event.actor_id, event.recorded_at) == (story.lead.pk, NOW)


def test_the_same_form_sent_twice_is_stored_once(pk: int, lead: Visitor) -> None:
    form = {**lead.opened(pk, "respond"), "response": "agreed"}
    first, second = lead.post(pk, "respond", form), lead.post(pk, "respond", form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Event.objects.filter(recommendation=pk).count() == 2


def test_an_action_reported_complete_twice_by_one_form_is_no_refusal(
    story: Story, pk: int, lead: Visitor
) -> None:
    action = story.plan()
    day = story.now.date()
    story.tell(c.RecordProgressUpdate(text="Begun", occurred_on=day, action_id=action))
    form = lead.opened(pk, "report-action-complete")
    assert form["action_id"] == str(action), "the only one is chosen already"
    assert lead.post(pk, "report-action-complete", form).status_code == 302
    assert lead.post(pk, "report-action-complete", form).status_code == 302


def test_a_form_sent_again_with_other_words_says_so_and_can_be_sent_once_more(
    pk: int, lead: Visitor
) -> None:
    form = {**lead.opened(pk, "record-progress-update"), "text": TEXT}
    lead.post(pk, "record-progress-update", form)
    again = lead.post(pk, "record-progress-update", {**form, "text": "Other words"})
    assert "Progress updated by Lena Lead" in again.content.decode()
    assert "Other words" in again.content.decode()
    renewed = {bound.name: bound.value() for bound in again.context["form"]}
    assert renewed["idempotency_key"] != form["idempotency_key"]
    kept = {name: value for name, value in renewed.items() if value is not None}
    assert lead.post(pk, "record-progress-update", kept).status_code == 302
    assert Event.objects.filter(recommendation=pk).count() == 3


def test_a_refusal_stands_at_its_field_and_the_text_is_kept(pk: int, lead: Visitor) -> None:
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    response = lead.fill_in(pk, "record-progress-update", text=TEXT, occurred_on=tomorrow)
    assert response.status_code == 200
    assert list(said(response)) == ["occurred_on"]
    page = response.content.decode()
    assert TEXT in page
    assert "<title>Error: Record an update" in page
    assert 'href="#id_occurred_on"' in page
    assert Event.objects.filter(recommendation=pk).count() == 1


def test_a_refusal_without_a_field_stands_on_top(story: Story, pk: int, lead: Visitor) -> None:
    story.plan()
    slug = "report-recommendation-complete"
    kept = {
        "expected_version": 3,
        "idempotency_key": uuid4(),
        "acting_role": "pdu_lead",
        "statement": TEXT,
        "occurred_on": TODAY,
    }
    response = lead.post(pk, slug, kept)
    (sentence,) = said(response)["__all__"]
    assert "still open" in sentence
    assert TEXT in response.content.decode()


@pytest.mark.parametrize(
    ("slug", "field"),
    [
        ("record-progress-update", "text"),
        ("review-without-change", None),
        ("attach-evidence", "title"),
        ("raise-escalation", "addressed_to"),
        ("record-blocker", "forecast_on"),
    ],
)
def test_an_empty_form_is_answered_with_a_sentence(
    pk: int, lead: Visitor, slug: str, field: str | None
) -> None:
    response = lead.fill_in(pk, slug)
    if field is None:
        assert response.status_code == 302
    else:
        assert field in said(response)


def test_a_stale_form_says_who_changed_what_and_can_be_sent_again_in_one_click(
    story: Story, pk: int, lead: Visitor
) -> None:
    form = {**lead.opened(pk, "record-progress-update"), "text": TEXT}
    story.tell(c.ReviewWithoutChange(note="Looked at the weekly list."))
    response = lead.post(pk, "record-progress-update", form)
    page = response.content.decode()
    assert "has changed since you opened the form" in page
    assert "Reviewed, no change by Lena Lead" in page
    assert "Looked at the weekly list." in page
    assert TEXT in page
    assert Event.objects.filter(recommendation=pk).count() == 2
    again = {**form, "expected_version": response.context["form"]["expected_version"].value()}
    assert lead.post(pk, "record-progress-update", again).status_code == 302


def test_a_form_that_became_impossible_meanwhile_explains_itself(
    story: Story, pk: int, lead: Visitor
) -> None:
    form = {**lead.opened(pk, "respond"), "response": "not_agreed", "reason": TEXT}
    story.tell(c.Respond(response=Response.AGREED))
    response = lead.post(pk, "respond", form)
    assert "Response: agreed by Lena Lead" in response.content.decode()
    form["expected_version"] = response.context["form"]["expected_version"].value()
    again = lead.post(pk, "respond", form)
    assert "has its response already" in said(again)["__all__"][0]
    assert TEXT in again.content.decode()


def test_a_busy_log_is_said_and_the_text_is_kept(
    pk: int, lead: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def execute(*_: Any, **__: Any) -> None:
        raise LogBusy from OperationalError("database is locked")

    monkeypatch.setattr(giving, "execute", execute)
    response = lead.fill_in(pk, "record-progress-update", text=TEXT)
    assert said(response)["__all__"] == [str(LogBusy())]
    assert TEXT in response.content.decode()


def test_a_form_without_its_hidden_part_asks_to_be_opened_afresh(pk: int, lead: Visitor) -> None:
    response = lead.post(pk, "record-progress-update", {"text": TEXT, "occurred_on": TODAY})
    assert list(said(response)) == ["__all__"]
    assert "open it afresh" in said(response)["__all__"][0]
    assert TEXT in response.content.decode()


def test_a_command_that_makes_no_sense_now_leads_back_to_the_page(pk: int, lead: Visitor) -> None:
    response = lead.client.get(form_path(pk, "plan-action"), follow=True)
    assert response.redirect_chain == [(page_path(pk), 302)]
    assert "not possible at present" in response.content.decode()


def test_an_unknown_command_is_not_found(pk: int, lead: Visitor) -> None:
    assert lead.get(form_path(pk, "publish-recommendation")).status_code == 404
    assert lead.get(form_path(pk, "delete")).status_code == 404


def test_no_command_can_be_given_by_following_a_link(pk: int, lead: Visitor) -> None:
    version = RecommendationProgress.objects.get(pk=pk).version
    lead.get(form_path(pk, "review-without-change"), note="By address", acting_role="pdu_lead")
    assert RecommendationProgress.objects.get(pk=pk).version == version
    assert lead.client.put(form_path(pk, "review-without-change")).status_code == 405


def test_a_link_from_an_action_chooses_that_action(story: Story, pk: int, lead: Visitor) -> None:
    action = story.plan()
    opened = lead.opened(pk, "record-progress-update", action_id=str(action))
    assert str(opened["action_id"]) == str(action)
    assert "action_id" not in lead.opened(pk, "record-progress-update")
    forged = lead.opened(pk, "record-progress-update", acting_role="inspector", text="From a link")
    assert forged["acting_role"] == "pdu_lead"
    assert "text" not in forged


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "role", "status"),
    [
        ("record-progress-update", Role.ACTION_OWNER, 200),
        ("record-progress-update", Role.DELEGATE, 200),
        ("respond", Role.ACTION_OWNER, 403),
        ("respond", Role.HMPPS_COORDINATOR, 200),
        ("respond", Role.INSPECTOR, 403),
        ("respond", Role.REGIONAL_LEAD, 403),
        ("record-progress-update", Role.LEAD_INSPECTOR, 403),
        ("judge-progress", Role.INSPECTOR, 200),
        ("judge-progress", Role.PDU_LEAD, 403),
        ("judge-progress", Role.HMIP_ADMINISTRATOR, 403),
        ("start-review", Role.LEAD_INSPECTOR, 200),
        ("close-recommendation", Role.INSPECTOR, 403),
        ("close-recommendation", Role.PDU_LEAD, 403),
    ],
)
def test_a_form_opens_for_the_roles_that_hold_its_command(
    story: Story, pk: int, slug: str, role: Role, status: int
) -> None:
    home = {Role.REGIONAL_LEAD: story.unit.region, Role.HMPPS_COORDINATOR: None}
    provider = home.get(role, story.unit if role.value in Membership.AT_A_PROVIDER else None)
    visitor = Visitor(make_user("Rae Role", role, provider))
    assert visitor.get(form_path(pk, slug)).status_code == status
    if status == 403:
        assert visitor.post(pk, slug, {"acting_role": "pdu_lead"}).status_code == 403
        assert Event.objects.filter(recommendation=pk).count() == 1


def test_a_role_that_is_not_held_cannot_be_claimed(pk: int, lead: Visitor) -> None:
    form = {**lead.opened(pk, "record-progress-update"), "text": TEXT, "acting_role": "delegate"}
    assert said(lead.post(pk, "record-progress-update", form))["__all__"]
    assert Event.objects.filter(recommendation=pk).count() == 1


def test_somebody_with_several_roles_chooses_and_the_record_says_which(
    story: Story, pk: int
) -> None:
    both = make_user("Bo Both", Role.PDU_LEAD, story.unit)
    Membership.objects.create(
        user=both,
        role=Role.DELEGATE,
        provider=story.unit,
        starts_on=TODAY,
        on_behalf_of=story.lead,
    )
    visitor = Visitor(both)
    response = visitor.get(form_path(pk, "record-progress-update"))
    assert "Delegate, on behalf of Lena Lead" in response.content.decode()
    visitor.give(pk, "record-progress-update", text=TEXT, acting_role="delegate")
    event = Event.objects.get(recommendation=pk, version=2)
    assert (event.actor_role, event.on_behalf_of_name) == ("delegate", "Lena Lead")


def test_nobody_inspects_a_provider_they_belonged_to(story: Story, pk: int) -> None:
    turncoat = make_user("Tia Turncoat", Role.INSPECTOR)
    day = TODAY - timedelta(days=400)
    Membership.objects.create(
        user=turncoat, role=Role.ACTION_OWNER, provider=story.unit, starts_on=day, ends_on=day
    )
    visitor = Visitor(turncoat)
    assert "judge-progress" not in visitor.menu(pk)
    assert visitor.get(form_path(pk, "judge-progress")).status_code == 403


def test_a_membership_that_ends_closes_the_open_form(story: Story, pk: int, lead: Visitor) -> None:
    form = {**lead.opened(pk, "record-progress-update"), "text": TEXT}
    yesterday = TODAY - timedelta(days=1)
    Membership.objects.filter(user=story.lead).update(ends_on=yesterday)
    response = lead.post(pk, "record-progress-update", form)
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]
    assert Event.objects.filter(recommendation=pk).count() == 1


# --- The whole life of a recommendation, form by form ---------------------------------------------


@pytest.fixture
def region(story: Story) -> Visitor:
    return Visitor(make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region))


def steps(story: Story) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield who sends which form with what; every form is sent at least once."""
    soon, later, latest = (TODAY + timedelta(days=days) for days in (30, 60, 90))
    person = make_user("Owen Owner", Role.ACTION_OWNER, story.unit).pk
    yield "lead", "respond", {"response": "agreed"}
    yield "lead", "revise-response", {"response": "partly_agreed", "reason": "Half of it."}
    yield "lead", "assign", {"accountable_id": person}
    planned = {"delivered_by": "Training", "accountable_id": person, "target_on": soon}
    yield "lead", "plan-action", {"description": "Train all staff", **planned}
    yield "lead", "change-action-owner", {"accountable_id": story.lead.pk}
    yield "lead", "move-target-date", {"target_on": later, "reason": "A vacancy"}
    yield "lead", "request-target-date-extension", {"target_on": latest, "reason": "Still"}
    yield "region", "decide-target-date-extension", {"granted": "no", "reason": "Recruit."}
    yield "lead", "request-target-date-extension", {"target_on": latest, "reason": "Again"}
    yield "region", "decide-target-date-extension", {"granted": "yes"}
    yield (
        "lead",
        "record-blocker",
        {
            "cause": "No room",
            "controlled_by": "Estates",
            "forecast_on": soon,
        },
    )
    yield "lead", "revise-blocker-forecast", {"forecast_on": later, "reason": "The lease"}
    yield "lead", "clear-blocker", {}
    yield (
        "lead",
        "raise-escalation",
        {
            "addressed_to": "regional_lead",
            "asked": "A trainer",
            "reply_by": soon,
        },
    )
    yield "region", "answer-escalation", {"answer": "Yes, from May."}
    yield "lead", "record-progress-update", {"text": "Half are trained", "action_id": "the action"}
    yield "lead", "correct-progress-update", {"text": "A third", "reason": "Miscounted"}
    yield "lead", "review-without-change", {}
    yield (
        "lead",
        "define-measure",
        {
            "wording": "Plans that meet the standard",
            "better": "more",
            "unit": "n_of_m",
            "baseline_n": 9,
            "baseline_m": 20,
            "target_n": 18,
            "target_m": 20,
            "target_on": latest,
        },
    )
    yield (
        "lead",
        "record-measure-figure",
        {
            "value_n": 12,
            "value_m": 20,
            "period_from": TODAY - timedelta(days=30),
            "period_to": TODAY,
        },
    )
    yield "lead", "attach-evidence", {"title": "Sample", "location": "https://intranet.example/1"}
    yield "lead", "withdraw-evidence", {"reason": "The wrong year"}
    yield (
        "lead",
        "attach-evidence",
        {
            "title": "Sample 2",
            "location": "https://intranet.example/2",
            "key_questions": ["P 2.1/1", "P 2.1/3"],
        },
    )
    yield "lead", "report-action-complete", {}
    yield "lead", "reopen-action", {"reason": "New staff"}
    yield "lead", "withdraw-action", {"reason": "The region trains them"}
    yield "lead", "report-recommendation-complete", {"statement": "All are trained"}
    yield "lead", "withdraw-completion-claim", {"reason": "Two are missing"}
    yield "lead", "report-recommendation-complete", {"statement": "Now all are"}
    yield "inspector", "start-review", {}
    yield "inspector", "request-further-evidence", {"asked": "The lists"}
    yield "inspector", "judge-progress", {"judgement": "some_progress", "rationale": "We looked"}
    yield "inspector", "close-recommendation", {"closure": "not_achieved", "reason": "Uneven"}
    yield "inspector", "reopen-recommendation", {"reason": "By mistake"}


def test_every_form_works_through_the_life_of_a_recommendation(
    story: Story, pk: int, lead: Visitor, region: Visitor
) -> None:
    people = {"lead": lead, "region": region, "inspector": Visitor(story.inspector)}
    sent = set()
    for who, slug, fields in steps(story):
        if fields.get("action_id"):
            fields["action_id"] = ActionProgress.objects.get(recommendation=pk).pk
        assert slug in people[who].menu(pk), slug
        people[who].give(pk, slug, **fields)
        sent.add(slug)
    assert sent == set(FORMS) - {"carry-forward"}


def test_a_link_is_kept_with_the_hash_of_its_address_and_its_key_questions(
    pk: int, lead: Visitor
) -> None:
    lead.give(
        pk,
        "attach-evidence",
        title="Sample",
        location=" https://intranet.example/1 ",
        key_questions=["P 2.1/1"],
    )
    event = Event.objects.get(recommendation=pk, version=2)
    assert "P 2.1/1" in event.facts
    assert sha256(b"https://intranet.example/1").hexdigest() in event.facts
    assert '"location":"https://intranet.example/1"' in EventPayload.objects.get(event=event).body


def test_a_recommendation_is_carried_forward_into_a_later_report(
    story: Story, pk: int, lead: Visitor
) -> None:
    inspector = Visitor(story.inspector)
    assert "carry-forward" not in inspector.menu(pk)
    later = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=20))
    new = make_recommendation(later)
    open_streams(inspection=later, actor=story.administrator, now=NOW)
    inspector.give(pk, "carry-forward", carried_into=[new.pk], reason="Found again")
    assert RecommendationProgress.objects.get(pk=pk).closure == "carried_forward"
