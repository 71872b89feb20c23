"""Looks up how the things that a stream cites are called; a constant number of queries.

What other recommendations are called is given away only where the reader may see them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from inspections.models import Finding, Framework, Inspection, Provider, Recommendation, Theme
from inspections.recommendation_numbers import number_of_year
from tracker.domain import events as e
from tracker.domain.vocabulary import EvidenceKind
from tracker.event_store import RecordedEvent
from tracker.queries.labels import REDACTED, in_short
from tracker.queries.wording import Names


def names_for(
    stream: Sequence[RecordedEvent],
    visible: QuerySet[Recommendation],
    *,
    scale: Mapping[str, str] | None = None,
) -> Names:
    """Return the names of everything the events of one stream cite by id or code.

    `scale` are the words of judgements; they are looked up where it is left out.
    """
    events = [recorded.event for recorded in stream]
    return Names(
        **_of_the_stream(events),
        judgements=_judgements(stream) if scale is None else scale,
        themes=dict(Theme.objects.values_list("code", "name")) if _has_themes(events) else {},
        findings=_findings(events),
        providers=_providers(events),
        inspections=_inspections(events),
        recommendations=_recommendations(events, visible),
    )


def recommendation_name(recommendation: Recommendation) -> str:
    """Return "Recommendation 4 of 2026, Northmarch PDU"; needs inspection and addressee joined.

    It is called by who answers for it now, whatever the report says.
    """
    number = number_of_year(recommendation.number, recommendation.inspection.published_on)
    return f"Recommendation {number}, {recommendation.addressee.name}"


def action_name(
    description: str | None, delivered_by: str | None, *, longest: int | None = None
) -> str:
    """Return "Sign the data schedule (Police)": several partners may have the same to do.

    `longest` cuts what will be done, and half of it who delivers it; neither hides the other.
    """
    if not description:
        return REDACTED
    done = in_short(description, longest) if longest else description
    if not delivered_by:
        return done
    by = in_short(delivered_by, longest // 2) if longest else delivered_by
    return f"{done} ({by})"


def judgement_scale() -> Mapping[str, str]:
    """Return the words for the judgements of all frameworks, for lists that mix them."""
    scales = Framework.objects.order_by("-pk").values_list("judgements", flat=True)
    return {code: text for scale in scales for code, text in scale}


def _of_the_stream(events: Iterable[e.Event]) -> Mapping[str, Any]:
    """Return the words in which the stream itself introduced what it cites later."""
    actions: dict[UUID, str | None] = {}
    measures: dict[UUID, str | None] = {}
    blockers: dict[UUID, str | None] = {}
    escalations: dict[UUID, str | None] = {}
    evidence: dict[UUID, str | None] = {}
    links: set[UUID] = set()
    for event in events:
        if isinstance(event, e.ActionPlanned):
            actions[event.action_id] = (
                action_name(event.description, event.delivered_by) if event.description else None
            )
        elif isinstance(event, e.MeasureDefined):
            measures[event.measure_id] = event.wording
        elif isinstance(event, e.BlockerRecorded):
            blockers[event.blocker_id] = event.cause
        elif isinstance(event, e.EscalationRaised):
            escalations[event.escalation_id] = event.asked
        elif isinstance(event, e.EvidenceAttached):
            evidence[event.evidence_id] = event.title
            if event.kind is EvidenceKind.LINK:
                links.add(event.evidence_id)
    return {
        "actions": actions,
        "measures": measures,
        "blockers": blockers,
        "escalations": escalations,
        "evidence": evidence,
        "links": frozenset(links),
    }


def _judgements(stream: Sequence[RecordedEvent]) -> Mapping[str, str]:
    judged = [each for each in stream if isinstance(each.event, e.ProgressJudged)]
    if not judged:
        return {}
    of_this = Recommendation.objects.filter(pk=judged[0].recommendation_id)
    return dict(of_this.values_list("inspection__framework__judgements", flat=True).get())


def _has_themes(events: Iterable[e.Event]) -> bool:
    return any(isinstance(each, e.RecommendationBasisLinked) and each.themes for each in events)


def _findings(events: Iterable[e.Event]) -> Mapping[int, str]:
    linking = (e.RecommendationBasisLinked, e.EvidenceAttached)
    cited = {finding for each in events if isinstance(each, linking) for finding in each.findings}
    return dict(Finding.objects.filter(pk__in=cited).values_list("pk", "text"))


def _providers(events: Iterable[e.Event]) -> Mapping[int, str]:
    moves = (each for each in events if isinstance(each, e.RecommendationTransferred))
    cited = {end for move in moves for end in (move.from_provider_id, move.to_provider_id)}
    return dict(Provider.objects.filter(pk__in=cited).values_list("pk", "name"))


def _inspections(events: Iterable[e.Event]) -> Mapping[int, str]:
    """Name the later inspections after which something was left open; they are published."""
    left_open = (each for each in events if isinstance(each, e.RecommendationLeftOpen))
    cited = {each.inspection_id for each in left_open}
    found = Inspection.objects.filter(pk__in=cited) if cited else ()
    return {each.pk: inspection_name(each) for each in found}


def inspection_name(inspection: Inspection) -> str:
    """Return "Gwent PDU, 3 December 2025"."""
    return f"{inspection.provider_name}, {inspection.published_in_words}"


def _recommendations(
    events: Iterable[e.Event], visible: QuerySet[Recommendation]
) -> Mapping[int, str]:
    cited: set[int] = set()
    for event in events:
        if isinstance(event, e.RecommendationCarriedForward):
            cited.update(event.carried_into)
        elif isinstance(event, e.RecurrenceConfirmed):
            cited.add(event.other_recommendation_id)
    found = visible.filter(pk__in=cited).select_related("inspection", "addressee")
    return {each.pk: recommendation_name(each) for each in found}
