"""Announces re-inspections: when the next one is expected, dated, paused or completed.

Each announcement is one more row; the latest of a provider rules and earlier ones stay readable.
Who is reminded of it is the tracker's.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from inspections.access import holds_role
from inspections.govuk_dates import govuk_date
from inspections.models import Membership, Provider, ReinspectionNotice

Kind = ReinspectionNotice.Kind
WITH_A_DATE = (Kind.EXPECTED, Kind.ANNOUNCED)
YEARS_WITHIN_REACH = 10
ANNOUNCERS = (Membership.Role.LEAD_INSPECTOR, Membership.Role.HMIP_ADMINISTRATOR)


class NoticeRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Nothing was announced; the message says why and what to do, `field` which entry is meant."""

    field: str | None = None


class AnnouncerNotPermitted(NoticeRefused):
    """Only a lead inspector or an HMIP administrator announces."""

    def __init__(self) -> None:
        super().__init__(
            "Only a lead inspector or an HMIP administrator may announce, pause or complete "
            "a re-inspection; ask one to do it."
        )


class NoticeKindUnknown(NoticeRefused):
    """There are four kinds and no others."""

    field = "kind"

    def __init__(self, kind: str) -> None:
        known = ", ".join(Kind.values)
        super().__init__(f"“{kind}” is not a kind of notice; choose one of {known}.")


class DateMissing(NoticeRefused):
    """An expected or announced re-inspection has a day."""

    field = "starts_on"

    def __init__(self) -> None:
        super().__init__("Enter the date of the re-inspection, or the first day of its window.")


class DateNotWanted(NoticeRefused):
    """The kind of notice leaves no room for the date given."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class DateHasPassed(NoticeRefused):
    """What is announced lies ahead."""

    field = "starts_on"

    def __init__(self, day: date) -> None:
        when = govuk_date(day)
        super().__init__(
            f"{when} has passed; enter a day that lies ahead, "
            "or choose “Completed” when the re-inspection has taken place."
        )


class DateOutOfReach(NoticeRefused):
    """A year so far off is mistyped."""

    def __init__(self, field: str, day: date) -> None:
        super().__init__(
            f"The year {day.year} lies more than {YEARS_WITHIN_REACH} years away; "
            "check the year and enter a nearer day."
        )
        self.field = field


class WindowEndsBeforeItStarts(NoticeRefused):
    """The last day is not before the first."""

    field = "ends_on"

    def __init__(self) -> None:
        super().__init__("The last day lies before the first; correct one of the two.")


class PauseUnexplained(NoticeRefused):
    """Whoever sees no reminders must be able to see why."""

    field = "note"

    def __init__(self) -> None:
        super().__init__("Say in the note why re-inspections are paused; those waiting see it.")


def announce_reinspection(
    *,
    provider: Provider,
    kind: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    note: str = "",
    actor: Any,
    now: datetime,
) -> ReinspectionNotice:
    """Put one more notice on record, which rules from now on.

    What the same person has just announced, and what rules, is not announced twice.

    Raises:
        NoticeRefused: as one of its kinds; nothing was stored.
    """
    today = timezone.localdate(now)
    if not any(holds_role(actor, role, today) for role in ANNOUNCERS):
        raise AnnouncerNotPermitted
    if kind not in Kind.values:
        raise NoticeKindUnknown(kind)
    if kind in WITH_A_DATE:
        _check_dates(Kind(kind), starts_on, ends_on, today)
    else:
        _check_without_dates(Kind(kind), starts_on or ends_on, note)
    said = {"kind": kind, "starts_on": starts_on, "ends_on": ends_on, "note": note.strip()}
    with transaction.atomic():
        # Of two clicks the second waits here, and finds what the first has announced.
        Provider.objects.select_for_update().get(pk=provider.pk)
        ruling = ruling_notice(provider)
        if ruling and ruling.noted_by_id == actor.pk and _says(ruling) == said:
            return ruling
        return ReinspectionNotice.objects.create(
            provider=provider, noted_at=now, noted_by=actor, **said
        )


def ruling_notice(provider: Provider) -> ReinspectionNotice | None:
    """Return the latest notice of the provider, which rules."""
    return ReinspectionNotice.objects.filter(provider=provider).order_by("-pk").first()


def ruling_notices(provider_ids: Iterable[int]) -> Mapping[int, ReinspectionNotice]:
    """Return the ruling notice of each provider that has one, in two queries."""
    of_these = ReinspectionNotice.objects.filter(provider__in=set(provider_ids))
    latest = of_these.values("provider").annotate(latest=Max("pk")).values_list("latest", flat=True)
    found = ReinspectionNotice.objects.filter(pk__in=list(latest))
    return {notice.provider_id: notice for notice in found}


def _says(notice: ReinspectionNotice) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in ("kind", "starts_on", "ends_on", "note")}


def _check_dates(kind: Kind, starts_on: date | None, ends_on: date | None, today: date) -> None:
    if starts_on is None:
        raise DateMissing
    if ends_on is not None and kind is Kind.ANNOUNCED:
        raise DateNotWanted(
            "ends_on",
            "An announced re-inspection has one date; leave the last day empty, "
            "or choose “Expected in a window”.",
        )
    if ends_on is not None and ends_on < starts_on:
        raise WindowEndsBeforeItStarts
    if (ends_on or starts_on) < today:
        raise DateHasPassed(ends_on or starts_on)
    for field, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        if day is not None and abs(day.year - today.year) > YEARS_WITHIN_REACH:
            raise DateOutOfReach(field, day)


def _check_without_dates(kind: Kind, day: date | None, note: str) -> None:
    if day is not None:
        raise DateNotWanted(
            "starts_on", f"A notice “{kind.label}” has no dates; leave both days empty."
        )
    if kind is Kind.PAUSED and not note.strip():
        raise PauseUnexplained
