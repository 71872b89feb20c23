"""A draft's page: issues with their lines, every value correctable, all refusals at once."""

import pytest
from django.utils import timezone

from inspections.models import Finding, ImportIssue, Inspection, Provider
from inspections.report_import import import_report
from tests.inspections.importing.conftest import SAMPLE
from tests.inspections.importing.pages import errors_of, fill_in, opened, page_of
from tests.visitor import Visitor
from tests.world import make_inspection

pytestmark = pytest.mark.django_db


def named(draft: Inspection, place: int, part: str = "", before: str = "") -> str:
    """Return the name of the field, which goes by the recommendation and not by its place."""
    group = list(draft.recommendations.order_by("pk").values_list("group", flat=True))[place - 1]
    return f"{before}recommendations.{group.hex[:12]}{part}"


@pytest.fixture
def page(draft: Inspection) -> str:
    return page_of("draft", draft)


def test_an_issue_stands_first_with_its_lines_and_a_place_for_the_value(
    administrator: Visitor, page: str
) -> None:
    html = administrator.read(page)
    issue = html.index("The page gives no publication date")
    assert issue < html.index("Title, provider and publication")
    (card,) = administrator.get(page).context["preview"].open_issues
    assert [number for number, _ in card.excerpts[0].lines] == [5, 7, 9]
    assert [field.name for field in card.fields] == ["published_on"]
    assert html.count('name="published_on"') == 1


def test_errors_stand_before_warnings(administrator: Visitor, draft: Inspection, page: str) -> None:
    for field, severity in (("title", "warning"), ("score", "error")):
        ImportIssue.objects.create(
            source=draft.source, field=field, severity=severity, message=f"About {field}."
        )
    cards = administrator.get(page).context["preview"].open_issues
    assert [card.label for card in cards] == ["Score", "Title", "Publication date"]


def test_every_value_is_shown_beside_its_lines(administrator: Visitor, page: str) -> None:
    html = administrator.read(page)
    for words in (
        "Fieldwork started September 2024Score 8/21",
        "P 2.3 Implementation and deliveryInadequate",
        "visit people at home wherever risk",
        "The caseload of the PDU was 1,846",
        "Six of 31 probation officer posts",
    ):
        assert words in html, words


