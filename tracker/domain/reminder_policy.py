"""Which reminders fall due, and for whom: the rule book's "Reminders", without database or clock.

`standing_dates` says what a recommendation gives reason to be reminded of; `falling_due` says
which of it falls due within a span of days; `reason_to_cancel` looks again before a reminder goes
out. All three rest on the same dates, so a reminder never outlives its reason.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from tracker.domain.vocabulary import Delivery, Response
from tracker.domain.working_days import months_after, working_day_after, working_day_before

WEEK = 7
TOLD_WITHIN_DAYS = 31
"""After so long a missed run, the news that a date moved is no news any more."""


class Rule(StrEnum):
    """Why somebody is reminded; stored with every reminder, so never renamed."""

    REINSPECTION_AHEAD = "reinspection_ahead"
    READINESS_CHECK = "readiness_check"
    RESPONSE_AHEAD = "response_ahead"
    RESPONSE_OVERDUE = "response_overdue"
    RESPONSE_OVERDUE_IN_REGION = "response_overdue_in_region"
    ACTION_AHEAD = "action_ahead"
    ACTION_OVERDUE = "action_overdue"
    ACTION_OVERDUE_IN_REGION = "action_overdue_in_region"
    TARGET_DATE_MOVED = "target_date_moved"
    SILENT = "silent"


class Audience(StrEnum):
    """Who hears of it, by their place in the house."""

    LEADS = "leads"
    ACTION_OWNER = "action_owner"
    REGIONAL_LEADS = "regional_leads"
    ALLOCATED_INSPECTORS = "allocated_inspectors"


class Cancellation(StrEnum):
    """Why a reminder that was due is not sent; stored, so never renamed."""

    CLOSED = "closed"
    DONE = "done"
    DATE_MOVED = "date_moved"
    DATE_KNOWN = "date_known"
    PAUSED = "paused"
    HANDED_OVER = "handed_over"


AUDIENCES: Mapping[Rule, frozenset[Audience]] = {
    Rule.REINSPECTION_AHEAD: frozenset({Audience.LEADS, Audience.ALLOCATED_INSPECTORS}),
    Rule.READINESS_CHECK: frozenset({Audience.LEADS}),
    Rule.RESPONSE_AHEAD: frozenset({Audience.LEADS}),
    Rule.RESPONSE_OVERDUE: frozenset({Audience.LEADS}),
    Rule.RESPONSE_OVERDUE_IN_REGION: frozenset({Audience.REGIONAL_LEADS}),
    Rule.ACTION_AHEAD: frozenset({Audience.LEADS, Audience.ACTION_OWNER}),
    Rule.ACTION_OVERDUE: frozenset({Audience.LEADS, Audience.ACTION_OWNER}),
    Rule.ACTION_OVERDUE_IN_REGION: frozenset({Audience.REGIONAL_LEADS}),
    Rule.TARGET_DATE_MOVED: frozenset({Audience.REGIONAL_LEADS}),
    Rule.SILENT: frozenset({Audience.LEADS}),
}
RESPONSE_RULES = (Rule.RESPONSE_AHEAD, Rule.RESPONSE_OVERDUE, Rule.RESPONSE_OVERDUE_IN_REGION)
ACTION_RULES = (Rule.ACTION_AHEAD, Rule.ACTION_OVERDUE, Rule.ACTION_OVERDUE_IN_REGION)
REINSPECTION_RULES = (Rule.REINSPECTION_AHEAD, Rule.READINESS_CHECK)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderPractice:
    """The figures that are practice and may change; offsets in days before a date."""

    reinspection_offsets: tuple[int, ...] = (180, 90, 60, 30, 14, 7, 1)
    target_date_offsets: tuple[int, ...] = (30, 14, 7, 1)
    readiness_months: tuple[int, ...] = (12, 18, 24, 30)
    review_rhythm_days: int = 31
    region_hears_after_days_overdue: int = 14
    bank_holidays: AbstractSet[date] = frozenset()


class NoticeKind(StrEnum):
    """What the latest announcement about a re-inspection says."""

    EXPECTED = "expected"
    ANNOUNCED = "announced"
    PAUSED = "paused"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingNotice:
    """`starts_on` is the date, or the first day of the window: a window counts from there."""

    kind: NoticeKind
    noted_on: date
    starts_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenAction:
    """`moved_on` is the day its target date last moved, where the region is to be told of it."""

    action_id: UUID
    target_on: date
    moved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecommendation:
    """What the rules look at; a recommendation that is closed or withdrawn has none of it."""

    published_on: date
    response_due_on: date | None
    response: Response
    delivery: Delivery = Delivery.NOT_STARTED
    last_said_on: date | None = None
    actions: tuple[OpenAction, ...] = ()
    notice: RulingNotice | None = None


@dataclass(frozen=True, slots=True)
class StandingDate:
    """A rule that applies now, the date it is about, and the action where it is about one."""

    rule: Rule
    date: date
    action_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FallingDue:
    """One step of a rule: due on the working day `due_on`.

    `step` tells the occasions of one date apart: days before it, days after it, or months.
    """

    standing: StandingDate
    step: int
    due_on: date


def provider_reinspected(*, inspected_id: int, addressee_id: int, provider_id: int) -> int:
    """Return whose re-inspection judges a recommendation: the body inspected, or its successor.

    A recommendation to a region that stands in a unit's report is judged with the unit.
    `provider_id` is who answers for it now.
    """
    return provider_id if addressee_id == inspected_id else inspected_id


def is_of_the_next(notice: RulingNotice, published_on: date) -> bool:
    """Tell news of the next inspection from what was said of the one that was published then."""
    if notice.kind is NoticeKind.PAUSED:
        return True
    return (notice.starts_on or notice.noted_on) > published_on


def standing_dates(recommendation: OpenRecommendation) -> Iterator[StandingDate]:
    """Yield every date of which the recommendation gives reason to remind somebody.

    Of what was never asked, and is on record alone, there is none.
    """
    due_on = recommendation.response_due_on
    if due_on is None and recommendation.last_said_on is None:
        return
    yield from _about_reinspection(recommendation)
    if due_on is not None and recommendation.response is Response.AWAITING:
        yield from (StandingDate(rule, due_on) for rule in RESPONSE_RULES)
    for action in recommendation.actions:
        yield from _about_action(action)
    if recommendation.delivery is not Delivery.REPORTED_COMPLETE:
        said_on = recommendation.last_said_on or recommendation.published_on
        yield StandingDate(Rule.SILENT, said_on)


def falling_due(
    recommendation: OpenRecommendation, *, since: date, today: date, practice: ReminderPractice
) -> list[FallingDue]:
    """List what falls due from `since` to `today`, both included: of each rule the latest step.

    `since` is the day of the last sweep, so that what a missed run left out is caught up.
    """
    occasions = (
        _occasion(standing, today, practice) for standing in standing_dates(recommendation)
    )
    return [each for each in occasions if each is not None and since <= each.due_on]


def reason_to_cancel(
    standing: StandingDate, recommendation: OpenRecommendation | None
) -> Cancellation | None:
    """Say why a reminder of `standing` has lost its reason; None when it still has it.

    `recommendation` is None when it is no longer open.
    """
    if recommendation is None:
        return Cancellation.CLOSED
    dates = {(each.rule, each.action_id): each.date for each in standing_dates(recommendation)}
    stands_on = dates.get((standing.rule, standing.action_id))
    if stands_on == standing.date:
        return None
    if stands_on is not None and standing.rule is not Rule.SILENT:
        return Cancellation.DATE_MOVED
    return _reason_gone(standing, recommendation)


def _reason_gone(standing: StandingDate, recommendation: OpenRecommendation) -> Cancellation:
    notice = recommendation.notice
    if standing.action_id in {action.action_id for action in recommendation.actions}:
        return Cancellation.DATE_MOVED  # moved again, by somebody who told the region
    if standing.rule in REINSPECTION_RULES and notice is not None:
        if notice.kind is NoticeKind.PAUSED:
            return Cancellation.PAUSED
        if notice.kind is not NoticeKind.COMPLETED:
            return Cancellation.DATE_KNOWN
    return Cancellation.DONE


def _about_action(action: OpenAction) -> Iterator[StandingDate]:
    for rule in ACTION_RULES:
        yield StandingDate(rule, action.target_on, action.action_id)
    if action.moved_on is not None:
        yield StandingDate(Rule.TARGET_DATE_MOVED, action.moved_on, action.action_id)


def _about_reinspection(recommendation: OpenRecommendation) -> Iterator[StandingDate]:
    notice = _notice_that_counts(recommendation)
    if notice is None:
        yield StandingDate(Rule.READINESS_CHECK, recommendation.published_on)
    elif notice.kind in (NoticeKind.EXPECTED, NoticeKind.ANNOUNCED) and notice.starts_on:
        yield StandingDate(Rule.REINSPECTION_AHEAD, notice.starts_on)


def _notice_that_counts(recommendation: OpenRecommendation) -> RulingNotice | None:
    notice = recommendation.notice
    return notice if notice and is_of_the_next(notice, recommendation.published_on) else None


def _occasion(  # noqa: PLR0911 - one return for each kind of rule
    standing: StandingDate, today: date, practice: ReminderPractice
) -> FallingDue | None:
    """Return the latest occasion of the rule up to `today`."""
    match standing.rule:
        case Rule.REINSPECTION_AHEAD:
            return _ahead(standing, practice.reinspection_offsets, today, practice)
        case Rule.RESPONSE_AHEAD | Rule.ACTION_AHEAD:
            return _ahead(standing, practice.target_date_offsets, today, practice)
        case Rule.RESPONSE_OVERDUE | Rule.ACTION_OVERDUE:
            return _recurring(standing, WEEK, 0, today, practice)
        case Rule.RESPONSE_OVERDUE_IN_REGION | Rule.ACTION_OVERDUE_IN_REGION:
            return _on_the_regions_list(standing, today, practice)
        case Rule.TARGET_DATE_MOVED:
            return _news(standing, today, practice)
        case Rule.SILENT:
            return _recurring(standing, practice.review_rhythm_days, 1, today, practice)
        case Rule.READINESS_CHECK:
            return _readiness(standing, today, practice)


def _ahead(
    standing: StandingDate, offsets: tuple[int, ...], today: date, practice: ReminderPractice
) -> FallingDue | None:
    """A quiet day moves to the working day before it, for afterwards might be too late."""
    if standing.date < today:
        return None
    for offset in sorted(offsets):
        day = standing.date - timedelta(days=offset)
        due_on = working_day_before(day, practice.bank_holidays)
        if due_on <= today:
            return FallingDue(standing, offset, due_on)
    return None


def _recurring(
    standing: StandingDate, every: int, lag: int, today: date, practice: ReminderPractice
) -> FallingDue | None:
    """Every so many days after the date (and `lag` more), on the next working day."""
    if every < 1:
        return None
    times = (today - standing.date).days // every
    # The latest may have moved past today, and the one before it to today.
    for step in (times * every, (times - 1) * every):
        day = standing.date + timedelta(days=step + lag)
        due_on = working_day_after(day, practice.bank_holidays)
        if step > 0 and due_on <= today:
            return FallingDue(standing, step, due_on)
    return None


def _on_the_regions_list(
    standing: StandingDate, today: date, practice: ReminderPractice
) -> FallingDue | None:
    """Once a week, on its first working day, so that the region gets one list."""
    monday = today - timedelta(days=today.weekday())
    overdue = (monday - standing.date).days
    due_on = working_day_after(monday, practice.bank_holidays)
    if overdue < max(practice.region_hears_after_days_overdue, 1) or due_on > today:
        return None
    return FallingDue(standing, overdue, due_on)


def _news(standing: StandingDate, today: date, practice: ReminderPractice) -> FallingDue | None:
    """Once, on the next working morning: by then the day is over on which it may move again."""
    due_on = working_day_after(standing.date + timedelta(days=1), practice.bank_holidays)
    if due_on > today or (today - standing.date).days > TOLD_WITHIN_DAYS:
        return None
    return FallingDue(standing, 0, due_on)


def _readiness(
    standing: StandingDate, today: date, practice: ReminderPractice
) -> FallingDue | None:
    for months in sorted(practice.readiness_months, reverse=True):
        day = months_after(standing.date, months)
        due_on = working_day_after(day, practice.bank_holidays)
        if due_on <= today:
            return FallingDue(standing, months, due_on)
    return None
