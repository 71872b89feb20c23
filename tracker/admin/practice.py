"""The figures of practice, for operators to change."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from inspections.admin_doors import OperatorAdmin
from inspections.whole_numbers import whole_number
from tracker.models import Practice

DIGITS = 4
MOST_NUMBERS = 20
NOT_NUMBERS = "Write whole numbers with commas between them, for example 30, 14, 7, 1."
TOO_MANY = f"Write {MOST_NUMBERS} numbers at most."
BOUNDS: Mapping[str, tuple[int, int]] = {
    "response_due_after_days": (1, 365),
    "slips_decided_by_the_lead": (0, 100),
    "review_rhythm_days": (1, 365),
    "due_soon_days": (1, 365),
    "region_hears_after_days_overdue": (0, 365),
    "send_from_hour": (0, 23),
}
"""The least and the most that each figure can be without making nonsense of what it rules."""


class Numbers(forms.CharField):
    """A list of whole numbers, written with commas, none larger than `most`."""

    def __init__(self, *, most: int, label: str) -> None:
        super().__init__(label=label)
        self.most = most

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(number) for number in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        parts = str(value or "").split(",")
        numbers = [whole_number(part.strip(), digits=DIGITS) for part in parts]
        if None in numbers:
            raise forms.ValidationError(NOT_NUMBERS)
        if len(numbers) > MOST_NUMBERS:
            raise forms.ValidationError(TOO_MANY)
        if any(number > self.most for number in numbers if number is not None):
            raise forms.ValidationError(f"Write numbers of {self.most} at most.")
        return numbers


class PracticeForm(forms.ModelForm[Practice]):
    reinspection_offsets = Numbers(
        most=730, label="Days before a re-inspection on which leads are reminded"
    )
    target_date_offsets = Numbers(
        most=365, label="Days before a target date on which owners are reminded"
    )
    readiness_months = Numbers(
        most=60, label="Months after publication at which readiness is checked"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (least, most) in BOUNDS.items():
            self.fields[name].validators = [_within(least, most)]


def _within(least: int, most: int) -> Callable[[int], None]:
    def check(number: int) -> None:
        if not least <= number <= most:
            raise forms.ValidationError(f"Enter a number from {least} to {most}.")

    return check


@admin.register(Practice)
class PracticeAdmin(OperatorAdmin[Practice]):
    form = PracticeForm
    fields = (
        "response_due_after_days",
        "slips_decided_by_the_lead",
        "region_hears_of_slips",
        "review_rhythm_days",
        "due_soon_days",
        "region_hears_after_days_overdue",
        "reinspection_offsets",
        "target_date_offsets",
        "readiness_months",
        "send_from_hour",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False
