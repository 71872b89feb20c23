"""One small form per command. A form asks and converts; the rules are the domain's.

`GROUPS` is the order in which menus list them. Every command has a form but publishing, which is
done for a whole inspection.
"""

from collections.abc import Mapping

from tracker.forms.actions import (
    ChangeActionOwnerForm,
    PlanActionForm,
    ReopenActionForm,
    ReportActionCompleteForm,
    WithdrawActionForm,
)
from tracker.forms.choosing import ConfirmRecurrenceForm, RedactPersonalDataForm
from tracker.forms.command_form import CommandForm
from tracker.forms.evidence import AttachEvidenceForm, WithdrawEvidenceForm
from tracker.forms.judgement import (
    CarryForwardForm,
    CloseRecommendationForm,
    JudgeProgressForm,
    LeaveOpenForm,
    ReopenRecommendationForm,
    RequestFurtherEvidenceForm,
    StartReviewForm,
)
from tracker.forms.measures import DefineMeasureForm, RecordMeasureFigureForm
from tracker.forms.obstacles import (
    AnswerEscalationForm,
    ClearBlockerForm,
    RaiseEscalationForm,
    RecordBlockerForm,
    ReviseBlockerForecastForm,
)
from tracker.forms.progress import (
    CorrectProgressUpdateForm,
    RecordProgressUpdateForm,
    ReportRecommendationCompleteForm,
    ReviewWithoutChangeForm,
    WithdrawCompletionClaimForm,
)
from tracker.forms.publication import (
    CorrectWordingForm,
    LinkBasisForm,
    RecordWelshWordingForm,
    TransferRecommendationForm,
    WithdrawPublicationForm,
)
from tracker.forms.response import AssignForm, RespondForm, ReviseResponseForm
from tracker.forms.target_dates import (
    DecideTargetDateExtensionForm,
    MoveTargetDateForm,
    RequestTargetDateExtensionForm,
)

GROUPS: Mapping[str, tuple[type[CommandForm], ...]] = {
    "Response": (RespondForm, ReviseResponseForm, AssignForm),
    "Progress": (
        RecordProgressUpdateForm,
        ReviewWithoutChangeForm,
        CorrectProgressUpdateForm,
        ReportRecommendationCompleteForm,
        WithdrawCompletionClaimForm,
    ),
    "Evidence": (AttachEvidenceForm, WithdrawEvidenceForm),
    "Actions": (
        PlanActionForm,
        ReportActionCompleteForm,
        ChangeActionOwnerForm,
        ReopenActionForm,
        WithdrawActionForm,
    ),
    "Target dates": (
        MoveTargetDateForm,
        RequestTargetDateExtensionForm,
        DecideTargetDateExtensionForm,
    ),
    "Blockers and escalations": (
        RecordBlockerForm,
        ReviseBlockerForecastForm,
        ClearBlockerForm,
        RaiseEscalationForm,
        AnswerEscalationForm,
    ),
    "Basis": (LinkBasisForm,),
    "Measures": (DefineMeasureForm, RecordMeasureFigureForm),
    "Review and judgement": (
        StartReviewForm,
        RequestFurtherEvidenceForm,
        JudgeProgressForm,
        ConfirmRecurrenceForm,
    ),
    "Closing": (
        CloseRecommendationForm,
        CarryForwardForm,
        LeaveOpenForm,
        ReopenRecommendationForm,
    ),
    "Publication": (
        CorrectWordingForm,
        RecordWelshWordingForm,
        TransferRecommendationForm,
        WithdrawPublicationForm,
        RedactPersonalDataForm,
    ),
}
FORMS: Mapping[str, type[CommandForm]] = {
    form.slug(): form for group in GROUPS.values() for form in group
}
"""Every form by its place in addresses."""

__all__ = ["FORMS", "GROUPS", "CommandForm"]
