"""Finds one recommendation among the many that a person may read, by words, unit or number."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from inspections.models import Recommendation
from inspections.whole_numbers import whole_number
from tracker.queries.lists import with_progress
from tracker.queries.permitted import Situation

MOST = 20
MOST_WORDS = 20
"""Of a search; each is looked for in every row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The newest of what was found; `is_cut` when there is more than is shown."""

    recommendations: Sequence[Recommendation]
    is_cut: bool


def other_recommendations(situation: Situation) -> QuerySet[Recommendation]:
    """Return what the person may read besides this one and those confirmed already."""
    known = (situation.recommendation.pk, *situation.state.recurrences)
    return with_progress(situation.visible).exclude(pk__in=known)


def search_others(situation: Situation, asked: str) -> Found:
    """Return the others that fit every word of `asked`, or the first of many, newest first."""
    fitting = other_recommendations(situation)
    for word in asked.split()[:MOST_WORDS]:
        fitting = fitting.filter(_fits(word))
    newest = fitting.order_by("-inspection__published_on", "addressed_to", "number", "pk")
    page = list(newest[: MOST + 1])
    return Found(recommendations=page[:MOST], is_cut=len(page) > MOST)


def _fits(word: str) -> Q:
    text = Q(progress__wording__icontains=word) | Q(progress__provider__name__icontains=word)
    addressee = Q(addressed_to__icontains=word)
    number = whole_number(word, digits=4)
    return text | addressee | (Q(pk=None) if number is None else Q(number=number))
