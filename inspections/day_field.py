"""The form field of a day, as every form asks for one."""

from django import forms

MISSING_DAY = "give the date, for example 2027-03-31."


class DayField(forms.DateField):
    """A day, written by the browser as 2027-03-31; 31/03/2027 is understood as well."""

    def __init__(self, label: str, *, hint: str = "", required: bool = True) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=hint,
            input_formats=["%Y-%m-%d", "%d/%m/%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages=dict.fromkeys(("required", "invalid"), f"{label}: {MISSING_DAY}"),
        )
