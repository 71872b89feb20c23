"""Redaction: an entry is chosen, its very text is shown, a box is ticked; then it is gone."""

from uuid import uuid4

import pytest

from tests.tracker.story import Story
from tests.visitor import Visitor, form_path, said
from tests.world import make_inspection, make_provider, make_recommendation
from tracker.domain import commands as c
from tracker.models import Event, EventPayload, ExchangeJob, ExportedRecommendation

pytestmark = pytest.mark.django_db
SLUG = "redact-personal-data"
PERSON = "Jo Bloggs of 3 High Street"
REASON = "personal_data_of_person_on_probation"


@pytest.fixture
def administrator(story: Story) -> Visitor:
    return Visitor(story.administrator)


@pytest.fixture
def named(story: Story) -> str:
    """The id of an entry that names somebody."""
    return str(story.update(f"We visited {PERSON}.").event_id)


def test_one_chooses_among_the_entries_that_hold_text(
    story: Story, named: str, administrator: Visitor, pk: int
) -> None:
    story.tell(c.ReviewWithoutChange(note=""))
    page = administrator.read(form_path(pk, SLUG))
    assert f"?event_id={named}" in page
    assert "Reviewed, no change" not in page, "it holds no text"
    assert 'name="reason"' not in page, "first the choice"


def test_the_whole_text_that_will_go_is_shown_with_a_warning(
    story: Story, administrator: Visitor, pk: int
) -> None:
    blocker = story.tell(
        c.RecordBlocker(
            cause=f"{PERSON} " * 60,
            controlled_by="Ms Roe",
            risk_register_reference="R12",
            forecast_on=story.now.date().replace(year=2027),
        )
    )
    page = administrator.read(form_path(pk, SLUG), event_id=str(blocker.event_id))
    assert (f"{PERSON} " * 60).strip() in page
    assert "Ms Roe" in page
    assert "R12" in page
    assert "This text will be deleted for good" in page


def test_nothing_goes_until_the_box_is_ticked(named: str, administrator: Visitor, pk: int) -> None:
    form = {**administrator.opened(pk, SLUG, event_id=named), "reason": REASON}
    response = administrator.post(pk, SLUG, form)
    assert list(said(response)) == ["confirmed"]
    assert PERSON in response.content.decode()
    assert EventPayload.objects.filter(body__contains=PERSON).exists()


def test_the_text_is_gone_for_good_and_its_entry_stays(
    named: str, administrator: Visitor, pk: int, lead: Visitor
) -> None:
    form = {**administrator.opened(pk, SLUG, event_id=named), "reason": REASON, "confirmed": "on"}
    assert administrator.post(pk, SLUG, form).status_code == 302
    assert administrator.post(pk, SLUG, form).status_code == 302, "a double click is one redaction"
    assert Event.objects.filter(recommendation=pk).count() == 3
    assert not EventPayload.objects.filter(body__contains=PERSON).exists()
    for page in (administrator.page(pk), lead.page(pk), administrator.read(form_path(pk, SLUG))):
        assert PERSON not in page
    assert "Progress updated" in lead.page(pk)
    assert f"?event_id={named}" not in administrator.read(form_path(pk, SLUG))


def test_an_entry_of_another_record_is_not_to_be_chosen(
    story: Story, foreign: Story, administrator: Visitor, pk: int
) -> None:
    theirs = str(foreign.update("Their words").event_id)
    for asked in (theirs, "no id"):
        page = administrator.read(form_path(pk, SLUG), event_id=asked)
        assert "Choose the entry" in page
        assert "Their words" not in page


def test_what_was_redacted_meanwhile_is_said_on_top(
    named: str, administrator: Visitor, pk: int
) -> None:
    form = {**administrator.opened(pk, SLUG, event_id=named), "reason": REASON, "confirmed": "on"}
    again = {**administrator.opened(pk, SLUG, event_id=named), "reason": REASON, "confirmed": "on"}
    administrator.post(pk, SLUG, form)
    again["expected_version"] = 3
    assert "redacted already" in said(administrator.post(pk, SLUG, again))["__all__"][0]


