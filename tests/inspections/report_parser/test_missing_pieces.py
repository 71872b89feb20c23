"""What a report does not give is null and raises an issue with its line; never a default."""

import re
from typing import Any

import pytest

from inspections.report_parser import ImportIssue, Severity, as_json_object
from tests.inspections.report_parser.report_texts import (
    SAMPLE,
    doctored,
    issues_of,
    line_with,
    parse,
    text_of,
)

RATINGS, BACKGROUND, FURTHER = "Ratings (", "Background (", "Further information ("
OVERALL = "Overall rating"
SAID = "was not found or could not be read; look it up in the report and fill it in."


def value_at(said: dict[str, Any], path: str) -> Any:
    value: Any = said
    for part in path.split("."):
        value = value[part]
    return value


@pytest.mark.parametrize(
    ("old", "new", "field", "severity", "under"),
    [
        ("Score 8/21", "", "score", "error", RATINGS),
        ("Score 8/21", "Score eight", "score_max", "error", RATINGS),
        (f"{OVERALL}Requires improvement", "", "overall_rating", "error", RATINGS),
        (f"{OVERALL}Requires improvement", OVERALL, "overall_rating", "error", RATINGS),
        (f"{OVERALL}Requires improvement", f"{OVERALL}Fair", "overall_rating", "error", RATINGS),
        ("started September 2024", "started", "fieldwork.month", "warning", RATINGS),
        ("beginning 02 September", "in the year", "fieldwork.starts_on", "warning", BACKGROUND),
        ("beginning 02 September 2024", "beginning 32 September 2024", "fieldwork.starts_on",
         "warning", BACKGROUND),
        ("ran for two weeks", "ran", "fieldwork.weeks", "warning", BACKGROUND),
        ("38 community", "community", "sample.community_orders", "warning", BACKGROUND),
        ("19 releases on", "releases on", "sample.licence_releases", "warning", BACKGROUND),
        ("41 interviews", "interviews", "sample.interviews", "warning", BACKGROUND),
        ("is 312,480", "is large", "population", "warning", BACKGROUND),
        ("is 312,480", "is 1.2 million", "population", "warning", BACKGROUND),
        ("was 1,846", "was high", "caseload", "warning", BACKGROUND),
        ("was led by", "was done by", "lead_inspector", "warning", FURTHER),
    ],
)  # fmt: skip
def test_a_missing_value_is_null_and_raises_its_issue(
    old: str, new: str, field: str, severity: str, under: str
) -> None:
    text = doctored(SAMPLE, (old, new))
    report, line = parse(text), line_with(text, under)
    assert value_at(as_json_object(report), field) is None
    assert field not in report.lines
    assert [(each.severity, each.line) for each in report.issues if each.field == field] == [
        (severity, line)
    ]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (" in 2021, when it was rated ‘Inadequate’ overall", " long ago", "previous_inspection"),
        ("Of these, 874 were serving community sentences, 603 were on licence, and 369 were",
         "Nobody knows how many were", "caseload_breakdown"),
    ],
)  # fmt: skip
def test_what_only_some_reports_give_may_be_absent_in_silence(
    old: str, new: str, field: str
) -> None:
    text = doctored(SAMPLE, (old, new))
    assert as_json_object(parse(text))[field] is None
    assert issues_of(text) == []


def test_parts_of_a_breakdown_and_of_a_previous_inspection_may_be_absent() -> None:
    report = parse(
        doctored(SAMPLE, (", and 369 were in custody", ""), ("rated ‘Inadequate’ overall", "hard"))
    )
    said = as_json_object(report)
    assert said["caseload_breakdown"] == {"community": 874, "licence": 603, "custody": None}
    assert said["previous_inspection"] == {"year": 2021, "overall_rating": None}


@pytest.mark.parametrize("value", ["n/a", "", "none", "7x%", "101%", "128%", "55.5%", "about 55%"])
def test_an_unreadable_percentage_is_null_with_an_error(value: str) -> None:
    report = parse(doctored(SAMPLE, ("people safe?55%", f"people safe?{value}")))
    percents = [question.percent for question in report.standards[3].key_questions]
    assert percents == [81, 70, None]
    [issue] = [each for each in report.issues if each.severity is Severity.ERROR]
    line = line_with(report.source.text, "assessment focus sufficiently on keeping")
    assert (issue.field, issue.line) == ("standards.P 2.1.key_questions.3.percent", line)


