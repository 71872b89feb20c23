"""One form for several recommendations: typed once, stored for all or for none, marked on each."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.models import Recommendation
from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, form_path, said
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, Response, Role
from tracker.models import ActionProgress, Event, RecommendationProgress

pytestmark = pytest.mark.django_db
UPDATE = "record-progress-update"
PLAN = "plan-action"
TEXT = "Every plan is read by a manager."


@pytest.fixture
def story(db: None) -> Story:
    """A unit with three recommendations instead of two."""
    return Story(recommendations=3)


@pytest.fixture
def others(story: Story) -> list[Recommendation]:
    return story.recommendations[1:]


@pytest.fixture
def agreed(story: Story) -> Story:
    story.tell_of(story.recommendations, c.Respond(response=Response.AGREED))
    return story


def boxes(visitor: Visitor, pk: int, slug: str) -> list[str]:
    """Return the words beside the boxes that the form offers to tick."""
    form = visitor.get(form_path(pk, slug)).context["form"]
    return (
        [words for _, words in form.fields["also_for"].choices] if "also_for" in form.fields else []
    )


def share(visitor: Visitor, pk: int, slug: str, *others: Recommendation, **fields: Any) -> Any:
    return visitor.fill_in(pk, slug, also_for=[each.pk for each in others], **fields)


def close(story: Story, recommendation: Recommendation) -> None:
    judged = c.JudgeProgress(judgement="no_progress", rationale="We looked")
    story.tell_of([recommendation], judged, by=story.inspector)
    closed = c.CloseRecommendation(closure=Closure.NOT_ACHIEVED, reason="Too late")
    story.tell_of([recommendation], closed, by=story.inspector)


def updates() -> int:
    return Event.objects.filter(type="progress_update_recorded").count()


# --- What is offered ------------------------------------------------------------------------------


def test_the_open_others_of_the_inspection_are_offered_by_number_and_short_wording(
    story: Story, foreign: Story, lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    later = make_recommendation(make_inspection(story.unit), text="Of another inspection")
    services.open_streams(inspection=later.inspection, actor=story.administrator, now=story.now)
    assert boxes(lead, pk, UPDATE) == [
        "2. Improve the quality of risk assessment.",
        "3. Improve the quality of risk assessment.",
    ]
    close(story, others[0])
    assert boxes(lead, pk, UPDATE) == ["3. Improve the quality of risk assessment."]


def test_what_is_said_comes_first_and_for_what_else_it_stands_last(lead: Visitor, pk: int) -> None:
    form = lead.get(form_path(pk, UPDATE)).context["form"]
    assert [bound.name for bound in form.visible_fields()] == [
        "text",
        "action_id",
        "occurred_on",
        "also_for",
    ]


def test_where_there_is_no_other_nothing_is_asked(foreign: Story) -> None:
    visitor = Visitor(foreign.lead)
    assert boxes(visitor, foreign.recommendation.pk, UPDATE) == []
    assert "Also for" not in visitor.read(form_path(foreign.recommendation.pk, UPDATE))


def test_an_action_is_offered_only_where_its_owner_belongs(agreed: Story, pk: int) -> None:
    both = make_user("Bo Both", Role.PDU_LEAD, agreed.unit)
    neighbour = make_provider("Southmarch PDU", region=agreed.unit.region)
    to_neighbour = make_recommendation(agreed.inspection, addressee=neighbour)
    services.open_streams(inspection=agreed.inspection, actor=agreed.administrator, now=agreed.now)
    both.memberships.create(role=Role.PDU_LEAD, provider=neighbour, starts_on="2024-01-01")
    agreed.tell_of([to_neighbour], c.Respond(response=Response.AGREED), by=both)
    visitor = Visitor(both)
    assert [each[:2] for each in boxes(visitor, pk, UPDATE)] == ["2.", "3.", "4."]
    assert [each[:2] for each in boxes(visitor, pk, PLAN)] == ["2.", "3."]


@pytest.mark.parametrize(
    ("who", "slug", "offered"),
    [
        ("owner", UPDATE, 2),
        ("delegate", UPDATE, 2),
        ("delegate", "attach-evidence", 2),
        ("administrator", "withdraw-publication", 2),
        ("lead inspector", "judge-progress", 0),
        ("lead", "review-without-change", 0),
    ],
)
def test_updates_evidence_actions_and_publications_are_shared_and_judgements_never(
    people: dict[str, User], pk: int, who: str, slug: str, offered: int
) -> None:
    assert len(boxes(Visitor(people[who]), pk, slug)) == offered


def test_the_form_costs_the_same_for_few_and_many_others(
    story: Story, lead: Visitor, pk: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with CaptureQueriesContext(connection) as few:
        lead.read(form_path(pk, UPDATE))
    for _ in range(12):
        make_recommendation(story.inspection)
    services.open_streams(inspection=story.inspection, actor=story.administrator, now=story.now)
    with django_assert_max_num_queries(len(few)):
        assert "15. Improve" in lead.read(form_path(pk, UPDATE))


# --- All or nothing -------------------------------------------------------------------------------


def test_one_update_is_stored_for_each_and_marked_as_shared_on_each(
    lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    response = share(lead, pk, UPDATE, *others, text=TEXT)
    assert response.status_code == 302
    page = lead.page(pk)
    assert "The update is recorded. The same is recorded for recommendations 2 and 3." in page
    stored = Event.objects.filter(type="progress_update_recorded")
    assert stored.count() == 3
    assert len(set(stored.values_list("correlation_id", flat=True))) == 1
    assert page.count("Said at once for") == 1
    second = lead.page(others[0].pk)
    assert TEXT in second
    assert "Said at once for" in second


def test_sent_twice_it_is_stored_once_for_each(
    lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    form = {**lead.opened(pk, UPDATE), "text": TEXT, "also_for": [others[0].pk]}
    for _ in range(2):
        assert lead.post(pk, UPDATE, form).status_code == 302
    assert updates() == 2


def test_when_one_refuses_none_is_stored_and_the_form_says_which_one_and_why(
    story: Story, lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    form = {**lead.opened(pk, UPDATE), "text": TEXT, "also_for": [each.pk for each in others]}
    close(story, others[1])
    seen = RecommendationProgress.objects.in_bulk([each.pk for each in others])
    form["also_seen"] = " ".join(f"{pk}:{each.version}" for pk, each in seen.items())
    response = lead.post(pk, UPDATE, form)
    assert said(response)["__all__"][0].startswith("Recommendation 3: The recommendation is closed")
    page = response.content.decode()
    assert TEXT in page
    assert page.count("checked") >= 2, "the ticks are kept"
    assert updates() == 0


def test_when_one_was_changed_meanwhile_the_form_says_who_changed_what_in_which(
    story: Story, lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    form = {**lead.opened(pk, UPDATE), "text": TEXT, "also_for": [each.pk for each in others]}
    owner = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    theirs = c.RecordProgressUpdate(text="Theirs", occurred_on=story.now.date())
    story.tell_of([others[1]], theirs, by=owner, acting_role=Role.ACTION_OWNER)
    response = lead.post(pk, UPDATE, form)
    page = response.content.decode()
    assert "Recommendation 3 has changed since you opened the form" in page
    assert "Progress updated by Owen Owner" in page
    assert "Recommendation 2 has changed" not in page
    assert TEXT in page
    assert updates() == 1
    again = {bound.name: bound.value() for bound in response.context["form"]}
    kept = {name: value for name, value in again.items() if value is not None}
    assert lead.post(pk, UPDATE, kept).status_code == 302
    assert updates() == 4


def test_what_is_not_theirs_cannot_be_ticked_and_looks_like_what_is_missing(
    foreign: Story, lead: Visitor, pk: int
) -> None:
    theirs = foreign.recommendation.pk
    answers = []
    for forged in (theirs, 987_654):
        form = {**lead.opened(pk, UPDATE), "text": TEXT, "also_for": [forged]}
        form["also_seen"] = f"{form['also_seen']} {forged}:1"
        answers.append(lead.post(pk, UPDATE, form))
    first, second = (said(each) for each in answers)
    assert first == second
    assert "not there for you any more" in said(answers[0])["also_for"][0]
    assert CANARY not in answers[0].content.decode()
    assert TEXT in answers[0].content.decode()
    assert Event.objects.filter(recommendation=pk).count() == 1


@pytest.mark.parametrize("forged", ["x", "-1", "9" * 40, ""])
def test_a_tick_that_could_be_no_recommendation_is_refused_or_ignored(
    lead: Visitor, pk: int, forged: str
) -> None:
    form = {**lead.opened(pk, UPDATE), "text": TEXT, "also_for": [forged]}
    assert lead.post(pk, UPDATE, form).status_code in {200, 302}
    assert updates() <= 1


def test_a_form_that_lost_the_versions_it_carried_asks_to_be_opened_afresh(
    lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    form = {**lead.opened(pk, UPDATE), "text": TEXT, "also_for": [others[0].pk]}
    response = lead.post(pk, UPDATE, {**form, "also_seen": "nothing:1 1:x"})
    assert "open it afresh" in said(response)["__all__"][0]
    assert TEXT in response.content.decode()
    assert updates() == 0


def test_an_update_about_an_action_is_for_its_recommendation_alone(
    agreed: Story, lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    planned = agreed.tell(
        c.PlanAction(
            description="Train",
            accountable_id=agreed.lead.pk,
            delivered_by="Quality team",
            target_on=TODAY,
        )
    )
    response = share(lead, pk, UPDATE, others[0], text=TEXT, action_id=planned.event_id)
    assert "An action belongs to one recommendation" in said(response)["action_id"][0]
    assert TEXT in response.content.decode()
    assert updates() == 0


# --- Evidence, publications -----------------------------------------------------------------------


def test_a_piece_of_evidence_stands_under_each(
    lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    address = "https://intranet.example/audit"
    details = {"title": "Audit", "location": address, "effective_on": TODAY}
    response = share(lead, pk, "attach-evidence", *others, **details)
    assert response.status_code == 302
    assert Event.objects.filter(type="evidence_attached").count() == 3
    assert "Audit" in lead.page(others[1].pk)


def test_the_publication_of_several_recommendations_is_withdrawn_at_once(
    story: Story, pk: int, others: list[Recommendation]
) -> None:
    response = share(
        Visitor(story.administrator), pk, "withdraw-publication", *others, reason="Wrong report"
    )
    assert response.status_code == 302
    assert RecommendationProgress.objects.filter(is_withdrawn=True).count() == 3


def test_several_recommendations_pass_to_the_successor_at_once(
    story: Story, pk: int, others: list[Recommendation]
) -> None:
    successor = make_provider("Northmarch and Southmarch PDU", region=story.unit.region)
    story.unit.successor, story.unit.succeeded_on = successor, TODAY
    story.unit.save()
    administrator = Visitor(story.administrator)
    details = {"to_provider_id": successor.pk, "reason": "The units were merged"}
    response = share(administrator, pk, "transfer-recommendation", *others, **details)
    assert response.status_code == 302
    assert Recommendation.objects.filter(addressee=successor).count() == 3


# --- One action per partner -----------------------------------------------------------------------


def plan_for(visitor: Visitor, pk: int, partners: str, **fields: Any) -> Any:
    me = visitor.client.session["_auth_user_id"]
    details = {
        "description": "Agree how information is shared",
        "accountable_id": me,
        "target_on": TODAY + timedelta(days=30),
        "partners": partners,
    }
    return visitor.fill_in(pk, PLAN, **{**details, **fields})


def test_one_action_is_planned_for_each_named_partner(
    agreed: Story, lead: Visitor, pk: int
) -> None:
    response = plan_for(lead, pk, "Northmarch Police\n\n  Northmarch   Council \r\nSt Aelred's")
    assert response.status_code == 302
    actions = ActionProgress.objects.order_by("planned_version")
    names = ["Northmarch Police", "Northmarch Council", "St Aelred's"]
    assert list(actions.values_list("delivered_by", flat=True)) == names
    assert {each.description for each in actions} == {"Agree how information is shared"}
    assert "3 actions are planned." in lead.page(pk)
    planned = Event.objects.filter(type="action_planned")
    assert len(set(planned.values_list("correlation_id", flat=True))) == 1


def test_each_ticked_recommendation_gets_an_action_for_each_partner(
    agreed: Story, lead: Visitor, pk: int, others: list[Recommendation]
) -> None:
    response = plan_for(lead, pk, "Police\nCouncil", also_for=[others[0].pk])
    assert response.status_code == 302
    assert ActionProgress.objects.filter(recommendation=others[0]).count() == 2
    page = lead.page(pk)
    assert "2 actions are planned. The same is recorded for recommendation 2." in page


@pytest.mark.parametrize(
    ("partners", "sentence"),
    [
        ("Police\n police ", "is listed twice"),
        ("\n".join(f"Partner {number}" for number in range(21)), "at most 20 names"),
        ("Police\n" + "x" * 301, "301 characters"),
    ],
)
def test_partners_that_do_not_fit_are_refused_at_their_field_and_none_is_planned(
    agreed: Story, lead: Visitor, pk: int, partners: str, sentence: str
) -> None:
    response = plan_for(lead, pk, partners)
    assert sentence in said(response)["partners"][0]
    assert partners.split("\n", maxsplit=1)[0] in response.content.decode()
    assert not ActionProgress.objects.exists()


def test_one_body_and_several_partners_are_not_both_named(
    agreed: Story, lead: Visitor, pk: int
) -> None:
    response = plan_for(lead, pk, "Police\nCouncil", delivered_by="Quality team")
    assert "on one of the two" in said(response)["partners"][0]
    assert not ActionProgress.objects.exists()


def test_without_partners_somebody_must_deliver_the_action(
    agreed: Story, lead: Visitor, pk: int
) -> None:
    assert list(said(plan_for(lead, pk, ""))) == ["delivered_by"]
