"""What presses most and what is measured, each with the page or the form that takes it further."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from tracker.forms import CommandForm
from tracker.forms.obstacles import AnswerEscalationForm
from tracker.forms.progress import RecordProgressUpdateForm
from tracker.forms.response import RespondForm
from tracker.forms.target_dates import DecideTargetDateExtensionForm
from tracker.queries.desk import Measured, Pressing, Viewpoint

PAGE = "admin:tracker_recommendationprogress_change"
FORM = "admin:tracker_recommendationprogress_give"

NEXT_STEPS: Mapping[str, type[CommandForm]] = {
    "escalations": AnswerEscalationForm,
    "extensions": DecideTargetDateExtensionForm,
}
"""What to do about a pressing item, by its category; for any other see `_next_step`."""

COLOURS: Mapping[str, str] = {
    "overdue": "red",
    "overdue_but_blocked": "orange",
    "returned": "orange",
    "due_soon": "yellow",
}
"""The colours of tags by category, blue for all others; the words say it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One pressing recommendation, and the form that takes it further where the person holds it."""

    pressing: Pressing
    why: str
    page: str
    colour: str
    form: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """A measure to watch, and the page on which all its figures stand."""

    measured: Measured
    page: str


def step(pressing: Pressing, viewpoint: Viewpoint) -> Step:
    """Return what presses, with the form that takes it further for whoever may give it."""
    progress, category = pressing.progress, pressing.category
    form = _next_step(pressing)
    found: dict[str, Any] = {
        "pressing": pressing,
        "why": category.title_for(viewpoint),
        "colour": COLOURS.get(category.code, "blue"),
        "page": reverse(PAGE, args=(progress.pk,)),
    }
    if not viewpoint.may_give(form.gives, progress.provider):
        return Step(**found)
    return Step(**found, form=reverse(FORM, args=(progress.pk, form.slug())), words=form.heading)


def gauge(measured: Measured) -> Gauge:
    """Return a measure with the page on which all its figures stand."""
    page = reverse(PAGE, args=(measured.recommendation.pk,))
    return Gauge(measured=measured, page=f"{page}#measures")


def _next_step(pressing: Pressing) -> type[CommandForm]:
    """Return the form that cures what presses: an update does not stand in for a response."""
    otherwise = RespondForm if pressing.waits_for_response else RecordProgressUpdateForm
    return NEXT_STEPS.get(pressing.category.code, otherwise)
