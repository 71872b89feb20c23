"""Whatever it is given, the parser answers or refuses, and says nothing that is not there."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.report_parser import ParsedReport, ReportRefused, as_json_object, parse_report
from tests.inspections.report_parser.page_forms import FORMS, Render
from tests.inspections.report_parser.report_texts import EVERY, SAMPLE, parse, text_of

MODERATE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FORM_WORDS = st.sampled_from(
    [
        "An inspection of probation services in Gwent PDU", "Ratings", "Recommendations",
        "Background", "Foreword (Back to top)", "Footnotes", "P 1.1 LeadershipRating",
        "P 2.1. AssessmentGood", "P 2.1", "Score 4/21", "Overall ratingGood", "Strengths:",
        "Areas for improvement:", "Key questionPercentage ‘Yes’", "Is it?28%", "Is it?", "28%",
        "Gwent PDU should:", "  1. improve", "  • found", "•", "1.", "Published:", "Rating", "Good",
        "The population1 of Gwent is 601,686.", "a caseload of 2,363", "Diversity and inclusion",
        "was last inspected in 2022, rated ‘Good’", "(Back to top)", "↩︎", "", "<p>",
        "We inspected 3 community orders", "2. Service delivery", "1.1 Leadership", "\u00a0",
        "should", "</li><table>",
    ]
)  # fmt: skip


def answer(source: bytes) -> ParsedReport | None:
    try:
        return parse_report(source)
    except ReportRefused:
        return None


def numbers_said(value: object, field: str = "") -> Iterator[int]:
    """Give every number a report says, but the lines it names and the counts of its bullets."""
    counted = {"line", "strengths", "areas_for_improvement", "findings", "weeks", "issues"}
    if field in counted or isinstance(value, bool):
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from numbers_said(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_said(inner, field)
    elif isinstance(value, int):
        yield value


def assert_nothing_invented(report: ParsedReport) -> None:
    plain = " ".join(report.source.text.split())
    written = {int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*\d|\d", plain)}
    glued = {int(each) for each in re.findall(r"(?=(\d{1,4}))", plain.replace(",", ""))}
    assert set(numbers_said(as_json_object(report))) <= written | glued
    for standard in report.standards:
        for question in standard.key_questions:
            assert question.percent is None or f"{question.percent}" in plain
    for line in {span for spans in report.lines.values() for span in spans}:
        assert 1 <= line <= report.source.text.count("\n") + 1


@MODERATE
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    answer(source)


@MODERATE
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_is_read_or_refused(text: str, encoding: str) -> None:
    answer(text.encode(encoding, errors="ignore"))


@MODERATE
@given(st.lists(FORM_WORDS, max_size=40), st.sampled_from(["\n", "\n\n", "", " "]))
def test_any_heap_of_the_forms_own_lines_is_read_or_refused(lines: list[str], by: str) -> None:
    report = answer(by.join(lines).encode())
    if report:
        assert_nothing_invented(report)


@pytest.mark.parametrize("name", EVERY)
@MODERATE
@given(data=st.data())
def test_a_report_with_lines_dropped_moved_or_replaced_invents_nothing(
    name: str, data: st.DataObject
) -> None:
    lines = text_of(name).split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(lines) - 1))
        line = lines.pop(place)
        match data.draw(st.sampled_from(["drop", "move", "replace", "cut", "double"])):
            case "move":
                lines.insert(data.draw(st.integers(0, len(lines))), line)
            case "replace":
                lines.insert(place, data.draw(FORM_WORDS))
            case "cut":
                lines.insert(place, line[: data.draw(st.integers(0, len(line)))])
            case "double":
                lines[place:place] = [line, line]
    report = answer("\n".join(lines).encode())
    if report:
        assert_nothing_invented(report)


@MODERATE
@given(render=st.sampled_from(FORMS), cut=st.integers(0, 40_000), length=st.integers(0, 2_000))
def test_a_page_with_a_piece_cut_out_invents_nothing(render: Render, cut: int, length: int) -> None:
    page = render(text_of(SAMPLE))
    report = answer((page[:cut] + page[cut + length :]).encode())
    if report:
        assert_nothing_invented(report)


@MODERATE
@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_percentages_are_read_as_they_stand(first: int, second: int, third: int) -> None:
    text = text_of(SAMPLE)
    for question, old, new in (
        ("engaging the person on probation?", 81, first),
        ("offending and desistance?", 70, second),
        ("keeping other people safe?", 55, third),
    ):
        text = text.replace(f"{question}{old}%", f"{question}{new}%", 1)
    percents = [question.percent for question in parse(text).standards[3].key_questions]
    assert percents == [first, second, third]


@MODERATE
@given(st.integers(1_000, 99_999_999), st.integers(10, 999_999))
def test_population_and_caseload_are_read_as_they_stand(population: int, caseload: int) -> None:
    text = text_of(SAMPLE).replace("312,480", f"{population:,}").replace("1,846", f"{caseload:,}")
    report = parse(text)
    assert (report.population, report.caseload) == (population, caseload)
