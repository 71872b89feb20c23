"""The ten quirks of published reports, each a test of its own on a report that shows it."""

import pytest

from inspections.ratings import Rating
from inspections.report_parser import FindingKind, NotAnInspectionReport, Severity
from tests.inspections.report_parser.report_texts import (
    EVERY,
    GWENT,
    NORTH_WALES,
    REAL,
    SAMPLE,
    content_of,
    doctored,
    parse,
    text_of,
)


@pytest.mark.parametrize("name", EVERY)
def test_quirk_1_glued_columns_are_parted_and_two_word_ratings_come_first(name: str) -> None:
    report = parse(text_of(name))
    assert report.fieldwork.month
    assert report.score_max == 21
    assert report.overall_rating is Rating.REQUIRES_IMPROVEMENT
    staffing = report.standards[1]
    assert (staffing.name, staffing.rating) == ("Staffing", staffing.table_rating)
    assert staffing.wording
    assert staffing.wording.endswith(("probation", "them"))  # published without a full stop


@pytest.mark.parametrize("name", EVERY)
def test_quirk_2_codes_lose_their_moving_dot_and_tables_are_not_taken_for_bodies(name: str) -> None:
    report = parse(text_of(name))
    codes = ["P 1.1", "P 1.2", "P 1.3", "P 2.1", "P 2.2", "P 2.3", "P 2.4"]
    assert [standard.code for standard in report.standards] == codes
    assert all(standard.has_body() for standard in report.standards)


@pytest.mark.parametrize("name", EVERY)
def test_quirk_3_an_empty_or_absent_publication_line_gives_no_date(name: str) -> None:
    empty = parse(text_of(name))
    absent = parse(doctored(name, ("Published:\n", "")))
    line = text_of(name).split("\n").index("Published:") + 1
    assert [(empty.published_on, each.line) for each in empty.issues] == [(None, line)]
    assert [(absent.published_on, each.line) for each in absent.issues] == [(None, None)]
    assert absent.issues[0].severity is Severity.WARNING


@pytest.mark.parametrize("name", EVERY)
def test_quirk_4_no_break_spaces_become_plain_and_leave_no_ends(name: str) -> None:
    report = parse(text_of(name))
    texts = [
        report.title or "",
        report.provider.name or "",
        report.lead_inspector or "",
        *(each.text for each in report.recommendations),
        *(each.text for standard in report.standards for each in standard.findings),
    ]
    assert {" ".join(text.split()) for text in texts} == set(texts)


def test_quirk_5_footnote_marks_leave_real_figures_whole() -> None:
    gwent, wales = parse(text_of(GWENT)), parse(text_of(NORTH_WALES))
    assert (gwent.population, wales.population) == (601_686, 697_115)
    words = " ".join(text for _, text in content_of(wales)["texts"])
    for figure in ("D2", "S4C", "Levels 2", "82 per cent", "51 out of 69", "FTR"):
        assert figure in words


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("in every case1, and chase", "in every case, and chase"),
        ("in every 2case, and chase", "in every case, and chase"),
        ("in every case[3], and chase", "in every case, and chase"),
        ("in every FTR48 case, and chase", "in every FTR48 case, and chase"),
        ("in every Level 2 case, and chase", "in every Level 2 case, and chase"),
        ("in every 2nd case, and chase", "in every 2nd case, and chase"),
        ("in 1,092 cases, and chase", "in 1,092 cases, and chase"),
        ("in every case99, and chase", "in every case99, and chase"),  # no such footnote
    ],
)
def test_quirk_5_a_footnote_mark_is_not_part_of_a_recommendation(published: str, read: str) -> None:
    text = doctored(SAMPLE, ("of every case, and chase", published))
    assert read in parse(text).recommendations[0].text


@pytest.mark.parametrize("mark", ["2", "7"])
def test_quirk_5_a_mark_glued_to_a_figure_is_known_by_its_footnote(mark: str) -> None:
    text = doctored(
        SAMPLE, ("is 312,480.", f"is 312,480{mark}."), ("was 1,846", f"was 1,846{mark}")
    )
    assert (parse(text).population, parse(text).caseload) == (312_480, 1_846)


def test_quirk_5_a_figure_with_digits_too_many_is_not_guessed_at() -> None:
    text = doctored(SAMPLE, ("is 312,480.", "is 312,48099."))
    report = parse(text)
    assert report.population is None
    assert "population" in [issue.field for issue in report.issues]


