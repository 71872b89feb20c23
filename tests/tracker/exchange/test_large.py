"""Large files: a file of 5,000 rows works, and looking rows up does not grow row by row."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.tracker.exchange.sheets import (
    UPDATES,
    carried_out,
    clock,
    open_lines,
    update,
    uploaded,
    workbook,
)
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor
from tracker.documents import Row, Table
from tracker.exchange import working

pytestmark = pytest.mark.django_db


def test_as_many_queries_look_up_a_batch_as_look_up_three_rows(story: Story) -> None:
    lines = [update(line) for line in open_lines(story.lead)]
    titles = tuple(lines[0])
    cells = [tuple(line.values()) for line in lines]

    def queries(count: int) -> int:
        rows = [Row(number, cells[number % 3]) for number in range(2, count + 2)]
        read = UPDATES.read([Table("", (Row(1, titles), *rows))], {})
        with CaptureQueriesContext(connection) as counted:
            planned = list(UPDATES.plan(read, person=story.lead, parameters={}, today=TODAY))
        assert len(planned) == count
        return len(counted)

    assert queries(200) == queries(3)


@pytest.mark.slow
def test_a_file_of_5000_rows_is_read_shown_and_carried_out(story: Story) -> None:
    lines = open_lines(story.lead)
    many = [lines[n % 3] if n % 100 else update(lines[n % 3], f"Update {n}") for n in range(5000)]
    job = uploaded(story.lead, workbook(many))
    assert job.size > 100_000
    working.do_what_waits(clock())
    assert job.rows.count() == 5000
    page = Visitor(story.lead).read(f"/admin/tracker/exchangejob/{job.pk}/change/")
    assert "Nothing to do: 4950" in page
    assert "Record them: 50 rows" in page
    carried_out(job)
    assert job.rows.done().count() == 50
