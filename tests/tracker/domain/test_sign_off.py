from collections.abc import Collection, Mapping

import pytest

from tracker.domain import commands as c
from tracker.domain.commands import Command
from tracker.domain.rejection import CommandRejected
from tracker.domain.roles import MAY_GIVE
from tracker.domain.sign_off import (
    Submission,
    is_signed_off,
    may_prepare,
    require_enough_signers,
    require_signer,
    signatures_needed,
    speaks_last,
)
from tracker.domain.vocabulary import Role

LEAD, OTHER_LEAD, DELEGATE, REGION, OWNER = range(1, 6)
PEOPLE = {
    LEAD: frozenset({Role.PDU_LEAD}),
    OTHER_LEAD: frozenset({Role.PDU_LEAD}),
    DELEGATE: frozenset({Role.DELEGATE}),
    REGION: frozenset({Role.REGIONAL_LEAD}),
}


def submitted(
    command_type: type[Command] = c.Respond,
    *,
    author_id: int = OWNER,
    levels: int = 1,
    signed_by: Collection[int] = (),
    signers: Mapping[int, frozenset[Role]] = PEOPLE,
    addressed_to_region: bool = False,
) -> Submission:
    return Submission(
        command_type=command_type,
        addressed_to_region=addressed_to_region,
        author_id=author_id,
        levels=levels,
        signed_by=frozenset(signed_by),
        signers=signers,
    )


def refusal_of(submission: Submission, person_id: int) -> str | None:
    try:
        require_signer(submission, person_id)
    except CommandRejected as rejection:
        return rejection.code
    return None


@pytest.mark.parametrize("levels", [0, 1, 2])
def test_a_lead_needs_as_many_signatures_as_the_provider_asks(levels: int) -> None:
    for command_type in (c.Respond, c.RecordProgressUpdate, c.RaiseEscalation):
        needed = signatures_needed(
            command_type, role=Role.PDU_LEAD, addressed_to_region=False, levels=levels
        )
        assert needed == levels


@pytest.mark.parametrize(("levels", "needed"), [(0, 1), (1, 1), (2, 2)])
def test_what_somebody_does_not_hold_needs_one_who_does_whatever_is_asked(
    levels: int, needed: int
) -> None:
    for role in (Role.DELEGATE, Role.ACTION_OWNER):
        assert needed == signatures_needed(
            c.PlanAction, role=role, addressed_to_region=False, levels=levels
        )