@pytest.mark.parametrize("name", EVERY)
def test_quirk_5_footnotes_are_not_recommendations(name: str) -> None:
    without_title = text_of(name).replace("\nFootnotes\n", "\n")
    after = doctored(name, ("Background (Back to top)", "  1. Source: a survey. ↩︎\nBackground"))
    for text in (without_title, after):
        assert parse(text).recommendations == parse(text_of(name)).recommendations


@pytest.mark.parametrize("name", REAL)
def test_quirk_6_fragments_keep_their_case_and_only_the_last_its_full_stop(name: str) -> None:
    texts = [each.text for each in parse(text_of(name)).recommendations]
    assert all(text[0].islower() for text in texts)
    assert [text.endswith(".") for text in texts] == [False] * (len(texts) - 1) + [True]


@pytest.mark.parametrize("name", EVERY)
def test_quirk_7_findings_under_service_delivery_have_no_heading(name: str) -> None:
    for standard in parse(text_of(name)).standards:
        kinds = {finding.kind for finding in standard.findings}
        assert (kinds == {FindingKind.FINDING}) is standard.code.startswith("P 2")


def test_quirk_7_a_bullet_that_is_published_twice_is_kept_twice() -> None:
    report = parse(text_of(GWENT))
    assert report.diversity_and_inclusion
    services = [finding.text for finding in report.standards[2].findings]
    diversity = [finding.text for finding in report.diversity_and_inclusion.findings]
    beginnings = {text[:60] for text in services} & {text[:60] for text in diversity}
    assert len(beginnings) == 3
    assert len(set(services) & set(diversity)) == 1  # the other two were edited


def test_quirk_8_sentences_of_both_shapes_are_read_and_missing_parts_are_absent() -> None:
    gwent, wales = parse(text_of(GWENT)), parse(text_of(NORTH_WALES))
    assert (gwent.caseload, wales.caseload) == (2_363, 2_660)
    assert (gwent.sample.interviews, wales.sample.interviews) == (47, 67)
    assert wales.caseload_breakdown is None
    assert wales.previous_inspection is None


@pytest.mark.parametrize("line", [116, 163, 183])  # a stop too many, two words misspelt
def test_quirk_9_typing_errors_stand_as_published(line: int) -> None:
    report = parse(text_of(GWENT))
    assert report.diversity_and_inclusion
    findings = [each for standard in report.standards for each in standard.findings]
    [text] = [
        finding.text
        for finding in (*findings, *report.diversity_and_inclusion.findings)
        if finding.line == line
    ]
    published = " ".join(text_of(GWENT).split("\n")[line - 1].split())
    assert published == f"• {text}"


@pytest.mark.parametrize("name", EVERY)
def test_quirk_10_pages_without_licence_header_read_the_same(name: str) -> None:
    text = text_of(name)
    bare = text[text.index("An inspection of") :]
    assert content_of(parse(bare)) == content_of(parse(text))


def test_quirk_10_welsh_pages_and_pages_that_link_to_a_pdf_are_refused() -> None:
    with pytest.raises(NotAnInspectionReport, match="in Welsh"):
        parse("Arolygiad o wasanaethau prawf\n\nRhagair\n\nSgôr gyffredinolAngen gwella\n")
    with pytest.raises(NotAnInspectionReport, match="links to its PDF"):
        parse("An inspection of probation services in Gwent PDU\n\nDownload the report (PDF)\n")


def test_quirk_10_a_title_without_pdu_is_understood_from_the_rest() -> None:
    title = "An inspection of probation services in Example\u00a0Valleys"
    report = parse(doctored(SAMPLE, (f"{title} PDU\u00a0", title)))
    assert report.provider.name == "Example Valleys"
    assert report.provider.kind == "pdu"


@pytest.mark.parametrize("numbers", [(1, 2, 1), (4, 5, 6)], ids=["restarting", "running on"])
def test_quirk_10_every_group_has_its_own_addressee(numbers: tuple[int, int, int]) -> None:
    text = doctored(
        SAMPLE,
        ("  4. give", f"The Example region should:\n\n  {numbers[0]}. give"),
        ("  5. agree", f"  {numbers[1]}. agree"),
        ("  6. begin", f"HM Prison and Probation Service should:\n  {numbers[2]}. begin"),
    )
    report = parse(text)
    assert [(each.number, each.addressed_to, each.group) for each in report.recommendations] == [
        (1, "Example Valleys PDU", 1),
        (2, "Example Valleys PDU", 1),
        (3, "Example Valleys PDU", 1),
        (numbers[0], "The Example region", 2),
        (numbers[1], "The Example region", 2),
        (numbers[2], "HM Prison and Probation Service", 3),
    ]
    assert [issue.field for issue in report.issues] == ["published_on"]
