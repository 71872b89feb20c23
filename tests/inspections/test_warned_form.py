"""A form with a number of a person in it comes back once, and goes through when it is ticked."""

from django import forms

from inspections.sensitive_text import sensitive_passages
from inspections.warned_form import ALL_THE_SAME, WHAT_TO_DO, WarnedForm, box_of

BOX = box_of(sensitive_passages("X123456"))


class Note(WarnedForm):
    title = forms.CharField(required=False)
    text = forms.CharField(widget=forms.Textarea)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(required=False)


def test_the_passage_is_named_at_its_field_and_a_box_is_offered() -> None:
    form = Note({"title": "A note", "text": "We saw X123456 today"})
    assert not form.is_valid()
    (sentence,) = form.errors["text"]
    assert sentence == f"“X123456” looks like a case reference number (CRN). {WHAT_TO_DO}"
    assert set(form.errors) == {"text"}
    assert form[BOX].label == ALL_THE_SAME
    assert not form[BOX].value()
    assert form["text"].value() == "We saw X123456 today", "what was typed is kept"


def test_ticked_it_goes_through_with_its_words_alone() -> None:
    form = Note({"text": "We saw X123456 today", BOX: "on"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "We saw X123456 today"
    assert BOX not in form.cleaned_data
    assert form[BOX].value() is True, "the box stays ticked where something else is refused"


def test_a_tick_holds_for_what_it_was_shown_for_alone() -> None:
    form = Note({"text": "We saw X123456 and Y123456", BOX: "on"})
    assert not form.is_valid()
    assert "Y123456" in form.errors["text"][0]


def test_the_same_passage_in_another_field_or_place_is_answered_with_the_same_tick() -> None:
    assert Note({"text": "X123456 was seen again", BOX: "on"}).is_valid()
    assert Note({"title": "X123456", "text": "was seen", BOX: "on"}).is_valid()


def test_a_form_without_such_a_passage_asks_nothing() -> None:
    form = Note({"text": "9 of 20 cases", "hidden": "X123456", "number": "1"})
    assert form.is_valid()
    assert list(form.fields) == list(Note.base_fields)


def test_other_faults_are_told_together_with_the_warning() -> None:
    form = Note({"title": "X123456", "number": "one"})
    assert set(form.errors) == {"title", "text", "number"}


def test_what_was_answered_before_is_not_asked_again() -> None:
    form = Note({"text": "We saw X123456"})
    form.warns = False
    assert form.is_valid()
