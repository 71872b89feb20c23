"""What the list of recommendations can be narrowed to: a form in the address, without scripts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.db.models import QuerySet

from inspections.models import Provider
from tracker.domain.vocabulary import Delivery, Response
from tracker.queries.labels import label
from tracker.queries.lists import Criteria


def _choices(axis: type[StrEnum]) -> list[tuple[str, str]]:
    return [("", "Any"), *((value.value, label(value)) for value in axis)]


class ListFilter(forms.Form):
    """`providers` are those of which the reader may see something."""

    provider = forms.ModelChoiceField(
        label="Unit", queryset=Provider.objects.none(), required=False, empty_label="Any"
    )
    response = forms.ChoiceField(label="Response", choices=_choices(Response), required=False)
    delivery = forms.ChoiceField(label="Delivery", choices=_choices(Delivery), required=False)
    state = forms.ChoiceField(
        label="State",
        choices=[("", "Any"), ("open", "Open"), ("closed", "Closed")],
        required=False,
    )
    due = forms.ChoiceField(
        label="Dates",
        choices=[
            ("", "Any"),
            ("overdue", "Overdue"),
            ("soon", "Due soon"),
            ("silent", "No word within the review rhythm"),
        ],
        required=False,
    )

    def __init__(self, data: Mapping[str, Any], *, providers: QuerySet[Provider]) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = providers.order_by("name", "pk")

    @property
    def criteria(self) -> Criteria:
        """Return what was chosen; a value that is not on offer narrows nothing and is reported."""
        chosen = getattr(self, "cleaned_data", {})
        provider, state, due = (chosen.get(name) for name in ("provider", "state", "due"))
        return Criteria(
            provider=provider.pk if provider else None,
            response=chosen.get("response") or None,
            delivery=chosen.get("delivery") or None,
            is_open={"open": True, "closed": False}.get(state or ""),
            overdue=True if due == "overdue" else None,
            due_soon=True if due == "soon" else None,
            silent=True if due == "silent" else None,
        )
