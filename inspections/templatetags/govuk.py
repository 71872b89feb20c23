"""Dates, form widgets and navigation as the GOV.UK and MOJ design systems write them.

Dates follow the MOJ style guide: "14 January 2025", "9am", "9:32am", "midday", "midnight".
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.widgets import Input
from django.utils import dateformat, timezone
from django.utils.safestring import SafeString

register = template.Library()

MIDDAY = 12
CLASS_OF_WIDGET: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (Input, "govuk-input"),
]


@register.filter
def govuk_date(value: date | None) -> str:
    """Write the day: "14 January 2025". An instant falls on its day in the current time zone."""
    return _written(value, "j F Y")


@register.filter
def govuk_month(value: date | None) -> str:
    """Write the month: "March 2027"."""
    return _written(value, "F Y")


@register.filter
def govuk_time(value: datetime | None) -> str:
    """Write the time of day: "9:32am"; "9am" on the hour; "midday" and "midnight" in words."""
    if not value:
        return ""
    local = _local(value)
    if local.minute == 0 and local.hour % MIDDAY == 0:
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % MIDDAY or MIDDAY}{minutes}{'am' if local.hour < MIDDAY else 'pm'}"


@register.filter
def govuk_datetime(value: datetime | None) -> str:
    """Write day and time: "4 June 2026 at 9:32am"."""
    return f"{govuk_date(value)} at {govuk_time(value)}" if value else ""


@register.filter
def govuk_widget(field: forms.BoundField) -> SafeString:
    """Render a form field's widget with the class that GOV.UK Frontend styles.

    A placeholder is left out: it vanishes as one types. A hint says the same and stays.
    """
    widget = field.field.widget
    attributes: dict[str, Any] = {"placeholder": False}
    for kind, name in CLASS_OF_WIDGET:
        if isinstance(widget, kind):
            error = f"{name}--error" if field.errors else ""
            own = widget.attrs.get("class", "")
            attributes["class"] = " ".join(filter(None, [name, error, own]))
            break
    return field.as_widget(attrs=attributes)


@register.filter
def govuk_errors(field: forms.BoundField) -> list[str]:
    """Return what is wrong with a field, naming it where Django's stock sentence does not."""
    stock = str(forms.Field.default_error_messages["required"])
    named = f"“{field.label}” is required"
    return [named if error == stock else str(error) for error in field.errors]


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[str | int]:
    """Return the page numbers worth a link, gaps as the paginator's ellipsis."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.inclusion_tag("govuk/navigation_link.html", takes_context=True)
def navigation_link(context: template.Context, href: str, text: str) -> dict[str, Any]:
    """Render one link of the service navigation, marked when the page is in its section."""
    # The page for a server error is rendered without a request.
    path = getattr(context.get("request"), "path", "")
    return {
        "href": href,
        "text": text,
        "is_page": path == href,
        "is_section": path.startswith(href),
    }


def _written(value: date | None, pattern: str) -> str:
    if not value:
        return ""
    return dateformat.format(_local(value) if isinstance(value, datetime) else value, pattern)


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
