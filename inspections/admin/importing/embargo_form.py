"""The form of an embargo: the day and the hour of publication, and who reads it before.

People are found by a search within the form, so that nothing typed is lost and no script is needed.
"""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.forms.utils import ErrorDict
from django.utils import timezone

from inspections.day_field import DayField
from inspections.models import Inspection, Membership
from inspections.person_names import person_name
from inspections.whole_numbers import whole_number

MOST_FOUND = 20
LONGEST_SEARCH = 100
SEARCHED = ("username", "first_name", "last_name", "email")


class _People(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # the stubs' own
    def label_from_instance(self, obj: Any) -> str:
        return f"{person_name(obj)} ({obj.email})"


class EmbargoForm(forms.Form):
    """Asks when and for whom; whether it may be is for `share_under_embargo`."""

    use_required_attribute = False

    published_on = DayField(
        "Publication date", hint="This day is recorded as the date of publication."
    )
    hour = forms.TimeField(
        label="Time",
        help_text="By the clock in London, for example 09:30.",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=dict.fromkeys(("required", "invalid"), "Give the time, for example 09:30."),
    )
    search = forms.CharField(
        label="Find people to name as readers",
        required=False,
        max_length=LONGEST_SEARCH,
        help_text="Part of a name, a username or an email address. Only people with a role are "
        "found.",
    )
    named_readers = _People(
        get_user_model().objects.none(),
        label="Named readers",
        required=False,
        help_text="Those ticked read the inspection until it is published, and nobody else does.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Somebody named here is not to be found any more."},
    )

    def __init__(self, data: Any = None, *, inspection: Inspection, today: date) -> None:
        super().__init__(data, initial=_as_it_stands(inspection), label_suffix="")
        self.today = today
        self._ticked = _ids(
            data.getlist("named_readers") if data is not None else _named(inspection)
        )
        wanted = data.get("search", "")[:LONGEST_SEARCH] if self._is_searching else ""
        self._offer_readers(wanted.strip())

    @property
    def is_to_be_shared(self) -> bool:
        """Say whether the form was sent to share, and not to find people."""
        return self.is_bound and not self._is_searching

    @property
    def _is_searching(self) -> bool:
        return self.is_bound and "find" in self.data

    def full_clean(self) -> None:
        """Complain of nothing while people are searched for."""
        if self._is_searching:
            self._errors = ErrorDict()
        else:
            super().full_clean()

    def readers(self) -> list[Any]:
        """Return the people ticked."""
        return list(self.cleaned_data["named_readers"])

    def _offer_readers(self, wanted: str) -> None:
        """Offer those ticked, and those found."""
        found = _find(wanted, self.today)
        field = self.fields["named_readers"]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
        people = get_user_model().objects.filter(Q(pk__in=self._ticked) | Q(pk__in=found))
        field.queryset = people.order_by("last_name", "username")
        self.found_nobody = bool(wanted) and not found
        self.has_people = bool(self._ticked or found)


def _as_it_stands(inspection: Inspection) -> dict[str, Any]:
    at = inspection.publish_at
    return {
        "published_on": inspection.published_on,
        "hour": timezone.localtime(at).time() if at else None,
        "named_readers": _named(inspection),
    }


def _named(inspection: Inspection) -> list[int]:
    return list(inspection.named_readers.values_list("pk", flat=True))


def _ids(sent: list[Any]) -> list[int]:
    numbers = (whole_number(str(each)) for each in sent)
    return [number for number in numbers if number is not None]


def _find(wanted: str, today: date) -> list[int]:
    """Return people with a role today whose name or address holds every word that is wanted."""
    if not wanted:
        return []
    members = Membership.objects.current(today).values("user")
    people: QuerySet[Any] = get_user_model().objects.filter(is_active=True, pk__in=members)
    for word in wanted.split():
        holds_it = Q()
        for name in SEARCHED:
            holds_it |= Q(**{f"{name}__icontains": word})
        people = people.filter(holds_it)
    return list(people.order_by("last_name", "username").values_list("pk", flat=True)[:MOST_FOUND])
