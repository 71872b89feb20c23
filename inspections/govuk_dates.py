"""Days and times as the MOJ style guide writes them, on pages and in sentences.

"14 January 2025", "9am", "9:32am", "midday", "midnight". Templates have these as filters.
"""

from datetime import date, datetime

from django.utils import dateformat, timezone

MIDDAY = 12


def govuk_date(value: date | None) -> str:
    """Write the day: "14 January 2025". An instant falls on its day in the current time zone."""
    return _written(value, "j F Y")


def govuk_month(value: date | None) -> str:
    """Write the month: "March 2027"."""
    return _written(value, "F Y")


def govuk_period(value: date | None, known_to: str) -> str:
    """Write a day of which perhaps no more is known than its "month" or its "year"."""
    if known_to == "year":
        return str(value.year) if value else ""
    return govuk_month(value) if known_to == "month" else govuk_date(value)


def iso_period(value: date, known_to: str) -> str:
    """Write it for machines: "2022", "2022-05" or "2022-05-31"."""
    return value.isoformat()[: {"year": 4, "month": 7}.get(known_to)]


def govuk_time(value: datetime | None) -> str:
    """Write the time of day: "9:32am"; "9am" on the hour; "midday" and "midnight" in words."""
    if not value:
        return ""
    local = _local(value)
    if local.minute == 0 and local.hour % MIDDAY == 0:
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % MIDDAY or MIDDAY}{minutes}{'am' if local.hour < MIDDAY else 'pm'}"


def govuk_datetime(value: datetime | None) -> str:
    """Write day and time: "4 June 2026 at 9:32am"."""
    return f"{govuk_date(value)} at {govuk_time(value)}" if value else ""


def _written(value: date | None, pattern: str) -> str:
    if not value:
        return ""
    return dateformat.format(_local(value) if isinstance(value, datetime) else value, pattern)


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value
