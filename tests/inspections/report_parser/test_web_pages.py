"""The web page of a report says the same as its text, however it is marked up."""

import pytest

from inspections.report_parser import parse_report
from tests.inspections.report_parser.page_forms import FORMS, Render, pretty
from tests.inspections.report_parser.report_texts import EVERY, SAMPLE, content_of, parse, text_of


@pytest.mark.parametrize("render", FORMS, ids=lambda render: render.__name__)
@pytest.mark.parametrize("name", EVERY)
def test_a_page_says_the_same_as_its_text(name: str, render: Render) -> None:
    report = parse(render(text_of(name)))
    assert report.source.format == "html"
    assert content_of(report) == content_of(parse(text_of(name)))


def test_nothing_of_a_pages_markup_or_scripts_is_kept() -> None:
    report = parse(pretty(text_of(SAMPLE)))
    for unseen in (
        "<",
        "cookie-banner",
        "document.write",
        "Rhagair",
        "21/21",
        "Recommendations</a>",
    ):
        assert unseen not in report.source.text
    assert "Home" not in report.source.text.split("\n")  # navigation


def test_lines_of_a_page_count_in_the_text_that_is_kept() -> None:
    report = parse(pretty(text_of(SAMPLE)))
    lines = report.source.text.split("\n")
    assert lines[report.lines["score"][0] - 1].endswith("Score 8/21")
    assert lines[report.recommendations[2].line - 1].startswith("3. visit people")
    assert lines[report.standards[4].line - 1].startswith("P 2.2")


def test_the_text_kept_of_a_page_reads_the_same_again() -> None:
    page = parse(pretty(text_of(SAMPLE)))
    again = parse(page.source.text)
    assert content_of(again) == content_of(page)
    assert again.lines == page.lines


@pytest.mark.parametrize("start", ['start="4"', "start='4'", 'start="x"', ""])
def test_numbers_of_a_list_that_starts_later_are_the_published_ones(start: str) -> None:
    page = pretty(text_of(SAMPLE))
    third = page.index("write down in each plan")
    item = page.rindex("<li>", 0, third)
    parted = f"{page[:item]}</ol><p>The Example region should:</p><ol {start}>{page[item:]}"
    numbers = [each.number for each in parse(parted).recommendations]
    assert numbers == [1, *(range(4, 9) if "4" in start else range(1, 6))]


def test_a_page_in_another_encoding_says_the_same() -> None:
    page = pretty(text_of(SAMPLE))
    expected = content_of(parse(page))
    assert content_of(parse_report(page.encode("utf-16"))) == expected
    assert (
        content_of(
            parse_report(page.replace("\u202f", " ").replace("↩\ufe0e", "").encode("cp1252"))
        )
        == expected
    )
