"""The frame of every command form: what it carries, how it becomes a command.

A form asks and converts; it knows no rule. Its fields are named as the command's, so that a refusal
finds the field at fault.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from inspections.warned_form import WarnedForm
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Role
from tracker.forms.fields import OfferedField, SeveralOffered, set_today
from tracker.queries.labels import label
from tracker.queries.offers import offer
from tracker.queries.permitted import Situation

OF_THE_WINDOW = ("window", "opened_from")
"""What a form carries of where it is open: no part of what was typed."""
CARRIED = ("expected_version", "idempotency_key", *OF_THE_WINDOW)
SUBMIT = "Submit for sign-off"
SIGNED = "signed off by others first"
OPEN_AFRESH = "This form is not complete any more; open it afresh from the recommendation's page."


class CommandForm(WarnedForm):
    """A form for one type of command, given on one recommendation.

    `heading` heads the form and names it in menus, `button` is what the person presses, `done` says
    afterwards what happened. `shown_as` maps a command's field to the form's where they differ.
    `aside` is a template shown above the fields: what the person should have before their eyes.
    """

    gives: ClassVar[type[c.Command]]
    heading: ClassVar[str]
    button: ClassVar[str]
    done: ClassVar[str]
    guidance: ClassVar[str] = ""
    aside: ClassVar[str] = ""
    shown_as: ClassVar[Mapping[str, str]] = {}
    use_required_attribute = False  # the sentences of this house, not the browser's

    expected_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput)
    window = forms.UUIDField(required=False, widget=forms.HiddenInput)
    opened_from = forms.UUIDField(required=False, widget=forms.HiddenInput)
    acting_role = forms.TypedChoiceField(
        label="Act as",
        coerce=Role,
        help_text="You hold several roles here. The record says in which one you spoke.",
        error_messages={"required": "Choose the role in which you act."},
    )

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.situation = situation
        self.roles = self.roles_offered(situation)
        self._offer_roles(self.roles)
        self.fields["expected_version"].initial = situation.progress.version
        self.fields["idempotency_key"].initial = uuid4()
        self.fields["window"].initial = uuid4()
        for field in self.fields.values():
            set_today(field, situation.today)
            if isinstance(field, OfferedField | SeveralOffered):
                field.offer(offer(field.offers, self.gives, situation))

    @classmethod
    def slug(cls) -> str:
        """Return the form's place in addresses: "record-progress-update"."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.gives.__name__).lower()

    @classmethod
    def roles_offered(cls, situation: Situation) -> tuple[Role, ...]:
        """Return the roles in which the person gives the command, or else prepares it."""
        return situation.roles_that_hold(cls.gives) or situation.roles_that_prepare(cls.gives)

    @classmethod
    def goes_to_sign_off(cls, situation: Situation) -> bool:
        """Say whether others sign what the person says here, in whichever of their roles."""
        roles = cls.roles_offered(situation)
        return bool(roles) and all(situation.signatures_needed(cls.gives, role) for role in roles)

    @property
    def is_submitted(self) -> bool:
        """Say whether the form goes to sign-off, whichever role is chosen in it."""
        return self.goes_to_sign_off(self.situation)

    @property
    def signatures(self) -> int:
        """Return how many others must sign before it is recorded."""
        return max((self._signatures(role) for role in self.roles), default=0)

    @property
    def main_button(self) -> str:
        """Return what the person presses: the deed itself, or the way to it."""
        return SUBMIT if self.is_submitted else self.button

    def needs_sign_off(self) -> bool:
        """Say whether what was sent goes to sign-off, by the role in which it was sent."""
        return self._signatures(self.cleaned_data["acting_role"]) > 0

    @property
    def is_choosing(self) -> bool:
        """Say whether what the command is about must be found first; the fields come after."""
        return False

    def receive(self, now: datetime) -> None:
        """Take in what was sent besides texts, before anything is judged; most forms have none."""

    @property
    def received(self) -> Mapping[str, str]:
        """Return the hidden fields that `receive` filled in, for a page that goes on."""
        return {}

    @property
    def not_received(self) -> str:
        """Return why what was sent besides texts was not taken in; "" where it was."""
        return ""

    def command(self) -> c.Command:
        """Return the command that the cleaned form stands for."""
        given = {
            field.name: self.cleaned_data[field.name]
            for field in fields(self.gives)
            if field.name in self.cleaned_data
        }
        return self.gives(**given)

    def commands(self) -> tuple[c.Command, ...]:
        """Return what is given in one go: one command, where a form does not say otherwise."""
        return (self.command(),)

    def targets(self) -> dict[int, int]:
        """Return the recommendations it is given for, with the versions that the person saw."""
        return {self.situation.recommendation.pk: self.cleaned_data["expected_version"]}

    def seen_elsewhere(self) -> dict[int, int]:
        """Return those targets that are not the form's own recommendation."""
        return {}

    def present_versions(self) -> str:
        """Return the versions of other recommendations as they are now, for the form to carry."""
        return ""

    def said(self) -> str:
        """Return what happened, in words, once it has."""
        return self.done

    def refuse(self, rejection: CommandRejected) -> None:
        """Show the refusal at the field at fault, or on top."""
        name = self.field_at_fault(rejection)
        is_shown = name in self.fields and not self.fields[name].widget.is_hidden
        self.add_error(name if is_shown else None, rejection.sentence)

    def field_at_fault(self, rejection: CommandRejected) -> str | None:
        """Return the form's field for the command's that the refusal names."""
        return self.shown_as.get(rejection.field or "", rejection.field)

    def _offer_roles(self, roles: Sequence[Role]) -> None:
        field = self.fields["acting_role"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.choices = [(role.value, self._words(role)) for role in roles]
        if len(roles) == 1:
            field.initial = roles[0].value
            field.widget = forms.HiddenInput()

    def _words(self, role: Role) -> str:
        behalf = self.situation.standings[role].on_behalf_of_name
        words = f"{label(role)}, on behalf of {behalf}" if behalf else label(role)
        return words if self.is_submitted or not self._signatures(role) else f"{words} ({SIGNED})"

    def _signatures(self, role: Role) -> int:
        return self.situation.signatures_needed(self.gives, role)

    def clean(self) -> dict[str, Any]:
        """Say once, on top, when the hidden part of the form was lost."""
        cleaned = super().clean() or {}
        hidden = [field.name for field in self.hidden_fields()]
        if any(name in self.errors for name in hidden):
            for name in hidden:
                self.errors.pop(name, None)
            raise forms.ValidationError(OPEN_AFRESH)
        return cleaned
