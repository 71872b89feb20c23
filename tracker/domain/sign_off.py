"""Sign-off: whose words need whose signature before they are given. Pure.

It concerns what a provider's people say for the provider. What the region or HMPPS decides, and
everything of the Inspectorate, is nobody's to sign off.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.roles import may_give
from tracker.domain.vocabulary import Role

OF_A_PROVIDER = frozenset({Role.PDU_LEAD, Role.DELEGATE, Role.ACTION_OWNER})
SIGNERS = frozenset({Role.PDU_LEAD, Role.DELEGATE, Role.REGIONAL_LEAD})
"""Who may sign, where they lead or stand in for the lead: an action owner is signed off."""

PREPARERS = frozenset({Role.DELEGATE, Role.ACTION_OWNER})
PREPARED = (
    c.Respond,
    c.ReviseResponse,
    c.Assign,
    c.PlanAction,
    c.ReportActionComplete,
    c.ReportRecommendationComplete,
    c.WithdrawCompletionClaim,
)
"""What delegates and action owners prepare where they may not give it themselves."""

DECISIONS = (c.DecideTargetDateExtension, c.AnswerEscalation)


def may_prepare(command_type: type[c.Command], *, role: Role, addressed_to_region: bool) -> bool:
    """Say whether the role may prepare the command for others to give, without holding it."""
    is_held = may_give(command_type, role=role, addressed_to_region=addressed_to_region)
    return role in PREPARERS and command_type in PREPARED and not is_held


def is_signed_off(command_type: type[c.Command], *, role: Role, addressed_to_region: bool) -> bool:
    """Say whether sign-off concerns the command where it is said in this role."""
    speaks_for_it = role in OF_A_PROVIDER or (addressed_to_region and role is Role.REGIONAL_LEAD)
    return speaks_for_it and command_type not in DECISIONS


def speaks_last(command_type: type[c.Command], *, role: Role, addressed_to_region: bool) -> bool:
    """Say whether the role may give for the provider what another prepared.

    On a unit's recommendation the regional lead does not: the region's word is not the unit's.
    """
    is_held = may_give(command_type, role=role, addressed_to_region=addressed_to_region)
    is_concerned = is_signed_off(command_type, role=role, addressed_to_region=addressed_to_region)
    return role in SIGNERS and is_held and is_concerned


def signatures_needed(
    command_type: type[c.Command], *, role: Role, addressed_to_region: bool, levels: int
) -> int:
    """Return how many others must sign before the command is given, where a provider asks `levels`.

    Who does not hold a command needs one who does, whatever the provider asks.
    """
    if not is_signed_off(command_type, role=role, addressed_to_region=addressed_to_region):
        return 0
    is_held = may_give(command_type, role=role, addressed_to_region=addressed_to_region)
    return levels if is_held else max(levels, 1)


def require_no_sign_off(
    command_type: type[c.Command], *, role: Role, addressed_to_region: bool, levels: int
) -> None:
    """Refuse what is to be signed off first by others. Raises: CommandRejected (sign_off_needed).

    Whoever does not hold the command is told so by the rules of admission instead.
    """
    is_held = may_give(command_type, role=role, addressed_to_region=addressed_to_region)
    if is_held and signatures_needed(
        command_type, role=role, addressed_to_region=addressed_to_region, levels=levels
    ):
        raise CommandRejected(
            "This provider signs off what it says before it is recorded; submit it for sign-off "
            "from the recommendation’s page.",
            code="sign_off_needed",
        )


def require_signed_off(
    command_type: type[c.Command], *, role: Role, addressed_to_region: bool
) -> None:
    """Refuse to submit what is nobody's to sign off: a decision, a word of the Inspectorate.

    Raises: NotPermitted (not_signed_off).
    """
    if not is_signed_off(command_type, role=role, addressed_to_region=addressed_to_region):
        raise NotPermitted(
            "Nobody signs this off for you in this role; record it yourself.", code="not_signed_off"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A command submitted for sign-off, who has signed it, and who could.

    `signers` maps the people who lead the provider or its region, or stand in for its lead, to
    those roles; `signed_by` are the ids of those who signed this submission.
    """

    command_type: type[c.Command]
    addressed_to_region: bool
    author_id: int
    levels: int
    signed_by: frozenset[int]
    signers: Mapping[int, frozenset[Role]]

    @property
    def signatures_left(self) -> int:
        """How many are missing; the last one always is, for it gives the command."""
        return max(1, self.levels - len(self.signed_by))

    @property
    def free_signers(self) -> frozenset[int]:
        """Who could still sign: nobody signs what they prepared, nor twice."""
        return frozenset(self.signers) - self.signed_by - {self.author_id}

    @property
    def free_givers(self) -> frozenset[int]:
        """Who could still sign last: whoever holds the command."""
        return frozenset(each for each in self.free_signers if self.giving_roles(each))

    def signing_role(self, person_id: int) -> Role:
        """Return in which role the person signs where the signature is not the last."""
        return next(role for role in Role if role in self.signers[person_id])

    def giving_roles(self, person_id: int) -> tuple[Role, ...]:
        """Return the person's roles that hold the command, in the order of the vocabulary."""
        held = self.signers.get(person_id, frozenset())
        to_region = self.addressed_to_region
        return tuple(
            role
            for role in Role
            if role in held
            and speaks_last(self.command_type, role=role, addressed_to_region=to_region)
        )

    def can_be_completed(self) -> bool:
        """Say whether there are people enough to sign, one of whom may give the command."""
        return bool(self.free_givers) and len(self.free_signers) >= self.signatures_left


def require_signer(submission: Submission, person_id: int) -> None:
    """Let the person sign next.

    Raises: NotPermitted (not_a_signer, own_draft, signed_already, does_not_hold);
    CommandRejected (keep_for_last).
    """
    if person_id == submission.author_id:
        raise NotPermitted(
            "You prepared this, so somebody else must sign it off.", code="own_draft"
        )
    if person_id not in submission.signers:
        raise NotPermitted(
            "You do not sign off for this provider; its PDU leads, delegates and regional lead do.",
            code="not_a_signer",
        )
    if person_id in submission.signed_by:
        raise NotPermitted(
            "You have signed this already; the next signature must be somebody else’s.",
            code="signed_already",
        )
    if submission.signatures_left == 1:
        _require_giver(submission, person_id)
    elif submission.free_givers == {person_id}:
        raise CommandRejected(
            "Nobody but you can record this, so your signature comes last; let another sign first.",
            code="keep_for_last",
        )


def require_enough_signers(submission: Submission) -> None:
    """Refuse to submit what nobody could sign. Raises: CommandRejected (nobody_to_sign)."""
    if not submission.can_be_completed():
        raise CommandRejected(
            "Nobody can sign this off at present: it takes "
            f"{_people(submission.signatures_left)} besides you, one of whom may record it. Keep "
            f"it as a draft. {_way_out(submission)}",
            code="nobody_to_sign",
        )


def _require_giver(submission: Submission, person_id: int) -> None:
    if person_id not in submission.free_givers:
        raise NotPermitted(
            "The last signature records it, which you may not do; a PDU lead must sign.",
            code="does_not_hold",
        )


def _way_out(submission: Submission) -> str:
    if submission.addressed_to_region:
        return "A regional lead can name a second one; an operator can also lower the sign-off."
    return (
        "A PDU lead or your regional lead can name a second one; the latter can lower the sign-off."
    )


def _people(count: int) -> str:
    return "one person" if count == 1 else f"{count} people"
