"""An older inspection put on record: it is there to be cited and settled, and nags nobody."""

from datetime import date
from typing import Any

import pytest

from inspections.models import Recommendation
from tests.tracker.story import NOW, Story
from tests.visitor import LIST, Visitor
from tests.world import make_inspection, make_recommendation
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response
from tracker.models import RecommendationProgress
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
YEAR_ALONE = {"published_on": date(2022, 12, 31), "published_known_to": "year"}


def put_on_record(story: Story, **fields: Any) -> Recommendation:
    inspection = make_inspection(story.unit, **{**YEAR_ALONE, **fields})
    older = make_recommendation(inspection, text="Train every practitioner.")
    open_streams(inspection=inspection, actor=story.administrator, now=NOW)
    return older


def counts(visitor: Visitor) -> dict[str, int]:
    return {each.title: each.count for each in visitor.get("/admin/").context["desk"].tallies}


def test_what_a_later_inspection_has_overtaken_asks_nothing_of_the_provider(
    story: Story, lead: Visitor
) -> None:
    before = counts(lead)
    older = put_on_record(story)
    progress = RecommendationProgress.objects.get(pk=older.pk)
    assert (progress.response_due_on, progress.due_on, progress.is_open) == (None, None, True)
    after = counts(lead)
    changed = {title for title, count in after.items() if before.get(title) != count}
    assert changed <= {"New since your last visit"}
    page = lead.page(older.pk)
    assert "None is asked for" in page
    assert "respond" in lead.menu(older.pk)


def test_it_waits_on_the_list_of_the_later_inspection(story: Story) -> None:
    older = put_on_record(story)
    inspector = Visitor(story.inspector)
    page = inspector.read(f"{LIST}earlier/{story.inspection.pk}/")
    assert f"Recommendation 1 of 2022, {story.unit.name}" in page
    left_open = c.LeaveOpen(inspection_id=story.inspection.pk, reason="Never done.")
    story.recommendations.insert(0, older)
    story.tell(left_open, by=story.inspector)
    progress = RecommendationProgress.objects.get(pk=older.pk)
    assert progress.due_on is not None  # from now on an answer is awaited
    story.tell(c.Respond(response=Response.AGREED))


def test_a_day_that_is_not_known_is_nowhere_shown_as_one(story: Story, lead: Visitor) -> None:
    older = put_on_record(story)
    pages = [lead.page(older.pk), lead.read(f"/recommendations/{older.pk}/")]
    pages += [lead.read("/inspections/"), lead.read(f"/inspections/{older.inspection_id}/")]
    inspector = Visitor(story.inspector)
    pages += [inspector.read(f"{LIST}earlier/{story.inspection.pk}/")]
    pages += [inspector.read("/admin/inspections/inspection/")]
    pages += [inspector.read(f"/admin/inspections/inspection/{older.inspection_id}/change/")]
    for page in pages:
        assert "2022" in page
        assert "31 December 2022" not in page
        assert "2022-12-31" not in page


def test_a_month_that_is_known_is_shown_as_one(story: Story, lead: Visitor) -> None:
    of_may = {"published_on": date(2022, 5, 31), "published_known_to": "month"}
    older = put_on_record(story, **of_may)
    page = lead.read(f"/recommendations/{older.pk}/")
    assert "In May 2022; the day is not known" in page
    assert "31 May" not in page


def test_one_that_is_historical_asks_nothing_even_while_no_later_one_is_known(
    story: Story, lead: Visitor
) -> None:
    newest = {"published_on": date(2026, 9, 30), "is_historical": True}
    older = put_on_record(story, **newest)
    assert RecommendationProgress.objects.get(pk=older.pk).due_on is None
    assert "None is asked for" in lead.page(older.pk)
