"""What a kind of import or export must know; the machinery knows the rest.

**An import** is read, planned, shown, confirmed and carried out, in this order. A kind says who may
bring such a file (`may_import`), takes the rows out of its tables (`read`) and plans them (`plan`):
one `PlannedRow` for each row that the person should hear of. Planning writes nothing. Only after
somebody has looked at the preview and confirmed it are the deeds of the rows that are `READY`, or
`FLAGGED` and ticked, given, each row for itself, all deeds of a row or none.

The machinery does for every kind: the upload, the size, the refusal of hostile files, progress,
the pages before and after, once-only execution after a crash, deletion after a redaction.

**An export** says who may have it, how many rows it will have (so that a large one is made in the
background), and gathers its tables together with the recommendations they hold.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from tracker.documents import Table
from tracker.documents.writing import Format, Sheet
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import ImportRow

Verdict = ImportRow.Verdict
Parameters = Mapping[str, Any]
"""Which of its kind: ids and choices as JSON holds them, no words of the record."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One command of a row. It is given at once, or submitted for sign-off as a draft.

    A draft is a form: to submit the command, name the form's place in addresses and its fields as a
    browser would send them. Leave both out to give the command.
    """

    command: c.Command
    form: str = ""
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """What one row would do, or why it cannot.

    `number` is the row's in the person's own program. `says` are sentences for the preview, what
    will happen when it is confirmed ("Plan an action: …"); they may repeat the file and are deleted
    once the import is settled. `why` is the one sentence for what is not simply READY: why it
    CANNOT be done and what to do instead, who changed what for FLAGGED, or "" for NOTHING; it is
    kept, so it should repeat little of the file. A READY row with `warnings` (sentences,
    such as on what looks like the number of a person) becomes FLAGGED by itself: they are what the
    person reads before ticking, and say what to do.
    `version` is the recommendation's as planned upon: rows of one recommendation planned upon the
    same version follow one another. Name the recommendation wherever it is known, whatever the
    verdict: a redaction finds the row by it.
    """

    number: int
    verdict: Verdict
    says: Sequence[str] = ()
    why: str = ""
    warnings: Sequence[str] = ()
    recommendation_id: int | None = None
    version: int = 0
    acting_role: Role | None = None
    deeds: Sequence[Deed] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The content of an export, and the recommendations it holds, each up to which version.

    Note the versions before the words are read: what is recorded meanwhile may then be missing from
    the file, but no redaction is missed.
    """

    sheet: Sheet
    held: Mapping[int, int]


class ImportKind(Protocol[R]):
    """A kind of file that can be brought in; see the module.

    `slug` names it in addresses and rows for ever, `heading` on pages ("Import an action plan").
    `formats` are the endings it takes ("xlsx", …), `button` is pressed to carry out a preview,
    `guidance` says above the upload what the file must look like.
    """

    slug: str
    heading: str
    button: str
    guidance: str
    formats: Sequence[Format]

    def may_import(self, person: Any, parameters: Parameters, today: date) -> bool:
        """Say whether the person may bring such a file, today, about what the parameters name."""

    def read(self, tables: Sequence[Table], parameters: Parameters) -> Sequence[R]:
        """Take the rows out of the tables. Raises: DocumentRefused, where this is no such file."""

    def plan(
        self, rows: Sequence[R], *, person: Any, parameters: Parameters, today: date
    ) -> Iterable[PlannedRow]:
        """Yield what each row would do, in a number of queries that does not grow row by row."""


class ExportKind(Protocol):
    """A kind of file that can be asked for; see the module.

    `formats` are offered, the first of them unless another is asked for.
    """

    slug: str
    heading: str
    formats: Sequence[Format]

    def may_export(self, person: Any, parameters: Parameters, today: date) -> bool:
        """Say whether the person may have it; asked again when it is fetched."""

    def count(self, person: Any, parameters: Parameters, today: date) -> int:
        """Return how many rows it will have."""

    def file_name(self, parameters: Parameters, today: date) -> str:
        """Return the name of the file, without its ending."""

    def gather(
        self, person: Any, parameters: Parameters, today: date, *, progress: Callable[[int], None]
    ) -> Gathered:
        """Return the content; tell `progress` now and then how many rows are behind."""
