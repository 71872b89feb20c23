"""Shares an inspection under embargo, and takes it back: who reads it before its time, and when it
is published.

The deed itself is `publishing`'s, done at the time set by `due_publication`. Nothing is scheduled
that could not be published as it stands.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from inspections.access import memberships_of
from inspections.govuk_dates import govuk_date, govuk_datetime
from inspections.models import Inspection
from inspections.person_names import person_name
from inspections.publishing import (
    AlreadyPublished,
    PublicationRefused,
    PublisherNotPermitted,
    day_in_london,
    may_publish,
    refuse_unless_complete,
)
from inspections.report_import.supplying import record_supplied


class TimeNotAhead(PublicationRefused):
    """The time set has passed."""

    def __init__(self, publish_at: datetime) -> None:
        when = govuk_datetime(publish_at)
        super().__init__(f"{when} has passed; set a later time, or publish the inspection now.")


class TimeNotOnTheClock(PublicationRefused):
    """When the clocks change, one hour is left out and another comes twice."""

    def __init__(self, day: date, hour: time) -> None:
        super().__init__(
            f"The clocks change on {govuk_date(day)}, so {hour:%H:%M} is not one moment "
            "in London; set a time before 1am or after 2am."
        )


class ReaderHoldsNoRole(PublicationRefused):
    """Only people with a role find an inspection at all."""

    def __init__(self, reader: Any) -> None:
        super().__init__(
            f"{person_name(reader)} holds no role today and could not read the inspection; "
            "leave the name out, or ask an operator to give them a role."
        )


class NotUnderEmbargo(PublicationRefused):
    """There is nothing to take back."""

    def __init__(self, inspection: Inspection) -> None:
        super().__init__(f"{inspection} is not shared under embargo; open it to see how it stands.")


def moment_in_london(day: date, hour: time) -> datetime:
    """Return the moment that the clock in London shows.

    Raises:
        TimeNotOnTheClock: it shows that time never, or twice.
    """
    shown = datetime.combine(day, hour, tzinfo=timezone.get_default_timezone())
    # A time that is left out, and one that comes twice, have two offsets.
    if shown.utcoffset() != shown.replace(fold=1).utcoffset():
        raise TimeNotOnTheClock(day, hour)
    return shown.astimezone(UTC)


@transaction.atomic
def share_under_embargo(
    *,
    inspection: Inspection,
    published_on: date,
    hour: time,
    readers: Sequence[Any],
    actor: Any,
    now: datetime,
) -> Inspection:
    """Let `readers` read the inspection until it is published, at `hour` of that day in London.

    Given again, it replaces day, hour and readers. `published_on` is recorded as the date of
    publication, as supplied where the report gives none or another.

    Raises:
        PublicationRefused: a subclass names what stands in the way; nothing was changed.
    """
    _refuse_all_but_administrators(actor, now)
    fresh = _locked(inspection)
    publish_at = moment_in_london(published_on, hour)
    if publish_at <= now:
        raise TimeNotAhead(publish_at)
    _refuse_readers_without_a_role(readers, now)
    if fresh.published_on != published_on:
        fresh.published_on = published_on
        record_supplied(fresh, "published_on", published_on.isoformat())
    refuse_unless_complete(fresh)
    fresh.state, fresh.publish_at = Inspection.State.EMBARGOED, publish_at
    fresh.scheduled_by, fresh.publication_refusal = actor, ""
    fresh.save()
    fresh.named_readers.set(readers)
    inspection.refresh_from_db()
    return fresh


@transaction.atomic
def take_back_to_draft(*, inspection: Inspection, actor: Any, now: datetime) -> Inspection:
    """End the embargo: nobody but HMIP administrators sees the inspection, and no time is set.

    The readers stay named, to be offered when it is shared again; a draft has no readers.

    Raises:
        PublicationRefused: a subclass names what stands in the way; nothing was changed.
    """
    _refuse_all_but_administrators(actor, now)
    fresh = _locked(inspection)
    if fresh.state != Inspection.State.EMBARGOED:
        raise NotUnderEmbargo(fresh)
    fresh.state, fresh.publish_at = Inspection.State.DRAFT, None
    fresh.scheduled_by, fresh.publication_refusal = None, ""
    fresh.save()
    inspection.refresh_from_db()
    return fresh


def _refuse_all_but_administrators(actor: Any, now: datetime) -> None:
    if not may_publish(actor, day_in_london(now)):
        raise PublisherNotPermitted


def _locked(inspection: Inspection) -> Inspection:
    fresh = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if fresh.state == Inspection.State.PUBLISHED:
        raise AlreadyPublished(fresh)
    return fresh


def _refuse_readers_without_a_role(readers: Sequence[Any], now: datetime) -> None:
    today = day_in_london(now)
    for reader in readers:
        if not memberships_of(reader, today).exists():
            raise ReaderHoldsNoRole(reader)
