"""What becomes of one recommendation after the provider's next inspection: a row among several.

One choice, a reason, and where it is carried forward the recommendations it goes on as. Each row
becomes a command of its own; nothing is settled where nothing was chosen.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from inspections.models import Inspection
from inspections.warned_form import WarnedForm
from tracker.domain import commands as c
from tracker.domain.openings import closures
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Closure
from tracker.forms.fields import FreeText
from tracker.queries.labels import label
from tracker.queries.permitted import Situation

LEAVE_OPEN = "left_open"
NOT_NOW = ("", "Decide later")
SHOWN_AS: Mapping[str, str] = {"closure": "outcome", "inspection_id": "outcome"}
"""Where the refusal of a command's field is shown."""


class SettleForm(WarnedForm):
    """One row; `later` is the inspection after which it is settled, `goes_on_as` its choices."""

    use_required_attribute = False  # the sentences of this house, not the browser's

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="What becomes of it", required=False, widget=forms.RadioSelect
    )
    carried_into = forms.TypedMultipleChoiceField(
        label="Where it is carried forward, it goes on as",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = FreeText("Why", rows=3)

    def __init__(
        self,
        *args: Any,
        situation: Situation,
        later: Inspection,
        goes_on_as: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        kwargs |= {"prefix": f"r{situation.recommendation.pk}", "label_suffix": ""}
        super().__init__(*args, **kwargs)
        self.situation, self.later = situation, later
        self.fields["version"].initial = situation.progress.version
        self._offer("outcome", self._outcomes())
        self._offer("carried_into", goes_on_as)

    @property
    def is_chosen(self) -> bool:
        """Say whether the person decided anything about the row."""
        return bool(self.data.get(self.add_prefix("outcome")))

    @property
    def may_settle(self) -> bool:
        """Say whether the person may settle it at all: nobody inspects their own work."""
        return bool(self.situation.roles_open_to(c.LeaveOpen))

    @property
    def may_close(self) -> bool:
        """Say whether a judgement, or an accepted refusal, lets it be closed."""
        return bool(self._closures())

    def command(self) -> c.Command:
        """Return the command that the cleaned row stands for."""
        outcome, reason = self.cleaned_data["outcome"], self.cleaned_data["reason"]
        if outcome == LEAVE_OPEN:
            return c.LeaveOpen(inspection_id=self.later.pk, reason=reason)
        if outcome == Closure.CARRIED_FORWARD:
            into = tuple(self.cleaned_data["carried_into"])
            return c.CarryForward(carried_into=into, reason=reason)
        return c.CloseRecommendation(closure=Closure(outcome), reason=reason)

    def refuse(self, rejection: CommandRejected) -> None:
        """Show the refusal at the field at fault, or on top of the row."""
        name = SHOWN_AS.get(rejection.field or "", rejection.field)
        self.add_error(name if name in self.fields else None, rejection.sentence)

    def _closures(self) -> tuple[Closure, ...]:
        return closures(self.situation.state, self.situation.practice)

    def _outcomes(self) -> list[tuple[str, str]]:
        grounds = [(each.value, f"Close: {label(each).lower()}") for each in self._closures()]
        onward = [
            (Closure.CARRIED_FORWARD.value, "Carry forward into the new report"),
            (LEAVE_OPEN, "Leave open"),
        ]
        return [NOT_NOW, *grounds, *onward]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices
