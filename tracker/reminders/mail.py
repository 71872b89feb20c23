"""Words one person's reminders as one message, in plain text and HTML.

It names units, numbers, dates and links, and nothing that anybody typed: no free text of the
record, so no personal data of people on probation, ever leaves by mail.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string
from django.urls import reverse

from inspections.govuk_dates import govuk_date
from inspections.person_names import person_name
from tracker.domain.reminder_policy import Rule
from tracker.models import ActionProgress, Reminder


class Section(Enum):
    """The parts of a message, in their order."""

    OVERDUE = "Overdue"
    OVERDUE_IN_REGION = "Overdue in your region"
    MOVED_IN_REGION = "Target dates moved in your region"
    AHEAD = "Coming up"
    SILENT = "Not reviewed lately"
    READINESS = "Readiness checks"


SECTIONS: dict[Rule, Section] = {
    Rule.REINSPECTION_AHEAD: Section.AHEAD,
    Rule.READINESS_CHECK: Section.READINESS,
    Rule.RESPONSE_AHEAD: Section.AHEAD,
    Rule.RESPONSE_OVERDUE: Section.OVERDUE,
    Rule.RESPONSE_OVERDUE_IN_REGION: Section.OVERDUE_IN_REGION,
    Rule.ACTION_AHEAD: Section.AHEAD,
    Rule.ACTION_OVERDUE: Section.OVERDUE,
    Rule.ACTION_OVERDUE_IN_REGION: Section.OVERDUE_IN_REGION,
    Rule.TARGET_DATE_MOVED: Section.MOVED_IN_REGION,
    Rule.SILENT: Section.SILENT,
}
OVERDUE = (Section.OVERDUE, Section.OVERDUE_IN_REGION)
WORDS: dict[Rule, str] = {
    Rule.REINSPECTION_AHEAD: "the re-inspection may begin on {day}, {distance}",
    Rule.READINESS_CHECK: (
        "published {months} months ago, on {day}, and no date of the re-inspection is known: "
        "check that you would be ready"
    ),
    Rule.RESPONSE_AHEAD: "the response is due on {day}, {distance}",
    Rule.RESPONSE_OVERDUE: "the response was due on {day}, {distance}",
    Rule.RESPONSE_OVERDUE_IN_REGION: "the response was due on {day}, {distance}",
    Rule.ACTION_AHEAD: "an action is due on {day}, {distance}",
    Rule.ACTION_OVERDUE: "an action was due on {day}, {distance}",
    Rule.ACTION_OVERDUE_IN_REGION: "an action was due on {day}, {distance}",
    Rule.TARGET_DATE_MOVED: (
        "the target date of an action is {target} now; it was moved {times}, last on {day}"
    ),
    Rule.SILENT: "nothing was recorded since {day}, {distance}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One reminder as it stands in the message."""

    section: Section
    on: date
    recommendation: str
    what: str
    link: str


def compose(recipient: User, reminders: Sequence[Reminder], today: date) -> EmailMultiAlternatives:
    """Return the message of one morning; the rows need their recommendation's provider joined."""
    moved = _moved_actions(reminders)
    lines = sorted(
        (_line(reminder, today, moved.get(reminder.about)) for reminder in reminders),
        key=lambda line: (line.on, line.recommendation, line.what),
    )
    content = _content(recipient, lines)
    message = EmailMultiAlternatives(
        subject=_subject(lines),
        body=render_to_string("tracker/mail/digest.txt", content),
        to=[recipient.email],
        headers={"Message-ID": message_id(reminders), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("tracker/mail/digest.html", content), "text/html")
    return message


def message_id(reminders: Iterable[Reminder]) -> str:
    """Derive the id from the rows, so that a repetition can be told by it."""
    keys = sorted(
        f"{row.recommendation_id}|{row.rule}|{row.about}|{row.for_date}|{row.step}"
        f"|{row.recipient_id}"
        for row in reminders
    )
    digest = hashlib.sha256("\n".join(keys).encode()).hexdigest()
    return f"<reminders-{digest[:40]}@{urlsplit(settings.SITE_URL).hostname}>"


def _content(recipient: User, lines: Sequence[Line]) -> dict[str, Any]:
    by_section = (
        (section.value, [line for line in lines if line.section is section]) for section in Section
    )
    return {
        "name": person_name(recipient),
        "sections": [(title, found) for title, found in by_section if found],
        "site_url": settings.SITE_URL,
    }


def _subject(lines: Sequence[Line]) -> str:
    overdue = sum(line.section in OVERDUE for line in lines)
    count = f"{len(lines)} reminder{pluralize(lines)}"
    return f"Recommendation tracker: {count}" + (f", {overdue} overdue" if overdue else "")


def _moved_actions(reminders: Iterable[Reminder]) -> Mapping[str, ActionProgress]:
    """Return by id, as they stand, the actions of which a line says how their date moved."""
    ids = [row.about for row in reminders if row.rule == Rule.TARGET_DATE_MOVED]
    if not ids:
        return {}
    found = ActionProgress.objects.filter(pk__in=ids).only("target_on", "slips")
    return {str(action.action_id): action for action in found}


def _line(reminder: Reminder, today: date, moved: ActionProgress | None) -> Line:
    recommendation = reminder.recommendation
    progress = recommendation.progress
    rule = Rule(reminder.rule)
    return Line(
        section=SECTIONS[rule],
        on=reminder.for_date,
        recommendation=f"{progress.provider.name}, recommendation {progress.number_of_year}",
        what=WORDS[rule].format(
            day=govuk_date(reminder.for_date),
            distance=_distance(reminder.for_date, today),
            months=reminder.step,
            target=govuk_date(moved.target_on) if moved else "",
            times=_times(moved.slips) if moved else "",
        ),
        link=settings.SITE_URL + reverse("recommendation_detail", args=[recommendation.pk]),
    )


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number) or f"{number} times"


def _distance(day: date, today: date) -> str:
    days = (day - today).days
    if days in (0, 1):
        return "tomorrow" if days else "today"
    if days > 0:
        return f"in {days} days"
    return "yesterday" if days == -1 else f"{-days} days ago"
