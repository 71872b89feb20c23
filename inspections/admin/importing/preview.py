"""What the page of a draft shows, in order: issues first, then every value beside its lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.forms import BoundField

from inspections.admin.importing.sheet_form import NEW_FINDING, NEW_RECOMMENDATION, SheetForm
from inspections.models import AccuracyNote, ImportIssue, Inspection
from inspections.report_import.parts import Entry, Part
from inspections.report_import.source_lines import Excerpt, SourceLines

Noted = Mapping[int, Sequence[AccuracyNote]]
"""What readers noted, by the line of the source."""
OTHER_LABELS = {
    "source": "This report",
    "standards": "Standards",
    "recommendations": "Recommendations",
    "diversity_and_inclusion": "Diversity and inclusion",
    "provider.kind": "Kind of provider",
}


@dataclass(frozen=True, slots=True)
class IssueCard:
    """All that was found about one field, and what can be done about it."""

    label: str
    is_error: bool
    messages: tuple[str, ...]
    excerpts: tuple[Excerpt, ...]
    fields: tuple[BoundField, ...]
    confirm: BoundField | None
    supplied: str


@dataclass(frozen=True, slots=True)
class Row:
    """Fields that came from the same lines; `asked_above` are labels of those among the issues."""

    excerpts: tuple[Excerpt, ...]
    fields: tuple[BoundField, ...]
    asked_above: tuple[str, ...]
    notes: tuple[AccuracyNote, ...] = ()
    """What readers noted about these lines."""


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    rows: tuple[Row, ...]
    leave_out: BoundField | None


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The whole page."""

    open_issues: tuple[IssueCard, ...]
    settled_issues: tuple[IssueCard, ...]
    groups: tuple[Group, ...]
    new_recommendations: tuple[tuple[BoundField, ...], ...]
    new_findings: tuple[tuple[BoundField, ...], ...]


def preview(
    form: SheetForm,
    inspection: Inspection | None,
    issues: Sequence[ImportIssue] = (),
    notes: Sequence[AccuracyNote] = (),
) -> Preview:
    """Lay the form out for the page."""
    noted = _by_line(notes)
    source = SourceLines(inspection.source if inspection else None)
    cards = list(_cards(form, source, issues))
    waiting = tuple(card for card in cards if not card.supplied)
    asked = {field.name for card in waiting for field in card.fields}
    return Preview(
        open_issues=waiting,
        settled_issues=tuple(card for card in cards if card.supplied),
        groups=tuple(
            Group(section.title, tuple(_block(form, part, asked, noted) for part in section.parts))
            for section in form.sections
        ),
        new_recommendations=_new_rows(form, NEW_RECOMMENDATION, form.new_rows[0]),
        new_findings=_new_rows(form, NEW_FINDING, form.new_rows[1]),
    )


def label_of(form: SheetForm, path: str) -> str:
    """Return what the page calls the field."""
    if entry := form.entries.get(path):
        part = next(p for s in form.sections for p in s.parts if entry in p.entries)
        is_told_apart = part.leaves_out or path.startswith("standards.")
        return f"{part.title}: {entry.label.lower()}" if is_told_apart else entry.label
    return OTHER_LABELS.get(path) or path.removeprefix("standards.").replace(".key_questions", "")


def _cards(
    form: SheetForm, source: SourceLines, issues: Sequence[ImportIssue]
) -> Iterator[IssueCard]:
    """Yield a card for each field, errors before warnings, each kind in the report's order."""

    def order(issue: ImportIssue) -> tuple[bool, bool, int, int]:
        is_warning = issue.severity == ImportIssue.Severity.WARNING
        return bool(issue.supplied), is_warning, issue.line or 0, issue.pk

    by_field: dict[tuple[str, str], list[ImportIssue]] = {}
    for issue in sorted(issues, key=order):
        by_field.setdefault((issue.field, issue.supplied), []).append(issue)
    for (path, supplied), found in by_field.items():
        yield _card(form, source, path, supplied, found)


def _card(
    form: SheetForm, source: SourceLines, path: str, supplied: str, found: list[ImportIssue]
) -> IssueCard:
    lines = dict.fromkeys(issue.line for issue in found if issue.line)
    paths = ("provider.name", "provider.region") if path == "provider.name" else (path,)
    names = [form.name(each) for each in paths if each in form.entries]
    confirm = form.confirm_name(path)
    return IssueCard(
        label=label_of(form, path),
        is_error=found[0].severity == ImportIssue.Severity.ERROR,
        messages=tuple(dict.fromkeys(issue.message for issue in found)),
        excerpts=tuple(source.around(line) for line in lines),
        fields=() if supplied else tuple(form[name] for name in names),
        confirm=form[confirm] if confirm in form.fields and not supplied else None,
        supplied=supplied,
    )


def _by_line(notes: Sequence[AccuracyNote]) -> Noted:
    noted: dict[int, list[AccuracyNote]] = {}
    for note in notes:
        noted.setdefault(note.line or 0, []).append(note)
    return noted


def _block(form: SheetForm, part: Part, asked: set[str], noted: Noted) -> Block:
    grouped = groupby(part.entries, key=lambda entry: entry.excerpts)
    leave_out = f"leave_out-{part.key}"
    return Block(
        title=part.title,
        rows=tuple(
            _row(form, excerpts, list(entries), asked, noted) for excerpts, entries in grouped
        ),
        leave_out=form[leave_out] if leave_out in form.fields else None,
    )


def _row(
    form: SheetForm,
    excerpts: tuple[Excerpt, ...],
    entries: Sequence[Entry],
    asked: set[str],
    noted: Noted,
) -> Row:
    above = [entry for entry in entries if form.name(entry.path) in asked]
    numbers = dict.fromkeys(number for excerpt in excerpts for number, _ in excerpt.lines)
    return Row(
        excerpts=excerpts,
        fields=tuple(form[form.name(entry.path)] for entry in entries if entry not in above),
        asked_above=tuple(entry.label for entry in above),
        notes=tuple(note for number in numbers for note in noted.get(number, ())),
    )


def _new_rows(form: SheetForm, kind: str, rows: int) -> tuple[tuple[BoundField, ...], ...]:
    return tuple(
        tuple(form[name] for name in form.fields if name.startswith(f"{kind}.{row}."))
        for row in range(1, rows + 1)
    )
