"""The figures of practice, for operators to change."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from inspections.admin_doors import OperatorAdmin
from inspections.whole_numbers import whole_number
from tracker.models import Practice

DIGITS = 4
NOT_NUMBERS = "Write whole numbers with commas between them, for example 30, 14, 7, 1."


class Numbers(forms.CharField):
    """A list of whole numbers, written with commas."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(number) for number in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        parts = str(value or "").split(",")
        numbers = [whole_number(part.strip(), digits=DIGITS) for part in parts]
        if None in numbers:
            raise forms.ValidationError(NOT_NUMBERS)
        return numbers


class PracticeForm(forms.ModelForm[Practice]):
    reinspection_offsets = Numbers(label="Days before a re-inspection on which leads are reminded")
    target_date_offsets = Numbers(label="Days before a target date on which owners are reminded")
    readiness_months = Numbers(label="Months after publication at which readiness is checked")


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
