"""Each cross-check raises its own issue on a doctored report, and none on a true one."""

import pytest

from inspections.ratings import CURRENT_BANDS, Band, Rating, RatingPractice
from inspections.report_parser import parse_report
from tests.inspections.report_parser.report_texts import (
    EVERY,
    SAMPLE,
    doctored,
    issues_of,
    line_with,
    parse,
    text_of,
)

Change = tuple[str, str]
OVERALL = "Overall rating"


@pytest.mark.parametrize("name", EVERY)
def test_a_true_report_passes_every_check(name: str) -> None:
    assert issues_of(text_of(name)) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param([("Score 8/21", "Score 9/21")], [("score", "error")], id="points and score"),
        pytest.param(
            [("Overall ratingRequires improvement", "Overall ratingGood")],
            [("overall_rating", "error")],
            id="band of the score and overall rating",
        ),
        pytest.param(
            [("Score 8/21", "Score 28/21")],
            [("score", "error"), ("score", "error")],
            id="score above its maximum",
        ),
        pytest.param(
            [("people safe?55%", "people safe?44%")],
            [("standards.P 2.1.rating", "error")],
            id="lowest key question far from the rating's band",
        ),
        pytest.param(
            [("people safe?55%", "people safe?45%")],
            [("standards.P 2.1.rating", "warning")],
            id="lowest key question within a panel's margin",
        ),
        pytest.param(
            [("P 1.2 StaffingRequires improvement", "P 1.2 StaffingGood")],
            [("standards.P 1.2.rating", "error")],
            id="table and body",
        ),
        pytest.param([("  3. visit", "  4. visit")], [("recommendations", "error")], id="skipped"),
        pytest.param([("  6. begin", "  1. begin")], [("recommendations", "error")], id="repeated"),
        pytest.param([("  1. ask", "  2. ask")], [("recommendations", "error")], id="not from 1"),
        pytest.param(
            [("  4. give", "Others should:\n  5. give"), ("  5. agree", "  6. agree")],
            [("recommendations", "error")],
            id="skipped between groups",
        ),
        pytest.param(
            [("  4. give", "Others should:\n  1. give"), ("  5. agree", "  3. agree")],
            [("recommendations", "error")],
            id="skipped in a group",
        ),
        pytest.param(
            [("beginning 02 September 2024", "beginning 02 October 2024")],
            [("fieldwork.starts_on", "warning")],
            id="month and first day of fieldwork",
        ),
    ],
)
def test_a_doctored_report_raises_exactly_its_issue(
    changes: list[Change], expected: list[tuple[str, str]]
) -> None:
    assert issues_of(doctored(SAMPLE, *changes)) == expected


SCORE_SAYS = "The published score is 9, but the standards' ratings make 8."
OVERALL_SAYS = (
    "The published overall rating is Good, but a score of 8 out of 21 is Requires improvement."
)
NUMBERS_SAY = "The recommendations' numbers do not run from 1: 5 stands where 3 was expected."
NEAR_SAYS = (
    "P 2.1 is rated Requires improvement, but its lowest key question, 45%, lies in the band"
    " Inadequate; a panel may depart within about 5 points of an edge, and it is 5 away."
)
FAR_SAYS = (
    "P 2.1 is rated Requires improvement, but its lowest key question, 44%, lies in the band"
    " Inadequate; it is 6 points away, more than the about 5 within which a panel may depart."
)


@pytest.mark.parametrize(
    ("old", "new", "field", "piece", "message"),
    [
        ("Score 8/21", "Score 9/21", "score", "Score 9", SCORE_SAYS),
        (
            f"{OVERALL}Requires improvement",
            f"{OVERALL}Good",
            "overall_rating",
            OVERALL,
            OVERALL_SAYS,
        ),
        ("  3. visit", "  5. visit", "recommendations", "5. visit", NUMBERS_SAY),
        ("safe?55%", "safe?45%", "standards.P 2.1.rating", "Assessment is thorough", NEAR_SAYS),
        ("safe?55%", "safe?44%", "standards.P 2.1.rating", "Assessment is thorough", FAR_SAYS),
    ],
)
def test_an_issue_names_its_line_and_says_what_disagrees(
    old: str, new: str, field: str, piece: str, message: str
) -> None:
    text = doctored(SAMPLE, (old, new))
    [issue] = [each for each in parse(text).issues if each.field != "published_on"]
    assert (issue.field, issue.message) == (field, message)
    assert issue.line == line_with(text, piece)


def test_published_ratings_stand_whatever_the_checks_say() -> None:
    changes = ("people safe?55%", "people safe?5%"), ("Score 8/21", "Score 9/21")
    report = parse(doctored(SAMPLE, *changes))
    assert report.score == 9
    assert report.standards[3].rating is Rating.REQUIRES_IMPROVEMENT


def test_bands_are_data_handed_to_the_parser() -> None:
    generous = (
        Band(Rating.INADEQUATE, 0),
        Band(Rating.REQUIRES_IMPROVEMENT, 40),
        *CURRENT_BANDS[2:],
    )
    practice = RatingPractice(bands=generous, panel_margin=1)
    report = parse_report(text_of(SAMPLE).encode(), practice=practice)
    fields = [issue.field for issue in report.issues]
    assert fields == ["published_on", "standards.P 2.3.rating"]  # 44% is no longer inadequate


@pytest.mark.parametrize("name", EVERY)
def test_a_standard_without_body_is_an_error(name: str) -> None:
    text = text_of(name)
    start, end = text.rindex("\nP 1.2"), text.rindex("\nP 1.3")
    issues = issues_of(text[:start] + text[end:])
    assert ("standards.P 1.2", "error") in issues


@pytest.mark.parametrize("name", EVERY)
def test_a_standard_without_table_row_is_an_error(name: str) -> None:
    text = text_of(name)
    start, end = text.index("\nP 1.2"), text.index("\nP 1.3")
    assert issues_of(text[:start] + text[end:]) == [("standards.P 1.2", "error")]


@pytest.mark.parametrize("name", EVERY)
def test_a_standard_missing_altogether_does_not_fit_the_maximum(name: str) -> None:
    text = text_of(name)
    text = text[: text.index("\nP 1.2")] + text[text.index("\nP 1.3") :]
    text = text[: text.rindex("\nP 1.2")] + text[text.rindex("\nP 1.3") :]
    assert ("standards", "error") in issues_of(text)


def test_a_standard_with_two_key_questions_is_an_error() -> None:
    text = text_of(SAMPLE)
    question = "Does assessment focus sufficiently on engaging the person on probation?81%\n"
    issues = issues_of(text.replace(question, ""))
    assert issues == [("standards.P 2.1.key_questions", "error")]
