from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.access import visible_recommendations
from inspections.models import (
    Finding,
    Framework,
    ImportIssue,
    Inspection,
    KeyQuestionResult,
    Membership,
    Provider,
    ProviderAlias,
    Recommendation,
    ReportSource,
    StandardRating,
)
from inspections.publishing import IssuesUnresolved, PublicationDateMissing, PublicationRefused
from inspections.report_import import (
    ImportedReport,
    ImportRefused,
    ProviderChoices,
    import_report,
    supply_values,
)
from inspections.report_import.fields import COLUMNS, value_at
from inspections.report_parser import NotAnInspectionReport, ParsedReport
from tests.inspections.report_parser.page_forms import pretty
from tests.inspections.report_parser.report_texts import (
    EVERY,
    REAL,
    SAMPLE,
    doctored,
    text_of,
)
from tests.world import make_provider, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
PUBLISHED = {"published_on": "2026-02-10"}
SHOULD = "Example Valleys PDU should:"
MODELS = (
    ReportSource,
    Inspection,
    StandardRating,
    KeyQuestionResult,
    Finding,
    Recommendation,
    ImportIssue,
)


def _import(text: str, **arguments: Any) -> ImportedReport:
    return import_report(source=text.encode(), now=NOW, **arguments)


def _counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (*MODELS, Provider)}


def _issues(inspection: Inspection) -> list[tuple[str, str, str]]:
    rows = ImportIssue.objects.filter(source__inspection=inspection).order_by("pk")
    return list(rows.values_list("field", "severity", "supplied"))


@pytest.fixture
def administrator() -> User:
    return make_user("Ada Admin", Membership.Role.HMIP_ADMINISTRATOR)


def _all_findings(report: ParsedReport) -> list[tuple[str | None, str, str, int]]:
    section = report.diversity_and_inclusion
    found = [(each.code, finding) for each in report.standards for finding in each.findings]
    found += [(None, finding) for finding in (section.findings if section else ())]  # type: ignore[misc]
    return [(code, each.kind.value, each.text, each.line) for code, each in found]


@pytest.mark.parametrize("name", EVERY)
def test_every_row_says_what_the_report_says(name: str) -> None:
    imported = _import(text_of(name))
    report, inspection = imported.report, imported.inspection
    inspection.refresh_from_db()

    assert (inspection.state, inspection.published_on) == (Inspection.State.DRAFT, None)
    assert inspection.provider_name == report.provider.name == inspection.provider.name
    for path, column in COLUMNS.items():
        assert getattr(inspection, column.name) in {value_at(report, path), ""}, path

    ratings = inspection.ratings.order_by("pk").values_list("standard__code", "rating", "wording")
    assert list(ratings) == [(each.code, each.rating, each.wording) for each in report.standards]
    results = inspection.key_question_results.order_by("pk").values_list(
        "key_question__code", "text", "percent"
    )
    assert list(results) == [
        (f"{each.code}/{ordinal}", question.text, question.percent)
        for each in report.standards
        for ordinal, question in enumerate(each.key_questions, start=1)
    ]
    findings = inspection.findings.order_by("ordinal").values_list("standard__code", "kind", "text")
    expected = sorted(_all_findings(report), key=lambda found: found[-1])
    assert list(findings) == [found[:3] for found in expected]
    recommendations = inspection.recommendations.order_by("pk")
    assert list(recommendations.values_list("number", "addressed_to", "text")) == [
        (each.number, each.addressed_to, each.text) for each in report.recommendations
    ]
    assert {each.addressee for each in recommendations} == {inspection.provider}
    assert len({each.group for each in recommendations}) == len(report.recommendations)


@pytest.mark.parametrize("name", REAL)
def test_a_real_report_finds_its_unit_in_wales_and_is_published_with_a_date(
    name: str, administrator: User
) -> None:
    providers = Provider.objects.count()
    imported = _import(text_of(name), values=PUBLISHED, publish_as=administrator)
    inspection = imported.inspection
    assert (inspection.provider.name, str(inspection.provider.region)) == (name, "Wales")
    assert Provider.objects.count() == providers
    assert inspection.state == Inspection.State.PUBLISHED
    assert inspection.published_on == date(2026, 2, 10)
    assert _issues(inspection) == [("published_on", "warning", "2026-02-10")]
    lead = make_user("Lee Lead", Membership.Role.PDU_LEAD, inspection.provider)
    seen = visible_recommendations(lead, TODAY)
    assert seen.count() == len(imported.report.recommendations)


