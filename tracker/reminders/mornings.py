"""When mail may be sent: on working mornings in London. Bank holidays come from `holidays`."""

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from tracker.domain.reminder_policy import ReminderPractice
from tracker.domain.working_days import is_quiet
from tracker.models import Practice

LONDON = ZoneInfo("Europe/London")
NATIONS = ("ENG", "WLS")


def day_in_london(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def start_of_day(day: date) -> datetime:
    """Return midnight in London at the beginning of `day`."""
    return datetime.combine(day, time(0), LONDON)


def mail_may_be_sent(now: datetime, send_from_hour: int) -> bool:
    """Say whether `now` is on a working day, and not before the hour set for mail."""
    in_london = now.astimezone(LONDON)
    day = in_london.date()
    return in_london.hour >= send_from_hour and not is_quiet(day, bank_holidays(day.year))


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of England and of Wales, days in lieu included."""
    from holidays import country_holidays  # noqa: PLC0415 - loads the calendars of the world

    return frozenset(
        day for nation in NATIONS for day in country_holidays("GB", subdiv=nation, years=year)
    )


def reminder_practice(kept: Practice, today: date) -> ReminderPractice:
    """Return the figures that an administrator has set, with the bank holidays around `today`."""
    years = (today.year - 1, today.year, today.year + 1)
    return ReminderPractice(
        reinspection_offsets=tuple(kept.reinspection_offsets),
        target_date_offsets=tuple(kept.target_date_offsets),
        readiness_months=tuple(kept.readiness_months),
        review_rhythm_days=kept.review_rhythm_days,
        region_hears_after_days_overdue=kept.region_hears_after_days_overdue,
        bank_holidays=frozenset().union(*map(bank_holidays, years)),
    )
