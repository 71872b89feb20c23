"""The inspectors' pages: who sees what, what a page says, and that nobody else keeps it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from inspections.govuk_dates import govuk_date
from inspections.models import Inspection, ReinspectionNotice
from tests.tracker.story import NOW, Story
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import (
    Better,
    Closure,
    FigureSource,
    MeasureUnit,
    RedactionReason,
    Role,
)

pytestmark = pytest.mark.django_db
CANARY = "canary in the coal mine"
PERSONAL = ["/", "/recommendations/", "/inspections/"]


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


@pytest.fixture
def foreign() -> Story:
    """Another unit, whose every word holds the canary."""
    story = Story(f"The {CANARY} PDU")
    story.plan()
    story.update(CANARY)
    return story


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def menu(html: str) -> str:
    return html.partition('id="navigation"')[2].partition("</ul>")[0]


def test_whoever_holds_no_role_is_told_whom_to_ask_and_led_to_no_closed_door(
    story: Story,
) -> None:
    nobody = User.objects.create_user("nobody", "nobody@tracker.example")
    start = page(nobody, "/")
    assert "You hold no role today" in start
    assert "as soon as a report" not in start
    assert "Update actions" not in menu(start)
    assert "Update actions" in menu(page(story.lead, "/"))


def test_an_operator_without_a_role_is_led_to_what_they_run() -> None:
    operator = User.objects.create_superuser("operator", "operator@tracker.example")
    start = page(operator, "/")
    assert "You run this service and hold no role" in start
    assert "Update actions" in menu(start)


def page(user: User, path: str) -> str:
    response = as_(user).get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def address(story: Story) -> str:
    return f"/recommendations/{story.recommendation.pk}/"


@pytest.mark.parametrize("path", [*PERSONAL, "/recommendations/1/", "/inspections/1/"])
def test_a_stranger_is_sent_to_sign_in_first(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={path}"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", PERSONAL)
def test_a_page_is_kept_by_nobody_and_only_read(path: str, story: Story) -> None:
    client = as_(story.inspector)
    assert client.get(path)["Cache-Control"] == "private, no-store"
    assert client.post(path).status_code == 405


def test_the_lead_sees_their_own_unit_and_no_other(story: Story, foreign: Story) -> None:
    for path in (*PERSONAL, address(story), f"/inspections/{story.inspection.pk}/"):
        assert CANARY not in page(story.lead, path)
    assert "Northmarch PDU, recommendation 1" in page(story.lead, "/recommendations/")


def test_the_inspector_sees_all(story: Story, foreign: Story) -> None:
    listed = page(story.inspector, "/recommendations/")
    assert "Northmarch PDU, recommendation 1" in listed
    assert f"The {CANARY} PDU, recommendation 1" in listed
    assert CANARY in page(story.inspector, address(foreign))


@pytest.mark.parametrize("kind", ["recommendations", "inspections"])
def test_what_is_foreign_answers_as_what_does_not_exist(
    kind: str, story: Story, foreign: Story
) -> None:
    client = as_(story.lead)
    pk = foreign.recommendation.pk if kind == "recommendations" else foreign.inspection.pk
    refused, missing = client.get(f"/{kind}/{pk}/"), client.get(f"/{kind}/987654321/")
    assert refused.status_code == missing.status_code == 404
    assert refused.content == missing.content
    assert CANARY not in refused.content.decode()


def test_a_number_no_database_holds_is_not_found(story: Story) -> None:
    assert as_(story.inspector).get(f"/recommendations/{10**30}/").status_code == 404


def test_who_has_no_role_sees_empty_pages_that_say_so(story: Story) -> None:
    nobody = make_user("Nora Nobody")
    assert "You hold no role today" in page(nobody, "/")
    assert "There are no inspections for you to read yet" in page(nobody, "/inspections/")
    assert "There are no recommendations for you to read" in page(nobody, "/recommendations/")


def test_what_is_not_published_is_absent_but_for_its_named_readers(story: Story) -> None:
    secret = make_inspection(
        make_provider(f"{CANARY} PDU"), state=Inspection.State.EMBARGOED, published_on=None
    )
    secret.named_readers.add(story.lead)
    assert CANARY not in page(story.inspector, "/inspections/")
    assert as_(story.inspector).get(f"/inspections/{secret.pk}/").status_code == 404
    assert "This inspection is not published" in page(story.lead, f"/inspections/{secret.pk}/")


def test_a_recommendation_with_nothing_reported_says_so_in_words(story: Story) -> None:
    shown = page(story.inspector, address(story))
    for words in (
        "No progress reported yet",
        "No action is planned yet",
        "No evidence is attached yet",
        "No measure is defined yet",
        "No inspector has judged the progress yet",
        "Not assigned yet",
        "Not announced",
    ):
        assert words in shown


def test_a_transferred_recommendation_is_called_by_who_answers_for_it(story: Story) -> None:
    paths = ("/recommendations/", address(story), f"/inspections/{story.inspection.pk}/")
    assert not any("in the report" in page(story.inspector, path) for path in paths)
    successor = make_provider("Southmarch PDU")
    story.unit.successor, story.unit.succeeded_on = successor, NOW.date()
    story.unit.save()
    story.tell(
        c.TransferRecommendation(to_provider_id=successor.pk, reason="The units were merged."),
        by=story.administrator,
    )
    for path in paths:
        assert "Addressed to Northmarch PDU in the report" in page(story.inspector, path)
    assert "<title>Recommendation 1 of 2026, Southmarch PDU" in page(story.inspector, paths[1])
    for path in (paths[0], paths[2]):
        listed = page(story.inspector, path)
        assert "Southmarch PDU, recommendation 1 of 2026" in listed
        assert "Northmarch PDU, recommendation 2 of 2026" in listed


def test_recommendations_of_two_inspections_are_told_apart_by_their_year(story: Story) -> None:
    earlier = make_inspection(story.unit, published_on=date(2024, 5, 7))
    make_recommendation(earlier)
    Story(inspection=earlier)
    listed = page(story.lead, "/recommendations/")
    assert "Northmarch PDU, recommendation 1 of 2024" in listed
    assert "Northmarch PDU, recommendation 1 of 2026" in listed


def test_no_date_is_due_of_what_is_withdrawn(story: Story) -> None:
    due = f"due {govuk_date(story.recommendation.progress.response_due_on)}"
    assert due in page(story.inspector, address(story))
    story.tell(c.WithdrawPublication(reason="Published by mistake"), by=story.administrator)
    withdrawn = page(story.inspector, address(story))
    assert due not in withdrawn
    assert "No date is due any more" in withdrawn


def test_the_timeline_page_tells_the_whole_story(story: Story) -> None:
    action_id = story.plan()
    story.tell(c.Assign(accountable_id=story.lead.pk))
    later = story.now.date() + timedelta(days=200)
    story.tell(c.MoveTargetDate(action_id=action_id, target_on=later, reason="A vacancy"))
    update = story.update("<b>15</b> of 20 cases met the standard.")
    story.tell(
        c.CorrectProgressUpdate(event_id=update.event_id, text="14 of 20 cases", reason="Typing")
    )
    evidence = story.attach()
    story.tell(c.WithdrawEvidence(evidence_id=evidence.event_id, reason="Another file"))
    measure = story.tell(
        c.DefineMeasure(wording="Plans that meet it", better=Better.MORE, unit=MeasureUnit.N_OF_M)
    )
    story.tell(
        c.RecordMeasureFigure(
            measure_id=measure.event_id,
            value=MeasureValue(n=9, m=20),
            period_from=story.now.date() - timedelta(days=9),
            period_to=story.now.date(),
            source=FigureSource.DIP_SAMPLE,
        )
    )
    shown = page(story.inspector, address(story))
    for words in (
        "Lena Lead, PDU lead",
        "&lt;b&gt;15&lt;/b&gt; of 20 cases met the standard.",
        "Corrected on",
        "Progress update corrected",
        "moved once",
        "The first move of this date",
        "Withdrawn on",
        "9 of 20 (45%, 95% interval 26% to 66%)",
        "Provider’s dip sample, latest",
        "0 of 1 action reported complete",
        ">at 10:30am</time>",  # 9:30 UTC in summer
    ):
        assert words in shown, words


def test_removed_text_is_named_as_removed_and_shown_nowhere(story: Story) -> None:
    story.plan()
    update = story.update(CANARY)
    story.tell(
        c.RedactPersonalData(event_id=update.event_id, reason=RedactionReason.COURT_ORDER),
        by=story.administrator,
    )
    shown = page(story.inspector, address(story))
    assert CANARY not in shown
    assert "Removed by Hal Administrator," in shown
    assert ": a court order</em>" in shown
    assert update.payload_hash in shown


def test_a_units_people_are_spared_clocks_and_hashes(story: Story) -> None:
    story.plan()
    update = story.update(CANARY)
    story.attach()
    story.tell(
        c.RedactPersonalData(event_id=update.event_id, reason=RedactionReason.COURT_ORDER),
        by=story.administrator,
    )
    shown = page(story.lead, address(story))
    assert update.payload_hash not in shown
    assert "SHA-256" not in shown
    assert "10:30am" not in shown
    assert "SHA-256 of the address" in page(story.inspector, address(story))


def test_judgement_and_closure_are_shown_and_nothing_is_left_to_do(story: Story) -> None:
    action_id = story.plan()
    story.tell(
        c.RecordProgressUpdate(text="Done.", occurred_on=story.now.date(), action_id=action_id)
    )
    story.tell(c.ReportActionComplete(action_id=action_id))
    story.attach()
    story.tell(c.ReportRecommendationComplete(statement="All is done."))
    story.tell(
        c.JudgeProgress(judgement="some_progress", rationale="We looked ourselves."),
        by=story.inspector,
    )
    assert "Give a judgement" in page(story.inspector, address(story))
    story.tell(
        c.CloseRecommendation(closure=Closure.ACHIEVED, reason="Enough."), by=story.inspector
    )
    shown = page(story.inspector, address(story))
    for words in ("Judged: some progress", "We looked ourselves.", ": achieved", "1 of 1 action"):
        assert words in shown
    assert "Give a judgement" not in shown


@pytest.mark.parametrize(
    ("role", "at_home", "link"),
    [(Role.PDU_LEAD, True, "Update actions"), (Role.INSPECTOR, False, "Give a judgement")],
)
def test_who_may_act_finds_the_way_to_the_forms(
    role: Role, at_home: object, link: str, story: Story
) -> None:
    person = make_user("Ada Actor", role, story.unit if at_home else None)
    path = f"/admin/tracker/recommendationprogress/{story.recommendation.pk}/change/"
    assert f'<a href="{path}" role="button"' in page(person, address(story))
    assert link in page(person, address(story))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("announced", "1 March 2027"),
        ("expected", "Expected from 1 March 2027"),
        ("paused", "Paused"),
        ("completed", "Completed on 1 March 2027"),
    ],
)
def test_the_latest_notice_says_when_the_next_inspection_is(
    kind: str, words: str, story: Story
) -> None:
    ReinspectionNotice.objects.create(
        provider=story.unit,
        kind=kind,
        starts_on=None if kind == "paused" else "2027-03-01",
        noted_at=timezone.now(),
        noted_by=story.inspector,
    )
    assert words in page(story.inspector, address(story))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "2 recommendations"),
        ("?response=agreed", "1 recommendation in this selection"),
        ("?due=overdue", "1 recommendation in this selection"),
        ("?due=soon&state=open", "0 recommendations in this selection"),
        ("?due=silent", "1 recommendation in this selection"),
        ("?state=closed", "0 recommendations in this selection"),
        ("?delivery=not_started", "2 recommendations in this selection"),
        ("?page=99", "2 recommendations"),
    ],
)
def test_the_list_is_narrowed_by_its_form(query: str, expected: str, story: Story) -> None:
    story.plan(target_on=NOW.date() + timedelta(days=90))
    story.now = NOW - timedelta(days=3)
    story.tell(c.ReviewWithoutChange(note="As before."))
    assert expected in " ".join(page(story.inspector, f"/recommendations/{query}").split())


def test_the_list_offers_no_unit_that_the_reader_may_not_see(story: Story, foreign: Story) -> None:
    response = as_(story.lead).get(f"/recommendations/?provider={foreign.unit.pk}")
    assert CANARY not in response.content.decode()
    assert "Select a valid choice" in response.content.decode()


def test_each_figure_of_the_start_page_leads_to_that_many(story: Story) -> None:
    shown = page(story.inspector, "/")
    for count, query in ((2, "state=open"), (2, "due=overdue"), (0, "due=soon")):
        assert (
            f'?{query}"><span class="govuk-!-font-size-48 govuk-!-font-weight-bold">{count}<'
            in (shown)
        )
        listed = page(story.inspector, f"/recommendations/?{query}")
        assert f"{count} recommendation" in listed


@pytest.mark.parametrize("path", ["/", "/recommendations/", "/inspections/", "detail", "report"])
def test_the_queries_of_a_page_are_bounded(
    path: str, story: Story, django_assert_max_num_queries: Any
) -> None:
    story.plan()
    for number in range(5):
        story.update(f"Update {number}")
    path = {"detail": address(story), "report": f"/inspections/{story.inspection.pk}/"}.get(
        path, path
    )
    client = as_(story.inspector)
    with django_assert_max_num_queries(17):
        assert client.get(path).status_code == 200
