"""An action plan from the file to the log: previewed, confirmed, carried out, told."""

from typing import Any

import pytest
from django.core.files.storage import storages

from tests.drafting import approve, ask_for_sign_off, types_in_the_log
from tests.tracker.documents.files import word_by_docx
from tests.tracker.exchange.action_plans.plans import TITLES, exported, scope
from tests.tracker.exchange.sheets import carried_out, clock, outcomes, verdicts
from tests.tracker.story import NOW, Story
from tests.world import make_user
from tracker.documents.formats import Format
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason, Response, Role
from tracker.exchange import asking, carrying_out, working
from tracker.exchange.registry import EXPORTS, IMPORTS
from tracker.models import ActionProgress, Draft, Event, ExchangeJob, RecommendationProgress

PLAN = word_by_docx(
    [
        TITLES,
        ("1", "Agreed", "Train everybody", "Lena Lead", "31 March 2027"),
        ("", "", "Audit ten cases", "Lena Lead", "soon"),
        ("", "", "Hire", "Lena Lead, head of unit", "4 January 2027"),
        ("2", "Not agreed: no funds", "", "", ""),
    ]
)


def previewed(story: Story, content: bytes, name: str = "plan.docx", by: Any = None) -> ExchangeJob:
    job = asking.begin_import(
        IMPORTS["action-plan"],
        person=by or story.lead,
        parameters=scope(story),
        name=name,
        content=content,
        now=NOW,
    )
    assert working.work_on(job.pk, clock())
    job.refresh_from_db()
    return job


@pytest.fixture
def story(db: None) -> Story:
    return Story(recommendations=2)


def test_a_plan_is_previewed_then_recorded_row_by_row(story: Story) -> None:
    job = previewed(story, PLAN)
    assert verdicts(job) == ["ready", "cannot", "ready", "ready"]
    assert "response_recorded" not in types_in_the_log()
    job = carried_out(job)
    assert list(outcomes(job).values()) == ["done", "", "done", "done"]
    assert sorted(ActionProgress.objects.values_list("description", flat=True)) == [
        "Hire",
        "Train everybody",
    ]
    responses = RecommendationProgress.objects.order_by("pk").values_list("response", flat=True)
    assert list(responses) == ["agreed", "not_agreed"]


def test_the_same_plan_again_has_nothing_to_do_but_what_could_not_be_done(story: Story) -> None:
    carried_out(previewed(story, PLAN))
    assert verdicts(previewed(story, PLAN)) == ["nothing", "cannot", "nothing", "nothing"]


@pytest.mark.parametrize("to", list(Format))
def test_an_export_imported_changes_nothing(story: Story, to: Format) -> None:
    carried_out(previewed(story, PLAN))
    job = previewed(story, exported(story, to), f"plan.{to}")
    assert set(verdicts(job)) == {"nothing"}


def test_a_file_of_another_kind_is_refused_as_a_whole(story: Story) -> None:
    job = previewed(story, b"Item,Price\nBread,2\n", "prices.csv")
    assert job.state == ExchangeJob.State.REFUSED
    assert "columns of an action plan" in job.reason


def test_a_word_that_looks_like_a_case_reference_is_looked_at_first(story: Story) -> None:
    plan = word_by_docx([TITLES, ("1", "Agreed", "Review X123456", "Lena Lead", "31 March 2027")])
    assert verdicts(previewed(story, plan)) == ["flagged"]


def test_a_revision_is_done_only_when_it_is_ticked(story: Story) -> None:
    story.tell(c.Respond(response=Response.NOT_AGREED, reason="No funds"))
    plan = word_by_docx([TITLES, ("1", "Agreed", "", "", "")])
    carried_out(previewed(story, plan))
    progress = RecommendationProgress.objects.order_by("pk").first()
    assert progress is not None
    assert progress.response == "not_agreed"
    job = previewed(story, plan)
    asking.include(job, shown={1}, ticked={1})
    carried_out(job)
    progress.refresh_from_db()
    assert progress.response == "agreed"


def test_where_others_sign_the_rows_become_drafts_that_can_be_signed(story: Story) -> None:
    second = make_user("Sol Second", Role.PDU_LEAD, story.unit)
    ask_for_sign_off(story.unit, 1, story.lead)
    plan = word_by_docx([TITLES, ("1", "Agreed", "Hire", "Lena Lead", "4 January 2027")])
    job = carried_out(previewed(story, plan))
    assert list(outcomes(job).values()) == ["done", ""]
    assert (
        job.rows.order_by("place").values_list("why", flat=True)[0] == f"{carrying_out.SUBMITTED}."
    )
    draft = Draft.objects.get()
    assert (draft.state, draft.form, draft.author) == ("submitted", "respond", story.lead)
    assert verdicts(previewed(story, plan)) == ["cannot"]  # the response waits, and so the action
    approve(draft, second)
    job = carried_out(previewed(story, plan))
    assert list(Draft.objects.order_by("pk").values_list("form", "state")) == [
        ("respond", "given"),
        ("plan-action", "submitted"),
    ]
    assert verdicts(previewed(story, plan)) == ["nothing"]


def test_a_redaction_reaches_the_plan_that_went_out_and_the_one_that_is_coming_in(
    story: Story, django_capture_on_commit_callbacks: Any
) -> None:
    carried_out(previewed(story, PLAN))
    planned = Event.objects.filter(type="action_planned").order_by("pk").first()
    assert planned is not None
    out, coming = made(story), previewed(story, PLAN)
    name = out.stored_as
    assert storages["exchange"].exists(name)
    reason = RedactionReason.PERSONAL_DATA_OF_STAFF
    with django_capture_on_commit_callbacks(execute=True):
        story.tell(
            c.RedactPersonalData(event_id=planned.event_id, reason=reason), by=story.administrator
        )
    assert not storages["exchange"].exists(name)
    coming.refresh_from_db()
    assert coming.settled_at is not None
    assert not [row for row in coming.rows.all() if row.says or row.deeds or row.warnings]


def made(story: Story) -> ExchangeJob:
    """Return the export of the plan, made."""
    job = asking.begin_export(
        EXPORTS["action-plan"],
        person=story.lead,
        parameters=scope(story),
        file_format="docx",
        now=NOW,
    )
    assert working.work_on(job.pk, clock())
    job.refresh_from_db()
    return job