@pytest.mark.parametrize("name", EVERY)
def test_every_value_knows_the_lines_it_came_from(name: str) -> None:
    inspection = _import(text_of(name)).inspection
    source = inspection.source
    assert source is not None
    text = source.text.splitlines()
    for finding in inspection.findings.all():
        first, last = source.lines[f"findings.{finding.ordinal}"]
        assert finding.text[:30] in " ".join(" ".join(text[first - 1 : last]).split())
    for position, recommendation in enumerate(inspection.recommendations.order_by("pk"), start=1):
        first, last = source.lines[f"recommendations.{position}"]
        assert recommendation.text[:30] in " ".join(" ".join(text[first - 1 : last]).split())
    first, _ = source.lines["score"]
    assert f"Score {inspection.score}/{inspection.score_max}" in text[first - 1]


def test_the_same_bytes_twice_change_nothing() -> None:
    first = _import(text_of(SAMPLE))
    before = _counts()
    second = _import(text_of(SAMPLE))
    assert (first.is_new, second.is_new, second.is_changed) == (True, False, False)
    assert second.inspection == first.inspection
    assert _counts() == before


def test_a_web_page_is_kept_as_its_text_and_never_as_html() -> None:
    from_text = _import(text_of(SAMPLE)).inspection
    from_page = _import(pretty(text_of(SAMPLE))).inspection
    assert from_page.source is not None
    assert from_page.source.format == "html"
    assert "<" not in from_page.source.text
    for rows in ("ratings", "key_question_results", "findings", "recommendations"):
        assert getattr(from_page, rows).count() == getattr(from_text, rows).count()


def test_a_source_whose_draft_was_deleted_makes_a_new_one() -> None:
    first = _import(text_of(SAMPLE), values=PUBLISHED).inspection
    first.recommendations.all().delete()
    first.delete()
    again = _import(text_of(SAMPLE))
    assert again.is_new
    assert _issues(again.inspection)[0] == ("published_on", "warning", "")
    assert ReportSource.objects.count() == 1


def test_a_draft_is_stored_in_a_bounded_number_of_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        _import(text_of(SAMPLE))
    assert len(queries) <= 26


def test_what_is_no_report_is_refused_and_stores_nothing() -> None:
    before = _counts()
    with pytest.raises(NotAnInspectionReport):
        _import("A shopping list: tea, milk, bread.")
    assert _counts() == before


# --- Publishing at once ---------------------------------------------------------------------------


def test_a_refused_publication_leaves_nothing_behind_and_works_once_completed(
    administrator: User,
) -> None:
    before = _counts()
    with pytest.raises(PublicationDateMissing):
        _import(text_of(SAMPLE), publish_as=administrator)
    assert _counts() == before
    imported = _import(text_of(SAMPLE), values=PUBLISHED, publish_as=administrator)
    assert imported.is_new
    assert imported.is_published_now


def test_a_draft_that_is_here_is_completed_and_published_from_the_same_bytes(
    administrator: User,
) -> None:
    draft = _import(text_of(SAMPLE)).inspection
    with pytest.raises(PublicationRefused):
        _import(text_of(SAMPLE), values={"caseload": "1,850"}, publish_as=administrator)
    draft.refresh_from_db()
    assert draft.caseload == 1846
    imported = _import(text_of(SAMPLE), values=PUBLISHED, publish_as=administrator)
    assert imported.inspection == draft
    assert not imported.is_new
    assert imported.is_published_now


def test_the_same_call_after_publishing_changes_nothing(administrator: User) -> None:
    _import(text_of(SAMPLE), values=PUBLISHED, publish_as=administrator)
    before = _counts()
    again = _import(text_of(SAMPLE), values=PUBLISHED, publish_as=administrator)
    assert not again.is_changed
    assert _counts() == before


def test_other_values_are_refused_once_it_is_published(administrator: User) -> None:
    inspection = _import(text_of(SAMPLE), values=PUBLISHED, publish_as=administrator).inspection
    with pytest.raises(ImportRefused, match="is published, so its values stand"):
        _import(text_of(SAMPLE), values={"score": "9"})
    with pytest.raises(ImportRefused, match="is published"):
        supply_values(inspection=inspection, values={"score": "9"})


