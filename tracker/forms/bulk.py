"""The forms for many rows at once: one note, day or person for all of them."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms

from tracker.domain import commands as c
from tracker.domain.decide.figures import in_unit
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Better, MeasureUnit, Role
from tracker.forms.bulk_form import BulkForm, subject
from tracker.forms.fields import Day, FreeText, OneOf, Person, ShortText, WholeNumber
from tracker.forms.measures import figure_of
from tracker.models import ActionProgress
from tracker.queries.bulk import BulkRow
from tracker.queries.labels import label

ANY_REASON = "A reason"
"""What a trial says where the rules ask for words, before anybody has typed them."""


class ReportActionsCompleteForm(BulkForm):
    gives = c.ReportActionComplete
    heading = "Report actions complete"
    button = "Report them complete"
    outcome = "Reported complete"

    note = FreeText("Note (optional)", hint="Stands with each of them.", rows=3)
    occurred_on = Day("Day of completion", is_past=True)

    def trial(self, row: BulkRow) -> c.Command:
        return c.ReportActionComplete(**subject(row))


class ChangeOwnersForm(BulkForm):
    gives = c.ChangeActionOwner
    heading = "Change the owner of actions"
    button = "Change the owner"
    outcome = "Given a new owner"
    guidance = "An action goes only to somebody of its own unit; others are skipped."

    accountable_id = Person("New owner")
    reason = FreeText("Reason (optional)", rows=3)

    def trial(self, row: BulkRow) -> c.Command:
        owner = action_of(row).accountable_id
        return c.ChangeActionOwner(**subject(row), accountable_id=anybody_but(owner, row))


class MoreTimeForm(BulkForm):
    """A later date for each action: one for all, or so many days more for each."""

    gives: ClassVar[type[c.MoveTargetDate | c.RequestTargetDateExtension]]

    target_on = Day("New target date for all", required=False)
    days = forms.IntegerField(
        label="Or a number of days more for each (optional)",
        required=False,
        min_value=1,
        max_value=1000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "Days more: give a whole number from 1 to 1,000.",
        ),
    )
    reason = FreeText("Why more time is needed", rows=3)

    def trial(self, row: BulkRow) -> c.Command:
        today, target_on = row.situation.today, action_of(row).target_on
        later = max(today, target_on) + timedelta(days=1)
        return self.gives(**subject(row), target_on=later, reason=ANY_REASON)

    def command(self, row: BulkRow) -> c.Command:
        days = self.cleaned_data["days"]
        later = action_of(row).target_on + timedelta(days=days or 0)
        target_on = self.cleaned_data["target_on"] or later
        return self.gives(**subject(row), target_on=target_on, reason=self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [cleaned.get(name) for name in ("target_on", "days")]
        if not self.errors and (all(given) or not any(given)):
            self.add_error("target_on", "Give either one date for all, or a number of days more.")
        return cleaned


class MoveTargetDatesForm(MoreTimeForm):
    gives = c.MoveTargetDate
    heading = "Move target dates"
    button = "Move the dates"
    outcome = "Target date moved"
    guidance = "Each move is counted and shown. From the next one on, the region or HMPPS decides."


class AskForMoreTimeForm(MoreTimeForm):
    gives = c.RequestTargetDateExtension
    heading = "Ask for more time"
    button = "Ask for more time"
    outcome = "More time asked for"
    guidance = "The region or HMPPS decides each request."


class ReviewedWithoutChangeForm(BulkForm):
    gives = c.ReviewWithoutChange
    heading = "Reviewed, no change"
    button = "Confirm that nothing has changed"
    outcome = "Reviewed, no change"

    note = FreeText("Note (optional)", hint="Stands with each of them.", rows=3)

    def trial(self, row: BulkRow) -> c.Command:  # noqa: ARG002
        return c.ReviewWithoutChange()


class AssignForm(BulkForm):
    gives = c.Assign
    heading = "Assign an accountable person"
    button = "Assign them"
    outcome = "Assigned"
    guidance = "A recommendation goes only to somebody of its own unit; others are skipped."

    accountable_id = Person("Accountable person")

    def trial(self, row: BulkRow) -> c.Command:
        return c.Assign(accountable_id=anybody_but(row.situation.state.accountable_id, row))


class DefineMeasureForm(BulkForm):
    """The same measure for each recommendation; their baselines differ, so none is given here."""

    gives = c.DefineMeasure
    heading = "Define a measure"
    button = "Define the measure"
    outcome = "Measure defined"
    guidance = (
        "Each recommendation gets a measure of its own in the same words, so that a region can "
        "assure them together. A baseline from a report is given from its recommendation’s page."
    )

    wording = FreeText("What is measured", hint="For example: management oversight works.", rows=3)
    better = OneOf("Which way is better", values={each: label(each) for each in Better})
    unit = OneOf("Unit", values={each: label(each) for each in MeasureUnit})
    target_n = WholeNumber("Target: cases (n)", "For 80 per cent write 80, out of 100.")
    target_m = WholeNumber("Target: out of (m)")
    target_number = ShortText("Target: number")
    target_day = Day("Target: date", required=False)
    target_on = Day("To be reached by", required=False)

    @classmethod
    def is_for(cls) -> frozenset[Role]:
        """Return the leads: an inspector defines a measure where one is looked at, not by lists."""
        return frozenset({Role.PDU_LEAD, Role.REGIONAL_LEAD})

    def trial(self, row: BulkRow) -> c.Command:  # noqa: ARG002
        return c.DefineMeasure(wording=ANY_REASON, better=Better.MORE, unit=MeasureUnit.NUMBER)

    def command(self, row: BulkRow) -> c.Command:  # noqa: ARG002
        cleaned = self.cleaned_data
        return c.DefineMeasure(
            wording=cleaned["wording"],
            better=cleaned["better"],
            unit=cleaned["unit"],
            target=figure_of(cleaned, "target"),
            target_on=cleaned["target_on"],
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        target = None if self.errors else figure_of(cleaned, "target")
        if target is not None:
            try:
                in_unit(target, cleaned["unit"], field="target_n")
            except CommandRejected as rejection:
                self.add_error(rejection.field, rejection.sentence)
        return cleaned


def action_of(row: BulkRow) -> ActionProgress:
    """Return the row's action; only for rows of the list of actions."""
    assert row.action is not None  # noqa: S101 - these forms stand on that list alone
    return row.action


def anybody_but(person_id: int | None, row: BulkRow) -> int:
    """Return somebody else of the unit; where there is nobody else, the one, or nobody known."""
    return next((each for each in row.situation.members if each != person_id), person_id or 0)
