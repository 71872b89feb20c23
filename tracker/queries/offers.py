"""What a form offers to choose from: actions, people, evidence, in the words people know them by.

What may be chosen follows from `openings`; whether a choice is right is for the rules alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum, auto
from uuid import UUID

from inspections.govuk_dates import govuk_date
from inspections.models import Finding, KeyQuestion, Theme
from inspections.ratings import Band
from inspections.succession import later_inspections, latest_of
from tracker import event_store
from tracker.circumstances import later_recommendations
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.openings import closures
from tracker.domain.roles import figure_sources
from tracker.models import ActionProgress, EvidenceProgress, MeasureProgress
from tracker.queries.inspections import band_label, bands_of
from tracker.queries.labels import in_short, label
from tracker.queries.names import (
    action_name,
    inspection_name,
    names_for,
    recommendation_name,
)
from tracker.queries.permitted import Situation
from tracker.queries.wording import Names

Choices = list[tuple[str, str]]
LONGEST = 140


class Offered(StrEnum):
    """The kinds of things that a command can be about."""

    ACTIONS = auto()
    BLOCKERS = auto()
    CLOSURES = auto()
    ESCALATIONS = auto()
    EVIDENCE = auto()
    FINDINGS = auto()
    FIGURE_SOURCES = auto()
    JUDGEMENTS = auto()
    KEY_QUESTIONS = auto()
    LATER_INSPECTIONS = auto()
    LATER_RECOMMENDATIONS = auto()
    MEASURES = auto()
    MEMBERS = auto()
    STANDARDS = auto()
    SUCCESSORS = auto()
    THEMES = auto()
    UPDATES = auto()


def offer(offered: Offered, command_type: type[c.Command], situation: Situation) -> Choices:
    """Return the choices, each a stored value and its words, in a lasting order."""
    return OFFERS[offered](command_type, situation)


def _actions(command_type: type[c.Command], situation: Situation) -> Choices:
    rows = ActionProgress.objects.filter(pk__in=situation.subjects(command_type))
    return [
        (str(row.pk), f"{_action_in_short(row)}, target {govuk_date(row.target_on)}")
        for row in rows.order_by("planned_version", "pk")
    ]


def _action_in_short(row: ActionProgress) -> str:
    return action_name(row.description, row.delivered_by, longest=LONGEST)


def _evidence(command_type: type[c.Command], situation: Situation) -> Choices:
    rows = EvidenceProgress.objects.filter(pk__in=situation.subjects(command_type))
    return [(str(row.pk), _short(row.title)) for row in rows.order_by("attached_version", "pk")]


def _measures(command_type: type[c.Command], situation: Situation) -> Choices:
    rows = MeasureProgress.objects.filter(pk__in=situation.subjects(command_type))
    return [
        (str(row.pk), f"{_short(row.wording)} ({row.unit.replace('_', ' ')})")
        for row in rows.order_by("defined_version", "pk")
    ]


def _blockers(command_type: type[c.Command], situation: Situation) -> Choices:
    return _named(situation.subjects(command_type), _names(situation).blockers)


def _escalations(command_type: type[c.Command], situation: Situation) -> Choices:
    return _named(situation.subjects(command_type), _names(situation).escalations)


def _updates(_: type[c.Command], situation: Situation) -> Choices:
    """Every update in its newest words, newest first."""
    words: dict[UUID, str] = {}
    for recorded in event_store.read_stream(situation.recommendation.pk):
        event = recorded.event
        if isinstance(event, e.ProgressUpdateRecorded):
            words[recorded.event_id] = f"{govuk_date(event.occurred_on)}: {_short(event.text)}"
        elif isinstance(event, e.ProgressUpdateCorrected):
            words[event.corrects] = f"{govuk_date(event.occurred_on)}: {_short(event.text)}"
    return [(str(event_id), text) for event_id, text in reversed(words.items())]


def _members(_: type[c.Command], situation: Situation) -> Choices:
    people = sorted(situation.members.items(), key=lambda member: (member[1], member[0]))
    return [(str(person), name) for person, name in people]


def _judgements(_: type[c.Command], situation: Situation) -> Choices:
    return [
        (code, words) for code, words in situation.recommendation.inspection.framework.judgements
    ]


def _closures(_: type[c.Command], situation: Situation) -> Choices:
    return [
        (closure.value, label(closure)) for closure in closures(situation.state, situation.practice)
    ]


def _figure_sources(command_type: type[c.Command], situation: Situation) -> Choices:
    sources = {
        source
        for role in situation.roles_open_to(command_type)
        for source in figure_sources(
            role=role, addressed_to_region=situation.capacities[role].addressed_to_region
        )
    }
    return [(source.value, label(source)) for source in sorted(sources)]


def _standards(_: type[c.Command], situation: Situation) -> Choices:
    standards = situation.recommendation.inspection.framework.standards
    return [(each.code, str(each)) for each in standards.order_by("ordinal", "pk")]


def _key_questions(_: type[c.Command], situation: Situation) -> Choices:
    """Each with its percentage and its band, so that the failing ones can be told."""
    inspection = situation.recommendation.inspection
    bands = bands_of(inspection.framework)
    percents = dict(
        inspection.key_question_results.values_list("key_question_id", "percent").order_by()
    )
    questions = KeyQuestion.objects.filter(standard__framework=inspection.framework_id)
    return [
        (each.code, f"{each}{_in_words(percents.get(each.pk), bands)}")
        for each in questions.order_by("standard__ordinal", "ordinal")
    ]


def _in_words(percent: int | None, bands: Sequence[Band]) -> str:
    band = band_label(percent, bands)
    result = f": {percent}%" if percent is not None else ""
    return f"{result}, {band.lower()}" if band else result


def _findings(_: type[c.Command], situation: Situation) -> Choices:
    findings = situation.recommendation.inspection.findings.select_related("standard")
    return [(str(each.pk), finding_in_words(each)) for each in findings.order_by("ordinal")]


def finding_in_words(finding: Finding) -> str:
    """Return "P 2.1, area for improvement: …"."""
    return f"{place_of(finding)}: {_short(finding.text)}"


def place_of(finding: Finding) -> str:
    """Return "P 2.1, area for improvement"; without a standard it is of diversity."""
    place = finding.standard.code if finding.standard else "Diversity and inclusion"
    return f"{place}, {finding.get_kind_display().lower()}"


def _themes(_: type[c.Command], __: Situation) -> Choices:
    return list(Theme.objects.order_by("name", "pk").values_list("code", "name"))


def _successors(_: type[c.Command], situation: Situation) -> Choices:
    """The one that is recorded for the addressee; without it nothing can be transferred."""
    successor = situation.recommendation.addressee.successor
    return [(str(successor.pk), successor.name)] if successor else []


def _later_recommendations(_: type[c.Command], situation: Situation) -> Choices:
    later = later_recommendations(situation.recommendation).select_related(
        "inspection", "addressee"
    )
    ordered = later.order_by("inspection__published_on", "number", "pk")
    return [(str(each.pk), f"{recommendation_name(each)}: {_short(each.text)}") for each in ordered]


def _later_inspections(_: type[c.Command], situation: Situation) -> Choices:
    """The latest alone: after it the recommendation is left open, or not."""
    latest = latest_of(later_inspections(situation.recommendation.inspection))
    return [(str(latest.pk), inspection_name(latest))] if latest else []


OFFERS: Mapping[Offered, Callable[[type[c.Command], Situation], Choices]] = {
    Offered.ACTIONS: _actions,
    Offered.BLOCKERS: _blockers,
    Offered.CLOSURES: _closures,
    Offered.ESCALATIONS: _escalations,
    Offered.EVIDENCE: _evidence,
    Offered.FINDINGS: _findings,
    Offered.FIGURE_SOURCES: _figure_sources,
    Offered.JUDGEMENTS: _judgements,
    Offered.KEY_QUESTIONS: _key_questions,
    Offered.LATER_INSPECTIONS: _later_inspections,
    Offered.LATER_RECOMMENDATIONS: _later_recommendations,
    Offered.MEASURES: _measures,
    Offered.MEMBERS: _members,
    Offered.STANDARDS: _standards,
    Offered.SUCCESSORS: _successors,
    Offered.THEMES: _themes,
    Offered.UPDATES: _updates,
}


def _names(situation: Situation) -> Names:
    stream = event_store.read_stream(situation.recommendation.pk)
    return names_for(stream, situation.visible)


def _named(ids: Iterable[UUID], names: Mapping[UUID, str | None]) -> Choices:
    """In the order in which the stream named them."""
    wanted = frozenset(ids)
    return [(str(key), _short(name)) for key, name in names.items() if key in wanted]


def _short(text: str | None) -> str:
    return in_short(text, LONGEST)
