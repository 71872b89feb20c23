"""Both published reports come out exactly: figures as a person read them off the page."""

import hashlib
from datetime import date
from typing import Any

import pytest

from inspections.ratings import Rating
from inspections.report_parser import (
    CaseloadBreakdown,
    Fieldwork,
    FindingKind,
    PreviousInspection,
    Provider,
    ProviderKind,
    Sample,
    Severity,
)
from tests.inspections.report_parser import report_texts
from tests.inspections.report_parser.report_texts import (
    EVERY,
    GWENT,
    NORTH_WALES,
    REAL,
    content_of,
    parse,
    text_of,
)

INADEQUATE, IMPROVE, GOOD = Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT, Rating.GOOD

# code, name, rating, key questions, strengths, areas for improvement, findings
STANDARDS = {
    GWENT: [
        ("P 1.1", "Leadership", GOOD, (), 9, 5, 0),
        ("P 1.2", "Staffing", IMPROVE, (), 6, 7, 0),
        ("P 1.3", "Services", IMPROVE, (), 10, 7, 0),
        ("P 2.1", "Assessment", INADEQUATE, (72, 68, 28), 0, 0, 6),
        ("P 2.2", "Planning", INADEQUATE, (74, 79, 39), 0, 0, 5),
        ("P 2.3", "Implementation and delivery", INADEQUATE, (72, 40, 28), 0, 0, 7),
        ("P 2.4", "Reviewing", INADEQUATE, (67, 46, 36), 0, 0, 5),
    ],
    NORTH_WALES: [
        ("P 1.1", "Leadership", GOOD, (), 7, 4, 0),
        ("P 1.2", "Staffing", GOOD, (), 9, 3, 0),
        ("P 1.3", "Services", GOOD, (), 8, 3, 0),
        ("P 2.1", "Assessment", IMPROVE, (82, 73, 53), 0, 0, 5),
        ("P 2.2", "Planning", IMPROVE, (83, 79, 52), 0, 0, 4),
        ("P 2.3", "Implementation and delivery", IMPROVE, (88, 62, 55), 0, 0, 6),
        ("P 2.4", "Reviewing", IMPROVE, (85, 76, 51), 0, 0, 3),
    ],
}
DIVERSITY = {GWENT: (7, 1), NORTH_WALES: (6, 2)}
BULLETS = {GWENT: 75, NORTH_WALES: 60}
FIGURES: dict[str, dict[str, Any]] = {
    GWENT: {
        "title": "An inspection of probation services in Gwent PDU",
        "provider": Provider("Gwent PDU", ProviderKind.PDU),
        "published_on": None,
        "fieldwork": Fieldwork(date(2025, 9, 8), "2025-09", 2),
        "score": 4,
        "score_max": 21,
        "overall_rating": IMPROVE,
        "sample": Sample(31, 26, 47),
        "population": 601_686,
        "caseload": 2_363,
        "caseload_breakdown": CaseloadBreakdown(1_092, 760, 511),
        "previous_inspection": PreviousInspection(2022, IMPROVE),
        "lead_inspector": "Leon Bonas",
    },
    NORTH_WALES: {
        "title": "An inspection of probation services in North Wales PDU",
        "provider": Provider("North Wales PDU", ProviderKind.PDU),
        "published_on": None,
        "fieldwork": Fieldwork(date(2025, 9, 1), "2025-09", 2),
        "score": 10,
        "score_max": 21,
        "overall_rating": IMPROVE,
        "sample": Sample(56, 21, 67),
        "population": 697_115,
        "caseload": 2_660,
        "caseload_breakdown": None,
        "previous_inspection": None,
        "lead_inspector": "Joy Wilson",
    },
}
# the line each stands on
RECOMMENDATIONS = {
    GWENT: [70, 71, 72, 73, 74, 75],
    NORTH_WALES: [68, 69, 70, 71, 72],
}
LINES = {
    GWENT: {
        "title": (19, 19),
        "fieldwork.month": (48, 48),
        "score": (48, 48),
        "overall_rating": (49, 49),
        "fieldwork.starts_on": (79, 79),
        "sample.interviews": (79, 79),
        "population": (85, 85),
        "caseload": (87, 87),
        "caseload_breakdown": (87, 87),
        "previous_inspection": (91, 91),
        "standards.P 1.1.rating": (99, 99),
        "standards.P 2.3.name": (218, 218),
        "standards.P 2.3.rating": (219, 219),
        "standards.P 2.3.key_questions.3": (226, 226),
        "lead_inspector": (257, 257),
    },
    NORTH_WALES: {
        "title": (19, 19),
        "score": (46, 46),
        "overall_rating": (47, 47),
        "fieldwork.starts_on": (76, 76),
        "population": (80, 80),
        "caseload": (80, 80),
        "standards.P 2.3.rating": (200, 200),
        "lead_inspector": (234, 234),
    },
}