@pytest.mark.parametrize("command_type", [c.DecideTargetDateExtension, c.AnswerEscalation])
@pytest.mark.parametrize("addressed_to_region", [False, True])
def test_decisions_of_the_region_are_nobodys_to_sign_off(
    command_type: type[Command],
    addressed_to_region: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    for role in (Role.REGIONAL_LEAD, Role.HMPPS_COORDINATOR):
        assert not is_signed_off(command_type, role=role, addressed_to_region=addressed_to_region)


def test_the_inspectorate_and_hmpps_are_never_signed_off() -> None:
    outside = set(Role) - {Role.PDU_LEAD, Role.DELEGATE, Role.ACTION_OWNER, Role.REGIONAL_LEAD}
    for command_type in MAY_GIVE:
        for role in outside:
            for to_region in (False, True):
                assert not is_signed_off(command_type, role=role, addressed_to_region=to_region)


def test_a_regional_lead_is_signed_off_only_where_the_region_is_the_provider() -> None:
    role = Role.REGIONAL_LEAD
    assert is_signed_off(c.PlanAction, role=role, addressed_to_region=True)
    assert not is_signed_off(c.RecordMeasureFigure, role=role, addressed_to_region=False)


def test_delegates_and_owners_prepare_what_the_role_table_lets_them_prepare_and_no_more() -> None:
    prepared = {
        role: {
            command_type.__name__
            for command_type in MAY_GIVE
            if may_prepare(command_type, role=role, addressed_to_region=False)
        }
        for role in Role
    }
    by_owner = {
        "Respond",
        "ReviseResponse",
        "Assign",
        "PlanAction",
        "ReportRecommendationComplete",
        "WithdrawCompletionClaim",
    }
    assert prepared.pop(Role.ACTION_OWNER) == by_owner
    assert prepared.pop(Role.DELEGATE) == by_owner | {"ReportActionComplete"}
    assert set().union(*prepared.values()) == set()


def test_no_inspectors_command_is_ever_prepared_or_given_for_a_provider() -> None:
    for command_type in (c.JudgeProgress, c.CloseRecommendation, c.StartReview, c.CarryForward):
        for role in Role:
            for to_region in (False, True):
                assert not may_prepare(command_type, role=role, addressed_to_region=to_region)
                assert not speaks_last(command_type, role=role, addressed_to_region=to_region)


def test_nobody_signs_what_they_prepared() -> None:
    assert refusal_of(submitted(author_id=LEAD), LEAD) == "own_draft"
    assert refusal_of(submitted(author_id=LEAD), OTHER_LEAD) is None


def test_an_action_owner_does_not_sign() -> None:
    assert refusal_of(submitted(c.RecordProgressUpdate, author_id=LEAD), OWNER) == "not_a_signer"


@pytest.mark.parametrize(
    ("person_id", "code"),
    [(LEAD, None), (OTHER_LEAD, None), (DELEGATE, "does_not_hold"), (REGION, "does_not_hold")],
)
def test_the_only_signature_comes_from_somebody_who_holds_the_command(
    person_id: int, code: str | None
) -> None:
    assert refusal_of(submitted(levels=1), person_id) == code
    assert refusal_of(submitted(levels=0), person_id) == code


def test_a_delegate_gives_what_a_delegate_holds() -> None:
    assert refusal_of(submitted(c.RecordProgressUpdate), DELEGATE) is None


def test_the_region_never_speaks_for_a_unit_though_it_may_record_figures_of_its_own() -> None:
    assert refusal_of(submitted(c.RecordMeasureFigure), REGION) == "does_not_hold"
    to_region = submitted(c.RecordMeasureFigure, addressed_to_region=True)
    assert refusal_of(to_region, REGION) is None


@pytest.mark.parametrize("first", [LEAD, DELEGATE, REGION])
def test_an_earlier_signature_may_come_from_lead_delegate_or_region(first: int) -> None:
    assert refusal_of(submitted(levels=2), first) is None
    signed = submitted(levels=2, signed_by=[first])
    assert refusal_of(signed, OTHER_LEAD) is None
    assert refusal_of(signed, first) == "signed_already"


def test_whoever_alone_may_give_it_signs_last() -> None:
    few = {each: PEOPLE[each] for each in (LEAD, REGION)}
    assert refusal_of(submitted(levels=2, signers=few), LEAD) == "keep_for_last"
    assert refusal_of(submitted(levels=2, signers=few), REGION) is None
    assert refusal_of(submitted(levels=2, signers=few, signed_by=[REGION]), LEAD) is None


def test_one_more_signature_is_always_wanted_also_when_the_provider_asks_less_meanwhile() -> None:
    assert submitted(levels=1, signed_by=[REGION]).signatures_left == 1
    assert submitted(levels=0).signatures_left == 1
    assert submitted(levels=2).signatures_left == 2


@pytest.mark.parametrize(
    ("levels", "author_id", "people", "is_enough"),
    [
        (1, LEAD, [LEAD], False),
        (1, LEAD, [LEAD, DELEGATE, REGION], False),
        (1, LEAD, [LEAD, OTHER_LEAD], True),
        (1, OWNER, [LEAD], True),
        (2, OWNER, [LEAD], False),
        (2, OWNER, [LEAD, REGION], True),
        (2, LEAD, [LEAD, OTHER_LEAD], False),
        (0, OWNER, [], False),
    ],
)
def test_what_nobody_could_sign_is_not_submitted(
    levels: int, author_id: int, people: list[int], *, is_enough: bool
) -> None:
    few = {each: PEOPLE[each] for each in people}
    submission = submitted(levels=levels, author_id=author_id, signers=few)
    if is_enough:
        require_enough_signers(submission)
    else:
        with pytest.raises(CommandRejected) as refusal:
            require_enough_signers(submission)
        assert refusal.value.code == "nobody_to_sign"
        assert "A PDU lead or your regional lead can name a second one" in refusal.value.sentence
