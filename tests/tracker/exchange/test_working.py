"""What waits is done once, by whoever comes first; what broke off is taken up again."""

from datetime import timedelta
from typing import Any

import pytest

from tests.tracker.exchange.sheets import (
    clock,
    exported,
    open_lines,
    outcomes,
    previewed,
    update,
    uploaded,
    workbook,
)
from tests.tracker.story import NOW, Story
from tracker.documents.writing import Format
from tracker.exchange import asking, carrying_out, files, reading, working
from tracker.exchange.claim import LEASE, MOST_ATTEMPTS, Overtaken, claim
from tracker.exchange.stored_deeds import as_row
from tracker.models import Event, ExchangeJob
from tracker.queries.latest_updates import latest_updates

pytestmark = pytest.mark.django_db
State = ExchangeJob.State


class Killed(BaseException):
    """As if the process were killed: nobody catches it."""


def filled(story: Story) -> list[dict[str, Any]]:
    lines = open_lines(story.lead)
    return [update(line, f"Update {n}") for n, line in enumerate(lines, start=1)]


def later(minutes: int = 10) -> Any:
    return clock(NOW + timedelta(minutes=minutes))


def kill_at_row(monkeypatch: pytest.MonkeyPatch, place: int, *, after: bool) -> None:
    """Let the process die at a row, before it is done or just before that is committed."""
    give = carrying_out._give

    def give_or_die(job: Any, row: Any, now: Any) -> tuple[int, str]:
        if row.place == place and not after:
            raise Killed
        given = give(job, row, now)
        if row.place == place:
            raise Killed
        return given

    monkeypatch.setattr(carrying_out, "_give", give_or_die)


@pytest.mark.parametrize("after", [True, False])
def test_killed_half_way_it_is_taken_up_again_and_nothing_happens_twice(
    story: Story,
    monkeypatch: pytest.MonkeyPatch,
    after: bool,  # noqa: FBT001 - pytest hands parameters over by name
) -> None:
    job = previewed(story.lead, filled(story))
    asking.confirm(job, now=NOW)
    with monkeypatch.context() as patch:
        kill_at_row(patch, 2, after=after)
        with pytest.raises(Killed):
            working.work_on(job.pk, clock())
    assert outcomes(job) == {1: "done", 2: "", 3: ""}
    assert not working.work_on(job.pk, clock()), "its lease still runs"
    assert working.work_on(job.pk, later())
    assert outcomes(job) == {1: "done", 2: "done", 3: "done"}
    assert Event.objects.filter(type="progress_update_recorded").count() == 3
    assert len(latest_updates([each.pk for each in story.recommendations])) == 3


def test_a_worker_that_was_overtaken_changes_nothing_any_more(story: Story) -> None:
    job = previewed(story.lead, filled(story))
    asking.confirm(job, now=NOW)
    held, found = claim(job.pk, NOW) or pytest.fail("it waits")
    assert working.work_on(job.pk, clock(NOW + LEASE))
    with pytest.raises(Overtaken):
        carrying_out.carry_out(found, held, clock())
    assert Event.objects.filter(type="progress_update_recorded").count() == 3


def test_confirmed_twice_it_is_carried_out_once(story: Story) -> None:
    job = previewed(story.lead, filled(story))
    assert [asking.confirm(job, now=NOW) for _ in range(2)] == [True, False]
    working.work_on(job.pk, clock())
    assert not asking.confirm(job, now=NOW)
    assert not working.work_on(job.pk, later())
    assert Event.objects.filter(type="progress_update_recorded").count() == 3


