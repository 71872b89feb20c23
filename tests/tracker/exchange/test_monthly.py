"""Open actions go out as a sheet and come back filled in: each row that says something is done."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.tracker.exchange.conftest import tell
from tests.tracker.exchange.sheets import (
    FIGURE,
    HAPPENED_ON,
    REFERENCE,
    UPDATE,
    carried_out,
    exported,
    open_lines,
    previewed,
    reasons,
    update,
    verdicts,
)
from tests.tracker.story import NOW, TODAY, Story
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import Event, ExchangeJob, FileToDelete
from tracker.queries.latest_updates import latest_updates

pytestmark = pytest.mark.django_db
State = ExchangeJob.State


def updates() -> list[str]:
    return list(
        Event.objects.filter(type="progress_update_recorded")
        .order_by("position")
        .values_list("payload__body", flat=True)
    )


def test_each_open_action_is_a_row_with_what_there_is_to_know(story: Story) -> None:
    lines = open_lines(story.lead)
    assert [line["Action"] for line in lines] == [
        "Train every practitioner (Quality team)",
        "Hold weekly case reviews (Police)",
        "Sign the data agreement (Police)",
    ]
    first = lines[0]
    assert (first["Unit"], first["Recommendation"]) == ("Northmarch PDU", "1 of 2026")
    assert (first["Owner"], first["Status"]) == ("Lena Lead", "Open")
    assert first["Target date"].date() == TODAY + timedelta(days=30)
    assert (first[UPDATE], first[HAPPENED_ON], first[FIGURE]) == (None, None, None)


def test_done_work_and_other_units_are_left_out(story: Story) -> None:
    other = Story("Southmarch PDU")
    other.plan()
    assert len(open_lines(story.lead)) == 3
    assert open_lines(make_user("Owen Owner", Role.ACTION_OWNER, story.unit), whose="mine") == []


def test_what_was_filled_in_is_recorded_and_the_rest_left_alone(story: Story) -> None:
    first, second, third = open_lines(story.lead)
    job = previewed(story.lead, [update(first), second, update(third, "Signed by both")])
    assert verdicts(job) == ["ready", "nothing", "ready"]
    assert updates() == [], "nothing is written before it is confirmed"
    carried_out(job)
    assert job.state == State.DONE
    assert [("Two teams trained" in each, "Signed by both" in each) for each in updates()] == [
        (True, False),
        (False, True),
    ]


def test_updates_on_two_actions_of_one_recommendation_follow_each_other(story: Story) -> None:
    lines = [update(line, f"Update {n}") for n, line in enumerate(open_lines(story.lead))]
    job = carried_out(previewed(story.lead, lines))
    assert [row.outcome for row in job.rows.order_by("place")] == ["done"] * 3


def test_export_then_import_changes_nothing(story: Story) -> None:
    before = Event.objects.count()
    job = carried_out(previewed(story.lead, open_lines(story.lead)))
    assert set(verdicts(job)) == {"nothing"}
    assert Event.objects.count() == before


def test_the_same_sheet_twice_is_recorded_once(story: Story) -> None:
    lines = [update(line) for line in open_lines(story.lead)]
    carried_out(previewed(story.lead, lines))
    again = previewed(story.lead, lines)
    assert set(verdicts(again)) == {"nothing"}
    assert set(reasons(again)) == {"What this row says is recorded already."}


def test_a_row_that_was_copied_is_done_once(story: Story) -> None:
    first, *_ = open_lines(story.lead)
    job = previewed(story.lead, [update(first), update(first)])
    assert verdicts(job) == ["ready", "nothing"]
    assert reasons(job)[1] == "It says the same as row 2."


def test_what_changed_since_the_export_is_flagged_with_who_changed_what(story: Story) -> None:
    first, second, third = open_lines(story.lead)
    action = UUID(first[REFERENCE].partition("/")[0])
    tell(story, 0, c.RecordProgressUpdate(text="By phone", occurred_on=TODAY, action_id=action))
    job = previewed(story.lead, [update(first), update(second), update(third)])
    assert verdicts(job) == ["flagged", "ready", "ready"], "another action is not concerned"
    assert reasons(job)[0] == (
        "Changed since the export: progress updated by Lena Lead on 22 November 2026."
    )
    carried_out(job)
    assert [row.outcome for row in job.rows.order_by("place")] == ["", "done", "done"]


def test_a_flagged_row_is_done_once_somebody_has_ticked_it(story: Story) -> None:
    from tracker.exchange import asking

    first, *_ = open_lines(story.lead)
    tell(story, 0, c.ReviewWithoutChange())
    job = previewed(story.lead, [update(first)])
    asking.include(job, shown={1}, ticked={1})
    assert [row.outcome for row in carried_out(job).rows.all()] == ["done"]


def test_what_changed_since_the_preview_is_skipped_and_told(story: Story) -> None:
    first, second, third = open_lines(story.lead)
    job = previewed(story.lead, [update(first), update(second), update(third)])
    tell(story, 0, c.ReviewWithoutChange())
    carried_out(job)
    assert [row.outcome for row in job.rows.order_by("place")] == ["skipped", "skipped", "done"]
    assert reasons(job)[0] == (
        "Changed since the preview by Lena Lead; look at it before you go on."
    )


def test_an_update_without_its_day_is_not_given_one(story: Story) -> None:
    first, second, third = open_lines(story.lead)
    job = previewed(
        story.lead,
        [
            update(first, on=""),
            update(second, on="next week"),
            update(third, on=TODAY + timedelta(days=1)),
        ],
    )
    assert verdicts(job) == ["cannot"] * 3
    assert reasons(job) == [
        "An update needs the day on which it happened; give it under “Date it happened”.",
        "Date it happened: “next week” is no date; give a day, for example 31 March 2027.",
        "23 November 2026 is still to come; give today's date or an earlier one.",
    ]


@pytest.mark.parametrize(
    "typed", ["03/11/2026", "3 November 2026", "3rd Nov 2026", "2026-11-03", date(2026, 11, 3)]
)
def test_a_day_is_understood_however_it_was_typed(story: Story, typed: Any) -> None:
    first, *_ = open_lines(story.lead)
    carried_out(previewed(story.lead, [update(first, on=typed)]))
    said = latest_updates([story.recommendation.pk])
    assert [each.occurred_on for each in said.values()] == [date(2026, 11, 3)]


def test_rows_in_another_order_and_without_columns_nobody_needs_are_understood(
    story: Story,
) -> None:
    lines = [
        {REFERENCE: line[REFERENCE], UPDATE: f"On {line['Action']}", HAPPENED_ON: "3/11/2026"}
        for line in reversed(open_lines(story.lead))
    ]
    carried_out(previewed(story.lead, lines))
    said = [
        each.text for each in latest_updates([each.pk for each in story.recommendations]).values()
    ]
    assert sorted(filter(None, said)) == [
        "On Hold weekly case reviews (Police)",
        "On Sign the data agreement (Police)",
        "On Train every practitioner (Quality team)",
    ]


def test_a_sheet_that_was_sorted_in_part_is_noticed(story: Story) -> None:
    first, second, _ = open_lines(story.lead)
    first[REFERENCE], second[REFERENCE] = second[REFERENCE], first[REFERENCE]
    job = previewed(story.lead, [update(first), update(second)])
    assert verdicts(job) == ["cannot", "cannot"]
    assert "sorted in part" in reasons(job)[0]


def test_a_row_that_lost_its_reference_is_found_by_its_words_and_looked_at_first(
    story: Story,
) -> None:
    first, second, _ = open_lines(story.lead)
    nameless = {**second, "Action": "Something else"}
    lines = [{**line, REFERENCE: None} for line in (first, nameless)]
    job = previewed(story.lead, [update(line) for line in lines])
    assert verdicts(job) == ["flagged", "cannot"]
    assert reasons(job)[0].startswith("The row has lost its reference")


def test_a_row_of_a_version_that_is_not_there_is_looked_at_first(story: Story) -> None:
    (line, *_) = open_lines(story.lead)
    action, _, version = line[REFERENCE].partition("/")
    made_up = update({**line, REFERENCE: f"{action}/{int(version) + 1}"})
    job = previewed(story.lead, [made_up])
    assert verdicts(job) == ["flagged"]
    assert "a version that is not there" in reasons(job)[0]


@pytest.mark.parametrize("mangled", ["1.2E+12", "3f2b8c1e", "#REF!", "12", "0/0"])
def test_a_mangled_reference_is_not_guessed_at(story: Story, mangled: str) -> None:
    first, *_ = open_lines(story.lead)
    job = previewed(story.lead, [update({**first, REFERENCE: mangled})])
    assert verdicts(job) == ["cannot"]


def test_an_action_of_another_unit_is_as_if_it_were_not_there(story: Story) -> None:
    other = Story("Southmarch PDU")
    other.plan()
    (foreign,) = open_lines(other.lead)
    missing = {**foreign, REFERENCE: "00000000-0000-4000-8000-000000000000/1"}
    job = previewed(story.lead, [update(foreign), update(missing)])
    assert verdicts(job) == ["cannot", "cannot"]
    assert len(set(reasons(job))) == 1
    assert set(job.rows.values_list("recommendation", flat=True)) == {None}


def test_whoever_leads_the_region_reads_the_action_and_does_not_speak_for_the_unit(
    story: Story,
) -> None:
    region = make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)
    job = previewed(region, [update(open_lines(story.lead)[0])])
    assert reasons(job) == ["Updates on this action are recorded by the people of its unit."]
    assert open_lines(region) == []


def test_what_looks_like_a_number_of_a_person_is_looked_at_first(story: Story) -> None:
    first, *_ = open_lines(story.lead)
    job = previewed(story.lead, [update(first, "Reviewed with QQ123456C in the office")])
    assert verdicts(job) == ["flagged"]
    (warning,) = job.rows.get().warnings
    assert warning.startswith("“QQ123456C” looks like a National Insurance number. Take it out")


def test_an_export_remembers_what_it_held(story: Story) -> None:
    job = exported(story.lead)
    versions = {each.pk: each.progress.version for each in story.recommendations}
    assert dict(job.held.values_list("recommendation", "version")) == versions
    assert (job.state, len(job.sha256), job.file_name) == (
        State.DONE,
        64,
        "open-actions-2026-11-22.xlsx",
    )


def test_a_settled_import_keeps_no_words_and_no_file(story: Story) -> None:
    first, *_ = open_lines(story.lead)
    job = carried_out(previewed(story.lead, [update(first)]))
    row = job.rows.get()
    assert (row.says, row.deeds, row.warnings, job.stored_as) == ([], [], [], "")
    assert (row.outcome, len(job.sha256)) == ("done", 64)
    assert list(FileToDelete.objects.values_list("storage", flat=True)) == ["exchange"]


def test_a_role_that_ended_since_the_upload_refuses_the_whole_file(story: Story) -> None:
    from tests.tracker.exchange.sheets import clock, uploaded, workbook
    from tracker.exchange import working

    job = uploaded(story.lead, workbook([update(open_lines(story.lead)[0])]))
    story.lead.memberships.update(ends_on=NOW.date() - timedelta(days=1))
    working.work_on(job.pk, clock())
    job.refresh_from_db()
    assert (job.state, job.rows.count()) == (State.REFUSED, 0)
