"""Tags and words for the axes of a recommendation, as every page shows them."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django import template

from inspections.ratings import Rating
from tracker.domain.vocabulary import (
    NOT_JUDGED,
    ActionStatus,
    Better,
    Closure,
    Delivery,
    Response,
    Review,
)
from tracker.queries.labels import judgement_label, label

register = template.Library()

AXES: Mapping[str, type[StrEnum]] = {
    "response": Response,
    "delivery": Delivery,
    "review": Review,
    "closure": Closure,
    "action": ActionStatus,
    "better": Better,
}
COLOURS: Mapping[str, Mapping[str, str]] = {
    "response": {
        Response.AGREED: "green",
        Response.PARTLY_AGREED: "yellow",
        Response.NOT_AGREED: "red",
    },
    # No green here: complete is the provider's claim until an inspector has judged it.
    "delivery": {Delivery.IN_PROGRESS: "blue", Delivery.REPORTED_COMPLETE: "teal"},
    "action": {ActionStatus.OPEN: "blue", ActionStatus.REPORTED_COMPLETE: "teal"},
    "review": {Review.STARTED: "purple", Review.FURTHER_EVIDENCE_REQUESTED: "orange"},
}
"""The colours of tags by axis; all other values are grey."""
RATINGS: Mapping[str, str] = {
    Rating.INADEQUATE.label: "red",
    Rating.REQUIRES_IMPROVEMENT.label: "yellow",
    Rating.GOOD.label: "green",
    Rating.OUTSTANDING.label: "green",
}
"""The colours of ratings, by the words they are published in."""

SPELLED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@register.filter
def words(value: str, axis: str) -> str:
    """Return the words for a stored value of an axis; "" for none."""
    return label(AXES[axis](value)) if value else ""


@register.inclusion_tag("govuk/tag.html")
def axis_tag(axis: str, value: str) -> dict[str, str]:
    """Show the value of an axis as a tag. Colour only repeats what the words say."""
    return {"text": words(value, axis), "colour": COLOURS.get(axis, {}).get(value, "grey")}


@register.inclusion_tag("govuk/tag.html")
def judgement_tag(code: str, scale: Mapping[str, str]) -> dict[str, str]:
    """Show a judgement as a tag, in the words of its scale."""
    colour = "grey" if code == NOT_JUDGED else "purple"
    return {"text": judgement_label(code, scale), "colour": colour}


@register.inclusion_tag("govuk/tag.html")
def rating_tag(rating: str) -> dict[str, str]:
    """Show a rating, in the words of the report, as a tag."""
    return {"text": rating, "colour": RATINGS.get(rating, "grey")}


@register.filter
def of(values: Mapping[Any, Any], key: Any) -> Any:
    """Return what a mapping holds for a key; None for an unknown one."""
    return values.get(key)


@register.filter
def times(number: int) -> str:
    """Return "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number) or f"{number} times"


@register.filter
def ordinal(number: int) -> str:
    """Return "first", "second", "third", then "4th" and so on."""
    return {1: "first", 2: "second", 3: "third"}.get(number) or f"{number}th"


@register.filter
def spelled(number: int) -> str:
    """Return "none", "one", … "nine", then figures."""
    return str(number) if number >= len(SPELLED) else SPELLED[number]
