"""Measures on the page of a recommendation: every figure beside its n, its interval, its source."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from inspections.ratings import Rating
from tests.measuring import define, record
from tests.tracker.admin.test_page_sections import plain, section
from tests.tracker.story import Story
from tests.visitor import Visitor
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, FigureSource, MeasureUnit, RedactionReason

pytestmark = pytest.mark.django_db
READERS = ("admin", "reading")


def measures(reader: Visitor, pk: int, page: str) -> str:
    """Return the HTML of the measures on the page of the admin or on the one for reading."""
    if page == "admin":
        html = reader.page(pk)
        found = re.search(r'<section class="module" id="measures".*?</section>', html, re.S)
    else:
        html = reader.read(f"/recommendations/{pk}/")
        found = re.search(r'<h2 class="govuk-heading-m">Measures</h2>.*?<h2', html, re.S)
    assert found is not None
    return found.group()


@pytest.fixture
def all_three(story: Story, people: dict[str, User]) -> Story:
    """A measure with a figure of the provider, of the region and of the Inspectorate."""
    measure = define(story)
    record(story, measure, 9)
    region = people["regional lead"]
    record(story, measure, 7, source=FigureSource.REGIONAL_ASSURANCE, by=region)
    record(story, measure, 48, 54, source=FigureSource.HMIP)
    return story


@pytest.mark.parametrize("page", READERS)
def test_the_figures_of_provider_region_and_inspectorate_stand_apart(
    all_three: Story, pk: int, lead: Visitor, page: str
) -> None:
    shown = plain(measures(lead, pk, page))
    assert "Baseline 13 of 54 (24%, 95% interval 15% to 37%)" in shown
    assert "HM Inspectorate of Probation, report, line 140" in shown
    assert "Inspectorate of Probation, latest 48 of 54 (89%, 95% interval 78% to 95%)" in shown
    assert "Provider’s dip sample, latest 9 of 20 (45%, 95% interval 26% to 66%)" in shown
    assert "Regional assurance, latest 7 of 20 (35%, 95% interval 18% to 57%)" in shown
    assert "Target 8 of 10 (80%)" in shown
    assert shown.index("Baseline") < shown.index("Probation, latest") < shown.index("Provider’s")


@pytest.mark.parametrize("page", READERS)
def test_no_figure_wears_a_band_of_the_inspectorate(
    all_three: Story, pk: int, lead: Visitor, page: str
) -> None:
    shown = measures(lead, pk, page)
    for rating in Rating:
        assert rating.label not in shown
    assert "govuk-tag" not in shown


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (9, "Target not met"),
        (15, "Target not reached in these cases; too few cases to be sure"),
        (17, "Target reached in these cases; too few cases to be sure"),
        (20, "Target met"),
    ],
)
def test_a_few_cases_say_no_more_than_they_can(
    story: Story, pk: int, lead: Visitor, n: int, words: str
) -> None:
    record(story, define(story), n)
    shown = section(lead, pk, "measures")
    assert re.search(rf"{re.escape(words)} (Target|HM)", shown)


def test_a_mistyped_figure_is_replaced_by_recording_it_once_more(
    story: Story, pk: int, lead: Visitor
) -> None:
    measure = define(story)
    day = story.now.date()
    record(story, measure, 19, to=day)
    record(story, measure, 9, to=day)
    shown = section(lead, pk, "measures")
    assert "dip sample, latest 9 of 20" in shown
    assert "19 of 20 (95%, 95% interval 76% to 99%) Replaced by a later entry" in shown


def test_a_measure_without_any_figure_says_so(story: Story, pk: int, lead: Visitor) -> None:
    define(story, baseline=None, baseline_lines=None, target=None)
    shown = section(lead, pk, "measures")
    assert "Baseline None Figures None yet Target None" in shown
    assert "<svg" not in measures(lead, pk, "admin")


def test_a_baseline_without_a_line_of_the_report_wears_nobodys_name(
    story: Story, pk: int, lead: Visitor
) -> None:
    define(story, baseline_lines=None)
    shown = section(lead, pk, "measures")
    assert "no line of the report is named" in shown
    assert "Inspectorate" not in shown


@pytest.mark.parametrize("page", READERS)
def test_the_picture_is_named_described_and_holds_no_style_of_its_own(
    all_three: Story, pk: int, lead: Visitor, page: str
) -> None:
    (picture,) = re.findall(r"<svg.*?</svg>", measures(lead, pk, page), re.S)
    title, desc = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', picture).groups()  # type: ignore[union-attr]
    assert f'<title id="{title}">Effective management oversight: figures over time' in picture
    assert f'<desc id="{desc}">HMIP: 13 of 54 (24%, 95% interval 15% to 37%), then 48' in picture
    assert "style=" not in picture
    assert picture.count('class="mark"') == 4


def test_a_number_where_less_is_better_is_shown_as_it_is(
    story: Story, pk: int, lead: Visitor
) -> None:
    define(
        story,
        "Days until the first review",
        better=Better.LESS,
        unit=MeasureUnit.NUMBER,
        baseline=MeasureValue(number="31.5"),
        target=MeasureValue(number="10"),
    )
    shown = section(lead, pk, "measures")
    assert "Direction Less is better Baseline 31.5 HM Inspectorate" in shown
    assert "interval" not in shown


def test_the_words_of_a_measure_and_a_note_are_gone_once_redacted(
    story: Story, pk: int, lead: Visitor
) -> None:
    measure = define(story, "Reviews by Jo Bloggs")
    noted = record(story, measure, 9, note="Read by Jo Bloggs")
    assert "Jo Bloggs" in section(lead, pk, "measures")
    for event_id in (measure, noted.event_id):
        story.tell(
            c.RedactPersonalData(event_id=event_id, reason=RedactionReason.PERSONAL_DATA_OF_STAFF),
            by=story.administrator,
        )
    for page in READERS:
        shown = measures(lead, pk, page)
        assert "Jo Bloggs" not in shown
        assert '"typed">Text removed<' in shown.replace("app-", "")
        assert "Text removed: figures over time" in shown


def test_many_measures_cost_no_more_than_one(
    all_three: Story, pk: int, lead: Visitor, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(20) as few:
        lead.page(pk)
    for number in range(4):
        record(all_three, define(all_three, f"Measure {number}"), 9)
    with django_assert_max_num_queries(20) as many:
        lead.page(pk)
    assert len(few) == len(many)
