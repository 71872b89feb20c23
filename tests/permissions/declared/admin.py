"""The admin: its frame, each registered model, and one door for each form of a command."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.permissions.door import Door, Frame, desk
from tests.permissions.people import (
    ADMINISTRATOR,
    EVERYBODY,
    FORMER,
    HOLDING_A_ROLE,
    LEADING,
    NAMED_READER,
    NOBODY,
    OPERATORS,
    Canary,
)
from tracker.admin.bulk import ACTIONS, RECOMMENDATIONS
from tracker.admin.bulk.lists import BulkList
from tracker.domain.commands import Command, RecordProgressUpdate, Respond
from tracker.domain.roles import MAY_GIVE
from tracker.domain.sign_off import may_prepare
from tracker.domain.vocabulary import Role
from tracker.forms import FORMS

INSIDE = HOLDING_A_ROLE | OPERATORS
NAMES = frozenset({Canary.FOREIGN_NAME})
"""Who runs the service, or announces something to any provider, chooses from all names on record.

A provider that only an unreleased report names is on nobody's record yet but HMIP's.
"""
ANNOUNCERS = frozenset({Role.LEAD_INSPECTOR, Role.HMIP_ADMINISTRATOR})
ALLOCATORS = frozenset({Role.LEAD_INSPECTOR, Role.HMIP_ADMINISTRATOR})
INSPECTORATE = frozenset(
    {Role.INSPECTOR, Role.LEAD_INSPECTOR, Role.HMIP_ADMINISTRATOR, NAMED_READER}
)
GIVERS = LEADING | ADMINISTRATOR | OPERATORS
ELSEWHERE = (301, 302)


def model_doors(
    model: str,
    about: str,
    *,
    opens_for: frozenset[str],
    may_add: frozenset[str] = NOBODY,
    adding_tells: frozenset[Canary] = frozenset(),
    tells_to: frozenset[str] = EVERYBODY,
    **tells: Any,
) -> Iterator[tuple[str, tuple[Door, ...]]]:
    """Yield the doors that Django opens for each registered model; history and deletion are shut.

    `opens_for` find the model at all; which rows they see is said by what it is `about`.
    """
    yield f"admin:{model}_changelist", (desk(opens_for, tells_to=tells_to, **tells),)
    yield f"admin:{model}_add", (desk(may_add, tells=adding_tells, tells_to=tells_to),)
    yield f"admin:{model}_change", (desk(opens_for, about=about, tells_to=tells_to, **tells),)
    yield f"admin:{model}_delete", (desk(NOBODY, about=about),)
    yield f"admin:{model}_history", (desk(NOBODY, about=about, others=404),)
    route = f"admin/{model.replace('_', '/', 1)}/<path:object_id>/"
    yield route, (desk(INSIDE, answers=ELSEWHERE, fixed={"object_id": 1}),)


def command_doors() -> Iterator[Door]:
    """Yield a door for each form: who gives or prepares it sees it, or is sent back for now.

    All share one view, which looks for the recommendation first: one is asked for unreleased ones.
    """
    about = {"about": "released recommendation"}
    for slug, form in FORMS.items():
        able = holding(form.gives) | preparing(form.gives)
        yield desk(able, answers=(200, 302), fixed={"slug": slug}, **about)
    yield desk(NOBODY, others=404, fixed={"slug": "no-such-command"}, **about)
    correct = FORMS["correct-progress-update"].gives
    of_unreleased = {"fixed": {"slug": "correct-progress-update"}, "about": "recommendation"}
    yield desk(holding(correct) | preparing(correct), **of_unreleased)


def import_doors() -> Iterator[tuple[str, tuple[Door, ...]]]:
    """Yield the pages by which a report comes in and goes out; their lists name every provider."""
    model, seen = "admin:inspections_inspection", {"shows_unreleased": True}
    for page in ("import", "by_hand", "older"):
        yield f"{model}_{page}", (desk(ADMINISTRATOR, **seen),)
    for page in ("draft", "discard", "publish", "embargo"):
        yield f"{model}_{page}", (desk(ADMINISTRATOR, about="inspection", **seen),)
    yield f"{model}_accuracy", (desk(ADMINISTRATOR | {NAMED_READER}, about="accuracy", **seen),)
    yield f"{model}_accuracy_answer", (desk(ADMINISTRATOR, about="accuracy note", **seen),)
    yield f"{model}_take_back", (desk(INSIDE, answers=(405,), fixed={"pk": 1}),)


MEMBERSHIP = "admin:inspections_membership"


def bulk_doors(bulk: BulkList) -> Iterator[Door]:
    """Yield a door for each deed for many rows; whoever ticked none is sent back to the list."""
    for slug, form in bulk.forms.items():
        yield desk(form.is_for(), answers=(302,), fixed={"slug": slug})
    yield desk(NOBODY, others=404, fixed={"slug": "no-such-deed"})


def holding(command: type[Command]) -> frozenset[str]:
    """Return who of the cast holds the command."""
    roles = MAY_GIVE[command]
    return frozenset({*roles, NAMED_READER} if Role.INSPECTOR in roles else roles)


def preparing(command: type[Command]) -> frozenset[str]:
    """Return who may prepare the command for others to sign."""
    return frozenset(
        role for role in Role if may_prepare(command, role=role, addressed_to_region=False)
    )


def exchange_doors() -> Iterator[tuple[str, tuple[Door, ...]]]:
    """Yield the doors of imports and exports; what each is about is its own person's alone."""
    model = "admin:tracker_exchangejob"
    yield f"{model}_changelist", (desk(HOLDING_A_ROLE),)
    yield f"{model}_change", tuple(desk(INSIDE, about=each) for each in ("import", "export"))
    fetched, not_made = desk(INSIDE, about="export"), desk(INSIDE, about="import", answers=(302,))
    yield f"{model}_file", (fetched, not_made)
    for way, slug in (("import", "monthly-updates"), ("export", "open-actions")):
        known = desk(REPORTING, fixed={"slug": slug})
        yield f"{model}_{way}", (known, desk(NOBODY, others=404, fixed={"slug": "no-such-kind"}))