def plain(line: str) -> str:
    return " ".join(line.split())


def source_line(name: str, number: int) -> str:
    return plain(text_of(name).split("\n")[number - 1])


@pytest.mark.parametrize("name", REAL)
def test_every_rating_percentage_and_bullet_count_is_as_published(name: str) -> None:
    read = [
        (
            standard.code,
            standard.name,
            standard.rating,
            tuple(question.percent for question in standard.key_questions),
            *(sum(each.kind is kind for each in standard.findings) for kind in FindingKind),
        )
        for standard in parse(text_of(name)).standards
    ]
    assert read == STANDARDS[name]


@pytest.mark.parametrize("name", REAL)
def test_diversity_and_inclusion_is_a_section_of_its_own(name: str) -> None:
    diversity = parse(text_of(name)).diversity_and_inclusion
    assert diversity is not None
    kinds = [finding.kind for finding in diversity.findings]
    counts = (kinds.count(FindingKind.STRENGTH), kinds.count(FindingKind.AREA_FOR_IMPROVEMENT))
    assert (counts, len(kinds)) == (DIVERSITY[name], sum(DIVERSITY[name]))


@pytest.mark.parametrize("name", REAL)
def test_every_bullet_of_the_page_is_one_finding_with_its_words(name: str) -> None:
    texts = [text for _, text in content_of(parse(text_of(name)))["texts"]]
    bullets = [plain(line).removeprefix("• ") for line in text_of(name).split("\n") if "•" in line]
    assert len(texts) == BULLETS[name]
    assert sorted(texts) == sorted(bullets)


@pytest.mark.parametrize("name", REAL)
def test_every_figure_of_the_page_is_as_published(name: str) -> None:
    report = parse(text_of(name))
    assert {field: getattr(report, field) for field in FIGURES[name]} == FIGURES[name]


@pytest.mark.parametrize("name", REAL)
def test_every_recommendation_has_its_number_words_and_addressee(name: str) -> None:
    read = [
        (each.number, each.addressed_to, each.text, each.line)
        for each in parse(text_of(name)).recommendations
    ]
    assert read == [
        (number, name, source_line(name, line).removeprefix(f"{number}. "), line)
        for number, line in enumerate(RECOMMENDATIONS[name], start=1)
    ]


@pytest.mark.parametrize("name", REAL)
def test_a_standards_wording_is_the_line_without_its_rating(name: str) -> None:
    for standard in parse(text_of(name)).standards:
        assert standard.rating
        line = source_line(name, standard.line + 1)
        assert standard.wording == line.removesuffix(standard.rating.label)


@pytest.mark.parametrize("name", REAL)
def test_key_questions_keep_their_order_and_words(name: str) -> None:
    for standard in parse(text_of(name)).standards:
        for question in standard.key_questions:
            line = source_line(name, question.line)
            assert f"{question.text}{question.percent}%" == line


@pytest.mark.parametrize("name", REAL)
def test_the_missing_publication_date_is_the_only_issue(name: str) -> None:
    [issue] = parse(text_of(name)).issues
    assert (issue.field, issue.severity, issue.line) == ("published_on", Severity.WARNING, 21)


@pytest.mark.parametrize("name", REAL)
def test_values_know_the_lines_they_came_from(name: str) -> None:
    lines = parse(text_of(name)).lines
    assert {field: lines[field] for field in LINES[name]} == LINES[name]


def test_absent_reports_are_skipped_with_their_reason_but_fail_in_ci(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(report_texts, "_texts", dict)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="the published report on Gwent PDU is not in"):
        text_of(GWENT)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="the published report on Gwent PDU is not in"):
        text_of(GWENT)


@pytest.mark.parametrize("name", EVERY)
def test_the_source_is_known_by_the_hash_of_its_bytes(name: str) -> None:
    source = parse(text_of(name)).source
    assert source.sha256 == hashlib.sha256(text_of(name).encode("utf-8")).hexdigest()
    assert source.format == "text"
    assert source.text == text_of(name)
