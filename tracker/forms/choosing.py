"""Forms that first find what they are about: an entry to redact, another recommendation.

Finding is done by links that carry the choice in the address, so that it works without scripts and
nothing is typed before it is needed. Until something is chosen the form shows no fields.
"""

from functools import cached_property
from typing import ClassVar

from django import forms

from inspections.models import Recommendation
from inspections.whole_numbers import whole_number
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import FreeText, OneOf, ShortText
from tracker.queries.labels import label
from tracker.queries.redaction import Redactable, redactable_entries
from tracker.queries.searching import Found, other_recommendations, search_others

NOT_CONFIRMED = "Read the text above, then tick the box: what is deleted cannot be brought back."


class ChoosingForm(CommandForm):
    """`chosen` names the hidden field that the links fill in."""

    chosen: ClassVar[str]

    @property
    def is_choosing(self) -> bool:
        return not self.is_bound and self.choice is None

    @cached_property
    def choice(self) -> object | None:
        """Return what was chosen; None before anything was, or where it is not to be had."""
        raise NotImplementedError

    def _asked(self) -> str:
        return str(self[self.chosen].value() or "")


class RedactPersonalDataForm(ChoosingForm):
    gives = c.RedactPersonalData
    heading = "Redact personal data"
    button = "Delete this text for good"
    done = "The text is deleted for good; that it was there, when and by whom stays on record."
    aside = "admin/tracker/redaction.html"
    chosen = "event_id"

    event_id = forms.UUIDField(label="Entry", widget=forms.HiddenInput)
    reason = OneOf(
        "Why it is deleted", values={each: label(each).capitalize() for each in RedactionReason}
    )
    authority = ShortText(
        "On whose authority (optional)",
        hint="For example a reference of the data protection officer. Do not repeat the text.",
    )
    confirmed = forms.BooleanField(
        label="I have read the text above, and it is to be deleted for good.",
        error_messages={"required": NOT_CONFIRMED},
        template_name="admin/tick.html",
    )

    @cached_property
    def entries(self) -> list[Redactable]:
        """Return the entries that hold text, newest first."""
        return list(redactable_entries(self.situation))

    @cached_property
    def choice(self) -> Redactable | None:
        asked = self._asked()
        return next((each for each in self.entries if str(each.entry.event_id) == asked), None)


class ConfirmRecurrenceForm(ChoosingForm):
    gives = c.ConfirmRecurrence
    heading = "Confirm a recurrence"
    button = "Confirm the recurrence"
    done = "The recurrence is confirmed."
    aside = "admin/tracker/recurrence.html"
    chosen = "other_recommendation_id"

    other_recommendation_id = forms.IntegerField(
        label="The other recommendation", widget=forms.HiddenInput
    )
    rationale = FreeText("How the matter recurred")

    @property
    def searched(self) -> str:
        """Return the words that were searched for; "" before any were."""
        return str(self.initial.get("q", "")).strip()

    @cached_property
    def found(self) -> Found:
        """Return what the search found."""
        return search_others(self.situation, self.searched)

    @cached_property
    def choice(self) -> Recommendation | None:
        asked = whole_number(self._asked())
        if asked is None:
            return None
        return other_recommendations(self.situation).filter(pk=asked).first()
