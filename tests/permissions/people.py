"""The cast of the matrix by name, the groups that declarations speak of, and the canaries.

A canary is a word that stands in every text of a place. Whoever reads it has seen that place.
"""

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.vocabulary import Role


class Canary(StrEnum):
    """Names and texts apart, for operators keep names and read no text."""

    FOREIGN_NAME = "Kestrelmoor"
    FOREIGN_TEXT = "linnetsong"
    DRAFT_NAME = "Siskinham"
    DRAFT_TEXT = "siskinhush"
    EMBARGOED_NAME = "Wrenford"
    EMBARGOED_TEXT = "wrenwhisper"
    KEPT_TEXT = "chiffchaffnote"
    """In what the own unit is preparing and has not said yet."""


ANONYMOUS = "anonymous"
NAMED_READER = "named reader"
"""An inspector who may read the embargoed inspection."""
OPERATOR = "operator"
"""A superuser who holds no role."""
FORMER = "former lead"
"""Somebody whose membership has ended."""
TOKEN = "token of the lead"
TOKEN_OF_NOBODY = "token of a former lead"

AT_THE_UNIT = frozenset({Role.PDU_LEAD, Role.DELEGATE, Role.ACTION_OWNER})
LEADING = frozenset({Role.PDU_LEAD, Role.REGIONAL_LEAD})
CONCERNED = AT_THE_UNIT | {Role.REGIONAL_LEAD}
INSPECTORS = frozenset({Role.INSPECTOR, Role.LEAD_INSPECTOR, NAMED_READER})
NATIONAL = INSPECTORS | {Role.HMPPS_COORDINATOR, Role.HMIP_ADMINISTRATOR}
HOLDING_A_ROLE = CONCERNED | NATIONAL
SIGNED_IN = HOLDING_A_ROLE | {OPERATOR, FORMER}
TOKENS = frozenset({TOKEN, TOKEN_OF_NOBODY})
EVERYBODY = SIGNED_IN | TOKENS | {ANONYMOUS}
NOBODY: frozenset[str] = frozenset()

ADMINISTRATOR = frozenset({Role.HMIP_ADMINISTRATOR})
OPERATORS = frozenset({OPERATOR})


RELEASED_ELSEWHERE = frozenset({Canary.FOREIGN_NAME, Canary.FOREIGN_TEXT})
UNDER_EMBARGO = frozenset({Canary.EMBARGOED_NAME, Canary.EMBARGOED_TEXT})
UNRELEASED: Mapping[str, frozenset[Canary]] = {
    Role.HMIP_ADMINISTRATOR: UNDER_EMBARGO | {Canary.DRAFT_NAME, Canary.DRAFT_TEXT},
    NAMED_READER: UNDER_EMBARGO,
}
"""Who may meet what of an unreleased report, at the doors that show such reports."""


def known_to(person: str) -> frozenset[Canary]:
    """Return the canaries that the person may meet at any door."""
    if person in NATIONAL:
        return RELEASED_ELSEWHERE
    return frozenset({Canary.KEPT_TEXT}) if person in CONCERNED else frozenset()
