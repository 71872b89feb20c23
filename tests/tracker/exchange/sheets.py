"""A sheet of open actions as somebody has it: exported, opened in Excel, filled in, sent back."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from openpyxl import Workbook, load_workbook

from tests.tracker.story import NOW
from tracker.exchange import asking, files, working
from tracker.exchange.monthly import MonthlyUpdates, OpenActions
from tracker.models import ExchangeJob

UPDATE, HAPPENED_ON, FIGURE = "Update", "Date it happened", "Figure"
FIGURE_FROM, FIGURE_TO = "Figure from (first day)", "Figure to (last day)"
MEASURE, REFERENCE = "Measure", "Reference (leave as it is)"
UPDATES, ACTIONS = MonthlyUpdates(), OpenActions()
Line = dict[str, Any]


def clock(now: datetime = NOW) -> Callable[[], datetime]:
    return lambda: now


def exported(person: User, *, whose: str = "all", file_format: str = "xlsx") -> ExchangeJob:
    """Return the export of the person's open actions, made."""
    job = asking.begin_export(
        ACTIONS,
        person=person,
        parameters={"whose": whose},
        file_format=file_format,
        now=NOW,
    )
    assert working.work_on(job.pk, clock())
    job.refresh_from_db()
    return job


def lines_of(job: ExchangeJob) -> list[Line]:
    """Return the rows of an exported workbook by title, as Excel's own library reads them."""
    sheet = load_workbook(io.BytesIO(files.read(job.stored_as))).worksheets[0]
    titles, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, titles), row, strict=True)) for row in rows]


def open_lines(person: User, **how: Any) -> list[Line]:
    """Return the person's open actions as a sheet has them."""
    return lines_of(exported(person, **how))


def workbook(lines: Sequence[Line]) -> bytes:
    """Return the rows as a workbook, written by another library than ours."""
    book = Workbook()
    sheet: Any = book.active
    titles = list(dict.fromkeys(title for line in lines for title in line))
    sheet.append(titles)
    for line in lines:
        sheet.append([line.get(title) for title in titles])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_file(lines: Sequence[Line]) -> bytes:
    out = io.StringIO()
    titles = list(dict.fromkeys(title for line in lines for title in line))
    writer = csv.DictWriter(out, titles)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue().encode()


def uploaded(person: User, content: bytes, *, name: str = "november.xlsx") -> ExchangeJob:
    """Return the import of a file, not read yet."""
    return asking.begin_import(
        UPDATES, person=person, parameters={}, name=name, content=content, now=NOW
    )


def previewed(person: User, lines: Sequence[Line], *, now: datetime = NOW) -> ExchangeJob:
    """Return the import of the rows, read."""
    job = uploaded(person, workbook(lines))
    assert working.work_on(job.pk, clock(now))
    job.refresh_from_db()
    return job


def carried_out(job: ExchangeJob, *, now: datetime = NOW) -> ExchangeJob:
    """Return the import, confirmed and carried out."""
    assert asking.confirm(job, now=now)
    assert working.work_on(job.pk, clock(now))
    job.refresh_from_db()
    return job


def update(line: Line, text: str = "Two teams trained", on: date | str = date(2026, 11, 3)) -> Line:
    """Return the row with an update filled in."""
    return {**line, UPDATE: text, HAPPENED_ON: on}


def figure(
    line: Line,
    value: Any = "9 of 20",
    since: date | None = date(2026, 10, 1),
    to: date | None = date(2026, 10, 31),
) -> Line:
    """Return the row with a figure filled in."""
    return {**line, FIGURE: value, FIGURE_FROM: since, FIGURE_TO: to}


def verdicts(job: ExchangeJob) -> list[str]:
    return [row.verdict for row in job.rows.order_by("place")]


def reasons(job: ExchangeJob) -> list[str]:
    return [row.why for row in job.rows.order_by("place")]


def outcomes(job: ExchangeJob) -> Mapping[int, str]:
    return dict(job.rows.order_by("place").values_list("place", "outcome"))
