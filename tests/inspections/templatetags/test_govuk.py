"""Fields, pages and lists as GOV.UK Frontend styles them."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

from inspections.templatetags.govuk import (
    govuk_errors,
    govuk_widget,
    page_numbers,
)


class UpdateForm(forms.Form):
    happened_on = forms.CharField(
        label="When was this?",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "placeholder": "dd/mm"}),
    )
    note = forms.CharField(
        widget=forms.Textarea,
        help_text="Do not name people on probation",
        error_messages={"required": "Say what changed"},
    )
    rating = forms.ChoiceField(
        choices=[("good", "Good"), ("poor", "Poor")], widget=forms.RadioSelect
    )
    region = forms.ChoiceField(choices=[("", "Choose")], required=False)


def test_a_widget_gets_the_class_that_styles_it_beside_its_own() -> None:
    form = UpdateForm()

    assert 'class="govuk-input govuk-input--width-10"' in govuk_widget(form["happened_on"])
    assert 'class="govuk-textarea"' in govuk_widget(form["note"])
    assert 'class="govuk-select"' in govuk_widget(form["region"])
    assert "placeholder" not in govuk_widget(form["happened_on"])


def test_a_field_in_error_is_marked_and_says_what_is_wrong_with_it() -> None:
    form = UpdateForm(QueryDict())

    assert "govuk-textarea--error" in govuk_widget(form["note"])
    assert govuk_errors(form["note"]) == ["Say what changed"]
    assert govuk_errors(form["happened_on"]) == ["“When was this?” is required"]


def test_a_field_ties_its_hint_and_its_error_to_its_widget() -> None:
    page = render_to_string("govuk/field.html", {"field": UpdateForm(QueryDict())["note"]})

    assert 'aria-describedby="id_note_helptext id_note_error"' in page
    assert 'id="id_note_helptext" class="govuk-hint"' in page
    assert 'id="id_note_error"' in page


def test_radios_stand_in_a_fieldset_and_keep_what_was_chosen() -> None:
    page = render_to_string("govuk/field.html", {"field": UpdateForm({"rating": "poor"})["rating"]})

    assert "<fieldset" in page
    assert page.count('class="govuk-radios__input"') == 2
    assert 'value="poor" checked' in page


def test_the_error_summary_leads_to_the_field_or_to_its_first_option() -> None:
    page = render_to_string("govuk/error_summary.html", {"form": UpdateForm(QueryDict())})

    assert '<a href="#id_note">Say what changed</a>' in page
    assert '<a href="#id_rating_0">' in page


def test_an_optional_field_says_so() -> None:
    page = render_to_string("govuk/field.html", {"field": UpdateForm()["region"]})

    assert "Region (optional)" in page


def test_long_lists_of_pages_leave_gaps() -> None:
    page = Paginator(range(500), 10).page(7)

    assert list(page_numbers(page)) == [1, "…", 6, 7, 8, "…", 50]


def test_a_summary_list_says_what_is_absent() -> None:
    page = render_to_string("govuk/summary_list.html", {"rows": [("Due", None), ("Owner", "Head")]})

    assert "Not recorded" in page
    assert "Head" in page


@pytest.mark.parametrize(
    ("happened_at", "written"),
    [
        (date(2026, 1, 14), "14 January 2026"),
        (datetime(2026, 6, 4, 8, 32, tzinfo=UTC), "4 June 2026 at 9:32am"),
        (datetime(2026, 1, 14, 0, 0, tzinfo=UTC), "14 January 2026 at midnight"),
    ],
)
def test_a_timeline_item_tells_a_day_from_an_instant(happened_at: date, written: str) -> None:
    page = render_to_string(
        "govuk/timeline_item.html",
        {"title": "Progress updated", "happened_at": happened_at, "text": "9 < 15 cases"},
    )

    assert f">{written}</time>" in page
    assert f'datetime="{happened_at.isoformat()}"' in page
    assert "9 &lt; 15 cases" in page
