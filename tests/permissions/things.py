"""Which kinds of thing addresses are about, and who may see which of them: the rule, by hand.

It says again, without looking at the code, what `inspections.access` says: a unit's people see
their unit, a regional lead the region, HMPPS and the Inspectorate whatever is released.
"""

from collections.abc import Mapping

from tests.permissions.door import DRAFT, EMBARGOED, FOREIGN, MISSING, OWN
from tests.permissions.people import (
    ADMINISTRATOR,
    CONCERNED,
    HOLDING_A_ROLE,
    LEADING,
    NAMED_READER,
    NATIONAL,
    NOBODY,
    OPERATORS,
    TOKEN,
)
from tracker.domain.vocabulary import Role

Audience = Mapping[str, frozenset[str]]

RELEASED: Audience = {
    OWN: CONCERNED | NATIONAL | {TOKEN},
    FOREIGN: NATIONAL,
    MISSING: NOBODY,
}


def kept_by(keepers: frozenset[str]) -> Audience:
    """Return the audience of what only its keepers see, wherever it belongs."""
    return {OWN: keepers, FOREIGN: keepers, MISSING: NOBODY}


OF_THE_LEAD_ALONE: Audience = {OWN: frozenset({Role.PDU_LEAD}), FOREIGN: NOBODY, MISSING: NOBODY}

AUDIENCES: Mapping[str, Audience] = {
    "recommendation": {**RELEASED, DRAFT: NOBODY, EMBARGOED: NOBODY},
    "released recommendation": RELEASED,
    "evidence file": RELEASED,
    "inspection": {**RELEASED, DRAFT: ADMINISTRATOR, EMBARGOED: ADMINISTRATOR | {NAMED_READER}},
    "accuracy": {
        **kept_by(ADMINISTRATOR),
        DRAFT: ADMINISTRATOR,
        EMBARGOED: ADMINISTRATOR | {NAMED_READER},
    },
    "accuracy note": {**kept_by(ADMINISTRATOR), DRAFT: ADMINISTRATOR, EMBARGOED: ADMINISTRATOR},
    "source": {**kept_by(ADMINISTRATOR), DRAFT: ADMINISTRATOR, EMBARGOED: ADMINISTRATOR},
    "sign-off": {OWN: OPERATORS | LEADING, FOREIGN: OPERATORS, MISSING: NOBODY},
    "kept draft": {OWN: CONCERNED, FOREIGN: NOBODY, MISSING: NOBODY},
    "notice": {OWN: HOLDING_A_ROLE, FOREIGN: NATIONAL, MISSING: NOBODY},
    "provider": {**kept_by(OPERATORS | ADMINISTRATOR), DRAFT: ADMINISTRATOR},
    "membership": {
        OWN: OPERATORS | {Role.PDU_LEAD, Role.REGIONAL_LEAD},
        FOREIGN: OPERATORS,
        MISSING: NOBODY,
    },
    "account": kept_by(OPERATORS),
    "framework": {OWN: ADMINISTRATOR, MISSING: NOBODY},
    "standard": {OWN: ADMINISTRATOR, MISSING: NOBODY},
    "theme": {OWN: ADMINISTRATOR, MISSING: NOBODY},
    "result for actions": OF_THE_LEAD_ALONE,
    "result for recommendations": OF_THE_LEAD_ALONE,
    "import": OF_THE_LEAD_ALONE,
    "export": OF_THE_LEAD_ALONE,
    "practice": {OWN: OPERATORS, MISSING: NOBODY},
}
