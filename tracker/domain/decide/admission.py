"""What every command must pass first: the role, the person, and the standing of the stream."""

from tracker.domain import commands as c
from tracker.domain.circumstances import Circumstances
from tracker.domain.deeds import DEEDS
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.roles import NAMES, holders, may_give
from tracker.domain.state import RecommendationState
from tracker.domain.vocabulary import Role

HOMEWORK = (c.ReviewCommand, c.ClosureCommand)
GIVEN_WHEN_WITHDRAWN = (c.RedactPersonalData,)
GIVEN_WHEN_CLOSED = (
    c.ReopenRecommendation,
    c.ConfirmRecurrence,
    c.CorrectWording,
    c.WithdrawPublication,
    c.TransferRecommendation,
    c.RedactPersonalData,
)


def admit(command: c.Command, state: RecommendationState, circumstances: Circumstances) -> None:
    """Let the command through to the rules of its axis.

    Raises: NotPermitted (not_permitted, own_homework); CommandRejected (already_published,
    not_published, publication_withdrawn, closed).
    """
    _require_role(command, circumstances)
    _require_outsider(command, circumstances)
    _require_stream(command, state)
    _require_standing(command, state)


def _require_role(command: c.Command, circumstances: Circumstances) -> None:
    role, to_region = circumstances.role, circumstances.addressed_to_region
    if not may_give(type(command), role=role, addressed_to_region=to_region):
        held_by = holders(type(command), addressed_to_region=to_region)
        named = " or ".join(NAMES[holder] for holder in Role if holder in held_by)
        raise NotPermitted(
            f"As {NAMES[role]} you may not {DEEDS[type(command)]}; ask {named}.",
            code="not_permitted",
        )


def _require_outsider(command: c.Command, circumstances: Circumstances) -> None:
    """Nobody marks their own homework: no membership of the provider, past or present.

    Nor does whoever answered for HMPPS here, in a role that is held at no provider.
    """
    if not isinstance(command, HOMEWORK):
        return
    if circumstances.was_ever_member:
        raise NotPermitted(
            "You hold or held a role at this provider, so this is not yours to inspect; ask another"
            " inspector.",
            code="own_homework",
        )
    if circumstances.has_spoken_for_hmpps:
        raise NotPermitted(
            "You spoke for HMPPS about this recommendation, so it is not yours to inspect; ask"
            " another inspector.",
            code="own_homework",
        )


def _require_stream(command: c.Command, state: RecommendationState) -> None:
    opens = isinstance(command, c.PublishRecommendation)
    if opens and state.version > 0:
        raise CommandRejected(
            "This recommendation is published already; correct its wording instead.",
            code="already_published",
        )
    if not opens and state.version == 0:
        raise CommandRejected(
            "This recommendation is not published yet; publish its inspection first.",
            code="not_published",
        )


def _require_standing(command: c.Command, state: RecommendationState) -> None:
    if state.withdrawn and not isinstance(command, GIVEN_WHEN_WITHDRAWN):
        raise CommandRejected(
            "The publication was withdrawn, so nothing can be added to its record; turn to HMIP if"
            " that is a mistake.",
            code="publication_withdrawn",
        )
    if state.closure is not None and not isinstance(command, GIVEN_WHEN_CLOSED):
        raise CommandRejected(
            "The recommendation is closed; ask a lead inspector to reopen it if work goes on.",
            code="closed",
        )
