"""What came before a recommendation and what came after it: carried forward, recurring.

Asked from both ends: the old one names the new one, and the new one its forerunners. Of what the
reader may not see nothing is said, not even that there is something.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from inspections.models import Recommendation
from tracker.domain.vocabulary import Closure
from tracker.models import RecommendationLink
from tracker.queries.labels import in_short
from tracker.queries.names import recommendation_name

Kind = RecommendationLink.Kind
WORDS: Mapping[tuple[str, bool], str] = {
    (Kind.CARRIED_FORWARD, True): "Goes on as",
    (Kind.CARRIED_FORWARD, False): "Carried forward from",
    (Kind.RECURRENCE, True): "Recurs as",
    (Kind.RECURRENCE, False): "Recurs here from",
}
"""By kind, and whether it was said of the recommendation itself or of the other."""
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another recommendation, and how it is related: "Recurs as", "Carried forward from"."""

    how: str
    pk: int
    name: str
    wording: str


def relatives_of(recommendation_id: int, visible: QuerySet[Recommendation]) -> Sequence[Relative]:
    """Return the relatives that the reader may see, the newest word first; two queries at most."""
    ends = Q(recommendation=recommendation_id) | Q(other=recommendation_id)
    links = list(
        RecommendationLink.objects.filter(ends)
        .filter(_stands())
        .order_by("kind", "-said_version", "pk")
        .values_list("kind", "recommendation", "other")
    )
    if not links:
        return []
    named = {pk for _, said_of, other in links for pk in (said_of, other)}
    found = visible.filter(pk__in=named).select_related("inspection", "addressee", "progress")
    known = {each.pk: each for each in found}
    told = [
        (
            WORDS[kind, said_of == recommendation_id],
            other if said_of == recommendation_id else said_of,
        )
        for kind, said_of, other in links
    ]
    return [_relative(how, known[pk]) for how, pk in dict.fromkeys(told) if pk in known]


def _stands() -> Q:
    """Match recurrences, and what is still closed as carried forward."""
    is_closed_so = Q(recommendation__progress__closure=Closure.CARRIED_FORWARD)
    return Q(kind=Kind.RECURRENCE) | is_closed_so


def _relative(how: str, recommendation: Recommendation) -> Relative:
    return Relative(
        how=how,
        pk=recommendation.pk,
        name=recommendation_name(recommendation),
        wording=in_short(recommendation.progress.wording, LONGEST),
    )
