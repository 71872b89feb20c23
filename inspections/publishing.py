"""Publishes an inspection: the one deed that opens its recommendations to the people concerned.

Who may do it and what must be there first is decided here. What follows from it in the progress
record is the tracker's, which hears of it by the signal inside the same transaction.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from inspections.access import holds_role
from inspections.command_line_account import is_command_line_account
from inspections.database_lock import BUSY
from inspections.govuk_dates import govuk_date, govuk_datetime, govuk_month
from inspections.models import ImportIssue, Inspection, Membership, Provider
from inspections.signals import inspection_published


class PublicationRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The inspection stays as it is; the message says what is missing and how to supply it."""


class PublisherNotPermitted(PublicationRefused):
    """Only an HMIP administrator publishes."""

    def __init__(self) -> None:
        super().__init__(
            "Only an HMIP administrator may publish an inspection; ask one to publish it."
        )


class AlreadyPublished(PublicationRefused):
    """Published once is published for good; corrections are made to each recommendation."""

    def __init__(self, inspection: Inspection) -> None:
        super().__init__(
            f"{inspection} is published already; correct single recommendations instead."
        )


class PublicationDateMissing(PublicationRefused):
    """No date was found in the report, and none is ever assumed."""

    def __init__(self) -> None:
        super().__init__(
            "The report gives no publication date; supply it as published_on, "
            "for example published_on=2026-01-15."
        )


class PublicationDateInFuture(PublicationRefused):
    """The day has not come."""

    def __init__(self, published_on: date) -> None:
        day = govuk_date(published_on)
        super().__init__(
            f"The publication date, {day}, lies in the future; publish the inspection on that day "
            "or correct published_on."
        )


class PublishedBeforeFieldwork(PublicationRefused):
    """A report cannot be out before the inspectors came."""

    def __init__(self, contradiction: str) -> None:
        super().__init__(contradiction)


class UnderEmbargo(PublicationRefused):
    """The time set for publication has not come."""

    def __init__(self, publish_at: datetime) -> None:
        when = govuk_datetime(publish_at)
        super().__init__(
            f"The inspection is to be published on {when}; wait until then or change that time."
        )


class IssuesUnresolved(PublicationRefused):
    """Something the import could not be sure of is still open."""

    def __init__(self, issues: list[ImportIssue]) -> None:
        found = " ".join(f"({issue.field}) {issue.message}" for issue in issues)
        super().__init__(
            f"{_count(len(issues), 'error')} found by the import must be resolved by supplying "
            f"the right value, or the word “confirmed” to keep the report's own: {found}"
        )


class NothingToPublish(PublicationRefused):
    """An inspection without recommendations opens no stream."""

    def __init__(self) -> None:
        super().__init__(
            "The inspection has no recommendations, so there is nothing to follow up; "
            "check the report and import it again."
        )


class StreamRefused(PublicationRefused):
    """The record of a recommendation cannot begin; `sentence` is the rule's that refused it."""

    def __init__(self, *, number: int, sentence: str) -> None:
        super().__init__(f"Recommendation {number} cannot be published as it stands. {sentence}")
        self.number = number
        self.sentence = sentence


class RecordBusy(PublicationRefused):
    """Another writer held the log for too long; trying again is safe."""

    def __init__(self) -> None:
        super().__init__(BUSY)


def publish_inspection(*, inspection: Inspection, actor: Any, now: datetime) -> Inspection:
    """Publish the inspection and tell the tracker, all in one transaction.

    Raises:
        PublicationRefused: a subclass names what stands in the way; nothing was changed.
    """
    today = day_in_london(now)
    if not may_publish(actor, today):
        raise PublisherNotPermitted
    with transaction.atomic():
        # Locked, so that of two people who publish at once the second is told so.
        fresh = Inspection.objects.select_for_update().get(pk=inspection.pk)
        _refuse_before_its_time(fresh, now=now, today=today)
        refuse_unless_complete(fresh)
        fresh.state, fresh.publication_refusal = Inspection.State.PUBLISHED, ""
        fresh.save(update_fields=["state", "publication_refusal"])
        _put_providers_on_record(fresh)
        inspection_published.send(sender=Inspection, inspection=fresh, actor=actor, now=now)
    inspection.refresh_from_db()
    return fresh


def may_publish(actor: Any, today: date) -> bool:
    """Say whether the person publishes inspections; the command line's own account does too."""
    is_administrator = holds_role(actor, Membership.Role.HMIP_ADMINISTRATOR, today)
    return is_administrator or is_command_line_account(actor)


def day_in_london(now: datetime) -> date:
    """Return the day on which the moment falls in Europe/London."""
    return timezone.localdate(now, timezone.get_default_timezone())


def unresolved_errors(inspection: Inspection) -> QuerySet[ImportIssue]:
    """Return the error-level issues of the import for which nobody has supplied a value."""
    errors = ImportIssue.objects.of(inspection).filter(severity=ImportIssue.Severity.ERROR)
    return errors.filter(supplied="").order_by("pk")


def contradiction_to_fieldwork(inspection: Inspection) -> str:
    """Say in a sentence that publication lies before the fieldwork; "" where it does not."""
    published_on, starts_on = inspection.published_on, inspection.fieldwork_starts_on
    month = inspection.fieldwork_month
    if published_on and starts_on and published_on < starts_on:
        path, began = "fieldwork.starts_on", govuk_date(starts_on)
    elif published_on and published_on.isoformat()[:7] < month:
        path, began = "fieldwork.month", govuk_month(date.fromisoformat(f"{month}-01"))
    else:
        return ""
    return (
        f"The publication date, {govuk_date(published_on)}, lies before the start of "
        f"the fieldwork ({began}); correct published_on, or {path} where that is wrong."
    )


def refuse_unless_complete(inspection: Inspection) -> None:
    """Refuse to publish what is fixed already, or lacks what no publication can do without.

    Raises:
        PublicationRefused: a subclass names it.
    """
    if inspection.state == Inspection.State.PUBLISHED:
        raise AlreadyPublished(inspection)
    if inspection.published_on is None:
        raise PublicationDateMissing
    if contradiction := contradiction_to_fieldwork(inspection):
        raise PublishedBeforeFieldwork(contradiction)
    if issues := list(unresolved_errors(inspection)):
        raise IssuesUnresolved(issues)
    if not inspection.recommendations.exists():
        raise NothingToPublish


def _refuse_before_its_time(inspection: Inspection, *, now: datetime, today: date) -> None:
    if inspection.state == Inspection.State.PUBLISHED:
        raise AlreadyPublished(inspection)
    if inspection.published_on is not None and inspection.published_on > today:
        raise PublicationDateInFuture(inspection.published_on)
    if inspection.publish_at is not None and inspection.publish_at > now:
        raise UnderEmbargo(inspection.publish_at)


def _put_providers_on_record(inspection: Inspection) -> None:
    """Show to everybody the bodies that an import had proposed for this report."""
    addressees = inspection.recommendations.values("addressee")
    named = Provider.objects.filter(Q(pk=inspection.provider_id) | Q(pk__in=addressees))
    named.filter(is_proposed=True).update(is_proposed=False)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
