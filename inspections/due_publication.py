"""Publishes the inspections under embargo whose time has come.

What is due stands in the rows: a tick that is lost, doubled or cut short does no harm. One that
cannot be published keeps its embargo, and its row says why; it never stops the others.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.database_lock import DatabaseLocked, refusing_when_locked
from inspections.models import Inspection
from inspections.person_names import person_name
from inspections.publishing import (
    PublicationRefused,
    RecordBusy,
    day_in_london,
    may_publish,
    publish_inspection,
)

logger = logging.getLogger(__name__)

UNEXPECTED = (
    "Something went wrong that nobody foresaw; ask an operator to look at the log of the worker. "
    "It is tried again every minute."
)


class ScheduleNotPermitted(PublicationRefused):
    """Whoever set the time may not publish today."""

    def __init__(self, scheduled_by: Any) -> None:
        name = person_name(scheduled_by) if scheduled_by else ""
        who = f"{name}, who set the time, is not an HMIP administrator today"
        super().__init__(
            f"{who if name else 'Nobody is on record as having set the time'}; another HMIP "
            "administrator must set a new time, or publish the inspection now."
        )


@dataclass(slots=True)
class Outcome:
    """What one run did: numbers of inspections."""

    published: int = 0
    refused: int = 0
    put_off: int = 0

    @property
    def has_news(self) -> bool:
        return bool(self.published or self.put_off)

    def __str__(self) -> str:
        return (
            f"{self.published} published, {self.refused} could not be published, "
            f"{self.put_off} put off because the log was busy"
        )


def publish_due(now: datetime) -> Outcome:
    """Publish every inspection whose time has come, in the name of whoever set the time."""
    outcome = Outcome()
    due = Inspection.objects.filter(state=Inspection.State.EMBARGOED, publish_at__lte=now)
    for pk in list(due.order_by("publish_at", "pk").values_list("pk", flat=True)):
        _publish_one(pk, now, outcome)
    return outcome


def refusal_of(inspection: Inspection, now: datetime) -> str:
    """Return why the time set will not publish the inspection, or has not; "" where it will."""
    if inspection.state != Inspection.State.EMBARGOED:
        return ""
    try:
        _refuse_schedule_of(inspection, now)
    except ScheduleNotPermitted as refusal:
        return str(refusal)
    return inspection.publication_refusal


def _refuse_schedule_of(inspection: Inspection, now: datetime) -> None:
    scheduled_by = inspection.scheduled_by
    if scheduled_by is None or not may_publish(scheduled_by, day_in_london(now)):
        raise ScheduleNotPermitted(scheduled_by)


def _publish_one(pk: int, now: datetime, outcome: Outcome) -> None:
    try:
        with refusing_when_locked(), transaction.atomic():
            _publish_if_still_due(pk, now, outcome)
    except (RecordBusy, DatabaseLocked):
        outcome.put_off += 1
    # One failure never stops the others: whatever went wrong, the next one is published.
    except Exception:
        logger.exception("Inspection %s could not be published at its time.", pk)
        outcome.refused += 1
        Inspection.objects.filter(pk=pk).update(publication_refusal=UNEXPECTED)


def _publish_if_still_due(pk: int, now: datetime, outcome: Outcome) -> None:
    """Look again under the lock: another worker may have published it, a person taken it back."""
    due = Inspection.objects.filter(state=Inspection.State.EMBARGOED, publish_at__lte=now)
    inspection = due.select_for_update(of=("self",)).filter(pk=pk).first()
    if inspection is None:
        return
    try:
        with transaction.atomic():
            _refuse_schedule_of(inspection, now)
            publish_inspection(inspection=inspection, actor=inspection.scheduled_by, now=now)
    except RecordBusy:
        raise
    except PublicationRefused as refusal:
        outcome.refused += 1
        Inspection.objects.filter(pk=pk).update(publication_refusal=str(refusal))
    else:
        outcome.published += 1
