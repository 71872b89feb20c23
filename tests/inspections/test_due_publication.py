"""Publishing at the time set: once, in the right name, one failure stopping nobody else."""

import threading
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection

from inspections import due_publication
from inspections.due_publication import publish_due
from inspections.models import Inspection, Membership, Provider
from inspections.publishing import RecordBusy
from inspections.signals import inspection_published
from inspections.tasks import publish_due_inspections
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker.models import Event

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 2, 8, 30, tzinfo=UTC)
BEFORE, AFTER = AT - timedelta(minutes=1), AT + timedelta(minutes=1)


@pytest.fixture
def administrator() -> User:
    return make_user("Ada Admin", Membership.Role.HMIP_ADMINISTRATOR)


def scheduled(by: User | None, provider: Provider | None = None, **fields: Any) -> Inspection:
    details = {
        "state": Inspection.State.EMBARGOED,
        "published_on": AT.date(),
        "publish_at": AT,
        "scheduled_by": by,
        **fields,
    }
    inspection = make_inspection(provider, **details)
    make_recommendation(inspection)
    return inspection


def state_of(inspection: Inspection) -> tuple[str, str]:
    inspection.refresh_from_db()
    return inspection.state, inspection.publication_refusal


def test_nothing_happens_before_the_time_and_at_the_time_it_is_published(
    administrator: User,
) -> None:
    inspection = scheduled(administrator)
    assert not publish_due(BEFORE).published
    assert state_of(inspection) == ("embargoed", "")
    assert publish_due(AT).published == 1
    assert state_of(inspection) == ("published", "")
    event = Event.objects.get()
    assert (event.type, event.actor_id) == ("recommendation_published", administrator.pk)
    assert (event.occurred_on, event.recorded_at) == (AT.date(), AT)


def test_a_second_tick_and_a_late_one_change_nothing_more(administrator: User) -> None:
    scheduled(administrator)
    publish_due(AFTER + timedelta(days=2))
    assert not publish_due(AFTER + timedelta(days=3)).published
    assert Event.objects.count() == 1


def test_somebody_who_has_lost_the_role_publishes_nothing_and_the_row_says_so(
    administrator: User,
) -> None:
    inspection = scheduled(administrator)
    Membership.objects.filter(user=administrator).update(ends_on=BEFORE.date() - timedelta(days=1))
    assert publish_due(AT).refused == 1
    state, refusal = state_of(inspection)
    assert state == "embargoed"
    assert "Ada Admin, who set the time, is not an HMIP administrator today" in refusal
    assert not Event.objects.exists()


def test_where_nobody_set_the_time_the_row_says_so(administrator: User) -> None:
    inspection = scheduled(None)
    publish_due(AT)
    assert state_of(inspection)[1].startswith("Nobody is on record as having set the time;")


def test_one_that_is_refused_does_not_stop_the_others(administrator: User) -> None:
    first = scheduled(administrator)
    first.recommendations.update(text="x" * 10_001)
    second = scheduled(administrator, make_provider("Southmarch PDU"))
    outcome = publish_due(AT)
    assert (outcome.published, outcome.refused) == (1, 1)
    assert "shorten it to 10,000 or fewer" in state_of(first)[1]
    assert state_of(second) == ("published", "")


def test_neither_does_one_that_fails_for_a_reason_nobody_foresaw(
    administrator: User, caplog: pytest.LogCaptureFixture
) -> None:
    first = scheduled(administrator)
    second = scheduled(administrator, make_provider("Southmarch PDU"))

    def fail(inspection: Inspection, **_: Any) -> None:
        if inspection == first:
            raise RuntimeError

    inspection_published.connect(fail)
    try:
        publish_due(AT)
    finally:
        inspection_published.disconnect(fail)
    assert state_of(first) == ("embargoed", due_publication.UNEXPECTED)
    assert state_of(second) == ("published", "")
    assert f"Inspection {first.pk} could not be published" in caplog.text
    publish_due(AFTER)
    assert state_of(first) == ("published", "")


def test_a_busy_log_is_no_reason_to_be_shown_for_the_next_tick_tries_again(
    administrator: User,
) -> None:
    inspection = scheduled(administrator)

    def be_busy(**_: Any) -> None:
        raise RecordBusy

    inspection_published.connect(be_busy)
    try:
        assert publish_due(AT).put_off == 1
    finally:
        inspection_published.disconnect(be_busy)
    assert state_of(inspection) == ("embargoed", "")


def test_one_that_was_taken_back_or_published_meanwhile_stays_so(administrator: User) -> None:
    back = scheduled(administrator, state="draft", publish_at=None)
    out = scheduled(administrator, make_provider("Southmarch PDU"))
    publish_due(AT)
    outcome = due_publication.Outcome()
    for inspection in (back, out):
        due_publication._publish_one(inspection.pk, AFTER, outcome)
    assert outcome == due_publication.Outcome()
    assert (state_of(back)[0], state_of(out)) == ("draft", ("published", ""))


def test_the_task_and_the_command_read_the_clock(administrator: User) -> None:
    first = scheduled(administrator)
    second = scheduled(administrator, make_provider("Southmarch PDU"), publish_at=AFTER)
    said = StringIO()
    with time_machine.travel(AT, tick=False):
        publish_due_inspections()
    assert (state_of(first)[0], state_of(second)[0]) == ("published", "embargoed")
    with time_machine.travel(AFTER, tick=False):
        call_command("publish_due_inspections", stdout=said)
    assert said.getvalue().startswith("Inspections: 1 published, 0 could not be published")


def test_the_command_ends_with_2_where_one_could_not_be_published() -> None:
    scheduled(None)
    with time_machine.travel(AT, tick=False), pytest.raises(SystemExit) as end:
        call_command("publish_due_inspections", stdout=StringIO())
    assert end.value.code == 2


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_publish_it_once(administrator: User) -> None:
    inspection = scheduled(administrator)
    start = threading.Barrier(2)
    outcomes: list[due_publication.Outcome] = []

    def tick() -> None:
        start.wait()
        outcomes.append(publish_due(AT))
        connection.close()

    beats = [threading.Thread(target=tick) for _ in range(2)]
    for beat in beats:
        beat.start()
    for beat in beats:
        beat.join()
    assert sum(outcome.published for outcome in outcomes) == 1
    assert state_of(inspection) == ("published", "")
    assert Event.objects.count() == 1
