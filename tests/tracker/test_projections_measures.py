"""Figures as pages show them: every one kept, rebuilt, redacted, filled from an older log."""

from datetime import date
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.tracker.story import Story
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit, RedactionReason, Role
from tracker.event_store import RecordedEvent
from tracker.models import MeasureFigure, MeasureProgress
from tracker.projections import fill_empty_tables

pytestmark = pytest.mark.django_db
FILLING = "tracker.migrations.0013_keep_every_figure"


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def measure(story: Story) -> UUID:
    defined = story.tell(
        c.DefineMeasure(
            wording="Effective management oversight",
            better=Better.MORE,
            unit=MeasureUnit.N_OF_M,
            baseline=MeasureValue(n=13, m=54),
            baseline_lines=(140, 140),
        )
    )
    return defined.event_id


def record(story: Story, measure: UUID, n: int, month: int, **envelope: Any) -> RecordedEvent:
    source = envelope.pop("source", FigureSource.DIP_SAMPLE)
    command = c.RecordMeasureFigure(
        measure_id=measure,
        value=MeasureValue(n=n, m=20),
        period_from=date(2026, month, 1),
        period_to=date(2026, month, 28),
        source=source,
        note="Read by Ann",
    )
    return story.tell(command, **envelope)


def test_every_figure_is_kept_with_whose_it_is_and_who_recorded_it_when(
    story: Story, measure: UUID
) -> None:
    region = make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)
    own = record(story, measure, 9, 7)
    assured = record(
        story,
        measure,
        7,
        7,
        source=FigureSource.REGIONAL_ASSURANCE,
        by=region,
        acting_role=Role.REGIONAL_LEAD,
    )
    rows = MeasureFigure.objects.order_by("recorded_version")
    assert [(each.source, each.value["n"], each.recorded_by) for each in rows] == [
        ("dip_sample", 9, "Lena Lead"),
        ("regional_assurance", 7, "Rhys Region"),
    ]
    assert [each.recorded_at for each in rows] == [own.recorded_at, assured.recorded_at]
    assert {each.period_to for each in rows} == {date(2026, 7, 28)}


def test_the_lines_of_a_baseline_are_kept(measure: UUID) -> None:
    assert MeasureProgress.objects.get(pk=measure).baseline_lines == [140, 140]


def test_a_redacted_note_is_gone_from_the_figure_that_stays(story: Story, measure: UUID) -> None:
    recorded = record(story, measure, 9, 7)
    redact = c.RedactPersonalData(
        event_id=recorded.event_id, reason=RedactionReason.PERSONAL_DATA_OF_STAFF
    )
    story.tell(redact, by=story.administrator)
    row = MeasureFigure.objects.get(pk=recorded.event_id)
    assert (row.note, row.value["n"]) == ("", 9)


def test_an_older_log_fills_the_table_of_figures(story: Story, measure: UUID) -> None:
    recorded = record(story, measure, 9, 7)
    MeasureFigure.objects.all().delete()
    assert fill_empty_tables() == 1
    assert MeasureFigure.objects.get().pk == recorded.event_id
    assert fill_empty_tables() == 0


def test_an_older_log_fills_in_the_lines_of_baselines(story: Story, measure: UUID) -> None:
    without = story.tell(
        c.DefineMeasure(wording="Home visits", better=Better.MORE, unit=MeasureUnit.NUMBER)
    )
    MeasureProgress.objects.update(baseline_lines=None)
    import_module(FILLING).fill_baseline_lines(apps, None)
    assert MeasureProgress.objects.get(pk=measure).baseline_lines == [140, 140]
    assert MeasureProgress.objects.get(pk=without.event_id).baseline_lines is None
    call_command("rebuild_projections", "--check")
