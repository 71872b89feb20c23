from itertools import product

import pytest

from tests.tracker.domain.examples import EXAMPLES
from tracker.domain.commands import Command
from tracker.domain.rejection import NotPermitted
from tracker.domain.roles import MAY_GIVE, NAMES, figure_sources
from tracker.domain.vocabulary import FigureSource, Role

RULE_BOOK = """
PublishRecommendation         hmip_administrator
CorrectWording                hmip_administrator
LinkBasis                     inspector lead_inspector pdu_lead
WithdrawPublication           hmip_administrator
TransferRecommendation        hmip_administrator
RedactPersonalData            hmip_administrator
Assign                        pdu_lead
Respond                       hmpps_coordinator pdu_lead
ReviseResponse                hmpps_coordinator pdu_lead
PlanAction                    pdu_lead
ChangeActionOwner             pdu_lead
ReportActionComplete          action_owner pdu_lead
ReopenAction                  action_owner pdu_lead
WithdrawAction                action_owner pdu_lead
MoveTargetDate                pdu_lead
RequestTargetDateExtension    action_owner pdu_lead
DecideTargetDateExtension     hmpps_coordinator regional_lead
RecordBlocker                 action_owner pdu_lead
ReviseBlockerForecast         action_owner pdu_lead
ClearBlocker                  action_owner pdu_lead
RaiseEscalation               pdu_lead
AnswerEscalation              hmpps_coordinator regional_lead
DefineMeasure                 inspector lead_inspector pdu_lead regional_lead
RecordMeasureFigure           action_owner delegate inspector lead_inspector pdu_lead regional_lead
ReviewWithoutChange           delegate pdu_lead
RecordProgressUpdate          action_owner delegate pdu_lead
CorrectProgressUpdate         action_owner delegate pdu_lead
AttachEvidence                action_owner delegate pdu_lead
WithdrawEvidence              action_owner delegate pdu_lead
ReportRecommendationComplete  pdu_lead
WithdrawCompletionClaim       pdu_lead
StartReview                   inspector lead_inspector
RequestFurtherEvidence        inspector lead_inspector
JudgeProgress                 inspector lead_inspector
CloseRecommendation           lead_inspector
ReopenRecommendation          lead_inspector
CarryForward                  lead_inspector
LeaveOpen                     lead_inspector
ConfirmRecurrence             inspector lead_inspector
"""
"""Copied from the rule book by hand, so that the matrix in the code cannot change in silence.

A delegate updates, attaches evidence and records figures on behalf of the lead. The regional lead
holds whatever a PDU lead holds where the recommendation is addressed to the region.
"""


def test_the_matrix_is_that_of_the_rule_book() -> None:
    in_code = {
        command.__name__: " ".join(sorted(role.value for role in roles))
        for command, roles in MAY_GIVE.items()
    }
    by_hand = dict(line.split(maxsplit=1) for line in RULE_BOOK.strip().splitlines())
    assert in_code == by_hand


@pytest.mark.parametrize(
    ("command", "role"),
    list(product(EXAMPLES, Role)),
    ids=lambda value: value.__name__ if isinstance(value, type) else str(value),
)
def test_a_command_is_open_to_its_roles_and_refused_to_all_others(
    command: type[Command], role: Role
) -> None:
    for to_region in (False, True):
        outcome = EXAMPLES[command].when(role=role, addressed_to_region=to_region)
        stands_in = to_region and role is Role.REGIONAL_LEAD and Role.PDU_LEAD in MAY_GIVE[command]
        if role in MAY_GIVE[command] or stands_in:
            assert outcome.rejection is None or outcome.rejection.code != "not_permitted"
        else:
            assert isinstance(outcome.rejected("not_permitted"), NotPermitted)


def test_a_refusal_names_the_role_the_deed_and_whom_to_ask() -> None:
    outcome = EXAMPLES[next(t for t in EXAMPLES if t.__name__ == "JudgeProgress")].when(
        role=Role.PDU_LEAD
    )
    assert outcome.rejected("not_permitted").sentence == (
        "As a PDU lead you may not judge progress; ask an inspector or a lead inspector."
    )


def test_every_role_has_a_name() -> None:
    assert set(NAMES) == set(Role)


@pytest.mark.parametrize(
    ("role", "to_region", "sources"),
    [
        (Role.PDU_LEAD, False, {FigureSource.DIP_SAMPLE}),
        (Role.DELEGATE, False, {FigureSource.DIP_SAMPLE}),
        (Role.ACTION_OWNER, True, {FigureSource.DIP_SAMPLE}),
        (Role.REGIONAL_LEAD, False, {FigureSource.REGIONAL_ASSURANCE}),
        (Role.REGIONAL_LEAD, True, {FigureSource.REGIONAL_ASSURANCE, FigureSource.DIP_SAMPLE}),
        (Role.INSPECTOR, False, {FigureSource.HMIP}),
        (Role.LEAD_INSPECTOR, True, {FigureSource.HMIP}),
        (Role.HMPPS_COORDINATOR, False, set()),
        (Role.HMIP_ADMINISTRATOR, True, set()),
    ],
)
def test_each_side_records_figures_under_its_own_name(
    *, role: Role, to_region: bool, sources: set[FigureSource]
) -> None:
    assert figure_sources(role=role, addressed_to_region=to_region) == sources
