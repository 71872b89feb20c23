"""The rows of an import as its page lists them: what each would do, or what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from tracker.admin.page import page_address
from tracker.models import ExchangeJob, ImportRow, RecommendationProgress
from tracker.queries.permitted import visible_progress

ROWS_ON_A_PAGE = 50
Verdict, Outcome = ImportRow.Verdict, ImportRow.Outcome
FLAGGED_AND_LEFT = Q(verdict=Verdict.FLAGGED, is_included=False)

UNTICKED = "It was to be looked at first, and nobody ticked it."
NOT_YOURS = "You may not read this recommendation any more."
DONE, SKIPPED, NOTHING, LEFT = "done", "skipped", "nothing", "left"
BEFORE: Mapping[str, str] = {
    Verdict.CANNOT: "Cannot be done",
    Verdict.FLAGGED: "To be looked at first",
    Verdict.READY: "Will be done",
    Verdict.NOTHING: "Nothing to do",
}
AFTER: Mapping[str, str] = {
    SKIPPED: "Skipped",
    LEFT: "Not done",
    DONE: "Done",
    NOTHING: "Nothing to do",
}
COLOURS: Mapping[str, str] = {
    Verdict.CANNOT: "red",
    Verdict.FLAGGED: "orange",
    Verdict.READY: "blue",
    SKIPPED: "orange",
    LEFT: "orange",
    DONE: "green",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row; what is about a recommendation is shown only to whoever may read that today."""

    row: ImportRow
    words: str
    colour: str
    progress: RecommendationProgress | None
    address: str

    @property
    def is_readable(self) -> bool:
        return self.progress is not None or self.row.recommendation_id is None

    @property
    def says(self) -> Sequence[str]:
        """What it would do, in the words of the file and the record."""
        said: Sequence[str] = self.row.says
        return said if self.is_readable else ()

    @property
    def warnings(self) -> Sequence[str]:
        """What the person should have seen before ticking the row."""
        warned: Sequence[str] = self.row.warnings
        return warned if self.is_readable else ()

    @property
    def reasons(self) -> Sequence[str]:
        """Why it is not, or was not, simply done; a row that waited for a tick says so."""
        if not self.is_readable:
            return [NOT_YOURS]
        is_over = self.row.job.settled_at is not None
        unticked = is_over and self.is_flagged and not self.row.is_included
        return [each for each in (self.row.why, UNTICKED if unticked else "") if each]

    @property
    def is_flagged(self) -> bool:
        return self.row.verdict == Verdict.FLAGGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """How many rows fare alike, and whether the page shows these alone."""

    code: str
    words: str
    count: int
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """One page of rows, with how many there are of each group."""

    groups: Sequence[Group]
    page: Page[Any]
    shown: Sequence[Shown]

    def count(self, code: str) -> int:
        return next((each.count for each in self.groups if each.code == code), 0)


def rows_of(job: ExchangeJob, *, person: Any, today: date, only: str, page: str) -> Rows:
    """Return a page of the import's rows, those that need somebody first.

    `only` names a group; where it names none, all are shown but those with nothing to do.
    """
    is_settled = job.settled_at is not None
    words = AFTER if is_settled else BEFORE
    rows = job.rows.select_related("job").annotate(fate=_after() if is_settled else _before())
    counts = dict(rows.order_by().values_list("fate").annotate(Count("pk")))
    groups = [
        Group(code=code, words=each, count=counts[code], is_shown=code == only)
        for code, each in words.items()
        if counts.get(code)
    ]
    listed = rows.filter(fate=only) if only in words else rows.exclude(fate=NOTHING)
    found = Paginator(_in_order(listed, list(words)), ROWS_ON_A_PAGE).get_page(page)
    return Rows(groups=groups, page=found, shown=list(_shown(found, words, person, today)))


def _before() -> Any:
    return Case(
        *(When(verdict=code, then=Value(code)) for code in BEFORE), output_field=CharField()
    )


def _after() -> Any:
    return Case(
        When(outcome=Outcome.DONE, then=Value(DONE)),
        When(verdict=Verdict.NOTHING, then=Value(NOTHING)),
        When(Q(outcome=Outcome.SKIPPED) | Q(verdict=Verdict.CANNOT), then=Value(SKIPPED)),
        When(FLAGGED_AND_LEFT, then=Value(SKIPPED)),
        default=Value(LEFT),
        output_field=CharField(),
    )


def _in_order(rows: QuerySet[Any], codes: Sequence[str]) -> QuerySet[Any]:
    ranks = [When(fate=code, then=Value(rank)) for rank, code in enumerate(codes)]
    return rows.order_by(Case(*ranks), "place")


def _shown(rows: Page[Any], words: Mapping[str, str], person: Any, today: date) -> Iterator[Shown]:
    wanted = {row.recommendation_id for row in rows if row.recommendation_id}
    readable = visible_progress(person, today).filter(pk__in=wanted)
    known = readable.select_related("recommendation", "provider").defer("state").in_bulk()
    for row in rows:
        progress = known.get(row.recommendation_id)
        yield Shown(
            row=row,
            words=words[row.fate],
            colour=COLOURS.get(row.fate, "grey"),
            progress=progress,
            address=page_address(progress.pk) if progress else "",
        )
