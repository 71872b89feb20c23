"""The forms of factual accuracy: a claim, its answer, and the removal of words that had to go."""

from django import forms

from inspections.accuracy import LONGEST
from inspections.models import AccuracyNote
from inspections.warned_form import WarnedForm


class NoteForm(WarnedForm):
    """Asks for a claim; whether it may be noted is for `note_claim`."""

    button = "Send the note to HMIP"
    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput)
    line = forms.IntegerField(
        label="Line of the report (optional)",
        required=False,
        min_value=1,
        help_text="Its number, or follow the link of the line below. Leave it empty where the note "
        "is about a figure without a line, or the report as a whole.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value"), "Give the number of a line, for example 12."
        ),
    )
    claim = forms.CharField(
        label="What is wrong",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    should_say = forms.CharField(
        label="What it should say (optional)",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(WarnedForm):
    button = "Answer the note"
    use_required_attribute = False

    verdict = forms.ChoiceField(
        label="What HMIP says to it",
        required=False,
        choices=[
            (AccuracyNote.Verdict.ACCEPTED.value, "Accept: the report is wrong there"),
            (AccuracyNote.Verdict.DECLINED.value, "Decline: the report stands"),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="In a few words",
        required=False,
        max_length=LONGEST,
        help_text="Whoever wrote the note reads this. It cannot be changed afterwards.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RemovalForm(WarnedForm):
    button = "Delete the words for good"
    use_required_attribute = False

    reason = forms.CharField(
        label="Why the words are deleted",
        required=False,
        max_length=500,
        help_text="For personal data alone. Do not repeat the text: this reason stays.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