def test_a_supplied_value_settles_its_issue(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    response = fill_in(administrator, page, {"published_on": "2026-02-10"})
    assert response["Location"] == page
    draft.refresh_from_db()
    assert str(draft.published_on) == "2026-02-10"
    html = administrator.read(page)
    assert "Nothing is in doubt any more." in html
    assert "Supplied: 2026-02-10" in html


def test_what_the_report_says_can_be_kept(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    issue = ImportIssue.objects.create(
        source=draft.source, field="standards.P 1.1.rating", severity="error", message="Odd."
    )
    fill_in(administrator, page, {"confirm-standards.P~1.1.rating": "on"})
    issue.refresh_from_db()
    assert issue.supplied == "confirmed"
    assert "The report’s own value is kept." in administrator.read(page)


def test_only_what_was_changed_is_recorded_as_supplied(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    fill_in(administrator, page, {"caseload": "1,900", "lead_inspector": ""})
    draft.refresh_from_db()
    assert (draft.caseload, draft.lead_inspector) == (1900, "")
    supplied = ImportIssue.objects.exclude(supplied="").values_list("field", "supplied")
    assert dict(supplied) == {"caseload": "1,900", "lead_inspector": "absent"}


def test_all_that_is_refused_is_named_at_once_and_all_that_was_typed_is_kept(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    typed = {
        "title": "Typed before the refusal",
        "score": "30",
        named(draft, 2, ".number"): "two",
        named(draft, 3, ".addressed_to"): "Nobody at all PDU",
        "new_recommendation.1.text_cy": "dim ond Cymraeg",
    }
    response = fill_in(administrator, page, typed)
    found = errors_of(response)
    assert set(found) == {
        "score",
        named(draft, 2, ".number"),
        named(draft, 3, ".addressed_to"),
        "new_recommendation.1.text",
    }
    assert "no provider is called so" in found[named(draft, 3, ".addressed_to")][0]
    html = response.content.decode()
    assert all(words in html for words in typed.values())
    draft.refresh_from_db()
    assert draft.title != "Typed before the refusal"


def test_recommendations_are_added_corrected_translated_and_left_out(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    sent = {
        named(draft, 1, ".text"): "ask the police",
        named(draft, 2, ".text_cy"): "ysgrifennu",
        named(draft, 3, "", "leave_out-"): "on",
        "new_recommendation.1.text": "one more",
        "new_finding.1.text": "A new strength.",
        "new_finding.1.kind": "strength",
        "leave_out-findings.1": "on",
    }
    assert fill_in(administrator, page, sent).status_code == 302
    texts = dict(draft.recommendations.values_list("number", "text"))
    assert (texts[1], texts[7], 3 in texts) == ("ask the police", "one more", False)
    assert draft.recommendations.get(number=2).text_cy == "ysgrifennu"
    assert draft.findings.filter(text="A new strength.", standard=None).exists()
    assert not draft.findings.filter(ordinal=1).exists()


def test_a_new_provider_is_accepted_with_its_region_or_replaced(
    administrator: Visitor, unit: Provider
) -> None:
    source = SAMPLE.read_bytes().replace(b"Valleys", b"Moors")
    draft = import_report(source=source, now=timezone.now()).inspection
    page = page_of("draft", draft)
    assert "Example Moors PDU (new)" in administrator.read(page)
    fill_in(administrator, page, {"provider.region": str(unit.region)})
    draft.provider.refresh_from_db()
    assert draft.provider.region == unit.region
    assert "No provider is called" in administrator.read(page).partition("Settled issues")[2]
    fill_in(administrator, page, {"provider.name": unit.name})
    draft.refresh_from_db()
    assert draft.provider == unit
    assert "(new)" not in administrator.read(page)


def test_two_people_at_one_draft_the_second_is_told_and_saves_again_in_one_click(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    mine = {**opened(administrator, page), "title": "Mine"}
    fill_in(administrator, page, {"title": "Theirs"})
    response = administrator.client.post(page, mine)
    found = errors_of(response)
    assert found["title"] == ["On record now: Theirs"]
    assert "Somebody changed this draft" in found["__all__"][0]
    shown = {bound.html_name: bound.value() for bound in response.context["form"]}
    again = {name: value for name, value in shown.items() if value not in (None, "", False)}
    assert again["title"] == "Mine"
    assert administrator.client.post(page, again).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Mine"


def test_a_form_that_is_sent_twice_is_saved_once(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    sent = {**opened(administrator, page), "title": "Once"}
    assert [administrator.client.post(page, sent).status_code for _ in range(2)] == [302, 302]
    assert ImportIssue.objects.filter(field="title").count() == 1


def test_a_row_that_is_added_is_not_added_twice_when_the_form_is_sent_twice(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    sent = {**opened(administrator, page), "new_recommendation.1.text": "once only"}
    administrator.client.post(page, sent)
    administrator.client.post(page, sent)
    assert draft.recommendations.filter(text="once only").count() == 1


def test_one_that_is_left_out_goes_alone_when_the_form_is_sent_twice(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    sent = {**opened(administrator, page), named(draft, 3, before="leave_out-"): "on"}
    answers = [administrator.client.post(page, sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert draft.recommendations.count() == 5


def test_a_row_that_somebody_added_meanwhile_is_not_emptied(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    mine = {**opened(administrator, page), "title": "Mine"}
    fill_in(administrator, page, {"new_recommendation.1.text": "theirs"})
    response = administrator.client.post(page, mine)
    assert errors_of(response)["title"][0].startswith("On record now: An inspection")
    shown = {bound.html_name: bound.value() for bound in response.context["form"]}
    again = {name: value for name, value in shown.items() if value not in (None, "", False)}
    assert administrator.client.post(page, again).status_code == 302
    assert draft.recommendations.filter(number=7, text="theirs").exists()


def test_a_report_with_very_many_findings_is_saved_as_well(
    administrator: Visitor, draft: Inspection, page: str
) -> None:
    Finding.objects.bulk_create(
        Finding(inspection=draft, kind="finding", ordinal=ordinal, text=f"Finding {ordinal}")
        for ordinal in range(100, 500)
    )
    assert fill_in(administrator, page, {"findings.499.text": "The last"}).status_code == 302
    assert draft.findings.get(ordinal=499).text == "The last"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("published", "its record stands as it is"),
        ("embargoed", "do not change under the eyes of its readers"),
    ],
)
def test_what_is_let_out_is_fixed_and_the_page_says_where_to_go_on(
    administrator: Visitor, state: str, sentence: str
) -> None:
    inspection = make_inspection(state=state)
    page = page_of("draft", inspection)
    assert sentence in administrator.read(page)
    response = administrator.client.post(page, {"title": "forged"})
    assert sentence in response.content.decode()
    inspection.refresh_from_db()
    assert inspection.title != "forged"


def test_a_draft_typed_in_by_hand_has_no_lines(administrator: Visitor) -> None:
    html = administrator.read(page_of("draft", make_inspection(state="draft")))
    assert "Typed in by hand: there is no source." in html
    assert "source-lines" not in html