@pytest.mark.parametrize("value", ["8", "confirmed"])
def test_a_failed_cross_check_stands_in_the_way_until_a_person_decides(
    administrator: User, value: str
) -> None:
    text = doctored(SAMPLE, ("Score 8/21", "Score 9/21"))
    with pytest.raises(IssuesUnresolved, match=r"\(score\) The published score is 9"):
        _import(text, values=PUBLISHED, publish_as=administrator)
    imported = _import(text, values={**PUBLISHED, "score": value}, publish_as=administrator)
    assert imported.inspection.score == (8 if value == "8" else 9)
    assert ("score", "error", value) in _issues(imported.inspection)


def test_one_inspection_saved_as_text_and_as_html_is_not_published_twice(
    administrator: User,
) -> None:
    _import(text_of(SAMPLE), values=PUBLISHED, publish_as=administrator)
    copy = pretty(text_of(SAMPLE))
    with pytest.raises(IssuesUnresolved, match="same fieldwork is here already"):
        _import(copy, values=PUBLISHED, publish_as=administrator)
    confirmed = {**PUBLISHED, "source": "confirmed"}
    assert _import(copy, values=confirmed, publish_as=administrator).is_published_now


# --- Finding the bodies ---------------------------------------------------------------------------


def test_an_unknown_provider_is_proposed_and_said_to_be_new() -> None:
    inspection = _import(text_of(SAMPLE)).inspection
    provider = inspection.provider
    assert (provider.name, provider.kind, provider.region) == (SAMPLE, "pdu", None)
    assert ("provider.name", "warning", "") in _issues(inspection)
    issue = ImportIssue.objects.get(field="provider.name")
    assert "No provider is called “Example Valleys PDU”" in issue.message
    assert issue.line == 5


@pytest.mark.parametrize("alias", ["Example Valleys PDU", "Example Valleys"])
def test_a_provider_is_found_by_an_alias_that_it_bore_during_fieldwork(alias: str) -> None:
    unit = make_provider("Northmarch PDU")
    ProviderAlias.objects.create(provider=unit, name=alias, ends_on=date(2024, 9, 30))
    inspection = _import(text_of(SAMPLE)).inspection
    assert inspection.provider == unit
    assert inspection.provider_name == SAMPLE
    assert {each.addressee for each in inspection.recommendations.all()} == {unit}


def test_an_alias_given_up_before_fieldwork_is_not_the_provider_s() -> None:
    unit = make_provider("Northmarch PDU")
    ProviderAlias.objects.create(provider=unit, name=SAMPLE, ends_on=date(2024, 8, 31))
    assert _import(text_of(SAMPLE)).inspection.provider != unit


def test_a_name_that_two_providers_bear_is_not_guessed() -> None:
    for name in ("Northmarch PDU", "Southmarch PDU"):
        ProviderAlias.objects.create(provider=make_provider(name), name=SAMPLE)
    before = _counts()
    with pytest.raises(ImportRefused, match=r"Northmarch PDU .*Southmarch PDU .*provider\.name="):
        _import(text_of(SAMPLE))
    assert _counts() == before
    imported = _import(text_of(SAMPLE), values={"provider": "Southmarch"})
    assert imported.inspection.provider.name == "Southmarch PDU"


def test_the_choice_of_a_person_rules_over_the_names() -> None:
    unit, other = make_provider("Northmarch PDU"), make_provider("Southmarch PDU")
    chosen = ProviderChoices(inspected=unit, addressees={2: [other], 3: [unit, other]})
    inspection = _import(text_of(SAMPLE), choices=chosen).inspection
    rows = inspection.recommendations.order_by("pk").values_list("number", "addressee__name")
    assert list(rows)[:4] == [
        (1, "Northmarch PDU"),
        (2, "Southmarch PDU"),
        (3, "Northmarch PDU"),
        (3, "Southmarch PDU"),
    ]
    assert not Provider.objects.filter(name=SAMPLE).exists()


