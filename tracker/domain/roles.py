"""The role matrix: who may give which command. Checked in `decide`, so that every door obeys it.

The source is the table of commands and the table of roles in the domain's rule book. A regional
lead holds the PDU lead's commands where the recommendation is addressed to the region itself.
"""

from collections.abc import Mapping

from tracker.domain import commands as c
from tracker.domain.vocabulary import FigureSource, Role

LEAD = frozenset({Role.PDU_LEAD})
OWNERS = frozenset({Role.PDU_LEAD, Role.ACTION_OWNER})
REPORTERS = frozenset({Role.PDU_LEAD, Role.DELEGATE, Role.ACTION_OWNER})
DECIDERS = frozenset({Role.REGIONAL_LEAD, Role.HMPPS_COORDINATOR})
INSPECTORS = frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR})
LEAD_INSPECTOR = frozenset({Role.LEAD_INSPECTOR})
ADMINISTRATOR = frozenset({Role.HMIP_ADMINISTRATOR})
INSPECTORATE = INSPECTORS | ADMINISTRATOR
UPDATERS = REPORTERS | {Role.REGIONAL_LEAD}
"""Whoever records updates somewhere: a regional lead does where the region itself answers."""

NAMES: Mapping[Role, str] = {
    Role.PDU_LEAD: "a PDU lead",
    Role.DELEGATE: "a delegate",
    Role.ACTION_OWNER: "an action owner",
    Role.REGIONAL_LEAD: "a regional lead",
    Role.HMPPS_COORDINATOR: "an HMPPS co-ordinator",
    Role.INSPECTOR: "an inspector",
    Role.LEAD_INSPECTOR: "a lead inspector",
    Role.HMIP_ADMINISTRATOR: "an HMIP administrator",
}
"""Each role with its article, as refusals name it."""

MAY_GIVE: Mapping[type[c.Command], frozenset[Role]] = {
    c.PublishRecommendation: ADMINISTRATOR,
    c.CorrectWording: ADMINISTRATOR,
    c.LinkBasis: LEAD | INSPECTORS,
    c.WithdrawPublication: ADMINISTRATOR,
    c.TransferRecommendation: ADMINISTRATOR,
    c.RedactPersonalData: ADMINISTRATOR,
    c.Assign: LEAD,
    c.Respond: LEAD | {Role.HMPPS_COORDINATOR},
    c.ReviseResponse: LEAD | {Role.HMPPS_COORDINATOR},
    c.PlanAction: LEAD,
    c.ChangeActionOwner: LEAD,
    c.ReportActionComplete: OWNERS,
    c.ReopenAction: OWNERS,
    c.WithdrawAction: OWNERS,
    c.MoveTargetDate: LEAD,
    c.RequestTargetDateExtension: OWNERS,
    c.DecideTargetDateExtension: DECIDERS,
    c.RecordBlocker: OWNERS,
    c.ReviseBlockerForecast: OWNERS,
    c.ClearBlocker: OWNERS,
    c.RaiseEscalation: LEAD,
    c.AnswerEscalation: DECIDERS,
    c.DefineMeasure: LEAD | INSPECTORS | {Role.REGIONAL_LEAD},
    c.RecordMeasureFigure: REPORTERS | INSPECTORS | {Role.REGIONAL_LEAD},
    c.ReviewWithoutChange: LEAD | {Role.DELEGATE},
    c.RecordProgressUpdate: REPORTERS,
    c.CorrectProgressUpdate: REPORTERS,
    c.AttachEvidence: REPORTERS,
    c.WithdrawEvidence: REPORTERS,
    c.ReportRecommendationComplete: LEAD,
    c.WithdrawCompletionClaim: LEAD,
    c.StartReview: INSPECTORS,
    c.RequestFurtherEvidence: INSPECTORS,
    c.JudgeProgress: INSPECTORS,
    c.CloseRecommendation: LEAD_INSPECTOR,
    c.ReopenRecommendation: LEAD_INSPECTOR,
    c.CarryForward: LEAD_INSPECTOR,
    c.LeaveOpen: LEAD_INSPECTOR,
    c.ConfirmRecurrence: INSPECTORS,
}


def holders(command_type: type[c.Command], *, addressed_to_region: bool) -> frozenset[Role]:
    """Return the roles that hold the command on a recommendation addressed to a unit or a region.

    A region has no PDU lead of its own: its regional lead stands in.
    """
    held_by = MAY_GIVE[command_type]
    if addressed_to_region and Role.PDU_LEAD in held_by:
        return held_by | {Role.REGIONAL_LEAD}
    return held_by


def may_give(command_type: type[c.Command], *, role: Role, addressed_to_region: bool) -> bool:
    """Say whether `role` holds the command on a recommendation addressed to a unit or a region."""
    return role in holders(command_type, addressed_to_region=addressed_to_region)


def figure_sources(*, role: Role, addressed_to_region: bool) -> frozenset[FigureSource]:
    """Return as whose the role may record figures: each says only its own.

    The regional lead assures the figures of the units; where the recommendation is addressed to
    the region itself, the region is the provider, and takes dip samples besides.
    """
    if role in REPORTERS:
        return frozenset({FigureSource.DIP_SAMPLE})
    if role in INSPECTORS:
        return frozenset({FigureSource.HMIP})
    if role is not Role.REGIONAL_LEAD:
        return frozenset()
    assurance = frozenset({FigureSource.REGIONAL_ASSURANCE})
    return assurance | {FigureSource.DIP_SAMPLE} if addressed_to_region else assurance
