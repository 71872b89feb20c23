"""Form widgets and navigation as the GOV.UK design system writes them; dates as `govuk_dates`."""

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.widgets import Input
from django.utils.safestring import SafeString

from inspections.govuk_dates import govuk_date, govuk_datetime, govuk_month, govuk_time

register = template.Library()

CLASS_OF_WIDGET: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (Input, "govuk-input"),
]


for written in (govuk_date, govuk_month, govuk_time, govuk_datetime):
    register.filter(written)


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
