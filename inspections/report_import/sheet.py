"""A draft laid out to be read and corrected: every value with its path, its label and its lines.

`sheet_of` reads the rows of a draft, `blank_sheet` shows what a report of a framework would say.
Nothing is decided or stored here, and nothing knows of forms.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch

from inspections.models import (
    Finding,
    Framework,
    Inspection,
    KeyQuestion,
    KeyQuestionResult,
    Provider,
    Recommendation,
    Standard,
    StandardRating,
)
from inspections.report_import.fields import COLUMNS, COUNT, DATE, MONTH, RATING, Form
from inspections.report_import.parts import BODIES_APART, Entry, Part, Section, Shape
from inspections.report_import.source_lines import SourceLines

FEW_BODIES = 3
"""So many names are typed; more are ticked."""
FACTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Fieldwork": (
        ("fieldwork.starts_on", "First day of fieldwork"),
        ("fieldwork.month", "Month of fieldwork"),
        ("fieldwork.weeks", "Weeks of fieldwork"),
    ),
    "Score": (
        ("score", "Score"),
        ("score_max", "Highest possible score"),
        ("overall_rating", "Overall rating"),
    ),
    "Sample": (
        ("sample.community_orders", "Community orders"),
        ("sample.licence_releases", "Licence releases"),
        ("sample.interviews", "Interviews"),
    ),
    "Population and caseload": (
        ("population", "Population"),
        ("caseload", "Caseload"),
        ("caseload_breakdown.community", "Caseload: community sentences"),
        ("caseload_breakdown.licence", "Caseload: on licence"),
        ("caseload_breakdown.custody", "Caseload: in custody"),
    ),
    "Inspection": (
        ("lead_inspector", "Lead inspector"),
        ("previous_inspection.year", "Year of the previous inspection"),
        ("previous_inspection.overall_rating", "Rating of the previous inspection"),
    ),
}
_SHAPES: Mapping[Form, Shape] = {
    DATE: Shape.DATE,
    MONTH: Shape.MONTH,
    COUNT: Shape.COUNT,
    RATING: Shape.RATING,
}


@dataclass(frozen=True, slots=True)
class _Draft:
    """The rows of one draft, each table read once."""

    inspection: Inspection
    source: SourceLines
    standards: Sequence[Standard]
    ratings: Mapping[int, StandardRating] = field(default_factory=dict)
    results: Mapping[int, KeyQuestionResult] = field(default_factory=dict)
    recommendations: Sequence[Sequence[Recommendation]] = ()
    findings: Sequence[Finding] = ()

    def entry(
        self, path: str, label: str, shape: Shape, value: object = "", hint: str = ""
    ) -> Entry:
        said = "" if value is None else str(value)
        return Entry(path, label, shape, said, tuple(self.source.of(path)), hint, key=path)


def sheet_of(inspection: Inspection) -> tuple[Section, ...]:
    """Lay out the draft."""
    results = inspection.key_question_results.all()
    draft = _Draft(
        inspection=inspection,
        source=SourceLines(inspection.source),
        standards=_standards_of(inspection.framework),
        ratings={each.standard_id: each for each in inspection.ratings.all()},
        results={each.key_question_id: each for each in results},
        recommendations=_by_place(inspection),
        findings=list(inspection.findings.select_related("standard").order_by("ordinal")),
    )
    return tuple(_sections(draft))


def blank_sheet(framework: Framework) -> tuple[Section, ...]:
    """Lay out a report of that framework, with nothing in it but the highest score."""
    nothing = Inspection(framework=framework, score_max=framework.score_max)
    draft = _Draft(nothing, SourceLines(None), _standards_of(framework))
    return tuple(_sections(draft))


def entries_of(sections: Sequence[Section]) -> Iterator[Entry]:
    """Yield every entry, in order."""
    for section in sections:
        for part in section.parts:
            yield from part.entries


def digest_of(sections: Sequence[Section]) -> str:
    """Return what tells the sheet as it is now from the sheet as somebody saw it."""
    said = json.dumps([[entry.key, entry.value] for entry in entries_of(sections)])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _standards_of(framework: Framework) -> Sequence[Standard]:
    return list(
        Standard.objects.filter(framework=framework)
        .order_by("ordinal")
        .prefetch_related(Prefetch("key_questions", KeyQuestion.objects.order_by("ordinal")))
    )


def _by_place(inspection: Inspection) -> list[list[Recommendation]]:
    """Return the rows of each recommendation, one per addressee, in the order of the report."""
    groups: dict[object, list[Recommendation]] = {}
    for row in inspection.recommendations.select_related("addressee").order_by("pk"):
        groups.setdefault(row.group, []).append(row)
    return list(groups.values())


def _sections(draft: _Draft) -> Iterator[Section]:
    yield Section("Report", (_report(draft), _facts(draft, "Fieldwork"), _facts(draft, "Score")))
    yield Section(
        "Recommendations",
        tuple(
            _recommendation(draft, place, rows)
            for place, rows in enumerate(draft.recommendations, start=1)
        ),
    )
    yield Section("Standards", tuple(_standard(draft, standard) for standard in draft.standards))
    yield Section(
        "Background",
        tuple(
            _facts(draft, title) for title in ("Sample", "Population and caseload", "Inspection")
        ),
    )
    yield Section("Findings", tuple(_finding(draft, finding) for finding in draft.findings))


def _report(draft: _Draft) -> Part:
    inspection = draft.inspection
    return Part("Title, provider and publication", tuple(_of_the_report(draft, inspection)))


def _of_the_report(draft: _Draft, inspection: Inspection) -> Iterator[Entry]:
    provider: Provider | None = inspection.provider if inspection.provider_id else None
    yield draft.entry("title", "Title", Shape.LINE, inspection.title)
    yield draft.entry("provider.name", "Provider", Shape.PROVIDER, provider or "")
    if provider is not None and provider.is_proposed:
        hint = f"{provider} is new. Choose its region to accept it, or another provider above."
        region = provider.region or ""
        yield draft.entry(
            "provider.region", "Region of the new provider", Shape.REGION, region, hint
        )
    yield from _new_addressees(draft)
    only = Inspection.KnownTo(inspection.published_known_to)
    hint = (
        "" if only == Inspection.KnownTo.DAY else f"Only the {only} is known; this is its last day."
    )
    yield draft.entry("published_on", "Publication date", Shape.DATE, inspection.published_on, hint)


def _new_addressees(draft: _Draft) -> Iterator[Entry]:
    """Ask for the region of each unit that the import proposed as an addressee alone."""
    addressed = (row.addressee for rows in draft.recommendations for row in rows)
    for provider in dict.fromkeys(addressed):
        is_asked = provider.is_proposed and provider != draft.inspection.provider
        if is_asked and provider.kind not in (Provider.Kind.REGION, Provider.Kind.NATIONAL):
            path = f"providers.{provider.pk}.region"
            label = f"Region of {provider}, which is new"
            yield draft.entry(path, label, Shape.REGION, provider.region or "")


def _facts(draft: _Draft, title: str) -> Part:
    return Part(title, tuple(_fact(draft, path, label) for path, label in FACTS[title]))


def _fact(draft: _Draft, path: str, label: str) -> Entry:
    column = COLUMNS[path]
    shape = _SHAPES.get(column.form, Shape.LINE)
    return draft.entry(path, label, shape, getattr(draft.inspection, column.name))


def _recommendation(draft: _Draft, place: int, rows: Sequence[Recommendation]) -> Part:
    path, row = f"recommendations.{place}", rows[0]
    bodies = BODIES_APART.join(each.addressee.name for each in rows)
    shape = Shape.MANY_BODIES if len(rows) > FEW_BODIES else Shape.BODIES
    hint = f"The report says: “{row.addressed_to}”." if row.addressed_to else ""
    entries = (
        draft.entry(f"{path}.number", "Number", Shape.COUNT, row.number),
        draft.entry(f"{path}.addressed_to", "Addressed to", shape, bodies, hint),
        draft.entry(f"{path}.text", "Wording", Shape.TEXT, row.text),
        draft.entry(f"{path}.text_cy", "Wording in Welsh", Shape.TEXT, row.text_cy),
    )
    key = f"recommendations.{row.group.hex[:12]}"
    return Part(
        f"Recommendation {row.number}",
        tuple(replace(entry, key=entry.path.replace(path, key)) for entry in entries),
        leaves_out=path,
        key=key,
    )


def _standard(draft: _Draft, standard: Standard) -> Part:
    path = f"standards.{standard.code}"
    rated = draft.ratings.get(standard.pk)
    places = (
        *draft.source.of(f"{path}.table_rating", "In the ratings table"),
        *draft.source.of(f"{path}.rating", "Over the findings"),
    )
    said = rated.rating if rated else ""
    rating = replace(draft.entry(f"{path}.rating", "Rating", Shape.RATING, said), excerpts=places)
    wording = rated.wording if rated else ""
    questions = (_question(draft, path, question) for question in standard.key_questions.all())
    return Part(
        str(standard),
        (
            rating,
            draft.entry(f"{path}.wording", "Wording of the standard", Shape.TEXT, wording),
            *questions,
        ),
    )


def _question(draft: _Draft, path: str, question: KeyQuestion) -> Entry:
    result = draft.results.get(question.pk)
    return draft.entry(
        f"{path}.key_questions.{question.ordinal}.percent",
        f"Key question {question.ordinal}, per cent",
        Shape.COUNT,
        result.percent if result else None,
        hint=(result.text if result else "") or question.topic,
    )


def _finding(draft: _Draft, finding: Finding) -> Part:
    path = f"findings.{finding.ordinal}"
    code = finding.standard.code if finding.standard else ""
    return Part(
        f"Finding {finding.ordinal}",
        (
            draft.entry(f"{path}.standard", "Standard", Shape.STANDARD, code),
            draft.entry(f"{path}.kind", "Kind", Shape.KIND_OF_FINDING, finding.kind),
            draft.entry(f"{path}.text", "Wording", Shape.TEXT, finding.text),
        ),
        leaves_out=path,
        key=path,
    )
