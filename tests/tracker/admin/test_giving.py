"""What is sent is stored once, and what is refused keeps its text."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from tests.tracker.story import NOW, TODAY, Story
from tests.tracker.test_concurrency import LogProcess
from tests.visitor import Visitor, form_path, page_path, said
from tests.world import make_recommendation
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response
from tracker.event_store import LogBusy
from tracker.models import Event, RecommendationProgress

pytestmark = pytest.mark.django_db
TEXT = "Twenty of twenty plans were read by a manager."


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
        ("attach-evidence", "file"),
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


@pytest.fixture
def _log_held_elsewhere(lead: Visitor) -> Iterator[None]:
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


@contextmanager
def less_patience() -> Iterator[None]:
    """Wait for SQLite a moment instead of 20 seconds; PostgreSQL's five are the log's own."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 300")
        try:
            yield
        finally:
            cursor.execute("PRAGMA busy_timeout = 20000")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_log_held_elsewhere")
def test_a_busy_log_is_said_and_the_text_is_kept(pk: int, lead: Visitor) -> None:
    response = lead.fill_in(pk, "record-progress-update", text=TEXT)
    assert said(response)["__all__"] == [str(LogBusy())]
    assert TEXT in response.content.decode()
    assert Event.objects.filter(recommendation=pk).count() == 1


def test_a_form_without_its_hidden_part_asks_to_be_opened_afresh(pk: int, lead: Visitor) -> None:
    response = lead.post(pk, "record-progress-update", {"text": TEXT, "occurred_on": TODAY})
    assert list(said(response)) == ["__all__"]
    assert "open it afresh" in said(response)["__all__"][0]
    assert TEXT in response.content.decode()


def test_a_version_that_never_was_asks_for_a_fresh_form(pk: int, lead: Visitor) -> None:
    response = lead.fill_in(pk, "record-progress-update", text=TEXT, expected_version=99)
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