@pytest.mark.parametrize("mark", ["3", " 3"])
def test_a_footnote_mark_after_a_question_is_not_its_percentage(mark: str) -> None:
    report = parse(doctored(SAMPLE, ("people safe?55%", f"people safe?{mark}\n55%")))
    assert [question.percent for question in report.standards[3].key_questions] == [81, 70, 55]


def test_a_standard_without_rating_keeps_its_wording() -> None:
    report = parse(doctored(SAMPLE, ("that fits them.Good", "that fits them.")))
    leadership = report.standards[0]
    assert (leadership.rating, leadership.wording) == (None, leadership.wording)
    assert leadership.wording
    assert [each.field for each in report.issues] == ["published_on", "standards.P 1.1.rating"]


def test_no_recommendations_is_an_error() -> None:
    text = re.sub(r"^  \d\. (?!.*↩).*\n", "", text_of(SAMPLE), flags=re.MULTILINE)
    assert parse(text).recommendations == ()
    assert issues_of(text) == [("recommendations", "error")]


def test_recommendations_without_addressee_are_an_error_each() -> None:
    text = doctored(SAMPLE, ("\nExample Valleys PDU should:\n", "\n"))
    assert {each.addressed_to for each in parse(text).recommendations} == {None}
    fields = [f"recommendations.{place}.addressed_to" for place in range(1, 7)]
    assert issues_of(text) == [(field, "error") for field in fields]


def test_recommendations_without_number_are_an_error_each() -> None:
    text = re.sub(r"^  \d\. (?!.*↩)", "  • ", text_of(SAMPLE), flags=re.MULTILINE)
    report = parse(text)
    assert [each.number for each in report.recommendations] == [None] * 6
    assert ("recommendations.6.number", "error") in issues_of(text)


def test_bullets_within_a_recommendation_are_part_of_its_wording() -> None:
    text = doctored(
        SAMPLE,
        ("  4. give middle managers the time", "  4. give middle managers:\n    • the time"),
        (", and keep a record", "\n    • a record"),
    )
    recommendation = parse(text).recommendations[3]
    assert recommendation.text.startswith("give middle managers: the time to read cases a record")
    assert recommendation.number == 4


def test_an_absent_diversity_section_is_null_with_a_warning() -> None:
    text = text_of(SAMPLE)
    start, end = text.index("Diversity and inclusion"), text.index("2. Service delivery (")
    without = text[:start] + text[end:]
    said = as_json_object(parse(without))
    assert said["diversity_and_inclusion"] == {"strengths": None, "areas_for_improvement": None}
    assert issues_of(without) == [("diversity_and_inclusion", "warning")]


def test_a_report_without_title_can_still_be_confirmed_by_a_person() -> None:
    text = text_of(SAMPLE)
    title = text.split("\n")[4]
    assert [field for field, _ in issues_of(text.replace(title, ""))] == [
        "title",
        "provider.name",
        "provider.kind",
    ]


def test_an_issue_says_what_is_missing_and_what_to_do() -> None:
    text = doctored(SAMPLE, ("is 312,480", "is large"))
    [_, issue] = parse(text).issues
    line = line_with(text, BACKGROUND)
    assert issue == ImportIssue("population", Severity.WARNING, line, f"The population {SAID}")


def test_figures_of_a_ratings_table_without_its_title_are_still_read() -> None:
    report = parse(doctored(SAMPLE, ("Ratings (Back to top)", "")))
    assert (report.score, report.score_max, report.fieldwork.month) == (8, 21, "2024-09")
    assert report.overall_rating


def test_commas_before_should_are_not_part_of_the_addressee() -> None:
    text = doctored(SAMPLE, ("Example Valleys PDU should:", "The unit, with the region, should:"))
    assert parse(text).recommendations[0].addressed_to == "The unit, with the region"