ANSWERING = holding(Respond) | preparing(Respond)
RECOMMENDATION = "admin:tracker_recommendationprogress"
REPORTING = holding(RecordProgressUpdate) | {Role.REGIONAL_LEAD}  # for what the region answers

ADMIN: Mapping[str, tuple[Door, ...]] = {
    "admin:index": (desk(INSIDE),),
    "admin:seen": (desk(INSIDE, answers=(405,)),),
    "admin:login": (
        Door(frame=Frame.OPEN, opens_for=EVERYBODY - {FORMER}, answers=(302,), others=403),
    ),
    "admin:logout": (desk(INSIDE, answers=(302,)),),
    "admin:password_change": (desk(INSIDE, answers=(302,)),),
    "admin:jsi18n": (desk(INSIDE),),
    "admin:app_list": (
        desk(INSIDE, fixed={"app_label": "inspections"}),
        desk(INSIDE, fixed={"app_label": "tracker"}),
        desk(OPERATORS, others=404, fixed={"app_label": "auth"}),
    ),
    "admin/(?P<url>.*)$": (
        desk(NOBODY, others=404, fixed={"url": "nothing/"}),
        desk(NOBODY, others=404, fixed={"url": "r/1/1/"}),
        desk(NOBODY, others=404, fixed={"url": "autocomplete/"}),
    ),
    f"{RECOMMENDATION}_changelist": (desk(HOLDING_A_ROLE),),
    f"{RECOMMENDATION}_change": (desk(HOLDING_A_ROLE, about="recommendation"),),
    f"{RECOMMENDATION}_give": tuple(command_doors()),
    f"{RECOMMENDATION}_action_plans": (desk(HOLDING_A_ROLE),),
    f"{RECOMMENDATION}_export_plan": (desk(HOLDING_A_ROLE, about="recommendation"),),
    f"{RECOMMENDATION}_import_plan": (desk(ANSWERING, about="recommendation"),),
    f"{RECOMMENDATION}_together": (desk(HOLDING_A_ROLE, about="recommendation"),),
    f"{RECOMMENDATION}_assurance": (desk(frozenset({Role.REGIONAL_LEAD})),),
    f"{RECOMMENDATION}_assurance_sheet": (
        desk(frozenset({Role.REGIONAL_LEAD}), answers=(404,), fixed={"key": "no-such-measure"}),
    ),
    f"{RECOMMENDATION}_settling": (desk(INSPECTORATE),),
    f"{RECOMMENDATION}_settle": (desk(INSPECTORATE, about="inspection", shows_unreleased=True),),
    **dict(
        model_doors(
            "inspections_inspection", "inspection", opens_for=HOLDING_A_ROLE, shows_unreleased=True
        )
    ),
    **dict(import_doors()),
    **dict(
        model_doors(
            "inspections_reportsource", "source", opens_for=ADMINISTRATOR, shows_unreleased=True
        )
    ),
    **dict(
        model_doors(
            "inspections_membership",
            "membership",
            opens_for=GIVERS,
            may_add=GIVERS,
            adding_tells=NAMES,
            tells=NAMES,
            tells_to=OPERATORS,
        )
    ),
    f"{MEMBERSHIP}_delegate": (desk(LEADING | OPERATORS, tells=NAMES, tells_to=OPERATORS),),
    f"{MEMBERSHIP}_end": (desk(GIVERS, about="membership", tells=NAMES, tells_to=OPERATORS),),
    f"{MEMBERSHIP}_ended": (desk(GIVERS, about="membership", tells=NAMES, tells_to=OPERATORS),),
    **dict(
        model_doors(
            "inspections_reinspectionnotice",
            "notice",
            opens_for=HOLDING_A_ROLE,
            may_add=ANNOUNCERS,
            adding_tells=NAMES,
        )
    ),
    **dict(
        model_doors(
            "inspections_provider",
            "provider",
            opens_for=OPERATORS | ADMINISTRATOR,
            may_add=OPERATORS | ADMINISTRATOR,
            adding_tells=NAMES,
            tells=NAMES,
            shows_unreleased=True,
        )
    ),
    "admin:inspections_inspection_inspectors": (
        desk(ALLOCATORS, about="inspection", shows_unreleased=True),
    ),
    **dict(
        model_doors(
            "inspections_framework", "framework", opens_for=ADMINISTRATOR, may_add=ADMINISTRATOR
        )
    ),
    **dict(
        model_doors("inspections_theme", "theme", opens_for=ADMINISTRATOR, may_add=ADMINISTRATOR)
    ),
    **dict(model_doors("inspections_standard", "standard", opens_for=ADMINISTRATOR)),
    **dict(model_doors("tracker_practice", "practice", opens_for=OPERATORS)),
    **dict(
        model_doors(
            "auth_user",
            "account",
            opens_for=OPERATORS,
            may_add=OPERATORS,
            tells=NAMES,
        )
    ),
    "admin:auth_user_invite": (desk(OPERATORS, about="account", tells=NAMES),),
    "admin:auth_user_deactivate": (desk(OPERATORS, about="account", tells=NAMES),),
    "admin:auth_user_reactivate": (desk(OPERATORS, about="account", tells=NAMES),),
    "admin:tracker_actionprogress_changelist": (desk(HOLDING_A_ROLE),),
    **dict(
        model_doors(
            "tracker_signofflevel",
            "sign-off",
            opens_for=OPERATORS | LEADING,
            may_add=OPERATORS | LEADING,
            adding_tells=NAMES,
            tells=NAMES,
            tells_to=OPERATORS,
        )
    ),
    "admin:tracker_draft_changelist": (
        desk(HOLDING_A_ROLE),
        desk(HOLDING_A_ROLE, query={"whose": "others"}),
    ),
    "admin:tracker_draft_change": (desk(INSIDE, about="kept draft"),),
    **dict(exchange_doors()),
    "admin:tracker_actionprogress_bulk": tuple(bulk_doors(ACTIONS)),
    "admin:tracker_actionprogress_bulk_result": (desk(INSIDE, about="result for actions"),),
    f"{RECOMMENDATION}_bulk": tuple(bulk_doors(RECOMMENDATIONS)),
    f"{RECOMMENDATION}_bulk_result": (desk(INSIDE, about="result for recommendations"),),
}