def test_what_breaks_off_every_time_is_given_up_and_said_so(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = previewed(story.lead, filled(story))
    asking.confirm(job, now=NOW)
    with monkeypatch.context() as patch:
        kill_at_row(patch, 2, after=False)
        for attempt in range(1 + MOST_ATTEMPTS):  # the first comes further than the last
            with pytest.raises(Killed):
                working.work_on(job.pk, later(10 * attempt))
    assert working.do_what_waits(later(60)).ended == 1
    job.refresh_from_db()
    assert (job.state, job.reason) == (State.FAILED, working.GIVEN_UP)
    assert outcomes(job) == {1: "done", 2: "", 3: ""}
    assert not any(row.deeds for row in job.rows.all())


def test_one_bad_job_stops_no_other(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = uploaded(story.lead, workbook(filled(story)))
    good = uploaded(story.lead, workbook(filled(story)))
    earlier = NOW - timedelta(minutes=1)
    ExchangeJob.objects.filter(pk=bad.pk).update(kind="of-a-later-release", asked_at=earlier)
    outcome = working.do_what_waits(clock())
    assert (outcome.worked_on, outcome.broken_off) == (1, 1)
    good.refresh_from_db()
    assert good.state == State.PREVIEWED


def test_while_one_job_is_worked_on_the_others_wait_for_whoever_is_at_it(story: Story) -> None:
    first, second = (uploaded(story.lead, workbook(filled(story))) for _ in range(2))
    assert claim(first.pk, NOW)
    assert working.do_what_waits(clock()).worked_on == 0
    assert working.work_on(second.pk, clock()), "a small one is done within its request"
    assert working.do_what_waits(later()).worked_on == 1


def test_a_preview_that_broke_off_starts_again(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = uploaded(story.lead, workbook(filled(story)))

    def die_at_the_third(job: Any, place: int, planned: Any) -> Any:
        if place == 3:
            raise Killed
        return as_row(job, place, planned)

    with monkeypatch.context() as patch:
        patch.setattr(reading, "BATCH", 1)
        patch.setattr(reading, "as_row", die_at_the_third)
        with pytest.raises(Killed):
            working.work_on(job.pk, clock())
    assert job.rows.count() == 2
    assert working.work_on(job.pk, later())
    assert list(job.rows.order_by("place").values_list("place", flat=True)) == [1, 2, 3]


def test_a_file_that_is_none_of_ours_is_refused_with_one_sentence(story: Story) -> None:
    for name, content, sentence in (
        ("sheet.xlsx", b"not a workbook", "it is not one"),
        ("sheet.csv", b"a,b\n1,2\n", "This is not the sheet of open actions"),
        ("sheet.pdf", b"%PDF-1.7", "This kind of file cannot be read"),
    ):
        job = uploaded(story.lead, content, name=name)
        working.work_on(job.pk, clock())
        job.refresh_from_db()
        assert job.state == State.REFUSED
        assert sentence in job.reason
        assert job.stored_as == ""


def test_a_file_is_read_up_to_the_size_that_is_set(story: Story, settings: Any) -> None:
    settings.EXCHANGE_LARGEST_UPLOAD = 1024
    job = uploaded(story.lead, workbook(filled(story)))
    working.work_on(job.pk, clock())
    job.refresh_from_db()
    assert job.state == State.REFUSED
    assert "is larger than" in job.reason


def test_nobody_has_more_unfinished_than_they_can_look_through(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_PENDING", 1)
    uploaded(story.lead, b"one")
    with pytest.raises(asking.UploadRefused, match="confirm or discard some"):
        uploaded(story.lead, b"two")


def test_a_file_that_was_lost_is_said_to_be(story: Story) -> None:
    job = uploaded(story.lead, workbook(filled(story)))
    ExchangeJob.objects.filter(pk=job.pk).update(stored_as=files.new_name())
    working.work_on(job.pk, clock())
    job.refresh_from_db()
    assert (job.state, job.reason) == (
        State.REFUSED,
        "The file was lost before it could be read; upload it again.",
    )


def test_an_import_that_nobody_confirms_lapses_and_is_emptied(story: Story) -> None:
    job = previewed(story.lead, filled(story))
    working.do_what_waits(clock(NOW + timedelta(days=6)))
    job.refresh_from_db()
    assert job.state == State.PREVIEWED
    working.do_what_waits(clock(NOW + timedelta(days=7)))
    job.refresh_from_db()
    assert (job.state, job.stored_as) == (State.LAPSED, "")
    assert job.reason == "Nobody confirmed it within 7 days; upload the file again."
    assert not any(row.says or row.deeds for row in job.rows.all())


def test_an_export_that_nobody_fetches_loses_its_file_and_keeps_its_hash(story: Story) -> None:
    job = exported(story.lead)
    working.do_what_waits(clock(NOW + timedelta(days=7)))
    job.refresh_from_db()
    assert (job.state, job.stored_as, len(job.sha256)) == (State.DONE, "", 64)
    assert job.file_gone_because == "It was kept for 7 days; ask for it again."


def test_an_import_is_discarded_while_it_is_not_confirmed(story: Story) -> None:
    job = previewed(story.lead, filled(story))
    assert [asking.discard(job, now=NOW) for _ in range(2)] == [True, False]
    job.refresh_from_db()
    assert (job.state, job.stored_as) == (State.DISCARDED, "")
    assert not asking.confirm(job, now=NOW)


def test_an_export_is_made_in_each_format_that_is_offered(story: Story) -> None:
    from tracker.documents import read_tables
    from tracker.exchange.monthly import OpenActions

    for each in OpenActions.formats:
        job = exported(story.lead, file_format=each.value)
        (table,) = read_tables(job.file_name, files.read(job.stored_as))
        assert len(table.rows) == 4, each
    assert set(OpenActions.formats) <= set(Format)
