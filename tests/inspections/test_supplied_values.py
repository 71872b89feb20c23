from datetime import UTC, date, datetime

import pytest

from inspections.models import (
    ImportIssue,
    Inspection,
    KeyQuestionResult,
    Provider,
    StandardRating,
)
from inspections.report_import import ImportRefused, import_report, supply_values
from tests.inspections.report_parser.report_texts import SAMPLE, doctored, text_of
from tests.world import make_inspection, make_provider, make_recommendation

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def draft() -> Inspection:
    return import_report(source=text_of(SAMPLE).encode(), now=NOW).inspection


@pytest.mark.parametrize(
    ("path", "value", "column", "held"),
    [
        ("title", "An inspection of something else", "title", "An inspection of something else"),
        ("published_on", "2026-01-15", "published_on", date(2026, 1, 15)),
        ("fieldwork.starts_on", "2024-09-09", "fieldwork_starts_on", date(2024, 9, 9)),
        ("fieldwork.month", "2024-10", "fieldwork_month", "2024-10"),
        ("fieldwork.weeks", "3", "fieldwork_weeks", 3),
        ("score", "9", "score", 9),
        ("overall_rating", "Good", "overall_rating", "good"),
        ("overall_rating", "requires_improvement", "overall_rating", "requires_improvement"),
        ("sample.interviews", "42", "sample_interviews", 42),
        ("population", "312,481", "population", 312481),
        ("caseload_breakdown.custody", "370", "caseload_custody", 370),
        ("previous_inspection.year", "2020", "previous_year", 2020),
        ("previous_inspection.overall_rating", "OUTSTANDING", "previous_rating", "outstanding"),
        ("lead_inspector", "Carys Other", "lead_inspector", "Carys Other"),
    ],
)
def test_a_value_is_written_in_its_form_and_recorded_as_supplied(
    draft: Inspection, path: str, value: str, column: str, held: object
) -> None:
    supply_values(inspection=draft, values={path: value})
    draft.refresh_from_db()
    assert getattr(draft, column) == held
    assert ImportIssue.objects.get(field=path).supplied == value


def test_the_issue_that_asked_for_a_value_keeps_it(draft: Inspection) -> None:
    before = ImportIssue.objects.count()
    supply_values(inspection=draft, values={"published_on": "2026-01-15"})
    assert ImportIssue.objects.count() == before
    issue = ImportIssue.objects.get(field="published_on")
    assert (issue.severity, issue.supplied) == ("warning", "2026-01-15")


def test_ratings_and_percentages_are_supplied_under_their_standard(draft: Inspection) -> None:
    supply_values(
        inspection=draft,
        values={
            "standards.P 2.3.rating": "Good",
            "standards.P 2.3.wording": "Work is done.",
            "standards.P 2.1.key_questions.3.percent": "56",
        },
    )
    rating = StandardRating.objects.get(inspection=draft, standard__code="P 2.3")
    assert (rating.rating, rating.wording) == ("good", "Work is done.")
    assert KeyQuestionResult.objects.get(key_question__code="P 2.1/3").percent == 56


def test_number_text_and_addressee_are_supplied_by_the_place_of_a_recommendation(
    draft: Inspection,
) -> None:
    gwent, wales = (Provider.objects.get(name=name) for name in ("Gwent PDU", "Wales"))
    supply_values(
        inspection=draft,
        values={
            "recommendations.2.addressed_to": "Gwent PDU and Wales region",
            "recommendations.2.number": "7",
            "recommendations.2.text": "write it down",
        },
    )
    supply_values(inspection=draft, values={"recommendations.3.addressed_to": "Wales"})
    rows = list(draft.recommendations.filter(number=7).order_by("pk"))
    assert [(row.addressee, row.text) for row in rows] == [
        (gwent, "write it down"),
        (wales, "write it down"),
    ]
    assert rows[0].group == rows[1].group
    assert draft.recommendations.get(number=3).addressee == wales

    supply_values(inspection=draft, values={"recommendations.2.addressed_to": "Gwent PDU"})
    assert draft.recommendations.get(number=7).addressee == gwent
    assert draft.recommendations.count() == 6


def test_a_recommendation_without_an_addressee_waits_for_one() -> None:
    text = doctored(SAMPLE, ("Example Valleys PDU should:", "In order of weight:"))
    draft = import_report(source=text.encode(), now=NOW).inspection
    first = draft.recommendations.order_by("pk")[0]
    assert (first.addressed_to, first.addressee) == ("", draft.provider)
    waiting = ImportIssue.objects.filter(field="recommendations.1.addressed_to", severity="error")
    assert waiting.filter(supplied="").exists()
    supply_values(inspection=draft, values={"recommendations.1.addressed_to": SAMPLE})
    first.refresh_from_db()
    assert (first.addressed_to, first.addressee) == (SAMPLE, draft.provider)
    assert not waiting.filter(supplied="").exists()


def test_naming_an_existing_provider_withdraws_the_proposed_one(draft: Inspection) -> None:
    supply_values(inspection=draft, values={"provider": "Gwent"})
    draft.refresh_from_db()
    assert draft.provider.name == "Gwent PDU"
    assert draft.provider_name == SAMPLE
    assert {row.addressee for row in draft.recommendations.all()} == {draft.provider}
    assert not Provider.objects.filter(name=SAMPLE).exists()


