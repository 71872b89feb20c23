"""Removes redacted words from what the Inspectorate published: wording, findings, source.

The source stays with its hash and its numbered lines; a line that held the words is emptied of
them. Whether anything is redacted is decided, and recorded, in the progress record alone.
"""

from collections.abc import Callable

from inspections.models import (
    AccuracyNote,
    Finding,
    ImportIssue,
    Inspection,
    Recommendation,
    ReportSource,
)

REMOVED = "Text removed"
Holds = Callable[[str], bool]


def remove_words(*, recommendation: Recommendation, holds: Holds, is_the_wording: bool) -> None:
    """Replace what holds the words, in this recommendation and in the report it stands in.

    `is_the_wording` where the words are the recommendation's own as published: then its text and
    its lines of the source go whether or not they read the same to the letter.
    """
    inspection = recommendation.inspection
    source: ReportSource | None = inspection.source
    if source is not None:
        spans = _own_spans(recommendation, source) if is_the_wording else []
        _empty_lines(source, holds, spans)
    _remove_from_wording(recommendation, holds, is_the_wording=is_the_wording)
    for finding in Finding.objects.filter(inspection=inspection).order_by("pk"):
        if holds(finding.text):
            Finding.objects.filter(pk=finding.pk).update(text=REMOVED)
    _remove_from_issues(inspection, holds)
    _remove_from_notes(inspection, holds)


def _remove_from_wording(
    recommendation: Recommendation, holds: Holds, *, is_the_wording: bool
) -> None:
    changes: dict[str, str] = {}
    if is_the_wording or holds(recommendation.text):
        changes["text"] = REMOVED
    if holds(recommendation.text_cy):
        changes["text_cy"] = REMOVED
    if changes:
        Recommendation.objects.filter(pk=recommendation.pk).update(**changes)


def _own_spans(recommendation: Recommendation, source: ReportSource) -> list[tuple[int, int]]:
    """Return the lines that the recommendation came from: it goes by its place in the report."""
    in_order = recommendation.inspection.recommendations.order_by("pk")
    groups = list(dict.fromkeys(in_order.values_list("group", flat=True)))
    place = groups.index(recommendation.group) + 1
    span = source.lines.get(f"recommendations.{place}")
    return [(span[0], span[1])] if span else []


def _empty_lines(source: ReportSource, holds: Holds, spans: list[tuple[int, int]]) -> None:
    lines = source.text.split("\n")
    kept = [
        REMOVED if holds(line) or any(first <= number <= last for first, last in spans) else line
        for number, line in enumerate(lines, start=1)
    ]
    if kept != lines:
        ReportSource.objects.filter(pk=source.pk).update(text="\n".join(kept))


def _remove_from_issues(inspection: Inspection, holds: Holds) -> None:
    for issue in ImportIssue.objects.of(inspection).order_by("pk"):
        if holds(issue.message):
            ImportIssue.objects.filter(pk=issue.pk).update(message=REMOVED)
        if holds(issue.supplied):
            ImportIssue.objects.filter(pk=issue.pk).update(supplied=REMOVED)


def _remove_from_notes(inspection: Inspection, holds: Holds) -> None:
    """Remove the words from what readers noted about the report, and from the answers."""
    for note in AccuracyNote.objects.filter(inspection=inspection).order_by("pk"):
        texts = {name: getattr(note, name) for name in ("quoted", "claim", "should_say", "answer")}
        held = {name: REMOVED for name, text in texts.items() if holds(text)}
        if held:
            AccuracyNote.objects.filter(pk=note.pk).update(**held)
