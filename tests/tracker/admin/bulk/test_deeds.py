"""Each deed that can be done to many rows at once."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from inspections.models import Membership
from tests.bulk_work import (
    ACTIONS,
    ASSIGN,
    AUDIT,
    COMPLETE,
    MORE_TIME,
    MOVE,
    OWNER,
    REVIEWED,
    TRAIN,
    confirm,
    done,
    filled,
    plan,
    reasons,
    send,
    skipped,
    tick,
)
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import LIST, Visitor
from tests.world import FIRST_DAY, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response, Role
from tracker.models import ActionProgress, Event, RecommendationProgress

pytestmark = pytest.mark.django_db


def test_actions_of_several_units_go_only_to_their_own_people(agreed: Story, lead: Visitor) -> None:
    elsewhere = Story("Southmarch PDU")
    Membership.objects.create(
        user=agreed.lead, role=Role.PDU_LEAD, provider=elsewhere.unit, starts_on=FIRST_DAY
    )
    owen = make_user("Owen Owner", Role.ACTION_OWNER, agreed.unit)
    elsewhere.tell(c.Respond(response=Response.AGREED))
    ids = [plan(agreed, "Train"), plan(elsewhere, "Audit")]
    page = tick(lead, ACTIONS, OWNER, ids)
    choices = [words for _, words in page.context["form"].fields["accountable_id"].choices]
    assert choices == [
        "Choose a person",
        "Lena Lead, Northmarch PDU and Southmarch PDU",
        "Lena Lead, Southmarch PDU",
        "Owen Owner, Northmarch PDU",
    ]
    result = confirm(lead, page, accountable_id=owen.pk, reason="Leave")
    assert done(result) == [TRAIN]
    assert "no current role at the provider" in skipped(result)[AUDIT]
    assert ActionProgress.objects.get(pk=ids[0]).accountable == owen


def test_a_new_owner_must_be_chosen(lead: Visitor, both: list[UUID]) -> None:
    page = tick(lead, ACTIONS, OWNER, both)
    again = send(lead, page, filled(page, reason="Leave"))
    assert again.context["form"].errors["accountable_id"] == ["New owner: choose one."]


def test_more_time_is_asked_for_by_days_or_by_one_date_where_the_lead_may_not_move_it_alone(
    agreed: Story, lead: Visitor
) -> None:
    moved = plan(agreed, "Train")
    later = TODAY + timedelta(days=40)
    agreed.tell(c.MoveTargetDate(action_id=moved, target_on=later, reason="Staff left"))
    ids = [moved, plan(agreed, "Audit")]
    page = tick(lead, ACTIONS, MORE_TIME, ids)
    assert reasons(page)[TRAIN] == ""
    assert "let the lead move it" in reasons(page)[AUDIT]
    for given in ({}, {"days": 14, "target_on": later}):
        again = send(lead, page, filled(page, reason="Leave", **given))
        assert again.context["form"].errors["target_on"] == [
            "Give either one date for all, or a number of days more."
        ]
    result = confirm(lead, page, reason="No trainer", days=14)
    assert done(result) == [TRAIN]
    asked = ActionProgress.objects.get(pk=moved)
    assert asked.extension_asked_to == later + timedelta(days=14)


def test_a_reason_that_is_missing_is_asked_for_once_and_not_per_row(
    agreed: Story, lead: Visitor, both: list[UUID]
) -> None:
    page = tick(lead, ACTIONS, MOVE, both)
    again = send(lead, page, filled(page, days=7))
    assert list(again.context["form"].errors) == ["reason"]
    assert done(confirm(lead, again, reason="No trainer")) == [TRAIN, AUDIT]
    moved = ActionProgress.objects.filter(slips=1, target_on=TODAY + timedelta(days=37))
    assert moved.count() == 2


def test_recommendations_are_assigned_to_one_person(story: Story, lead: Visitor) -> None:
    story.tell(c.Assign(accountable_id=story.lead.pk))
    make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    pks = [each.pk for each in story.recommendations]
    result = confirm(lead, tick(lead, LIST, ASSIGN, pks), accountable_id=story.lead.pk)
    assert len(done(result)) == 1
    assert len(skipped(result)) == 1
    owners = RecommendationProgress.objects.values_list("accountable", flat=True)
    assert set(owners) == {story.lead.pk}


def test_a_delegate_confirms_on_behalf_of_the_lead_that_nothing_has_changed(
    story: Story, people: dict[str, User]
) -> None:
    delegate = Visitor(people["delegate"])
    result = confirm(
        delegate,
        tick(delegate, LIST, REVIEWED, [each.pk for each in story.recommendations]),
        note="The weekly list shows no change.",
    )
    assert len(done(result)) == 2
    said = Event.objects.filter(type="reviewed_without_change")
    assert {(each.actor_role, each.on_behalf_of_id) for each in said} == {
        ("delegate", story.lead.pk)
    }


def test_somebody_with_several_roles_chooses_in_which_one_they_speak(
    story: Story, people: dict[str, User]
) -> None:
    Membership.objects.create(
        user=people["delegate"], role=Role.PDU_LEAD, provider=story.unit, starts_on=FIRST_DAY
    )
    visitor = Visitor(people["delegate"])
    page = tick(visitor, LIST, REVIEWED, [story.recommendation.pk])
    roles = page.context["form"].fields["acting_role"].choices
    assert roles == [("pdu_lead", "PDU lead"), ("delegate", "Delegate")]
    again = send(visitor, page, filled(page))
    assert again.context["form"].errors["acting_role"] == ["Choose the role in which you act."]
    assert len(done(confirm(visitor, again, acting_role="delegate"))) == 1
    assert Event.objects.get(type="reviewed_without_change").actor_role == "delegate"


def test_the_role_is_that_which_holds_the_command_at_each_unit(
    agreed: Story, both: list[UUID]
) -> None:
    elsewhere = Story("Southmarch PDU")
    elsewhere.tell(c.Respond(response=Response.AGREED))
    person = make_user("Bo Both", Role.PDU_LEAD, agreed.unit)
    Membership.objects.create(
        user=person, role=Role.ACTION_OWNER, provider=elsewhere.unit, starts_on=FIRST_DAY
    )
    visitor = Visitor(person)
    ids = [both[0], plan(elsewhere, "Read")]
    assert len(done(confirm(visitor, tick(visitor, ACTIONS, COMPLETE, ids)))) == 2
    said = Event.objects.filter(type="action_reported_complete", actor_id=person.pk)
    assert set(said.values_list("actor_role", flat=True)) == {"pdu_lead", "action_owner"}
    assert said.first().recorded_at == NOW  # type: ignore[union-attr]