def test_one_published_to_two_bodies_is_one_row_each_and_shares_a_group() -> None:
    region = make_provider("Northmarch", kind=Provider.Kind.REGION)
    text = doctored(SAMPLE, (SHOULD, "Example Valleys PDU and Northmarch region should:"))
    inspection = _import(text).inspection
    rows = list(inspection.recommendations.order_by("pk"))
    assert len(rows) == 12
    assert {each.addressee for each in rows} == {inspection.provider, region}
    for unit_s, region_s in zip(rows[::2], rows[1::2], strict=True):
        assert (unit_s.group, unit_s.number, unit_s.text) == (
            region_s.group,
            region_s.number,
            region_s.text,
        )
    assert len({each.group for each in rows}) == 6


def test_several_groups_go_to_their_own_addressees() -> None:
    unit = make_provider(SAMPLE)
    text = doctored(
        SAMPLE,
        (SHOULD, "The PDU should:"),
        ("  5. agree with", "The region should:\n\n  5. agree with"),
        ("  6. begin", "HM Prison and Probation Service should:\n\n  6. begin"),
    )
    inspection = _import(text).inspection
    rows = inspection.recommendations.order_by("pk")
    assert [each.addressee.name for each in rows] == [SAMPLE] * 4 + ["Invented Region", "HMPPS"]
    assert inspection.provider == unit
    assert rows[0].addressed_to == "The PDU"


def test_an_unknown_addressee_is_proposed_once_and_pointed_out() -> None:
    text = doctored(SAMPLE, ("  5. agree with", "Atlantis PDU should:\n\n  5. agree with"))
    inspection = _import(text).inspection
    assert Provider.objects.filter(name="Atlantis PDU").count() == 1
    assert inspection.recommendations.filter(addressee__name="Atlantis PDU").count() == 2
    assert ("recommendations.5.addressed_to", "warning", "") in _issues(inspection)


def test_a_report_with_standards_of_no_known_framework_is_refused() -> None:
    Framework.objects.get().standards.filter(code="P 2.4").delete()
    before = _counts()
    with pytest.raises(ImportRefused, match=r"P 2\.4; add the framework"):
        _import(text_of(SAMPLE))
    assert _counts() == before


def test_of_several_frameworks_the_one_with_just_these_standards_is_taken() -> None:
    current = Framework.objects.get()
    wider = Framework.objects.create(code="wider", name="Wider", score_max=24, judgements=[])
    codes = [*current.standards.values_list("code", "name"), ("P 3.1", "More")]
    for ordinal, (code, name) in enumerate(codes, start=1):
        wider.standards.create(code=code, name=name, ordinal=ordinal)
    assert _import(text_of(SAMPLE)).inspection.framework == current


# --- What no table can hold -----------------------------------------------------------------------


def test_a_number_that_stands_twice_is_provisional_and_blocks_publishing(
    administrator: User,
) -> None:
    text = doctored(SAMPLE, ("  4. give", "  3. give"))
    with pytest.raises(IssuesUnresolved):
        _import(text, values=PUBLISHED, publish_as=administrator)
    decided = {**PUBLISHED, "recommendations": "confirmed", "recommendations.4.number": "4"}
    inspection = _import(text, values=decided, publish_as=administrator).inspection
    numbers = inspection.recommendations.order_by("pk").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5, 6]


def test_an_impossible_score_is_left_out_and_reported(administrator: User) -> None:
    text = doctored(SAMPLE, ("Score 8/21", "Score 28/21"))
    inspection = _import(text).inspection
    assert (inspection.score, inspection.score_max) == (None, 21)
    assert "score" in {field for field, severity, _ in _issues(inspection) if severity == "error"}


def test_a_figure_beyond_all_bounds_is_left_out_and_reported() -> None:
    text = doctored(SAMPLE, ("312,480", "312,480,312,480"))
    inspection = _import(text).inspection
    assert inspection.population is None
    assert "population" in {field for field, _, _ in _issues(inspection)}


def test_a_key_question_too_many_is_reported_and_not_stored() -> None:
    text = text_of(SAMPLE)
    question = next(line for line in text.splitlines() if line.endswith("?81%"))
    inspection = _import(text.replace(question, f"{question}\n{question}")).inspection
    results = inspection.key_question_results.filter(key_question__standard__code="P 2.1")
    assert results.count() == 3
    assert ("standards.P 2.1.key_questions", "error", "") in _issues(inspection)
