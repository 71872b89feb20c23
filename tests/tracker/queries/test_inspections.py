"""One inspection: the published rating beside what the bands compute, and nothing overwritten."""

from datetime import date
from typing import Any

import pytest

from inspections.models import (
    Finding,
    Framework,
    Inspection,
    KeyQuestionResult,
    Standard,
    StandardRating,
)
from tests.tracker.story import TODAY, Story
from tests.world import make_inspection
from tracker.queries.inspections import (
    inspection_sheet,
    open_by_inspection,
    readable_inspections,
)
from tracker.queries.lists import readable_recommendations

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection() -> Inspection:
    return make_inspection(score=4, score_max=21, overall_rating="inadequate")


def rate(inspection: Inspection, code: str, rating: str, percents: list[int | None]) -> Standard:
    standard = inspection.framework.standards.get(code=code)
    StandardRating.objects.create(inspection=inspection, standard=standard, rating=rating)
    for question, percent in zip(standard.key_questions.order_by("ordinal"), percents, strict=True):
        KeyQuestionResult.objects.create(
            inspection=inspection, key_question=question, text="Does it?", percent=percent
        )
    return standard


def test_the_lowest_key_question_gives_the_band_and_the_published_rating_stands_beside_it(
    inspection: Inspection,
) -> None:
    rate(inspection, "P 2.1", "good", [70, 62, 90])

    (standard,) = inspection_sheet(inspection).standards

    assert (standard.published, standard.computed) == ("Good", "Requires improvement")
    assert standard.differs
    assert [question.band for question in standard.questions] == [
        "Good",
        "Requires improvement",
        "Outstanding",
    ]
    assert [question.distance for question in standard.questions] == [5, 3, 10]
    assert [question.is_near_edge for question in standard.questions] == [True, True, False]
    assert [question.is_lowest for question in standard.questions] == [False, True, False]


def test_without_key_questions_or_percentages_nothing_is_computed(inspection: Inspection) -> None:
    rate(inspection, "P 1.1", "good", [])
    rate(inspection, "P 2.1", "good", [None, None, None])

    first, second = inspection_sheet(inspection).standards

    assert first.computed is second.computed is None
    assert not first.differs
    assert [question.distance for question in second.questions] == [None, None, None]


def test_a_framework_without_bands_computes_nothing(inspection: Inspection) -> None:
    bare = Framework.objects.create(code="dynamic", name="Dynamic", judgements=[])
    standard = Standard.objects.create(framework=bare, code="D 1", name="Any", ordinal=1)
    other = make_inspection(framework=bare)
    StandardRating.objects.create(inspection=other, standard=standard)

    sheet = inspection_sheet(other)

    assert sheet.computed_overall is None
    assert sheet.standards[0].published == ""


def test_the_overall_rating_of_the_score_is_computed_beside_the_published_one(
    inspection: Inspection,
) -> None:
    assert inspection_sheet(inspection).computed_overall == "Requires improvement"
    assert inspection.get_overall_rating_display() == "Inadequate"


def test_findings_are_counted_by_standard_and_diversity_apart(inspection: Inspection) -> None:
    standard = rate(inspection, "P 1.1", "good", [])
    for ordinal, (kind, where) in enumerate(
        [("area_for_improvement", standard), ("strength", standard), ("strength", None)]
    ):
        Finding.objects.create(
            inspection=inspection, kind=kind, standard=where, ordinal=ordinal, text="So it is."
        )

    sheet = inspection_sheet(inspection)

    assert list(sheet.standards[0].findings.items()) == [
        ("Strengths", 1),
        ("Areas for improvement", 1),
    ]
    assert sheet.diversity == {"Strengths": 1}


def test_a_list_counts_what_the_reader_may_see(django_assert_max_num_queries: Any) -> None:
    story = Story(recommendations=2)
    later = make_inspection(story.unit, published_on=date(2026, 10, 1))
    found = list(readable_inspections(story.inspector, TODAY))
    assert [each.pk for each in found] == [later.pk, story.inspection.pk]
    with django_assert_max_num_queries(2):
        readable = readable_recommendations(story.lead, TODAY)
        assert open_by_inspection(readable) == {story.inspection.pk: (2, 2)}


def test_a_sheet_takes_a_constant_number_of_queries(
    inspection: Inspection, django_assert_max_num_queries: Any
) -> None:
    for code in ("P 2.1", "P 2.2", "P 2.3"):
        rate(inspection, code, "good", [70, 70, 70])
    with django_assert_max_num_queries(4):
        inspection_sheet(inspection)
