"""What menus offer agrees with what `execute` accepts, for every role, through a whole story."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from inspections.models import Membership
from tests.tracker.domain.examples import EXAMPLES
from tests.tracker.story import NOW, TODAY, Story
from tests.world import PUBLISHED_ON, make_inspection, make_provider, make_recommendation, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.rejection import NotPermitted
from tracker.domain.vocabulary import Channel, Closure, Response, Role
from tracker.queries.offers import Offered, offer
from tracker.queries.permitted import (
    Situation,
    find_situation,
    find_situations,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story() -> Story:
    return Story()


def situation_of(story: Story, user: Any = None) -> Situation:
    situation = find_situation(user or story.lead, story.recommendation.pk, TODAY)
    assert situation is not None
    return situation


def is_refused_whatever_the_state(command: c.Command, user: Any, role: Role, story: Story) -> bool:
    try:
        with transaction.atomic():
            services.execute(
                command,
                recommendation_id=story.recommendation.pk,
                expected_version=1,
                actor=user,
                acting_role=role,
                channel=Channel.ADMIN,
                now=NOW,
                idempotency_key=str(uuid4()),
            )
            transaction.set_rollback(True)
    except NotPermitted as refusal:
        return refusal.code in {"not_permitted", "role_not_held", "own_homework", "own_request"}
    except Exception:  # noqa: BLE001 - any other answer came from a rule about the state
        return False
    return False


@pytest.mark.parametrize("role", Role)
def test_a_role_is_led_to_no_command_that_it_may_never_give(story: Story, role: Role) -> None:
    places = {Role.REGIONAL_LEAD: story.unit.region}
    at_home = story.unit if role.value in Membership.AT_A_PROVIDER else None
    user = make_user("Rae Role", role, places.get(role, at_home))
    situation = situation_of(story, user)
    for command_type, example in EXAMPLES.items():
        refused = is_refused_whatever_the_state(example.command, user, role, story)
        held = role in situation.roles_that_hold(command_type)
        assert held is not refused, command_type.__name__


def test_somebody_without_a_role_there_is_offered_nothing(story: Story) -> None:
    neighbour = make_user("Nia Neighbour", Role.PDU_LEAD, make_provider("Southmarch PDU"))
    assert find_situation(neighbour, story.recommendation.pk, TODAY) is None
    assert find_situation(neighbour, 987_654, TODAY) is None


def test_what_is_permitted_follows_the_state(story: Story) -> None:
    assert situation_of(story).roles_open_to(c.Respond)
    assert not situation_of(story).roles_open_to(c.PlanAction)
    story.tell(c.Respond(response=Response.AGREED))
    agreed = situation_of(story)
    assert not agreed.roles_open_to(c.Respond)
    assert agreed.roles_open_to(c.PlanAction)
    assert agreed.roles_open_to(c.ReviseResponse)


def test_an_update_can_be_corrected_once_there_is_one(story: Story) -> None:
    assert not situation_of(story).roles_open_to(c.CorrectProgressUpdate)
    story.update("Begun")
    assert situation_of(story).roles_open_to(c.CorrectProgressUpdate)


def test_it_can_be_carried_forward_once_there_is_a_later_report(story: Story) -> None:
    assert not situation_of(story, story.inspector).roles_open_to(c.CarryForward)
    later = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=30))
    new = make_recommendation(later)
    situation = situation_of(story, story.inspector)
    assert situation.roles_open_to(c.CarryForward)
    ((value, words),) = offer(Offered.LATER_RECOMMENDATIONS, c.CarryForward, situation)
    assert (value, "Northmarch PDU" in words) == (str(new.pk), True)


def test_the_region_holds_the_leads_commands_where_it_is_addressed(story: Story) -> None:
    region = story.unit.region
    assert region is not None
    rhys = make_user("Rhys Region", Role.REGIONAL_LEAD, region)
    to_the_region = make_recommendation(make_inspection(region))
    services.open_streams(
        inspection=to_the_region.inspection, actor=story.administrator, now=story.now
    )
    situation = find_situation(rhys, to_the_region.pk, TODAY)
    assert situation is not None
    assert situation.roles_open_to(c.Respond)


# --- Several at once ------------------------------------------------------------------------------


def test_several_recommendations_are_looked_at_as_each_alone(story: Story) -> None:
    elsewhere = Story("Southmarch PDU")
    region = make_recommendation(make_inspection(story.unit.region))
    services.open_streams(inspection=region.inspection, actor=story.administrator, now=story.now)
    both = make_user("Bo Both", Role.PDU_LEAD, story.unit)
    Membership.objects.create(
        user=both, role=Role.REGIONAL_LEAD, provider=story.unit.region, starts_on=PUBLISHED_ON
    )
    pks = [story.recommendation.pk, elsewhere.recommendation.pk, region.pk]
    for person in (both, story.lead, elsewhere.lead, story.inspector):
        alone = {pk: find_situation(person, pk, TODAY) for pk in pks}
        together = find_situations(person, pks, TODAY)
        assert {pk: each.capacities for pk, each in together.items()} == {
            pk: each.capacities for pk, each in alone.items() if each is not None
        }
    roles = {pk: set(each.standings) for pk, each in find_situations(both, pks, TODAY).items()}
    lead, regional_lead = Role.PDU_LEAD, Role.REGIONAL_LEAD
    assert [roles[pk] for pk in pks] == [{lead, regional_lead}, {regional_lead}, {regional_lead}]
    assert set(find_situations(story.lead, pks, TODAY)) == {story.recommendation.pk}


def test_looking_at_many_costs_as_much_as_looking_at_few(
    django_assert_num_queries: Callable[..., Any],
) -> None:
    many = Story(recommendations=20)
    pks = [each.pk for each in many.recommendations]
    with CaptureQueriesContext(connection) as few:
        find_situations(many.lead, pks[:2], TODAY)
    with django_assert_num_queries(len(few)):
        assert len(find_situations(many.lead, pks, TODAY)) == 20


# --- What there is to choose from -----------------------------------------------------------------


def test_people_are_offered_by_name_and_only_those_of_the_provider(story: Story) -> None:
    make_user("Abe Early", Role.ACTION_OWNER, story.unit)
    make_user("Nia Neighbour", Role.PDU_LEAD, make_provider("Southmarch PDU"))
    names = [words for _, words in offer(Offered.MEMBERS, c.Assign, situation_of(story))]
    assert names == ["Abe Early", "Lena Lead"]


def test_an_update_is_offered_in_its_newest_words_and_once(story: Story) -> None:
    first = story.update("Hlaf are trained")
    story.update("All are trained")
    corrected = c.CorrectProgressUpdate(event_id=first.event_id, text="Half", reason="Typing")
    story.tell(corrected)
    choices = offer(Offered.UPDATES, c.CorrectProgressUpdate, situation_of(story))
    assert [words.partition(": ")[2] for _, words in choices] == ["All are trained", "Half"]
    assert choices[1][0] == str(first.event_id)


def test_a_long_text_is_offered_in_short(story: Story) -> None:
    story.attach("word " * 50)
    ((_, words),) = offer(Offered.EVIDENCE, c.WithdrawEvidence, situation_of(story))
    assert len(words) <= 140
    assert words.endswith("…")


def test_the_grounds_for_closing_are_those_that_hold(story: Story) -> None:
    story.tell(c.Respond(response=Response.NOT_AGREED, reason="No money"))
    situation = situation_of(story, story.inspector)
    choices = offer(Offered.CLOSURES, c.CloseRecommendation, situation)
    assert [value for value, _ in choices] == [Closure.NOT_AGREED_ACCEPTED]
