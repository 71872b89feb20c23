"""The permanent words of the progress record: the values of each axis, the roles, the kinds.

Every value is stored in the log for ever: add to an enumeration, never rename or remove.
"""

from enum import StrEnum


class Role(StrEnum):
    """In which capacity a person acts; the matrix of what each may do is in `roles`."""

    PDU_LEAD = "pdu_lead"
    DELEGATE = "delegate"
    ACTION_OWNER = "action_owner"
    REGIONAL_LEAD = "regional_lead"
    HMPPS_COORDINATOR = "hmpps_coordinator"
    INSPECTOR = "inspector"
    LEAD_INSPECTOR = "lead_inspector"
    HMIP_ADMINISTRATOR = "hmip_administrator"


class Channel(StrEnum):
    """Through which door a command came."""

    ADMIN = "admin"
    API = "api"
    COMMAND_LINE = "command_line"


class Language(StrEnum):
    ENGLISH = "en"
    WELSH = "cy"


class KnownTo(StrEnum):
    """How exactly a day is known; where it is not, the last day that it can have been stands."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Response(StrEnum):
    """HMPPS's or the provider's answer to a recommendation."""

    AWAITING = "awaiting"
    AGREED = "agreed"
    PARTLY_AGREED = "partly_agreed"
    NOT_AGREED = "not_agreed"


class Delivery(StrEnum):
    """The provider's claim of how far it has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    REPORTED_COMPLETE = "reported_complete"


class Review(StrEnum):
    """How far the inspector's look at the claim has come."""

    NONE = "none"
    STARTED = "started"
    FURTHER_EVIDENCE_REQUESTED = "further_evidence_requested"


class Closure(StrEnum):
    """Why a recommendation is closed."""

    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not_achieved"
    NO_LONGER_RELEVANT = "no_longer_relevant"
    CARRIED_FORWARD = "carried_forward"
    NOT_AGREED_ACCEPTED = "not_agreed_accepted"


class ActionStatus(StrEnum):
    OPEN = "open"
    REPORTED_COMPLETE = "reported_complete"
    WITHDRAWN = "withdrawn"


class EvidenceKind(StrEnum):
    FILE = "file"
    LINK = "link"


class Better(StrEnum):
    """Which direction of a measure is an improvement."""

    MORE = "more"
    LESS = "less"


class MeasureUnit(StrEnum):
    N_OF_M = "n_of_m"
    NUMBER = "number"
    DATE = "date"


class FigureSource(StrEnum):
    """Whose figure it is; the three never share a field."""

    HMIP = "hmip"
    DIP_SAMPLE = "dip_sample"
    REGIONAL_ASSURANCE = "regional_assurance"


class RedactionReason(StrEnum):
    """Why free text was deleted; the text of the reason itself never repeats what was removed."""

    PERSONAL_DATA_OF_PERSON_ON_PROBATION = "personal_data_of_person_on_probation"
    PERSONAL_DATA_OF_STAFF = "personal_data_of_staff"
    PERSONAL_DATA_OF_VICTIM = "personal_data_of_victim"
    COURT_ORDER = "court_order"
    OTHER_LEGAL_DUTY = "other_legal_duty"


NOT_JUDGED = "not_judged"
"""The judgement before any; the scale itself is data (HMI Prisons' four points must fit)."""
