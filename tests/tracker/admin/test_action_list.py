"""The list of actions: what it says, how it is narrowed, who sees what, what it costs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, page_path
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, Response, Role
from tracker.models import ActionProgress

pytestmark = pytest.mark.django_db
ACTIONS = "/admin/tracker/actionprogress/"
Count = Callable[..., Any]


def plan(story: Story, description: str, target_on: date, owner: User | None = None) -> UUID:
    planned = story.tell(
        c.PlanAction(
            description=description,
            accountable_id=(owner or story.lead).pk,
            delivered_by="Quality team",
            target_on=target_on,
        )
    )
    return planned.event_id


@pytest.fixture
def late(story: Story) -> UUID:
    return story.plan(TODAY - timedelta(days=3))


def listed(visitor: Visitor, **query: str) -> list[str]:
    """Return the descriptions on the list, in its order."""
    return [row.description for row in visitor.get(ACTIONS, **query).context["cl"].result_list]


def test_the_list_says_in_words_how_each_action_stands(
    story: Story, late: UUID, lead: Visitor, pk: int
) -> None:
    page = lead.read(ACTIONS)
    for words in ("Train every practitioner", "Lena Lead", "19 November 2026", "Overdue", "Open"):
        assert words in page, words
    assert f'href="{page_path(pk)}"' in page
    assert "Northmarch PDU" in page


def test_the_list_tells_how_often_and_how_far_a_date_slipped(
    story: Story, late: UUID, lead: Visitor
) -> None:
    first, second, asked = (TODAY + timedelta(days=days) for days in (27, 58, 90))
    story.tell(c.MoveTargetDate(action_id=late, target_on=first, reason="Staff left"))
    page = lead.read(ACTIONS)
    assert "moved once, 30 days in all" in page
    assert "Overdue</strong>" not in page
    region = make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)
    for day in (second, asked):
        story.tell(c.RequestTargetDateExtension(action_id=late, target_on=day, reason="Training"))
        if day == second:
            granted = c.DecideTargetDateExtension(action_id=late, granted=True, reason="")
            story.tell(granted, by=region, acting_role=Role.REGIONAL_LEAD)
    page = lead.read(ACTIONS)
    assert "moved twice, 61 days in all" in page
    assert "20 February 2027 asked for" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Late", "Stuck", "Soon", "Far", "Done"]),
        ({"due": "overdue"}, ["Late"]),
        ({"due": "blocked"}, ["Stuck"]),
        ({"due": "soon"}, ["Soon"]),
        ({"status": "reported_complete"}, ["Done"]),
        ({"owner": "me"}, ["Late", "Stuck", "Soon", "Done"]),
        ({"extension": "asked"}, []),
        ({"q": "far"}, ["Far"]),
        ({"q": "owen"}, ["Far"]),
        ({"due": "no such day"}, ["Late", "Stuck", "Soon", "Far", "Done"]),
    ],
)
def test_the_list_can_be_narrowed(
    story: Story, lead: Visitor, query: dict[str, str], found: list[str]
) -> None:
    owen = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    day = timedelta(days=1)
    story.tell(c.Respond(response=Response.AGREED))
    plan(story, "Late", TODAY - 9 * day)
    stuck = plan(story, "Stuck", TODAY - 5 * day)
    plan(story, "Soon", TODAY + 30 * day)
    plan(story, "Far", TODAY + 31 * day, owen)
    done = plan(story, "Done", TODAY - 20 * day)
    story.tell(
        c.RecordBlocker(
            action_id=stuck,
            cause="No trainer",
            controlled_by="HMPPS",
            forecast_on=TODAY + 40 * day,
        )
    )
    update = c.RecordProgressUpdate(
        text="All trained", occurred_on=story.now.date(), action_id=done
    )
    story.tell(update)
    story.tell(c.ReportActionComplete(action_id=done))
    assert listed(lead, **query) == found


def test_a_blocker_of_the_whole_recommendation_blocks_its_open_actions(
    story: Story, late: UUID, lead: Visitor, pk: int
) -> None:
    assert "Blocked</strong>" not in lead.read(ACTIONS)
    blocker = story.tell(
        c.RecordBlocker(cause="No trainer", controlled_by="HMPPS", forecast_on=TODAY)
    )
    assert listed(lead, due="blocked") == ["Train every practitioner"]
    assert listed(lead, due="overdue") == []
    assert "Blocked</strong>" in lead.read(ACTIONS)
    shown = lead.get(page_path(pk)).context["actions"]
    assert [each["row"].stands_blocked for each in shown] == [True]
    story.tell(c.ClearBlocker(blocker_id=blocker.event_id))
    assert listed(lead, due="blocked") == []
    assert listed(lead, due="overdue") == ["Train every practitioner"]
    assert "Blocked</strong>" not in lead.read(ACTIONS)


def test_an_action_of_a_closed_recommendation_is_not_late(story: Story, late: UUID) -> None:
    judged = c.JudgeProgress(judgement="no_progress", rationale="We looked")
    story.tell(judged, by=story.inspector)
    story.tell(
        c.CloseRecommendation(closure=Closure.NOT_ACHIEVED, reason="Nothing came"),
        by=story.inspector,
    )
    visitor = Visitor(story.lead)
    assert "Overdue</strong>" not in visitor.read(ACTIONS)
    assert listed(visitor, due="overdue") == []


def test_a_lead_sees_the_actions_of_their_own_unit_alone(
    story: Story, late: UUID, foreign: Story, lead: Visitor
) -> None:
    assert listed(lead) == ["Train every practitioner"]
    assert CANARY not in lead.read(ACTIONS)
    assert len(listed(lead, owner=str(foreign.lead.pk))) == 1, "an owner not offered is ignored"
    assert len(listed(lead, unit=str(foreign.unit.pk))) == 1, "so is a unit"
    assert CANARY in Visitor(story.inspector).read(ACTIONS)
    region = Visitor(make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region))
    assert len(listed(region)) == 2
    assert len(listed(region, unit=str(foreign.unit.pk))) == 1


def test_somebody_without_a_role_finds_no_list(story: Story) -> None:
    operator = User.objects.create_superuser("operator", "operator@tracker.example", "pass phrase")
    assert Visitor(operator).get(ACTIONS).status_code == 403


@pytest.mark.parametrize("place", ["add/", "{pk}/change/", "{pk}/delete/", "{pk}/history/"])
def test_an_action_has_no_page_of_its_own(late: UUID, lead: Visitor, place: str) -> None:
    assert lead.get(ACTIONS + place.format(pk=late)).status_code == 404


def test_an_address_cannot_ask_about_what_the_list_does_not_show(late: UUID, lead: Visitor) -> None:
    assert lead.get(ACTIONS, accountable__password__startswith="a").status_code == 400


def test_the_list_costs_the_same_for_one_action_and_for_many(
    story: Story, late: UUID, django_assert_max_num_queries: Count
) -> None:
    for number in range(30):
        plan(story, f"Step {number}", TODAY + timedelta(days=number))
    assert ActionProgress.objects.count() == 31
    for user in (story.lead, story.inspector):
        visitor = Visitor(user)
        with django_assert_max_num_queries(12):
            visitor.read(ACTIONS)
        with django_assert_max_num_queries(12):
            visitor.read(ACTIONS, due="overdue", owner="me", q="Step")
