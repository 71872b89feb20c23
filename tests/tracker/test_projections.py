"""The read models are what the log says: inline, rebuilt, and told apart when they are not."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command

from inspections.models import Recommendation
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import (
    Better,
    Channel,
    EvidenceKind,
    FigureSource,
    MeasureUnit,
    Response,
    Role,
)
from tracker.models import (
    ActionProgress,
    EvidenceProgress,
    MeasureProgress,
    RecommendationProgress,
)
from tracker.projections import rebuild

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
pytestmark = pytest.mark.django_db


class Desk:
    """A lead who gives one command after another to one recommendation."""

    def __init__(self) -> None:
        inspection = make_inspection(make_provider("Northmarch PDU"))
        self.recommendation: Recommendation = make_recommendation(inspection)
        administrator = make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR)
        services.open_streams(inspection=inspection, actor=administrator, now=NOW)
        self.lead = make_user("Lena Lead", Role.PDU_LEAD, inspection.provider)
        self.version = 1

    def give(self, command: c.Command) -> Any:
        receipt = services.execute(
            command,
            recommendation_id=self.recommendation.pk,
            expected_version=self.version,
            actor=self.lead,
            acting_role=Role.PDU_LEAD,
            channel=Channel.ADMIN,
            now=NOW,
            idempotency_key=str(uuid4()),
        )
        self.version = receipt.version
        return receipt.events[0]

    @property
    def progress(self) -> RecommendationProgress:
        return RecommendationProgress.objects.get(pk=self.recommendation.pk)

    def agree(self) -> None:
        self.give(c.Respond(response=Response.AGREED))

    def plan(self, *, target_on: date) -> Any:
        return self.give(
            c.PlanAction(
                description="Sample 20 cases a month",
                accountable_id=self.lead.pk,
                delivered_by="Quality team",
                target_on=target_on,
            )
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def blocked_rows(action_id: UUID) -> tuple[bool, bool]:
    action = ActionProgress.objects.get(pk=action_id)
    return action.is_blocked, action.recommendation.progress.is_blocked


def differences() -> list[Any]:
    return [each for _, found in rebuild(check_only=True) for each in found]


def test_an_action_is_listed_with_its_owner_its_date_and_its_slips(desk: Desk) -> None:
    desk.agree()
    action = desk.plan(target_on=TODAY + timedelta(days=30))
    desk.give(
        c.MoveTargetDate(
            action_id=action.event_id, target_on=TODAY + timedelta(days=60), reason="Vacancy"
        )
    )
    row = ActionProgress.objects.get(pk=action.event_id)
    assert (row.slips, row.original_target_on, row.target_on) == (
        1,
        TODAY + timedelta(days=30),
        TODAY + timedelta(days=60),
    )
    assert desk.progress.next_target_on == row.target_on
    assert differences() == []


def test_a_blocker_marks_its_action_until_it_is_cleared(desk: Desk) -> None:
    desk.agree()
    action = desk.plan(target_on=TODAY + timedelta(days=30))
    blocker = desk.give(
        c.RecordBlocker(
            cause="No access to the register",
            controlled_by="Police force",
            forecast_on=TODAY + timedelta(days=20),
            action_id=action.event_id,
        )
    )
    assert blocked_rows(action.event_id) == (True, True)
    desk.give(c.ClearBlocker(blocker_id=blocker.event_id))
    assert blocked_rows(action.event_id) == (False, False)
    assert differences() == []


def test_a_corrected_update_shows_its_new_words(desk: Desk) -> None:
    desk.agree()
    update = desk.give(c.RecordProgressUpdate(text="12 of 20", occurred_on=TODAY))
    desk.give(
        c.CorrectProgressUpdate(event_id=update.event_id, text="13 of 20", reason="Miscounted")
    )
    assert desk.progress.latest_update == "13 of 20"
    assert differences() == []


def test_evidence_that_was_withdrawn_keeps_its_hash(desk: Desk) -> None:
    desk.agree()
    evidence = desk.give(
        c.AttachEvidence(
            kind=EvidenceKind.LINK,
            title="Dip sample",
            location="https://intranet.example/dip-sample",
            sha256="a" * 64,
            effective_on=TODAY,
        )
    )
    desk.give(c.WithdrawEvidence(evidence_id=evidence.event_id, reason="Wrong month"))
    row = EvidenceProgress.objects.get(pk=evidence.event_id)
    assert (row.is_withdrawn, row.sha256) == (True, "a" * 64)
    assert differences() == []


def test_a_measure_shows_the_figure_of_the_latest_period(desk: Desk) -> None:
    desk.agree()
    measure = desk.give(
        c.DefineMeasure(
            wording="Effective management oversight",
            better=Better.MORE,
            unit=MeasureUnit.N_OF_M,
            baseline=MeasureValue(n=13, m=54),
        )
    )
    for month, n in ((10, 15), (9, 11)):
        desk.give(
            c.RecordMeasureFigure(
                measure_id=measure.event_id,
                value=MeasureValue(n=n, m=20),
                period_from=date(2026, month, 1),
                period_to=date(2026, month, 28),
                source=FigureSource.DIP_SAMPLE,
            )
        )
    latest = MeasureProgress.objects.get(pk=measure.event_id).latest
    assert latest is not None
    assert latest["n"] == 15
    assert differences() == []


def test_a_rebuild_puts_right_what_was_changed_behind_the_log(desk: Desk) -> None:
    desk.agree()
    desk.plan(target_on=TODAY + timedelta(days=30))
    RecommendationProgress.objects.update(response="not_agreed")
    ActionProgress.objects.all().delete()
    with pytest.raises(CommandError, match="2 rows differ"):
        call_command("rebuild_projections", "--check")
    call_command("rebuild_projections")
    assert desk.progress.response == "agreed"
    assert ActionProgress.objects.count() == 1
    call_command("rebuild_projections", "--check")


def test_a_row_that_no_event_speaks_of_is_found_and_removed(desk: Desk) -> None:
    stray = make_recommendation(desk.recommendation.inspection)
    row = desk.progress
    row.pk = stray.pk
    row.save(force_insert=True)
    assert [each.expected for each in differences()] == [None]
    list(rebuild())
    assert differences() == []


def test_a_wrong_addressee_is_found_and_put_right_for_it_decides_who_sees_what(desk: Desk) -> None:
    stranger = make_provider("Southmarch PDU")
    Recommendation.objects.filter(pk=desk.recommendation.pk).update(addressee=stranger)
    assert [each.row for each in differences()] == [f"recommendation {desk.recommendation.pk}"]
    list(rebuild())
    desk.recommendation.refresh_from_db()
    assert desk.recommendation.addressee.name == "Northmarch PDU"
