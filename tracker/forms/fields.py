"""The kinds of field that the command forms are made of.

They turn what was typed into the type a command takes, and no more: whether a text is needed, a day
fits or a choice is allowed is for the rules, which answer with a sentence of their own.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from inspections.day_field import DayField
from tracker.queries.offers import Offered

FOLDED = "admin/tracker/folded.html"
PERSONAL_DATA = "Do not put personal data of people on probation here."


class FreeText(forms.CharField):
    """Words that people will read; whether they are needed is for the rules."""

    def __init__(self, label: str, *, hint: str = "", rows: int = 5) -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=f"{hint} {PERSONAL_DATA}".strip(),
            widget=forms.Textarea(attrs={"rows": rows}),
        )


class ShortText(forms.CharField):
    """A line of words: a name, a title, an address."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(label=label, required=False, help_text=hint)


class Lines(FreeText):
    """Names, one per line, as a tuple; each may stand there once."""

    def __init__(self, label: str, *, hint: str = "", most: int) -> None:
        self.most = most
        super().__init__(label, hint=f"{hint} At most {most}.".strip(), rows=3)

    def clean(self, value: Any) -> tuple[str, ...]:
        lines = [" ".join(each.split()) for each in str(super().clean(value)).splitlines()]
        names = [each for each in lines if each]
        if len(names) > self.most:
            raise forms.ValidationError(f"Give at most {self.most} names; there are {len(names)}.")
        seen: set[str] = set()
        for name in names:
            if name.casefold() in seen:
                raise forms.ValidationError(f"{name[:60]} is listed twice; name each once.")
            seen.add(name.casefold())
        return tuple(names)


class Day(DayField):
    """A day; `is_past` where something was done on it, so that it starts at today."""

    def __init__(
        self, label: str, *, hint: str = "", required: bool = True, is_past: bool = False
    ) -> None:
        self.is_past = is_past
        super().__init__(label, hint=hint, required=required)
        if not required:
            self.label = f"{label} (optional)"


class OfferedField(forms.TypedChoiceField):
    """A choice whose options are filled in when the form is made.

    It takes any well-formed value: what is no longer on offer is refused by the rules, in words,
    and a form that is sent twice is recognised rather than refused.
    """

    def __init__(
        self,
        label: str,
        *,
        offers: Offered,
        coerce: Any,
        empty: str = "",
        hint: str = "",
        widget: type[forms.Widget] = forms.RadioSelect,
    ) -> None:
        self.offers = offers
        self.empty = empty
        super().__init__(
            label=label,
            coerce=coerce,
            required=not empty,
            empty_value=None,
            help_text=hint,
            widget=widget,
            error_messages={"required": f"{label}: choose one."},
        )

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Fill in the options; the only one is chosen already."""
        self.choices = [("", self.empty), *choices] if self.empty else choices
        if self.empty:
            self.initial = ""
        elif len(choices) == 1:
            self.initial = choices[0][0]

    def valid_value(self, value: Any) -> bool:
        try:
            self.coerce(value)
        except (TypeError, ValueError):
            return False
        return True


class Subject(OfferedField):
    """One of the recommendation's actions, pieces of evidence and so on."""

    def __init__(self, label: str, *, offers: Offered, empty: str = "", hint: str = "") -> None:
        super().__init__(label, offers=offers, coerce=UUID, empty=empty, hint=hint)


class Person(OfferedField):
    """One of the addressee's people."""

    def __init__(self, label: str, *, hint: str = "") -> None:
        super().__init__(label, offers=Offered.MEMBERS, coerce=int, hint=hint, widget=forms.Select)

    def offer(self, choices: list[tuple[str, str]]) -> None:
        super().offer([("", "Choose a person"), *choices])


class WholeNumber(forms.IntegerField):
    """A number of cases; it may be left out."""

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__(
            label=label,
            required=False,
            help_text=hint,
            error_messages={"invalid": "Write this in digits, without spaces or letters."},
        )


class SeveralOffered(forms.TypedMultipleChoiceField):
    """Any number of choices, as the tuple that commands take; folded away where few need them."""

    def __init__(
        self,
        label: str,
        *,
        offers: Offered,
        coerce: Any = str,
        hint: str = "",
        is_folded: bool = False,
    ) -> None:
        self.offers = offers
        super().__init__(
            label=label,
            coerce=coerce,
            required=False,
            help_text=hint,
            widget=forms.CheckboxSelectMultiple,
        )
        if is_folded:
            self.template_name = FOLDED

    def offer(self, choices: list[tuple[str, str]]) -> None:
        self.choices = choices

    def valid_value(self, value: Any) -> bool:
        try:
            self.coerce(value)
        except (TypeError, ValueError):
            return False
        return True

    def clean(self, value: Any) -> tuple[Any, ...]:
        return tuple(super().clean(value))


class OneOf(forms.TypedChoiceField):
    """One value of a fixed vocabulary, each with its definition beside it."""

    def __init__(
        self,
        label: str,
        *,
        values: Mapping[Any, str],
        hint: str = "",
        missing: str = "",
    ) -> None:
        kind: Callable[[Any], Any] = type(next(iter(values)))
        super().__init__(
            label=label,
            coerce=kind,
            choices=[(value.value, words) for value, words in values.items()],
            help_text=hint,
            widget=forms.RadioSelect,
            error_messages=dict.fromkeys(
                ("required", "invalid_choice"), missing or f"{label}: choose one."
            ),
        )


def set_today(field: forms.Field, today: date) -> None:
    """Start a day on which something was done at today; most things are written down at once."""
    if isinstance(field, Day) and field.is_past:
        field.initial = today
