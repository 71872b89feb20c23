"""Overdue, due soon and silent: the plain rules, and the database asked the same questions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.models import Recommendation
from tests.tracker.story import Story
from tracker.domain.day import Dates, Rhythm, due_on, is_due_soon, is_overdue, is_silent
from tracker.domain.vocabulary import Delivery, Response
from tracker.models import RecommendationProgress
from tracker.projections import dates_of
from tracker.queries.standing import current_rhythm, due_soon, overdue, silent

TODAY = date(2026, 11, 22)
RHYTHM = Rhythm(due_soon_days=30, review_rhythm_days=31)
PLAIN = Dates(
    is_open=True,
    response=Response.AGREED,
    delivery=Delivery.IN_PROGRESS,
    published_on=date(2026, 9, 1),
    response_due_on=date(2026, 9, 29),
    next_target_on=None,
    last_said_on=TODAY,
)


def dates(**changes: Any) -> Dates:
    return Dates(**{name: getattr(PLAIN, name) for name in Dates.__slots__} | changes)


@pytest.mark.parametrize(
    ("days", "late", "soon"),
    [(-1, True, False), (0, False, True), (30, False, True), (31, False, False)],
)
def test_a_target_is_due_soon_from_thirty_days_ahead_and_overdue_the_day_after(
    days: int, late: object, soon: object
) -> None:
    one = dates(next_target_on=TODAY + timedelta(days=days))
    assert (is_overdue(one, TODAY), is_due_soon(one, TODAY, RHYTHM)) == (late, soon)


def test_the_response_is_due_only_while_it_is_awaited() -> None:
    assert is_overdue(dates(response=Response.AWAITING), TODAY)
    assert due_on(PLAIN) is None


@pytest.mark.parametrize(("days", "expected"), [(31, False), (32, True)])
def test_a_provider_is_silent_once_the_rhythm_has_passed(days: int, expected: object) -> None:
    assert is_silent(dates(last_said_on=TODAY - timedelta(days=days)), TODAY, RHYTHM) is expected


def test_who_reported_complete_is_never_silent_who_never_spoke_counts_from_publication() -> None:
    assert not is_silent(
        dates(last_said_on=date(2020, 1, 1), delivery=Delivery.REPORTED_COMPLETE), TODAY, RHYTHM
    )
    unanswered = dates(response=Response.AWAITING, last_said_on=None)
    assert is_silent(unanswered, TODAY, RHYTHM)


def test_who_was_never_asked_is_neither_late_nor_silent() -> None:
    on_record = dates(response=Response.AWAITING, response_due_on=None, last_said_on=None)
    assert not is_overdue(on_record, TODAY)
    assert not is_silent(on_record, TODAY, RHYTHM)


def test_what_is_closed_is_neither_late_nor_silent() -> None:
    closed = dates(is_open=False, next_target_on=date(2020, 1, 1), last_said_on=None)
    assert not is_overdue(closed, TODAY)
    assert not is_due_soon(closed, TODAY, RHYTHM)
    assert not is_silent(closed, TODAY, RHYTHM)


DAYS = st.integers(-70, 70).map(lambda days: TODAY + timedelta(days=days))
ROWS = st.fixed_dictionaries(
    {
        "is_open": st.booleans(),
        "response": st.sampled_from(Response),
        "delivery": st.sampled_from(Delivery),
        "published_on": DAYS,
        "response_due_on": st.none() | DAYS,
        "next_target_on": st.none() | DAYS,
        "last_said_on": st.none() | DAYS,
    }
)


@pytest.mark.django_db
@given(values=ROWS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_database_answers_as_the_plain_rules_do(story: Story, values: dict[str, Any]) -> None:
    progress = RecommendationProgress.objects.filter(pk=story.recommendation.pk)
    with transaction.atomic():
        progress.update(**values, due_on=due_on(Dates(**values)))
        one = dates_of(progress.get())

        assert holds(overdue(TODAY)) == is_overdue(one, TODAY)
        assert holds(due_soon(TODAY, RHYTHM)) == is_due_soon(one, TODAY, RHYTHM)
        assert holds(silent(TODAY, RHYTHM)) == is_silent(one, TODAY, RHYTHM)
        transaction.set_rollback(True)  # the row is the log's, not ours


@pytest.fixture
def story(db: None) -> Story:
    return Story()


def holds(condition: Q) -> bool:
    """Ask for the condition and for its opposite: exactly one of them must hold."""
    met = Recommendation.objects.filter(condition).exists()
    assert met != Recommendation.objects.filter(~condition).exists()
    return met


@pytest.mark.django_db
def test_the_rhythm_is_what_the_administrator_has_set() -> None:
    assert current_rhythm() == RHYTHM
