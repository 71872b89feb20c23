"""The doors of what the Inspectorate published: wording, Welsh, basis, transfer, withdrawal."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from inspections.models import Finding, KeyQuestion, KeyQuestionResult, Standard
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, form_path, said
from tests.world import make_inspection, make_provider, make_recommendation
from tracker.domain import commands as c
from tracker.models import Event, RecommendationProgress
from tracker.projections import state_of
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
ENGLISH = "Improve the quality of risk assessment."
OF_THE_ADMINISTRATOR = (
    "correct-wording",
    "record-welsh-wording",
    "withdraw-publication",
    "transfer-recommendation",
    "redact-personal-data",
)


@pytest.fixture
def administrator(story: Story) -> Visitor:
    return Visitor(story.administrator)


def progress_of(pk: int) -> RecommendationProgress:
    return RecommendationProgress.objects.get(pk=pk)


@pytest.mark.parametrize("slug", OF_THE_ADMINISTRATOR)
def test_only_the_administrator_comes_in(
    story: Story, people: dict[str, User], pk: int, slug: str
) -> None:
    story.unit.successor, story.unit.succeeded_on = make_provider("Marches PDU"), TODAY
    story.unit.save()
    for who, user in people.items():
        visitor = Visitor(user)
        status = visitor.get(form_path(pk, slug)).status_code
        assert status == (200 if who == "administrator" else 403), who
        assert (slug in visitor.menu(pk)) == (who == "administrator")


@pytest.mark.parametrize("slug", [*OF_THE_ADMINISTRATOR, "link-basis", "confirm-recurrence"])
def test_to_an_outsider_the_forms_are_not_there(foreign: Story, lead: Visitor, slug: str) -> None:
    for pk in (foreign.recommendation.pk, 987_654):
        assert lead.get(form_path(pk, slug)).status_code == 404
        assert lead.post(pk, slug, {"reason": "x"}).status_code == 404


# --- Wording --------------------------------------------------------------------------------------


def test_the_wording_is_filled_in_as_it_stands_and_corrected(
    administrator: Visitor, pk: int
) -> None:
    assert administrator.opened(pk, "correct-wording")["wording"] == ENGLISH
    administrator.give(pk, "correct-wording", wording="Improve it.", reason="A misprint")
    assert progress_of(pk).wording == "Improve it."
    page = administrator.page(pk)
    assert "Improve it." in page
    assert ENGLISH in page, "the earlier wording stays readable on the timeline"


def test_a_refused_correction_keeps_its_text(administrator: Visitor, pk: int) -> None:
    response = administrator.fill_in(pk, "correct-wording", wording="Improve it.", reason="")
    assert list(said(response)) == ["reason"]
    assert "Improve it." in response.content.decode()


def test_the_same_correction_sent_twice_is_stored_once(administrator: Visitor, pk: int) -> None:
    form = {**administrator.opened(pk, "correct-wording"), "wording": "It.", "reason": "Misprint"}
    assert administrator.post(pk, "correct-wording", form).status_code == 302
    assert administrator.post(pk, "correct-wording", form).status_code == 302
    assert Event.objects.filter(recommendation=pk).count() == 2


def test_the_welsh_wording_is_written_with_the_english_in_view_and_stands_beside_it(
    administrator: Visitor, pk: int
) -> None:
    form = administrator.read(form_path(pk, "record-welsh-wording"))
    assert ENGLISH in form
    assert 'lang="cy"' in form
    welsh = "Gwella ansawdd asesu risg."
    administrator.give(pk, "record-welsh-wording", wording=welsh, reason="Translated")
    assert (progress_of(pk).wording, progress_of(pk).wording_cy) == (ENGLISH, welsh)
    assert administrator.opened(pk, "record-welsh-wording")["wording"] == welsh
    page = administrator.page(pk)
    assert ENGLISH in page
    assert welsh in page


# --- Basis ----------------------------------------------------------------------------------------


@pytest.fixture
def finding(story: Story) -> Finding:
    standard = Standard.objects.get(code="P 2.1", framework=story.inspection.framework)
    question = KeyQuestion.objects.get(code="P 2.1/3", standard=standard)
    KeyQuestionResult.objects.create(
        inspection=story.inspection, key_question=question, text="Safe?", percent=48
    )
    return Finding.objects.create(
        inspection=story.inspection,
        standard=standard,
        kind=Finding.Kind.FINDING,
        ordinal=1,
        text="Assessments missed what the police knew.",
    )


def test_the_basis_is_chosen_among_what_the_report_and_its_framework_hold(
    finding: Finding, pk: int, lead: Visitor
) -> None:
    form = lead.read(form_path(pk, "link-basis"))
    for words in (
        "P 2.1 Assessment",
        "P 2.1/3 keeping other people safe: 48%, inadequate",
        "P 2.1, finding: Assessments missed what the police knew.",
        "Management oversight",
    ):
        assert words in form, words


def test_what_is_linked_is_ticked_and_can_be_unticked(
    finding: Finding, story: Story, pk: int, lead: Visitor
) -> None:
    chosen: dict[str, Any] = {
        "standards": ["P 2.1"],
        "key_questions": ["P 2.1/1", "P 2.1/3"],
        "findings": [str(finding.pk)],
        "themes": ["victims"],
    }
    lead.give(pk, "link-basis", **chosen)
    opened = lead.opened(pk, "link-basis")
    assert {name: opened[name] for name in chosen} == chosen
    Visitor(story.inspector).give(pk, "link-basis", key_questions=["P 2.1/3"], themes=[])
    basis = state_of(progress_of(pk)).basis
    assert (basis.standards, basis.key_questions) == (("P 2.1",), ("P 2.1/3",))
    assert (basis.findings, basis.themes) == ((finding.pk,), ())


def test_the_same_basis_again_is_refused_in_words(pk: int, lead: Visitor) -> None:
    lead.give(pk, "link-basis", standards=["P 2.1"])
    response = lead.fill_in(pk, "link-basis")
    assert "already linked to exactly this" in said(response)["__all__"][0]


def test_the_basis_of_another_report_is_refused(
    story: Story, foreign: Story, pk: int, lead: Visitor
) -> None:
    theirs = Finding.objects.create(
        inspection=foreign.inspection, kind=Finding.Kind.STRENGTH, ordinal=1, text="Theirs"
    )
    response = lead.fill_in(pk, "link-basis", findings=[theirs.pk])
    assert list(said(response)) == ["findings"]


@pytest.mark.parametrize("who", ["owner", "delegate", "regional lead", "co-ordinator"])
def test_the_basis_is_for_leads_and_inspectors(people: dict[str, User], pk: int, who: str) -> None:
    visitor = Visitor(people[who])
    assert "link-basis" not in visitor.menu(pk)
    assert visitor.get(form_path(pk, "link-basis")).status_code == 403


# --- Transfer and withdrawal ----------------------------------------------------------------------


def test_only_a_recorded_successor_is_offered(
    story: Story, administrator: Visitor, pk: int, lead: Visitor
) -> None:
    assert "transfer-recommendation" not in administrator.menu(pk)
    successor = make_provider("Marches PDU")
    story.unit.successor, story.unit.succeeded_on = successor, TODAY
    story.unit.save()
    assert administrator.opened(pk, "transfer-recommendation")["to_provider_id"] == str(
        successor.pk
    )
    elsewhere = make_provider("Elsewhere PDU")
    response = administrator.fill_in(
        pk, "transfer-recommendation", to_provider_id=elsewhere.pk, reason="Merged"
    )
    assert "no successor of the addressee" in said(response)["to_provider_id"][0]
    administrator.give(pk, "transfer-recommendation", reason="Merged")
    assert progress_of(pk).provider == successor
    assert lead.get(form_path(pk, "respond")).status_code == 404


def test_a_withdrawn_publication_stays_readable_and_takes_nothing_but_a_redaction(
    administrator: Visitor, pk: int, lead: Visitor
) -> None:
    administrator.give(pk, "withdraw-publication", reason="Published by mistake")
    assert progress_of(pk).is_withdrawn
    assert "Published by mistake" in lead.page(pk)
    assert lead.menu(pk) == set()
    assert administrator.menu(pk) == {"redact-personal-data"}


# --- Recurrence -----------------------------------------------------------------------------------


@pytest.fixture
def other(story: Story) -> int:
    """A recommendation of another unit, with words of its own."""
    inspection = make_inspection(make_provider("Southmarch PDU"))
    recommendation = make_recommendation(inspection, text="Share what the police know.")
    open_streams(inspection=inspection, actor=story.administrator, now=story.now)
    return recommendation.pk


def test_the_other_recommendation_is_searched_for_and_then_confirmed(
    story: Story, pk: int, other: int
) -> None:
    inspector = Visitor(story.inspector)
    place = form_path(pk, "confirm-recurrence")
    assert 'name="rationale"' not in inspector.read(place), "first the search"
    assert f"?other_recommendation_id={other}" in inspector.read(place, q="southmarch police")
    assert "Nothing fits" in inspector.read(place, q="southmarch fire")
    chosen = inspector.read(place, other_recommendation_id=str(other))
    assert "Share what the police know." in chosen
    form = inspector.opened(pk, "confirm-recurrence", other_recommendation_id=str(other))
    form["rationale"] = "The same gap was found."
    assert inspector.post(pk, "confirm-recurrence", form).status_code == 302
    assert inspector.post(pk, "confirm-recurrence", form).status_code == 302
    assert state_of(progress_of(pk)).recurrences == (other,)
    assert Event.objects.filter(recommendation=pk).count() == 2


def test_a_search_finds_neither_itself_nor_what_is_confirmed_nor_too_much(
    story: Story, pk: int, other: int
) -> None:
    many = make_inspection(make_provider("Eastmarch PDU"))
    for _ in range(25):
        make_recommendation(many)
    open_streams(inspection=many, actor=story.administrator, now=story.now)
    story.tell(
        c.ConfirmRecurrence(other_recommendation_id=other, rationale="Same"), by=story.inspector
    )
    inspector, place = Visitor(story.inspector), form_path(pk, "confirm-recurrence")
    assert f"?other_recommendation_id={other}" not in inspector.read(place, q="Southmarch")
    assert f"?other_recommendation_id={pk}" not in inspector.read(place, q="Northmarch")
    page = inspector.read(place, q="risk")
    assert page.count("?other_recommendation_id=") == 20
    assert "There are more" in page


@pytest.mark.parametrize("asked", ["987654", "not a number", "٣"])
def test_a_recommendation_that_is_not_there_leads_back_to_the_search(
    story: Story, pk: int, asked: str
) -> None:
    page = Visitor(story.inspector).read(
        form_path(pk, "confirm-recurrence"), other_recommendation_id=asked
    )
    assert "Find the other recommendation" in page


def test_a_recurrence_without_its_recommendation_asks_for_a_fresh_form(
    story: Story, pk: int
) -> None:
    inspector = Visitor(story.inspector)
    response = inspector.fill_in(pk, "confirm-recurrence", rationale="The same gap")
    assert "open it afresh" in said(response)["__all__"][0]
    assert "The same gap" in response.content.decode()
