"""What a recommendation rests on, in frameworks old and new."""

import pytest

from inspections.models import (
    Framework,
    Inspection,
    KeyQuestion,
    KeyQuestionResult,
    Standard,
    StandardRating,
)
from tests.world import make_inspection
from tracker.domain.state import Basis
from tracker.queries.basis import BasisQuestion, basis_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def inspection() -> Inspection:
    return make_inspection()


def answer(inspection: Inspection, code: str, percent: int | None) -> None:
    question = KeyQuestion.objects.get(standard__framework=inspection.framework, code=code)
    KeyQuestionResult.objects.create(
        inspection=inspection, key_question=question, text="A question", percent=percent
    )


def only_question(inspection: Inspection, code: str) -> BasisQuestion:
    sheet = basis_sheet(inspection, Basis(key_questions=(code,)))
    ((question,),) = (standard.questions for standard in sheet.linked)
    return question


@pytest.mark.parametrize(
    ("percent", "gap"),
    [
        (0, "50 points below Requires improvement, 65 points below Good"),
        (49, "1 point below Requires improvement, 16 points below Good"),
        (50, "15 points below Good"),
        (64, "1 point below Good"),
        (65, "15 points below Outstanding"),
        (80, "In the highest band"),
        (100, "In the highest band"),
    ],
)
def test_the_distance_to_the_bands_above_is_said_in_words(
    inspection: Inspection, percent: int, gap: str
) -> None:
    answer(inspection, "P 2.1/1", percent)
    question = only_question(inspection, "P 2.1/1")
    assert (question.gap, question.is_failing) == (gap, percent < 65)


def test_a_linked_question_without_a_figure_is_named_and_fails_nothing(
    inspection: Inspection,
) -> None:
    question = only_question(inspection, "P 2.4/2")
    assert question.topic.startswith("desistance")
    assert (question.percent, question.band, question.gap) == (None, "", "")
    assert not question.is_failing


def test_a_linked_standard_shows_its_failing_questions_where_none_is_linked(
    inspection: Inspection,
) -> None:
    answer(inspection, "P 2.1/1", 70)
    answer(inspection, "P 2.1/3", 28)
    (standard,) = basis_sheet(inspection, Basis(standards=("P 2.1",))).linked
    assert [each.code for each in standard.questions] == ["P 2.1/3"]
    assert (standard.published, standard.computed) == ("", "Inadequate")


def test_a_standard_without_questions_stands_by_its_rating(inspection: Inspection) -> None:
    for code, rating in (("P 1.2", "good"), ("P 1.3", "inadequate")):
        standard = Standard.objects.get(framework=inspection.framework, code=code)
        StandardRating.objects.create(inspection=inspection, standard=standard, rating=rating)
    linked = basis_sheet(inspection, Basis(standards=("P 1.2", "P 1.3"))).linked
    assert [(each.code, each.published) for each in linked] == [
        ("P 1.3", "Inadequate"),
        ("P 1.2", "Good"),
    ]


def test_a_framework_without_bands_has_percentages_and_no_distances() -> None:
    framework = Framework.objects.create(code="dynamic", name="Dynamic", judgements=[])
    standard = Standard.objects.create(framework=framework, code="D 1", name="Direct", ordinal=1)
    KeyQuestion.objects.create(standard=standard, code="D 1/1", ordinal=1, topic="reach")
    inspection = make_inspection(framework=framework)
    answer(inspection, "D 1/1", 12)
    question = only_question(inspection, "D 1/1")
    assert (question.percent, question.band, question.gap) == (12, "", "")
    assert basis_sheet(inspection, Basis()).suggested == ()


def test_a_code_of_another_framework_is_left_out(inspection: Inspection) -> None:
    assert basis_sheet(inspection, Basis(standards=("X 9",), key_questions=("X 9/1",))).linked == ()
