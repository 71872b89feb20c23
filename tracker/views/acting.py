"""The way from a page for reading to the forms of those who may act."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse

from inspections.access import standings
from inspections.models import Recommendation
from tracker.domain.vocabulary import Role

CHANGE_PAGE = "admin:tracker_recommendationprogress_change"
JUDGING = frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR})


@dataclass(frozen=True, slots=True)
class WayToAct:
    """A link to the forms of one recommendation."""

    text: str
    href: str


def way_to_act(user: Any, recommendation: Recommendation, today: date) -> WayToAct | None:
    """Return where the person can act on an open recommendation; None for those who only read.

    Which commands are open to them is shown there; the rules alone decide.
    """
    if not recommendation.progress.is_open:
        return None
    roles = {Role(each.role) for each in standings(user, recommendation, today)}
    if not roles:
        return None
    text = "Give a judgement" if roles & JUDGING else "Update actions"
    try:
        return WayToAct(text, reverse(CHANGE_PAGE, args=[recommendation.pk]))
    except NoReverseMatch:
        return None
