"""What waits for whom: each category by its story, and each count equal to its list."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspections.access import visible_recommendations
from tests.tracker.story import NOW, TODAY, Story
from tests.world import make_provider, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import (
    ActionStatus,
    Delivery,
    Response,
    Review,
    Role,
)
from tracker.models import ActionProgress, EscalationProgress, RecommendationProgress, Visit
from tracker.queries.desk import (
    CATEGORIES,
    Pressing,
    count_by_group,
    for_the_desk,
    most_pressing,
    offered,
    viewpoint_of,
)
from tracker.queries.permitted import visible_progress
from tracker.services import begin_visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


def waiting(user: Any) -> dict[str, list[int]]:
    """Return the numbers of the recommendations in each category that holds any."""
    viewpoint = viewpoint_of(user, TODAY)
    rows = visible_progress(user, TODAY).order_by("recommendation__number", "pk")
    lists = {
        each.code: list(
            rows.filter(each.condition(viewpoint)).values_list("recommendation__number", flat=True)
        )
        for each in for_the_desk(viewpoint)
    }
    return {code: numbers for code, numbers in lists.items() if numbers}


def test_what_is_overdue_is_counted_apart_while_a_blocker_stands(story: Story) -> None:
    assert waiting(story.lead)["overdue"] == [1, 2]
    blocker = story.tell(
        c.RecordBlocker(
            cause="No analyst", controlled_by="HR", forecast_on=TODAY + timedelta(days=9)
        )
    )
    assert waiting(story.lead)["overdue"] == [2]
    assert waiting(story.lead)["overdue_but_blocked"] == [1]
    story.tell(c.ClearBlocker(blocker_id=blocker.event_id, note="Hired"))
    assert "overdue_but_blocked" not in waiting(story.lead)


def test_a_lead_sees_what_is_due_what_is_silent_and_what_awaits_a_response(story: Story) -> None:
    story.plan(TODAY + timedelta(days=30))
    assert waiting(story.lead) == {
        "overdue": [2],
        "due_soon": [1],
        "silent": [1, 2],
        "awaiting_response": [2],
    }


def test_what_is_returned_leaves_the_leads_desk_for_the_inspectors_when_it_is_answered(
    story: Story,
) -> None:
    inspector = make_user("Ina Inspector", Role.INSPECTOR)
    story.tell(c.Respond(response=Response.AGREED))
    story.attach()
    story.tell(c.ReportRecommendationComplete(statement="All is done"))
    assert waiting(inspector) == {"to_review": [1]}
    story.tell(c.StartReview(), by=story.inspector)
    assert waiting(inspector) == {"in_review": [1]}
    story.tell(c.RequestFurtherEvidence(asked="Show the audit"), by=story.inspector)
    assert waiting(inspector) == {}
    assert waiting(story.lead)["returned"] == [1]
    story.tell(c.ReportRecommendationComplete(statement="Here it is"))
    assert "returned" not in waiting(story.lead)
    assert waiting(inspector) == {"answered": [1]}
    story.tell(
        c.JudgeProgress(judgement="some_progress", rationale="We looked"), by=story.inspector
    )
    assert waiting(inspector) == {}
    assert waiting(story.inspector) == {"judged": [1]}


def test_a_refusal_waits_for_the_lead_inspector(story: Story) -> None:
    story.tell(c.Respond(response=Response.NOT_AGREED, reason="There is no money"))
    assert waiting(story.inspector) == {"not_agreed": [1]}


@pytest.fixture
def deciders(story: Story) -> dict[str, Any]:
    elsewhere = make_provider("Elsewhere", kind="region")
    return {
        "region": make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region),
        "other region": make_user("Olga Region", Role.REGIONAL_LEAD, elsewhere),
        "hmpps": make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        "lead": story.lead,
    }


def who_has(category: str, people: dict[str, Any]) -> set[str]:
    return {name for name, person in people.items() if category in waiting(person)}


def test_a_request_for_more_time_waits_for_whoever_may_decide_it(
    story: Story, deciders: dict[str, Any]
) -> None:
    action = story.plan(TODAY + timedelta(days=30))
    later = TODAY + timedelta(days=60)
    story.tell(c.MoveTargetDate(action_id=action, target_on=later, reason="A vacancy"))
    ask = c.RequestTargetDateExtension(
        action_id=action, target_on=later + timedelta(days=30), reason="Another"
    )
    story.tell(ask)
    assert who_has("extensions", deciders) == {"region", "hmpps"}
    story.tell(
        c.DecideTargetDateExtension(action_id=action, granted=True, reason=""),
        by=deciders["region"],
        acting_role=Role.REGIONAL_LEAD,
    )
    assert who_has("extensions", deciders) == set()


@pytest.mark.parametrize(
    ("asked", "name"), [(Role.REGIONAL_LEAD, "region"), (Role.HMPPS_COORDINATOR, "hmpps")]
)
def test_an_escalation_waits_for_the_role_it_asks(
    story: Story, deciders: dict[str, Any], asked: Role, name: str
) -> None:
    raised = story.tell(c.RaiseEscalation(addressed_to=asked, asked="A decision", reply_by=TODAY))
    assert who_has("escalations", deciders) == {name}
    answer = c.AnswerEscalation(escalation_id=raised.event_id, answer="Yes")
    story.tell(answer, by=deciders[name], acting_role=asked)
    assert who_has("escalations", deciders) == set()


def test_new_is_what_somebody_else_recorded_since_the_last_visit(story: Story) -> None:
    begin_visit(story.lead, now=NOW)
    assert "new" not in waiting(story.lead)
    story.update("Begun")
    assert "new" not in waiting(story.lead)
    story.tell(c.StartReview(), by=story.inspector)
    assert waiting(story.lead)["new"] == [1]
    story.update("Going on")
    assert waiting(story.lead)["new"] == [1]


def test_who_never_signed_in_has_no_news(story: Story) -> None:
    assert "new" not in waiting(story.lead)


def test_what_is_most_pressing_comes_by_urgency_and_then_by_its_day(story: Story) -> None:
    story.plan(TODAY + timedelta(days=3))
    found = pressing(story.lead, limit=10)
    assert [(each.progress.recommendation.number, each.category.code) for each in found] == [
        (2, "overdue"),
        (1, "due_soon"),
    ]
    assert [each.progress.pk for each in pressing(story.lead, limit=1)] == [found[0].progress.pk]


def pressing(user: Any, *, limit: int) -> list[Pressing]:
    viewpoint, rows = viewpoint_of(user, TODAY), visible_progress(user, TODAY)
    categories = for_the_desk(viewpoint)
    counts = count_by_group(rows, categories, viewpoint).total
    return most_pressing(rows, categories, viewpoint, counts=counts, limit=limit)


# --- Counts equal their lists, whatever the rows hold ---------------------------------------------

DAYS = st.integers(-70, 70).map(lambda days: TODAY + timedelta(days=days))
ROW = st.fixed_dictionaries(
    {
        "is_open": st.booleans(),
        "is_blocked": st.booleans(),
        "response": st.sampled_from(Response),
        "delivery": st.sampled_from(Delivery),
        "review": st.sampled_from(Review),
        "judgement": st.sampled_from(["not_judged", "some_progress"]),
        "due_on": st.none() | DAYS,
        "returned_on": st.none() | DAYS,
        "published_on": DAYS,
        "last_said_on": st.none() | DAYS,
        "last_actor_id": st.integers(0, 12),
        "last_position": st.integers(5, 9),
        "others_position": st.integers(0, 4),
    }
)


@pytest.fixture
def country(story: Story) -> Iterator[list[Any]]:
    """Two units of one region and one of another, and one person for every role."""
    far = Story("Southmarch PDU")
    far.unit.region = make_provider("Elsewhere", kind="region")
    far.unit.save()
    near = Story("Eastmarch PDU")
    for each in (story, far, near):
        action = each.plan(TODAY + timedelta(days=30))
        ActionProgress.objects.filter(pk=action).update(extension_asked_to=TODAY)
        each.tell(c.RaiseEscalation(addressed_to=Role.REGIONAL_LEAD, asked="Help", reply_by=TODAY))
        each.tell(
            c.RaiseEscalation(addressed_to=Role.HMPPS_COORDINATOR, asked="Help", reply_by=TODAY)
        )
    people = [
        story.lead,
        make_user("Owen Owner", Role.ACTION_OWNER, near.unit),
        make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region),
        make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        make_user("Ina Inspector", Role.INSPECTOR),
        story.inspector,
        story.administrator,
        make_user("Nobody Here"),
    ]
    for person in people:
        Visit.objects.create(
            user=person, began_at=NOW, began_position=0, seen_at=NOW, seen_position=6
        )
    yield people
    # The rows are the log's, not ours.
    ActionProgress.objects.filter(status=ActionStatus.OPEN).update(extension_asked_to=None)


@given(rows=st.lists(ROW, min_size=4, max_size=4), answered=st.booleans())
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_each_count_equals_its_list_for_everybody(
    country: list[Any], rows: list[dict[str, Any]], answered: object
) -> None:
    with transaction.atomic():
        for pk, values in zip(_keys(), rows, strict=True):
            RecommendationProgress.objects.filter(pk=pk).update(**values)
        EscalationProgress.objects.filter(recommendation=_keys()[0]).update(is_answered=answered)
        for person in country:
            viewpoint = viewpoint_of(person, TODAY)
            own = visible_progress(person, TODAY)
            counted = count_by_group(own, offered(viewpoint), viewpoint)
            for category in offered(viewpoint):
                listed = own.filter(category.condition(viewpoint))
                assert counted.total[category.code] == listed.count()
                assert sum(each.counts[category.code] for each in counted.groups) == listed.count()
        transaction.set_rollback(True)


def test_the_read_model_and_the_rule_of_access_name_the_same_recommendations(
    country: list[Any],
) -> None:
    hidden = Story("Westmarch PDU")
    hidden.inspection.state = "draft"
    hidden.inspection.save(update_fields=["state"])
    for person in [*country, hidden.lead]:
        stands = visible_progress(person, TODAY).values_list("pk", flat=True)
        assert set(stands) == set(
            visible_recommendations(person, TODAY).values_list("pk", flat=True)
        )


def _keys() -> list[int]:
    return list(RecommendationProgress.objects.order_by("pk").values_list("pk", flat=True))


def test_every_category_has_its_own_code_and_lies_on_a_desk() -> None:
    assert len({each.code for each in CATEGORIES}) == len(CATEGORIES)
    assert all(each.desks and each.desks <= each.offered_to for each in CATEGORIES)
