"""Measures on the desk: the few furthest from target, of one's own units and of nobody else's."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.measuring import OVERSIGHT, define, record
from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import Story
from tests.visitor import Visitor
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit, Response

pytestmark = pytest.mark.django_db
DESK = "/admin/"
HEADING = "Measures furthest from target"


def watched(visitor: Visitor) -> list[str]:
    gauges = visitor.get(DESK).context["desk"].measures
    return [gauge.measured.measure.name for gauge in gauges]


def test_the_furthest_from_target_come_first_and_at_most_three(story: Story, lead: Visitor) -> None:
    for n in (15, 3, 18, 9):
        record(story, define(story, f"{n} of 20"), n)
    assert watched(lead) == ["3 of 20", "9 of 20", "15 of 20"]
    page = lead.read(DESK)
    assert page.count('class="chart"') == 3
    assert f"/{story.recommendation.pk}/change/#measures" in page
    assert "3 of 20 (15%, 95% interval 5% to 36%). Target not met" in page


def test_numbers_where_less_is_better_are_ranked_among_shares(story: Story, lead: Visitor) -> None:
    record(story, define(story, "Shares"), 15)
    days = define(
        story,
        "Days",
        better=Better.LESS,
        unit=MeasureUnit.NUMBER,
        baseline=None,
        baseline_lines=None,
        target=MeasureValue(number="10"),
    )
    story.tell(
        c.RecordMeasureFigure(
            measure_id=days,
            value=MeasureValue(number="40"),
            period_from=story.now.date() - timedelta(days=20),
            period_to=story.now.date(),
            source=FigureSource.DIP_SAMPLE,
        )
    )
    assert watched(lead) == ["Days", "Shares"]


def test_a_measure_without_figures_or_of_what_is_closed_is_not_shown(
    story: Story, lead: Visitor
) -> None:
    measure = define(story)
    assert watched(lead) == []
    assert HEADING not in lead.read(DESK)
    record(story, measure, 9)
    assert watched(lead) != []
    story.tell(c.Respond(response=Response.NOT_AGREED, reason="No money"))
    close = c.CloseRecommendation(closure="not_agreed_accepted", reason="Accepted")  # type: ignore[arg-type]
    story.tell(close, by=story.inspector)
    assert watched(lead) == []


def test_nobody_sees_a_measure_of_others_and_the_region_sees_those_of_its_units(
    story: Story, foreign: Story, people: dict[str, User]
) -> None:
    record(story, define(story), 9)
    record(foreign, define(foreign, CANARY), 1)
    assert watched(Visitor(people["regional lead"])) == [CANARY, OVERSIGHT], "of both units"
    for who in ("lead", "owner", "delegate"):
        page = Visitor(people[who]).read(DESK)
        assert HEADING in page, who
        assert CANARY not in page, who
    for who in ("co-ordinator", "inspector", "lead inspector", "administrator"):
        assert HEADING not in Visitor(people[who]).read(DESK), who


@pytest.mark.parametrize("who", ["lead", "regional lead"])
def test_a_desk_with_measures_takes_twelve_queries(
    story: Story,
    people: dict[str, User],
    who: str,
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    story.plan(story.now.date() + timedelta(days=9))
    visitor = Visitor(people[who])
    for n in (15, 3, 18, 9):
        record(story, define(story, f"{n} of 20"), n)
    with django_assert_max_num_queries(12):
        visitor.read(DESK)