def test_words_said_of_several_recommendations_are_said_to_stand_in_the_others_too(
    story: Story, administrator: Visitor, pk: int
) -> None:
    shared = story.tell_of(
        story.recommendations,
        c.RecordProgressUpdate(text=PERSON, occurred_on=story.now.date()),
    )
    page = administrator.read(form_path(pk, SLUG), event_id=str(shared.event_id))
    assert "recommendation 2</a>. Its text there has to be deleted there." in page
    other = story.recommendations[1].pk
    theirs = Event.objects.get(recommendation=other, correlation_id=shared.correlation_id)
    assert f'"{form_path(other, SLUG)}?event_id={theirs.event_id}"' in page
    administrator.give(other, SLUG, event_id=str(theirs.event_id), reason=REASON, confirmed="on")
    page = administrator.read(form_path(pk, SLUG), event_id=str(shared.event_id))
    assert "recommendation 2</a> (deleted already)." in page


def test_a_wording_that_went_to_several_bodies_has_to_go_from_each(
    administrator: Visitor,
) -> None:
    unit, other = make_provider("Eastmarch PDU"), make_provider("Westmarch PDU")
    inspection, group = make_inspection(unit), uuid4()
    for body in (unit, other):
        make_recommendation(inspection, number=1, group=group, addressee=body)
    make_recommendation(inspection, number=2)
    first = Story(inspection=inspection).recommendation.pk
    published = Event.objects.get(recommendation=first, version=1)
    page = administrator.read(form_path(first, SLUG), event_id=str(published.event_id))
    assert "recommendation 1 to Westmarch PDU</a>. Its text there" in page
    assert "recommendation 2" not in page


def test_a_correction_of_deleted_words_does_not_say_that_they_stay_readable(
    named: str, administrator: Visitor, pk: int, lead: Visitor
) -> None:
    administrator.give(pk, SLUG, event_id=named, reason=REASON, confirmed="on")
    fields = {"text": "We visited somebody.", "reason": "The name is gone"}
    sent = {**lead.opened(pk, "correct-progress-update"), "event_id": named, **fields}
    page = lead.client.post(form_path(pk, "correct-progress-update"), sent, follow=True)
    (told,) = [str(each) for each in page.context["messages"]]
    assert told == "The update is corrected; its earlier words were deleted and stay so."


def test_a_correction_of_words_that_stand_says_that_they_stay_readable(
    named: str, pk: int, lead: Visitor
) -> None:
    fields = {"text": "We visited somebody.", "reason": "No name"}
    sent = {**lead.opened(pk, "correct-progress-update"), "event_id": named, **fields}
    page = lead.client.post(form_path(pk, "correct-progress-update"), sent, follow=True)
    (told,) = [str(each) for each in page.context["messages"]]
    assert told == "The update is corrected; the earlier words stay readable."


def test_what_else_goes_is_said_before(story: Story, administrator: Visitor, pk: int) -> None:
    published = Event.objects.get(recommendation=pk, version=1)
    page = administrator.read(form_path(pk, SLUG), event_id=str(published.event_id))
    assert "with its lines of the report’s source" in page
    assert "stored export" not in page
    for name in ("a.xlsx", "b.xlsx", ""):
        job = ExchangeJob.objects.create(
            direction="export",
            kind="monthly",
            person=story.lead,
            asked_at=story.now,
            settled_at=story.now,
            state=ExchangeJob.State.DONE,
            file_format="xlsx",
            stored_as=name,
        )
        ExportedRecommendation.objects.create(job=job, recommendation_id=pk, version=1)
    page = administrator.read(form_path(pk, SLUG), event_id=str(published.event_id))
    assert "2 stored exports that may hold it, as a whole." in page
