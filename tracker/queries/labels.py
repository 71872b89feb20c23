"""How stored values are called on screens. Every door shows these words and no others."""

from collections.abc import Mapping
from enum import StrEnum

from django.template.defaultfilters import truncatechars

from inspections.redacting import REMOVED
from tracker.domain.vocabulary import (
    NOT_JUDGED,
    Better,
    Closure,
    FigureSource,
    MeasureUnit,
    RedactionReason,
    Review,
    Role,
)

REDACTED = REMOVED
"""What stands in the place of a text that was deleted."""
SHORT = 90

UNUSUAL: Mapping[type[StrEnum], Mapping[str, str]] = {
    Role: {
        Role.PDU_LEAD: "PDU lead",
        Role.HMPPS_COORDINATOR: "HMPPS co-ordinator",
        Role.HMIP_ADMINISTRATOR: "HMIP administrator",
    },
    Review: {Review.NONE: "None under way"},
    Closure: {Closure.NOT_AGREED_ACCEPTED: "Not agreed, and accepted as such"},
    Better: {Better.MORE: "More is better", Better.LESS: "Less is better"},
    FigureSource: {
        FigureSource.HMIP: "HM Inspectorate of Probation",
        FigureSource.DIP_SAMPLE: "Provider’s dip sample",
    },
    MeasureUnit: {MeasureUnit.N_OF_M: "Number out of a total"},
    RedactionReason: {
        RedactionReason.PERSONAL_DATA_OF_PERSON_ON_PROBATION: (
            "personal data of a person on probation"
        ),
        RedactionReason.PERSONAL_DATA_OF_STAFF: "personal data of a member of staff",
        RedactionReason.PERSONAL_DATA_OF_VICTIM: "personal data of a victim",
        RedactionReason.COURT_ORDER: "a court order",
        RedactionReason.OTHER_LEGAL_DUTY: "another legal duty",
    },
}
"""By kind of value, those whose words are not simply the stored ones with spaces."""


def label(value: StrEnum) -> str:
    """Return the words for a stored value: "Partly agreed"."""
    return UNUSUAL.get(type(value), {}).get(value) or spaced(value)


def role_label(role: str) -> str:
    """Return the words for a role as an event stores it, also for one that is no longer in use."""
    return label(Role(role)) if role in set(Role) else spaced(role)


def judgement_label(code: str, scale: Mapping[str, str]) -> str:
    """Return the words for a judgement; `scale` maps codes to labels, as the framework has them."""
    return scale.get(code) or ("Not judged" if code == NOT_JUDGED else spaced(code))


def spaced(code: str) -> str:
    """Return a stored snake_case code as words: "some_progress" is "Some progress"."""
    return code.replace("_", " ").capitalize()


def in_short(text: str | None, longest: int = SHORT) -> str:
    """Return the beginning of a text in one line; says so where the text was deleted."""
    return truncatechars(" ".join((text or REDACTED).split()), longest)
