"""The frame of forms for many rows at once: what was typed once becomes a command for each row.

As with a single command, the fields are named as the command's and the rules are the domain's.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms

from inspections.warned_form import WarnedForm
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.roles import holders
from tracker.domain.vocabulary import Role
from tracker.forms.command_form import OPEN_AFRESH
from tracker.forms.fields import Person, set_today
from tracker.queries.bulk import BulkRow
from tracker.queries.labels import label
from tracker.services import Row


class TickedRows(forms.Field):
    """The rows, each with the version the person saw of it; whoever reads them takes them apart."""

    def clean(self, value: list[str]) -> list[str]:
        return sorted(value)


class BulkForm(WarnedForm):
    """One command for each of several rows.

    `heading` names the deed in menus and on its page, `button` is what the person presses,
    `outcome` says of rows that they were done. `trial` is the least that could be asked of a row:
    what refuses it refuses the row, whatever is filled in.
    """

    gives: ClassVar[type[c.Command]]
    heading: ClassVar[str]
    button: ClassVar[str]
    outcome: ClassVar[str]
    guidance: ClassVar[str] = ""
    use_required_attribute = False  # the sentences of this house, not the browser's

    row = TickedRows(required=False, widget=forms.MultipleHiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    acting_role = forms.TypedChoiceField(
        label="Act as",
        coerce=Role,
        help_text="Where you hold several roles. The record says in which one you spoke.",
        error_messages={"required": "Choose the role in which you act."},
    )

    def __init__(self, *args: Any, rows: Sequence[BulkRow], today: date, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["key"].initial = uuid4()
        self.fields["row"].initial = [f"{row.id}:{row.version}" for row in rows]
        self._offer_roles()
        for field in self.fields.values():
            set_today(field, today)
            if isinstance(field, Person):
                field.offer(members_of_all(rows))

    @classmethod
    def slug(cls) -> str:
        """Return the deed's place in addresses: "report-actions-complete"."""
        return cls.heading.lower().replace(",", "").replace(" ", "-")

    @classmethod
    def is_for(cls) -> frozenset[Role]:
        """Return the roles that hold the command somewhere."""
        return holders(cls.gives, addressed_to_region=True)

    def trial(self, row: BulkRow) -> c.Command:
        """Return the least that could be asked of the row."""
        raise NotImplementedError

    def command(self, row: BulkRow) -> c.Command:
        """Return what the cleaned form asks of the row."""
        given = {
            field.name: self.cleaned_data[field.name]
            for field in fields(self.gives)
            if field.name in self.cleaned_data
        }
        return self.gives(**given, **subject(row))

    def role(self, row: BulkRow) -> Role:
        """Return the role in which the person speaks of the row.

        Who holds the command in no role there is refused by the rules, in whichever is tried.
        """
        held = row.situation.roles_that_hold(self.gives) or tuple(row.situation.capacities)
        chosen = self.cleaned_data.get("acting_role") or held[0]
        return chosen if len(held) > 1 else held[0]

    def reason_against(self, row: BulkRow) -> str:
        """Return why nothing of this kind can be asked of the row now; "" where it can."""
        held = row.situation.roles_that_hold(self.gives) or tuple(row.situation.capacities)[:1]
        refusals = [row.refusal_of(self.trial(row), role) for role in held]
        return "" if None in refusals else str(refusals[0])

    def requests(self, seen: Mapping[str, int]) -> list[Row]:
        """Return what is asked of each row, on the version that the person saw of it."""
        return [
            Row(
                key=row.id,
                command=self.command(row),
                recommendation_id=row.recommendation_id,
                expected_version=seen[row.id],
                acting_role=self.role(row),
            )
            for row in self.rows
        ]

    def is_at_fault(self) -> bool:
        """Say whether every row that can be done would be refused for one thing that was typed.

        That is said at its field, before anything is stored.
        """
        ready = [row for row in self.rows if not self.reason_against(row)]
        refusals = [row.refusal_of(self.command(row), self.role(row)) for row in ready]
        faults = {_fault(refusal) for refusal in refusals}
        if len(faults) != 1:
            return False
        (fault,) = faults
        if fault is None or fault[0] not in self.fields:
            return False
        self.add_error(*fault)
        return True

    def request_hash(self) -> str:
        """Return a digest of everything that was sent, so that other words are noticed."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        text = json.dumps({"deed": self.slug(), **said}, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors.pop("key", None):
            raise forms.ValidationError(OPEN_AFRESH)
        return cleaned

    def _offer_roles(self) -> None:
        held = (row.situation.roles_that_hold(self.gives) for row in self.rows)
        several = {role for roles in held if len(roles) > 1 for role in roles}
        if not several:
            del self.fields["acting_role"]
            return
        field = self.fields["acting_role"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.choices = [(role.value, label(role)) for role in Role if role in several]


def subject(row: BulkRow) -> dict[str, Any]:
    """Return what the command is about besides the recommendation."""
    return {"action_id": row.action.pk} if row.action else {}


def members_of_all(rows: Iterable[BulkRow]) -> list[tuple[str, str]]:
    """Return everybody of the rows' units by name, with the units where there are several."""
    units = {row.situation.progress.provider: row.situation.members for row in rows}
    homes: dict[tuple[str, int], list[str]] = {}
    for unit, members in units.items():
        for person, name in members.items():
            homes.setdefault((name, person), []).append(unit.name)
    return [
        (str(person), f"{name}, {' and '.join(at)}" if len(units) > 1 else name)
        for (name, person), at in sorted(homes.items())
    ]


def _fault(refusal: CommandRejected | None) -> tuple[str, str] | None:
    if refusal is None or refusal.field is None:
        return None
    return refusal.field, refusal.sentence
