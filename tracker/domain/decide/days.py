"""Days that people type: what was done lies behind us, what is promised before us."""

from datetime import date

from tracker.domain.rejection import CommandRejected

EARLIEST = date(1990, 1, 1)
"""A day before this is a slip of the keyboard."""
YEARS_AHEAD = 20
"""So is a promise beyond this."""


def in_words(day: date) -> str:
    """Return the day as it is written in sentences: 3 March 2026."""
    return f"{day.day} {day:%B} {day.year}"


def past_or_today(day: date | None, *, today: date, field: str = "occurred_on") -> date:
    """Return the day something was true; today where none is given.

    Raises: CommandRejected (date_in_future, date_too_early).
    """
    if day is None:
        return today
    if day > today:
        raise CommandRejected(
            f"{in_words(day)} is still to come; give today's date or an earlier one.",
            code="date_in_future",
            field=field,
        )
    if day < EARLIEST:
        raise CommandRejected(
            f"{in_words(day)} is too long ago to be right; check the year and give the date again.",
            code="date_too_early",
            field=field,
        )
    return day


def today_or_later(day: date, *, today: date, field: str) -> date:
    """Return the day something is promised or expected for.

    Raises: CommandRejected (date_in_past, date_too_far).
    """
    if day < today:
        raise CommandRejected(
            f"{in_words(day)} has passed; give today's date or a later one.",
            code="date_in_past",
            field=field,
        )
    if day.year > today.year + YEARS_AHEAD:
        raise CommandRejected(
            f"{in_words(day)} is more than {YEARS_AHEAD} years away; check the year and try again.",
            code="date_too_far",
            field=field,
        )
    return day
