"""Completing a draft in one go, and typing one in by hand."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspections.models import Framework, ImportIssue, Inspection, Provider
from inspections.publishing import unresolved_errors
from inspections.report_import import (
    ABSENT,
    NewFinding,
    NewRecommendation,
    Revision,
    RevisionRefused,
    import_report,
    revise_draft,
    start_by_hand,
)
from inspections.report_import.by_hand import TitleMissing, TypedInAlready
from inspections.report_import.checking import doubts_about
from inspections.report_import.parts import Entry
from inspections.report_import.sheet import blank_sheet, entries_of, sheet_of
from inspections.report_import.source_lines import SourceLines
from inspections.report_import.supplying import PublishedIsFixed
from tests.world import make_inspection, make_provider

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
SAMPLE = Path("inspections/sample_report/example_valleys_pdu.txt")


@pytest.fixture
def unit() -> Provider:
    return make_provider("Example Valleys PDU")


@pytest.fixture
def draft(unit: Provider) -> Inspection:
    return import_report(source=SAMPLE.read_bytes(), now=NOW).inspection


@pytest.fixture
def framework() -> Framework:
    return Framework.objects.get()


def entry(inspection: Inspection, path: str) -> Entry:
    return next(each for each in entries_of(sheet_of(inspection)) if each.path == path)


def new_recommendation(text: str = "think again", **fields: str) -> NewRecommendation:
    parts = {"number": "", "addressed_to": "", "text_cy": "", **fields}
    return NewRecommendation(path="new.1", text=text, **parts)


# --- Values ---------------------------------------------------------------------------------------


def test_every_value_that_does_not_fit_is_named_and_nothing_is_changed(draft: Inspection) -> None:
    values = {"title": "Another", "published_on": "soon", "recommendations.1.number": "0"}
    with pytest.raises(RevisionRefused) as refusal:
        revise_draft(inspection=draft, revision=Revision(values=values))
    assert set(refusal.value.by_path) == {"published_on", "recommendations.1.number"}
    draft.refresh_from_db()
    assert draft.title != "Another"


def test_two_values_that_fit_only_together_are_taken_together(draft: Inspection) -> None:
    values = {"score_max": "27", "score": "25"}
    revise_draft(inspection=draft, revision=Revision(values=values))
    assert (draft.score, draft.score_max) == (25, 27)


def test_what_the_report_does_not_give_can_be_said_to_be_absent(draft: Inspection) -> None:
    paths = ("lead_inspector", "population", "standards.P 2.1.key_questions.1.percent")
    revise_draft(inspection=draft, revision=Revision(values=dict.fromkeys(paths, ABSENT)))
    assert (draft.lead_inspector, draft.population) == ("", None)
    assert entry(draft, paths[2]).value == ""


@pytest.mark.parametrize("path", ["title", "recommendations.1.text", "recommendations.1.number"])
def test_what_no_report_is_without_cannot_be_absent(draft: Inspection, path: str) -> None:
    with pytest.raises(RevisionRefused):
        revise_draft(inspection=draft, revision=Revision(values={path: ABSENT}))


def test_welsh_wording_key_questions_and_findings_are_corrected(draft: Inspection) -> None:
    values = {
        "recommendations.2.text_cy": "ysgrifennu ym mhob cynllun",
        "standards.P 2.1.key_questions.2.text": "Is it so?",
        "findings.1.text": "The head had five aims.",
        "findings.1.kind": "finding",
        "findings.1.standard": "P 1.2",
        "findings.2.standard": ABSENT,
    }
    revise_draft(inspection=draft, revision=Revision(values=values))
    assert draft.recommendations.get(number=2).text_cy == "ysgrifennu ym mhob cynllun"
    assert draft.key_question_results.filter(text="Is it so?").exists()
    first, second = draft.findings.order_by("ordinal")[:2]
    assert (first.text, first.kind) == ("The head had five aims.", "finding")
    assert first.standard is not None
    assert (first.standard.code, second.standard) == ("P 1.2", None)


def test_a_new_provider_is_accepted_with_its_region(unit: Provider) -> None:
    source = SAMPLE.read_bytes().replace(b"Valleys", b"Moors")
    draft = import_report(source=source, now=NOW).inspection
    assert draft.provider.is_proposed
    region = str(unit.region)
    revise_draft(inspection=draft, revision=Revision(values={"provider.region": region}))
    assert str(draft.provider.region) == region
    with pytest.raises(RevisionRefused):
        revise_draft(inspection=draft, revision=Revision(values={"provider.region": unit.name}))


def test_a_new_provider_goes_when_an_existing_one_is_chosen(unit: Provider) -> None:
    source = SAMPLE.read_bytes().replace(b"Valleys", b"Moors")
    draft = import_report(source=source, now=NOW).inspection
    revise_draft(inspection=draft, revision=Revision(values={"provider.name": unit.name}))
    assert draft.provider == unit
    assert not Provider.objects.filter(is_proposed=True).exists()


def test_a_published_inspection_is_fixed(draft: Inspection) -> None:
    Inspection.objects.update(state="published", published_on=NOW.date())
    with pytest.raises(PublishedIsFixed):
        revise_draft(inspection=draft, revision=Revision(values={"title": "Another"}))


# --- Recommendations and findings -----------------------------------------------------------------


def test_a_recommendation_is_added_with_the_next_number_to_the_inspected_provider(
    draft: Inspection,
) -> None:
    revise_draft(inspection=draft, revision=Revision(new_recommendations=(new_recommendation(),)))
    added = draft.recommendations.get(text="think again")
    assert (added.number, added.addressee, added.addressed_to) == (
        7,
        draft.provider,
        draft.provider.name,
    )


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"text": ""}, "new.1.text"),
        ({"number": "1"}, "new.1.number"),
        ({"number": "first"}, "new.1.number"),
        ({"addressed_to": "Nobody at all PDU"}, "new.1.addressed_to"),
    ],
)
def test_a_recommendation_that_does_not_fit_is_refused_where_it_does_not(
    draft: Inspection, fields: dict[str, str], at: str
) -> None:
    added = new_recommendation(**fields)
    with pytest.raises(RevisionRefused) as refusal:
        revise_draft(inspection=draft, revision=Revision(new_recommendations=(added,)))
    assert set(refusal.value.by_path) == {at}
    assert draft.recommendations.count() == 6


def test_one_that_is_left_out_lets_the_others_move_up_with_their_issues_and_lines(
    draft: Inspection,
) -> None:
    for place in (1, 2, 3):
        ImportIssue.objects.create(
            source=draft.source,
            field=f"recommendations.{place}.number",
            severity="error",
            message=f"About the one that was number {place}.",
        )
    before = entry(draft, "recommendations.3.text")
    revise_draft(inspection=draft, revision=Revision(recommendations_left_out=(2,)))
    after = entry(draft, "recommendations.2.text")
    assert (after.value, after.excerpts) == (before.value, before.excerpts)
    issues = ImportIssue.objects.of(draft).filter(field__startswith="recommendations.")
    assert dict(issues.values_list("field", "message")) == {
        "recommendations.1.number": "About the one that was number 1.",
        "recommendations.2.number": "About the one that was number 3.",
    }


def test_findings_are_added_and_left_out(draft: Inspection) -> None:
    count = draft.findings.count()
    added = NewFinding(path="new", standard="P 1.1", kind="strength", text="A new strength.")
    revise_draft(
        inspection=draft, revision=Revision(new_findings=(added,), findings_left_out=(1, 2))
    )
    assert draft.findings.count() == count - 1
    assert draft.findings.filter(text="A new strength.", standard__code="P 1.1").exists()
    wrong = NewFinding(path="new", standard="", kind="nonsense", text="x")
    with pytest.raises(RevisionRefused):
        revise_draft(inspection=draft, revision=Revision(new_findings=(wrong,)))


# --- By hand --------------------------------------------------------------------------------------

COMPLETE = {
    "published_on": "2026-05-12",
    "score": "8",
    "overall_rating": "requires_improvement",
    "standards.P 1.1.rating": "good",
    "standards.P 1.2.rating": "requires_improvement",
    "standards.P 1.3.rating": "good",
    "standards.P 2.1.rating": "requires_improvement",
    "standards.P 2.2.rating": "requires_improvement",
    "standards.P 2.3.rating": "inadequate",
    "standards.P 2.4.rating": "requires_improvement",
    **{f"standards.P 2.{s}.key_questions.{q}.percent": "60" for s in (1, 2, 4) for q in (1, 2, 3)},
    **{f"standards.P 2.3.key_questions.{q}.percent": "30" for q in (1, 2, 3)},
}


def by_hand(unit: Provider, framework: Framework, **values: str) -> Inspection:
    typed = {**COMPLETE, **{key.replace("__", "."): value for key, value in values.items()}}
    revision = Revision(values=typed, new_recommendations=(new_recommendation(),))
    return start_by_hand(
        title="An inspection of Example Valleys", provider=unit, framework=framework,
        revision=revision,
    )  # fmt: skip


def test_what_is_typed_in_completely_has_no_issue(unit: Provider, framework: Framework) -> None:
    draft = by_hand(unit, framework)
    assert (draft.source, draft.provider_name, draft.score_max) == (None, unit.name, 21)
    assert list(ImportIssue.objects.of(draft)) == []
    assert doubts_about(draft) == []


def test_figures_that_disagree_stand_in_the_way_until_they_agree_or_are_confirmed(
    unit: Provider, framework: Framework
) -> None:
    draft = by_hand(unit, framework, score="9")
    (issue,) = unresolved_errors(draft)
    assert issue.message == "The published score is 9, but the standards' ratings make 8."
    revise_draft(inspection=draft, revision=Revision(values={"score": "7"}))
    (issue,) = unresolved_errors(draft)
    assert issue.message.startswith("The published score is 7")
    revise_draft(inspection=draft, revision=Revision(values={"score": "confirmed"}))
    assert not unresolved_errors(draft)
    revise_draft(inspection=draft, revision=Revision(values={"title": "Another title"}))
    assert not unresolved_errors(draft)
    revise_draft(inspection=draft, revision=Revision(values={"score": "8"}))
    assert not ImportIssue.objects.of(draft).exists()


def test_what_is_not_typed_in_is_asked_for(unit: Provider, framework: Framework) -> None:
    draft = start_by_hand(title="Bare", provider=unit, framework=framework, revision=Revision())
    fields = set(ImportIssue.objects.of(draft).values_list("field", flat=True))
    assert {"published_on", "score", "overall_rating", "recommendations"} <= fields
    assert {"standards.P 1.1.rating", "standards.P 2.4.key_questions.3.percent"} <= fields


def test_a_report_typed_in_twice_leads_to_the_draft_that_is_here(
    unit: Provider, framework: Framework
) -> None:
    draft = by_hand(unit, framework)
    with pytest.raises(TypedInAlready) as refusal:
        by_hand(unit, framework)
    assert refusal.value.inspection == draft


def test_one_that_was_imported_before_is_pointed_out(
    draft: Inspection, unit: Provider, framework: Framework
) -> None:
    second = by_hand(unit, framework, fieldwork__month="2024-09")
    (issue,) = unresolved_errors(second)
    assert (issue.field, "is here already" in issue.message) == ("source", True)


def test_nothing_is_kept_of_what_is_refused(unit: Provider, framework: Framework) -> None:
    with pytest.raises(TitleMissing):
        start_by_hand(title=" ", provider=unit, framework=framework, revision=Revision())
    with pytest.raises(RevisionRefused) as refusal:
        by_hand(unit, framework, score="many")
    assert set(refusal.value.by_path) == {"score"}
    assert not Inspection.objects.exists()


def test_a_framework_without_scores_asks_for_none(unit: Provider) -> None:
    dynamic = Framework.objects.create(code="dynamic", name="Dynamic", judgements=[])
    draft = start_by_hand(
        title="Dynamic",
        provider=unit,
        framework=dynamic,
        revision=Revision(
            values={"published_on": "2026-05-12"}, new_recommendations=(new_recommendation(),)
        ),
    )
    assert not ImportIssue.objects.of(draft).exists()


# --- The sheet ------------------------------------------------------------------------------------


def test_each_value_stands_beside_its_lines(draft: Inspection) -> None:
    rating = entry(draft, "standards.P 2.3.rating")
    assert [excerpt.caption for excerpt in rating.excerpts] == [
        "In the ratings table",
        "Over the findings",
    ]
    assert rating.excerpts[0].lines == ((37, "P 2.3 Implementation and deliveryInadequate"),)
    assert "Six of 31" in entry(draft, "findings.10.text").value
    for each in entries_of(sheet_of(draft)):
        if each.value and not each.path.endswith(".standard"):
            assert each.excerpts, each.path


def test_an_issue_is_shown_with_the_lines_around_it(draft: Inspection) -> None:
    shown = SourceLines(draft.source).around(7)
    assert [number for number, _ in shown.lines] == [5, 7, 9]
    assert SourceLines(draft.source).around(10_000).lines == ()


def test_a_blank_sheet_asks_for_every_standard_of_the_framework(framework: Framework) -> None:
    entries = {each.path: each for each in entries_of(blank_sheet(framework))}
    assert entries["score_max"].value == "21"
    assert {f"standards.P 2.{n}.key_questions.3.percent" for n in (1, 2, 3, 4)} <= set(entries)
    assert all(not each.value for path, each in entries.items() if path != "score_max")


def test_a_draft_without_a_source_has_values_and_no_lines() -> None:
    sheet = sheet_of(make_inspection(state="draft"))
    assert all(not each.excerpts for each in entries_of(sheet))
