"""The reader of figures finds what the reports count, and offers nothing that is in doubt."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.report_parser.figures import Figure, read_figures
from inspections.report_parser.notation import read_count
from tests.inspections.report_parser.report_texts import EVERY, GWENT, NORTH_WALES, parse, text_of


def figures_of(name: str) -> Iterator[tuple[int, Figure]]:
    report = parse(text_of(name))
    for section in (*report.standards, report.diversity_and_inclusion):
        for finding in section.findings if section else ():
            for figure in read_figures(finding.text):
                yield finding.line, figure


def test_the_management_oversight_of_gwent_is_13_of_54() -> None:
    (figure,) = [each for line, each in figures_of(GWENT) if line == 140]
    assert (figure.n, figure.m, figure.percent) == (13, 54, None)
    assert figure.sentence == (
        "However, management oversight had been effective in only 13 of the 54 relevant cases we"
        " inspected."
    )


def test_a_figure_where_less_is_better_is_found_in_words() -> None:
    assert [(each.n, each.m) for line, each in figures_of(GWENT) if line == 196] == [
        (8, 57),  # "not requested police information in eight out of 57 cases"
        (7, 56),
    ]


def test_a_percentage_without_its_cases_stays_a_percentage() -> None:
    (figure,) = [each for line, each in figures_of(NORTH_WALES) if line == 179]
    assert (figure.n, figure.m, figure.percent) == (None, None, "82")


def test_the_shares_of_gwent_are_those_that_a_person_reads() -> None:
    shares = [(line, each.n, each.m) for line, each in figures_of(GWENT) if each.m]
    assert sorted(shares) == [
        (131, 41, 60), (135, 2, 60), (140, 13, 54), (151, 48, 57), (152, 42, 47), (161, 28, 44),
        (196, 7, 56), (196, 8, 57), (197, 11, 57), (197, 21, 56), (198, 22, 30), (198, 25, 39),
        (212, 27, 53), (215, 38, 51), (216, 45, 57), (228, 22, 57), (229, 20, 48), (231, 23, 57),
        (231, 28, 44), (232, 13, 57), (233, 23, 33), (233, 40, 51), (245, 32, 47), (246, 31, 47),
        (246, 32, 47), (248, 24, 39),
    ]  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_every_figure_stands_in_its_line_of_the_report(name: str) -> None:
    lines = text_of(name).split("\n")
    for number, figure in figures_of(name):
        line = " ".join(lines[number - 1].split())
        assert figure.words in figure.sentence in line


@pytest.mark.parametrize(
    "text",
    [
        "Around 60 per cent of staff sickness was related to stress.",
        "Some POs held up to 140 per cent of their capacity.",
        "In over 40 per cent of cases this was missing.",
        "It fell from 20 per cent to 14 per cent.",
        "Between 10 and 20 per cent of staff had left.",
        "In 10 to 20 of 57 cases nobody had asked.",
        "Sickness rose by 4 percentage points, or 4 per cent points.",
        "Out of the 13 MAPPA-eligible cases inspected, there was oversight in eight cases.",
        "North Wales is one of six PDUs within the Wales probation region.",
        "Nothing was recorded in 60 out of 57 cases.",
        "It was done in none out of 0 cases.",
        "Plans were sufficient in over half of the cases.",
        "Sentence 13 of 54.",
        "Version 2.13 of 54 cases.",
        "In 13 of 54 cases (62 per cent) oversight was effective.",
    ],
)
def test_what_is_in_doubt_is_not_offered(text: str) -> None:
    assert read_figures(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oversight was effective in 13 of 54 cases (24 per cent).", "13 of 54"),
        ("Oversight was effective in 24 per cent (13 out of 54 cases).", "13 out of 54"),
        ("As many as 1,013 of the 1,054 relevant cases were read.", "1,013 of the 1,054"),
    ],
)
def test_what_is_said_twice_is_one_figure(text: str, words: str) -> None:
    assert [each.words for each in read_figures(text)] == [words]


@given(
    st.lists(
        st.sampled_from(
            ["13", "of", "out of", "the", "54", "cases", "per cent", "%", "(", ")", ".", "In", "to"]
        )
        | st.text(max_size=12),
        max_size=60,
    )
)
def test_no_figure_is_invented(pieces: list[str]) -> None:
    text = " ".join(" ".join(pieces).split())
    for figure in read_figures(text):
        assert figure.words in figure.sentence in text
        if figure.percent is None:
            assert figure.n is not None
            assert figure.m is not None
            assert 0 <= figure.n <= figure.m > 0
        else:
            assert read_count(figure.percent.partition(".")[0]) >= 0


def test_hostile_text_is_read_in_one_go() -> None:
    assert read_figures("13 out of " * 20_000) == ()
