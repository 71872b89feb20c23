"""Revises a draft in one go: values, and recommendations and findings added or left out.

Every refusal is found and named by the field it belongs to; where there is one, nothing is changed.
A recommendation is known by its place in the report. When one before it goes, the paths of the
others are turned over everywhere they stand: in the issues and in the lines of the source.
"""

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from inspections.models import Finding, ImportIssue, Inspection, Recommendation
from inspections.provider_names import ProviderDirectory, read_provider_directory
from inspections.report_import.checking import check_again
from inspections.report_import.choices import choose_providers
from inspections.report_import.fields import COUNT
from inspections.report_import.refusals import ImportRefused
from inspections.report_import.supply import ValueNotUnderstood
from inspections.report_import.supplying import check_paths, refuse_unless_draft, write_values
from inspections.report_import.targets import HIGHEST_NUMBER

_OF_A_RECOMMENDATION = re.compile(r"recommendations\.([0-9]{1,3})(\..+)?")


class WordingMissing(ImportRefused):
    """A recommendation or a finding is its wording."""

    def __init__(self) -> None:
        super().__init__("Type the wording as published, or clear the rest of this row.")


class NumberTaken(ImportRefused):
    """Numbers are unique within a report and addressee."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Another recommendation to the same body has the number {number}; give another one."
        )


class NumberNotUnderstood(ImportRefused):
    """No number, or one out of all bounds."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"“{number}” is no number of a recommendation; give one from 1 to {HIGHEST_NUMBER}, "
            "or leave it empty to number it next."
        )


_PART_AT_FAULT: Mapping[type[ImportRefused], str] = {
    WordingMissing: "text",
    NumberTaken: "number",
    NumberNotUnderstood: "number",
}


class RevisionRefused(ImportRefused):
    """Something does not fit; `by_path` says what, for each field. Nothing was changed."""

    def __init__(self, by_path: Mapping[str, ImportRefused]) -> None:
        super().__init__(" ".join(str(refusal) for refusal in by_path.values()))
        self.by_path = by_path


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """A recommendation typed in; no number means the next one, no addressee the provider."""

    path: str
    number: str
    addressed_to: str
    text: str
    text_cy: str


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A finding typed in; without a standard it belongs to diversity and inclusion."""

    path: str
    standard: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What a person changed: values by path, rows to add, and places to leave out, from 1."""

    values: Mapping[str, str] = field(default_factory=dict)
    new_recommendations: Sequence[NewRecommendation] = ()
    new_findings: Sequence[NewFinding] = ()
    recommendations_left_out: Sequence[int] = ()
    findings_left_out: Sequence[int] = ()


def revise_draft(*, inspection: Inspection, revision: Revision) -> None:
    """Carry out the revision, all or nothing.

    Raises:
        PublishedIsFixed, SharedIsFixed: it is no draft any more.
        RevisionRefused: what does not fit, by field.
        ImportRefused: a field is not known, or its text cannot be stored.
    """
    known = check_paths(revision.values)
    with transaction.atomic():
        fresh = Inspection.objects.select_for_update().get(pk=inspection.pk)
        refuse_unless_draft(fresh)
        refused = write_values(fresh, known)
        refused |= dict(_add_recommendations(fresh, revision.new_recommendations))
        refused |= dict(_add_findings(fresh, revision.new_findings))
        if refused:
            raise RevisionRefused(refused)
        fresh.findings.filter(ordinal__in=revision.findings_left_out).delete()
        for place in sorted(revision.recommendations_left_out, reverse=True):
            _leave_out(fresh, place)
        check_again(fresh)
    inspection.refresh_from_db()


def _add_recommendations(
    inspection: Inspection, rows: Sequence[NewRecommendation]
) -> Iterator[tuple[str, ImportRefused]]:
    if not rows:
        return
    directory = read_provider_directory(on=None)
    for row in rows:
        try:
            _add_recommendation(inspection, row, directory)
        except ImportRefused as refusal:
            yield f"{row.path}.{_PART_AT_FAULT.get(type(refusal), 'addressed_to')}", refusal


def _add_recommendation(
    inspection: Inspection, row: NewRecommendation, directory: ProviderDirectory
) -> None:
    if not row.text:
        raise WordingMissing
    number = _number(inspection, row)
    named = row.addressed_to or inspection.provider.name
    addressees = (
        choose_providers(directory, f"{row.path}.addressed_to", row.addressed_to)
        if row.addressed_to
        else (inspection.provider,)
    )
    if inspection.recommendations.filter(number=number, addressee__in=addressees).exists():
        raise NumberTaken(number)
    group = uuid.uuid4()
    Recommendation.objects.bulk_create(
        Recommendation(
            inspection=inspection,
            number=number,
            text=row.text,
            text_cy=row.text_cy,
            addressed_to=named,
            addressee=addressee,
            group=group,
        )
        for addressee in addressees
    )


def _number(inspection: Inspection, row: NewRecommendation) -> int:
    if not row.number:
        highest: int | None = inspection.recommendations.aggregate(n=Max("number"))["n"]
        return (highest or 0) + 1
    try:
        number = COUNT.read(row.number)
    except ValueError:
        number = None
    if not isinstance(number, int) or not 1 <= number <= HIGHEST_NUMBER:
        raise NumberNotUnderstood(row.number)
    return number


def _add_findings(
    inspection: Inspection, rows: Sequence[NewFinding]
) -> Iterator[tuple[str, ImportRefused]]:
    standards = {each.code: each for each in inspection.framework.standards.all()}
    for row in rows:
        if not row.text:
            yield f"{row.path}.text", WordingMissing()
        elif row.kind not in Finding.Kind.values:
            expected = "one of " + ", ".join(kind.label.lower() for kind in Finding.Kind)
            yield f"{row.path}.kind", ValueNotUnderstood(f"{row.path}.kind", row.kind, expected)
        else:
            last: int | None = inspection.findings.aggregate(n=Max("ordinal"))["n"]
            Finding.objects.create(
                inspection=inspection,
                standard=standards.get(row.standard),
                kind=row.kind,
                ordinal=(last or 0) + 1,
                text=row.text,
            )


def _leave_out(inspection: Inspection, place: int) -> None:
    """Delete the recommendation at that place, and let those behind it move up."""
    groups = list(
        dict.fromkeys(inspection.recommendations.order_by("pk").values_list("group", flat=True))
    )
    for group in groups[place - 1 : place]:
        inspection.recommendations.filter(group=group).delete()
    for issue in ImportIssue.objects.of(inspection).filter(field__startswith="recommendations."):
        moved = _moved_up(issue.field, place)
        if moved is None:
            issue.delete()
        elif moved != issue.field:
            ImportIssue.objects.filter(pk=issue.pk).update(field=moved)
    if (source := inspection.source) is not None:
        paths = ((_moved_up(path, place), lines) for path, lines in source.lines.items())
        source.lines = {path: lines for path, lines in paths if path is not None}
        source.save(update_fields=["lines"])


def _moved_up(path: str, place: int) -> str | None:
    """Return the path after the recommendation at `place` is gone; None where it was part of it."""
    found = _OF_A_RECOMMENDATION.fullmatch(path)
    if found is None or int(found[1]) < place:
        return path
    if int(found[1]) == place:
        return None
    return f"recommendations.{int(found[1]) - 1}{found[2] or ''}"
