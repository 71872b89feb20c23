"""Reports of other providers, older frameworks and inspections without rating can be read."""

import pytest

from inspections.ratings import Rating
from inspections.report_parser import ProviderKind
from inspections.report_parser.title_page import read_provider_kind, read_provider_name
from tests.inspections.report_parser.report_texts import SAMPLE, doctored, issues_of, parse, text_of


@pytest.mark.parametrize(
    ("title", "name", "kind"),
    [
        ("An inspection of probation services in Gwent PDU", "Gwent PDU", "pdu"),
        ("An inspection of probation services in: Cumbria PDU", "Cumbria PDU", "pdu"),
        (
            "An inspection of probation services in Birmingham North, East and Solihull PDU",
            "Birmingham North, East and Solihull PDU",
            "pdu",
        ),
        (
            "The Probation Service – Wales region: An inspection of services in Gwent PDU",
            "Gwent PDU",
            "pdu",
        ),
        (
            "An inspection of probation services in Gwent PDU – HM Inspectorate of Probation",
            "Gwent PDU",
            "pdu",
        ),
        (
            "An inspection of probation services in Gwent Probation Delivery Unit",
            "Gwent Probation Delivery Unit",
            "pdu",
        ),
        ("An inspection of probation services in North East region", "North East region", "region"),
        ("An inspection of the North East region", "North East region", "region"),
        ("Inspection of probation services in the Wales region", "Wales region", "region"),
        (
            "An inspection of youth justice services in Leicester City",
            "Leicester City",
            "youth_justice_service",
        ),
        (
            "An inspection of youth offending services by Newport",
            "Newport",
            "youth_justice_service",
        ),
        ("An inspection of Approved Premises: Elm House", "Elm House", "approved_premises"),
        ("A national inspection of HM Prison and Probation Service",
         "HM Prison and Probation Service", "national"),
        ("A re-inspection of probation services in Luton PDU", "Luton PDU", "pdu"),
        ("An inspection of probation services in Swindon", "Swindon", None),
    ],
)  # fmt: skip
def test_a_title_says_whom_the_report_is_about(title: str, name: str, kind: str | None) -> None:
    assert read_provider_name(title) == name
    assert read_provider_kind(title, name, [], []) == (ProviderKind(kind) if kind else None)


def test_a_kind_that_nothing_tells_is_an_error() -> None:
    text = doctored(
        SAMPLE,
        ("in Example\u00a0Valleys PDU\u00a0", "in Example Valleys"),
        ("Example Valleys PDU should:", "The unit should:"),
        ("\nP ", "\nR "),
    )
    assert ("provider.kind", "error") in issues_of(text)


@pytest.mark.parametrize(
    ("score", "maximum", "rating", "fits"),
    [
        (4, 27, Rating.INADEQUATE, True),
        (13, 27, Rating.REQUIRES_IMPROVEMENT, True),
        (25, 30, Rating.GOOD, True),
        (31, 36, Rating.OUTSTANDING, True),
        (31, 36, Rating.GOOD, False),
    ],
)
def test_scores_of_older_frameworks_are_checked_by_sixths(
    score: int,
    maximum: int,
    rating: Rating,
    fits: bool,  # noqa: FBT001 - a column of the table
) -> None:
    text = doctored(
        SAMPLE,
        ("Score 8/21", f"Score {score}/{maximum}"),
        ("Overall ratingRequires improvement", f"Overall rating{rating.label}"),
    )
    report = parse(text)
    assert (report.score, report.score_max, report.overall_rating) == (score, maximum, rating)
    assert (("overall_rating", "error") not in issues_of(text)) is fits


def test_codes_without_letter_are_known_from_the_ratings_table() -> None:
    text = doctored(SAMPLE, ("\nP ", "\n"))
    codes = [standard.code for standard in parse(text).standards]
    assert codes == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4"]
    assert issues_of(text) == []


def test_codes_of_a_region_are_read() -> None:
    text = doctored(SAMPLE, ("\nP ", "\nR "))
    assert [standard.code for standard in parse(text).standards][3:5] == ["R 2.1", "R 2.2"]


DYNAMIC = """An inspection of probation services in Example Valleys PDU

Published: 3 March 2026

Recommendations

Example Valleys PDU should:
1. begin
2. go on.

The Example region should:
1. help.
"""