def test_a_proposed_provider_that_others_refer_to_stays(draft: Inspection) -> None:
    make_recommendation(make_inspection(draft.provider))
    supply_values(inspection=draft, values={"provider": "Gwent"})
    assert Provider.objects.filter(name=SAMPLE).exists()


def test_a_provider_that_was_there_before_is_never_withdrawn() -> None:
    make_provider(SAMPLE)
    draft = import_report(source=text_of(SAMPLE).encode(), now=NOW).inspection
    supply_values(inspection=draft, values={"provider": "Gwent"})
    assert Provider.objects.filter(name=SAMPLE).exists()


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ("published_on", "15 January", "a date such as 2026-01-15"),
        ("published_on", "2026-02-30", "a date such as 2026-01-15"),
        ("published_on", "2024-09-01", "lies before the start of the fieldwork (2 September 2024)"),
        ("published_on", "2001-01-05", "correct published_on, or fieldwork.starts_on"),
        ("fieldwork.month", "2026-13", "a month such as 2026-01"),
        ("score", "four", "a whole number"),
        ("score", "-1", "a whole number"),
        ("score", "22", "a score of at most 21"),
        ("score", "99999", "No more than 32767"),
        ("population", "12345678901", "a whole number"),
        ("overall_rating", "Fine", "one of “Inadequate”"),
        ("title", "", "some words"),
        ("title", "x" * 301, "at most 300 characters"),
        ("provider", "Atlantis PDU", "no provider is called so"),
        ("provider", "South Tyneside and Gateshead", "Gateshead and South Tyneside PDU"),
        ("provider.kind", "parish", "one of pdu, region"),
        ("provider.kind", "region", "“pdu”, which Example Valleys PDU is"),
        ("standards.P 2.1.rating", "Fine", "one of “Inadequate”"),
        ("standards.P 2.1.key_questions.1.percent", "101", "a whole number up to 100"),
        ("recommendations.1.number", "2", "a number that no other recommendation"),
        ("recommendations.1.number", "0", "a number that no other recommendation"),
        ("recommendations.1.addressed_to", "Atlantis", "no provider is called so"),
    ],
)
def test_a_value_that_does_not_suit_is_refused_in_a_sentence_and_changes_nothing(
    draft: Inspection, path: str, value: str, sentence: str
) -> None:
    issues = list(ImportIssue.objects.order_by("pk").values())
    with pytest.raises(ImportRefused) as refusal:
        supply_values(inspection=draft, values={"caseload": "1", path: value})
    assert sentence in str(refusal.value)
    draft.refresh_from_db()
    assert draft.caseload == 1846
    assert list(ImportIssue.objects.order_by("pk").values()) == issues


@pytest.mark.parametrize(
    "path",
    [
        "colour",
        "standards",
        "standards.P 9.9.rating",
        "standards.P 2.1.key_questions.4.percent",
        "recommendations.7.text",
        "recommendations.0.number",
    ],
)
def test_a_field_that_is_not_there_is_answered_with_those_that_are(
    draft: Inspection, path: str
) -> None:
    with pytest.raises(ImportRefused, match=r"is not a field .*published_on, .*recommendations"):
        supply_values(inspection=draft, values={path: "1"})


def test_two_recommendations_of_one_number_never_go_to_one_body(draft: Inspection) -> None:
    supply_values(inspection=draft, values={"recommendations.1.addressed_to": "Gwent PDU"})
    supply_values(inspection=draft, values={"recommendations.2.addressed_to": "North Wales PDU"})
    supply_values(inspection=draft, values={"recommendations.2.number": "1"})
    with pytest.raises(ImportRefused, match="Gwent PDU has a recommendation 1 of this report"):
        supply_values(inspection=draft, values={"recommendations.2.addressed_to": "Gwent PDU"})
    with pytest.raises(ImportRefused, match="has a recommendation"):
        supply_values(
            inspection=draft, values={"recommendations.3.number": "1", "provider": "Gwent PDU"}
        )


def test_fieldwork_after_the_publication_is_refused_when_it_is_supplied(draft: Inspection) -> None:
    supply_values(inspection=draft, values={"published_on": "2026-01-15"})
    for path, value in [("fieldwork.starts_on", "2026-01-16"), ("fieldwork.month", "2026-02")]:
        with pytest.raises(ImportRefused, match=f"or {path} where that is wrong"):
            supply_values(inspection=draft, values={path: value})


def test_what_the_report_itself_says_of_its_days_stops_no_other_value(draft: Inspection) -> None:
    Inspection.objects.filter(pk=draft.pk).update(published_on=date(2001, 1, 5))
    supply_values(inspection=draft, values={"score": "9"})
    with pytest.raises(ImportRefused, match="5 January 2001"):
        supply_values(
            inspection=draft, values={"fieldwork.weeks": "2", "fieldwork.month": "2024-09"}
        )


def test_what_is_not_in_doubt_cannot_be_confirmed(draft: Inspection) -> None:
    with pytest.raises(ImportRefused, match="Nothing about score is in doubt"):
        supply_values(inspection=draft, values={"score": "confirmed"})


def test_values_of_an_inspection_without_a_source_are_written_all_the_same() -> None:
    typed_in = make_inspection(state=Inspection.State.DRAFT, published_on=None)
    supply_values(inspection=typed_in, values={"published_on": "2026-01-15"})
    assert typed_in.published_on == date(2026, 1, 15)
    assert not ImportIssue.objects.filter(field="published_on").exists()
