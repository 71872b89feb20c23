"""What one half of a row comes to: a command in words, or nothing, or a reason why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from tracker.domain import commands as c
from tracker.exchange.action_plans.subjects import Subject
from tracker.exchange.kinds import Deed

FORMS: Mapping[type[c.Command], str] = {
    c.Respond: "respond",
    c.ReviseResponse: "revise-response",
    c.PlanAction: "plan-action",
    c.ChangeActionOwner: "change-action-owner",
}
"""Where each command's form is found, for a provider that signs off what it says."""


class RowUnclear(Exception):  # noqa: N818 - an expected refusal
    """What the row says cannot be done as it stands; the sentence says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command of a row, and the sentence that the preview says it in.

    `flag` says what the person looks at before they tick it, where it is not done by itself.
    """

    says: str
    deed: Deed
    flag: str = ""


def step(command: c.Command, says: str, subject: Subject, *, flag: str = "") -> Step:
    """Return the command as it would be given, after the rules agreed to it.

    Where others sign first it is submitted as a draft. Later rows do not count on what is flagged.
    Raises: CommandRejected.
    """
    subject.rehearse(command, is_certain=not flag)
    if not subject.goes_to_sign_off(type(command)):
        return Step(says=says, deed=Deed(command=command), flag=flag)
    return Step(
        flag=flag,
        says=f"For sign-off: {says[:1].lower()}{says[1:]}",
        deed=Deed(command=command, form=FORMS[type(command)], values=_as_typed(command)),
    )


def is_submitted(command: c.Command, subject: Subject) -> bool:
    """Say whether a draft of this person that says the same waits for signatures already."""
    values = _as_typed(command)
    return any(
        draft.form == FORMS[type(command)]
        and all(draft.values.get(name) == texts for name, texts in values.items())
        for draft in subject.submitted
    )


def _as_typed(command: c.Command) -> Mapping[str, Sequence[str]]:
    """Return the fields of the command as a browser would send them."""
    values = {each.name: getattr(command, each.name) for each in fields(command)}
    return {name: [_text(value)] for name, value in values.items() if value is not None}


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
