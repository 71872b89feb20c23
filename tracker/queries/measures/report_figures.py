"""The figures of a recommendation's own report, as baselines to choose from.

They are read from the findings and the key questions as published; those near what the
recommendation rests on come first. A key question has a percentage alone: how many cases it was
asked of the report does not say, so no share is made of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from inspections.models import Finding, Inspection
from inspections.report_import.source_lines import SourceLines
from inspections.report_parser.figures import Figure as Written
from inspections.report_parser.figures import read_figures
from tracker.domain.events import MeasureValue
from tracker.domain.state import Basis
from tracker.domain.vocabulary import MeasureUnit
from tracker.queries.figures import figure_in_words, lines_in_words
from tracker.queries.offers import place_of
from tracker.queries.permitted import Situation

TELLING = 5  # letters: shorter words say little of what a sentence is about


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFigure:
    """One figure of the report. `key` tells it from the others, for good; `lines` are its place in
    the source, None where the inspection was typed in by hand.
    """

    key: str
    value: MeasureValue
    unit: MeasureUnit
    sentence: str
    place: str
    lines: tuple[int, int] | None
    is_of_the_basis: bool

    @property
    def words(self) -> str:
        if self.unit is MeasureUnit.NUMBER:
            return f"{self.value.number}%, with no number of cases"
        return figure_in_words(self.value)

    @property
    def where(self) -> str:
        """Return "P 1.2, area for improvement, line 140 of the report"."""
        lines = lines_in_words(self.lines)
        return f"{self.place}, {lines} of the report" if lines else self.place


def report_figures(situation: Situation) -> Sequence[ReportFigure]:
    """Return the figures, those of the basis first, then by how much they say of the same."""
    inspection, basis = situation.recommendation.inspection, situation.state.basis
    source = SourceLines(inspection.source)
    found = [*_of_findings(inspection, basis, source), *_of_questions(inspection, basis, source)]
    likeness = _likeness(situation.progress.wording, found)
    return sorted(found, key=lambda each: (not each.is_of_the_basis, -likeness[each.key]))


def _of_findings(
    inspection: Inspection, basis: Basis, source: SourceLines
) -> Iterator[ReportFigure]:
    for finding in inspection.findings.select_related("standard").order_by("ordinal"):
        lines = source.span_of(f"findings.{finding.ordinal}")
        for nth, written in enumerate(read_figures(finding.text)):
            value, unit = _value(written)
            yield ReportFigure(
                key=f"finding-{finding.ordinal}-{nth}",
                value=value,
                unit=unit,
                sentence=written.sentence,
                place=place_of(finding),
                lines=lines,
                is_of_the_basis=_is_of_the_basis(finding, basis),
            )


def _of_questions(
    inspection: Inspection, basis: Basis, source: SourceLines
) -> Iterator[ReportFigure]:
    results = inspection.key_question_results.filter(percent__isnull=False)
    for result in results.select_related("key_question__standard").order_by("key_question"):
        question = result.key_question
        standard = question.standard.code
        yield ReportFigure(
            key=f"question-{question.pk}",
            value=MeasureValue(number=str(result.percent)),
            unit=MeasureUnit.NUMBER,
            sentence=f"{result.text} {result.percent}%",
            place=question.code,
            lines=source.span_of(f"standards.{standard}.key_questions.{question.ordinal}"),
            is_of_the_basis=question.code in basis.key_questions,
        )


def _value(written: Written) -> tuple[MeasureValue, MeasureUnit]:
    if written.percent is not None:
        return MeasureValue(number=written.percent), MeasureUnit.NUMBER
    return MeasureValue(n=written.n, m=written.m), MeasureUnit.N_OF_M


def _is_of_the_basis(finding: Finding, basis: Basis) -> bool:
    """Say whether the finding is linked; where none is, whether its standard is."""
    if basis.findings:
        return finding.pk in basis.findings
    return finding.standard is not None and finding.standard.code in basis.standards


def _likeness(wording: str, figures: Iterable[ReportFigure]) -> Mapping[str, float]:
    """Return by key how much a figure's sentence shares with the wording; rare words count more."""
    words = {each.key: _telling(each.sentence) for each in figures}
    common = Counter(word for of_one in words.values() for word in of_one)
    asked = _telling(wording)
    return {key: sum(1 / common[word] for word in of_one & asked) for key, of_one in words.items()}


def _telling(text: str) -> frozenset[str]:
    plain = (word.strip(".,;:()‘’'\"").casefold() for word in text.split())
    return frozenset(word for word in plain if len(word) >= TELLING)
