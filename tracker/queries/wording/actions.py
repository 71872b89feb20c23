"""The words for planned actions, their owners and their target dates."""

from typing import assert_never

from inspections.govuk_dates import govuk_date
from tracker.domain import events as e
from tracker.queries.wording.parts import Names, Wording, worded


def word_action(event: e.ActionEvent, names: Names) -> Wording:
    """Return the wording of an event of an action."""
    action = ("Action", names.actions.get(event.action_id, ""))
    match event:
        case e.ActionPlanned():
            wording = _planned(event)
        case e.ActionOwnerChanged():
            wording = worded(
                "Action owner changed",
                action,
                ("New owner", event.accountable_name),
                ("Reason", event.reason),
            )
        case e.ActionReportedComplete():
            wording = worded("Action reported complete", action, ("Note", event.note))
        case e.ActionReopened():
            wording = worded("Action reopened", action, ("Reason", event.reason))
        case e.ActionWithdrawn():
            wording = worded("Action withdrawn", action, ("Reason", event.reason))
        case e.TargetDateExtended():
            wording = _extended(event, action)
        case e.TargetDateExtensionRequested():
            wording = worded(
                "More time asked for", action, _new_date(event), ("Reason", event.reason)
            )
        case e.TargetDateExtensionDeclined():
            wording = worded(
                "More time declined", action, _new_date(event), ("Reason", event.reason)
            )
        case _:
            assert_never(event)
    return wording


def _planned(event: e.ActionPlanned) -> Wording:
    return worded(
        "Action planned",
        ("Action", event.description),
        ("Owner", event.accountable_name),
        ("Delivered by", event.delivered_by),
        ("Target date", govuk_date(event.target_on)),
    )


def _extended(event: e.TargetDateExtended, action: tuple[str, str | None]) -> Wording:
    return worded(
        "More time given" if event.decided else "Target date moved",
        action,
        ("From", govuk_date(event.previous_target_on)),
        ("To", govuk_date(event.target_on)),
        ("Reason", event.reason),
        ("Region", "To be told of the move" if event.tells_region else ""),
    )


def _new_date(
    event: e.TargetDateExtensionRequested | e.TargetDateExtensionDeclined,
) -> tuple[str, str]:
    return "New target date asked for", govuk_date(event.target_on)