def test_an_inspection_without_ratings_has_none_and_says_so() -> None:
    report = parse(DYNAMIC)
    assert (report.score, report.score_max, report.overall_rating) == (None, None, None)
    assert report.standards == ()
    errors = [field for field, severity in issues_of(DYNAMIC) if severity == "error"]
    assert errors == ["score", "score_max", "overall_rating", "standards"]
    assert [(each.number, each.addressed_to) for each in report.recommendations] == [
        (1, "Example Valleys PDU"),
        (2, "Example Valleys PDU"),
        (1, "The Example region"),
    ]


@pytest.mark.parametrize(
    ("sentence", "field", "value"),
    [
        ("Example has a population of approximately 98,000 people.", "population", 98_000),
        ("In 2024, the population, by the census, stood at 1,204,300.", "population", 1_204_300),
        ("The PDU had 1,200 cases, which it managed well.", "caseload", None),
        ("The average caseload was 38. The caseload was 2,104.", "caseload", 2_104),
        ("A caseload of 45 for each officer, 140 per cent of", "caseload", 45),
        ("Caseloads of 140 per cent were common.", "caseload", None),
        ("The caseload at 31 March 2025 was 2,100 people.", "caseload", 2_100),
        ("The caseload at announcement was 980.", "caseload", 980),
    ],
)
def test_figures_in_other_sentences(sentence: str, field: str, value: int | None) -> None:
    old = {
        "population": "The population1 of the valleys is 312,480.",
        "caseload": "The caseload of the PDU was 1,846 when we announced our visit.",
    }[field]
    assert getattr(parse(doctored(SAMPLE, (old, sentence))), field) == value


@pytest.mark.parametrize(
    ("sentence", "sample"),
    [
        ("We inspected twenty-six community orders and nine licence cases.", (26, 9, None)),
        (
            "1,204 community sentences, 31 people released on licence: we interviewed 12 officers.",
            (1_204, 31, 12),
        ),
        ("There are 40 community orders in force.", (None, None, None)),
    ],
)
def test_samples_in_other_sentences(sentence: str, sample: tuple[int | None, ...]) -> None:
    text = text_of(SAMPLE)
    old = text[text.index("The team inspected") : text.index("\n\nThe unit works")]
    text = text.replace(old, sentence)
    read = parse(text).sample
    assert (read.community_orders, read.licence_releases, read.interviews) == sample


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("HM Inspector\u00a0Leon Bonas,\u00a0supported by a team.", "Leon Bonas"),
        ("His Majesty’s Inspector Ann-Marie O’Neill and a team of five.", "Ann-Marie O’Neill"),
        ("J. R. Smith, supported by colleagues.", "J. R. Smith"),
        ("Lead Inspector Joy Wilson. We thank everybody.", "Joy Wilson"),
        ("strong and capable leaders.", None),
    ],
)
def test_the_lead_inspectors_name_in_other_sentences(words: str, name: str | None) -> None:
    text = doctored(SAMPLE, ("HM Inspector\u00a0Carys Example,\u00a0with a team of four.", words))
    assert parse(text).lead_inspector == name


def test_a_title_is_told_from_links_that_look_like_one() -> None:
    text = doctored(
        SAMPLE,
        ("Skip to content", "Inspection of youth justice services\nNational inspection"),
        ("None of the gaps", "An inspection of Other PDU\n\nNone of the gaps"),
    )
    assert parse(text).title == "An inspection of probation services in Example Valleys PDU"


def test_a_national_inspection_is_known_by_its_title() -> None:
    text = doctored(
        SAMPLE,
        ("An inspection of probation services in Example\u00a0Valleys PDU", "National Inspection"),
        ("Foreword (Back", "Foreword from the Chief Inspector (Back"),
    )
    report = parse(text)
    assert (report.title, report.provider.kind) == ("National Inspection", "national")
    assert issues_of(text) == [("provider.name", "error")]


def test_a_title_that_is_not_known_ends_the_section_above_it() -> None:
    text = doctored(SAMPLE, ("Background (", "Annexe (Back to top)\n\n1. aside\n\nBackground ("))
    assert len(parse(text).recommendations) == 6
    assert issues_of(text) == []
