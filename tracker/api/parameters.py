"""What may be asked in a query string: named, typed, documented, and nothing else."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from rest_framework import serializers
from rest_framework.request import Request

from tracker.api.pages import MOST_ROWS, USUAL_ROWS
from tracker.api.problems import BadParameters
from tracker.domain.vocabulary import Closure, Delivery, Response, Review
from tracker.queries.labels import label
from tracker.queries.lists import Criteria

Asked = TypeVar("Asked", bound=serializers.Serializer[Any])
LARGEST_ID = 2**63 - 1


def _id(help_text: str) -> serializers.IntegerField:
    return serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, help_text=help_text
    )


def _one_of(axis: type[StrEnum], help_text: str) -> serializers.ChoiceField:
    choices = [(value.value, label(value)) for value in axis]
    return serializers.ChoiceField(choices=choices, required=False, help_text=help_text)


class NoParameters(serializers.Serializer[Any]):
    """Nothing may be asked."""


class PageParameters(serializers.Serializer[Any]):
    """Which part of a long list."""

    cursor = serializers.CharField(
        required=False,
        max_length=100,
        help_text="Where to go on: `next_cursor` of the page before. Leave it out to begin.",
    )
    page_size = serializers.IntegerField(
        required=False,
        default=USUAL_ROWS,
        min_value=1,
        max_value=MOST_ROWS,
        help_text=f"How many rows at most; {USUAL_ROWS} unless given, never more than {MOST_ROWS}.",
    )


class RecommendationParameters(PageParameters):
    """To what a list of recommendations is narrowed; all conditions hold together."""

    provider = _id("The unit, region or other body that answers for it now.")
    region = _id("The region, its own recommendations and those of its units.")
    inspection = _id("The inspection it was published in.")
    number = serializers.IntegerField(
        required=False, min_value=0, max_value=32767, help_text="Its number in the report."
    )
    response = _one_of(Response, "What HMPPS or the provider answered.")
    delivery = _one_of(Delivery, "How far the provider says it has come.")
    review = _one_of(Review, "How far the inspector's look at it has come.")
    judgement = serializers.SlugField(
        required=False, max_length=40, help_text="A code of the framework's scale, or not_judged."
    )
    closure = _one_of(Closure, "Why it is closed.")
    is_open = serializers.BooleanField(required=False, help_text="Neither closed nor withdrawn.")
    overdue = serializers.BooleanField(
        required=False, help_text="Open, and today a day on which something was due has passed."
    )
    due_soon = serializers.BooleanField(
        required=False, help_text="Open, not overdue, and something is due in the coming days."
    )
    silent = serializers.BooleanField(
        required=False, help_text="Open, not reported complete, and the review rhythm was missed."
    )
    published_from = serializers.DateField(
        required=False, help_text="Published on this day or later."
    )
    published_to = serializers.DateField(
        required=False, help_text="Published on this day or earlier."
    )


def asked(request: Request, parameters: type[Asked]) -> Mapping[str, Any]:
    """Return what the query string asks.

    Raises:
        BadParameters: a parameter is unknown, given twice, or holds a value that cannot be.
    """
    form = parameters(data=request.query_params.dict())
    unwanted = {
        name: "Give this parameter once." if name in form.fields else "There is no such parameter."
        for name, given in request.query_params.lists()
        if name not in form.fields or len(given) > 1
    }
    if unwanted:
        raise BadParameters(unwanted)
    if not form.is_valid():
        raise BadParameters(form.errors)
    values: Mapping[str, Any] = form.validated_data
    return values


def criteria_of(values: Mapping[str, Any]) -> Criteria:
    """Return the criteria among what was asked."""
    paging = PageParameters().fields
    return Criteria(**{name: value for name, value in values.items() if name not in paging})
