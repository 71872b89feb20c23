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
JOINED = ("inspection", "addressee", "progress")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another recommendation, and how it is related: "Recurs as", "Carried forward from"."""

    how: str
    pk: int
    name: str
    wording: str


def relatives_of(recommendation_id: int, visible: QuerySet[Recommendation]) -> Sequence[Relative]:
    """Return the relatives that the reader may see, the newest word first; one query."""
    readable = visible.values("pk")
    seen = Q(recommendation=recommendation_id, other__in=readable)
    seen |= Q(other=recommendation_id, recommendation__in=readable)
    ends = [f"{end}__{joined}" for end in ("recommendation", "other") for joined in JOINED]
    links = RecommendationLink.objects.filter(seen & _stands()).select_related(*ends)
    found = [
        _relative(link, said_here=link.recommendation_id == recommendation_id)
        for link in links.order_by("kind", "-said_version", "pk")
    ]
    return list(dict.fromkeys(found))


def _stands() -> Q:
    """Match recurrences, and what is still closed as carried forward."""
    is_closed_so = Q(recommendation__progress__closure=Closure.CARRIED_FORWARD)
    return Q(kind=Kind.RECURRENCE) | is_closed_so


def _relative(link: RecommendationLink, *, said_here: bool) -> Relative:
    other = link.other if said_here else link.recommendation
    return Relative(
        how=WORDS[link.kind, said_here],
        pk=other.pk,
        name=recommendation_name(other),
        wording=in_short(other.progress.wording, LONGEST),
    )
