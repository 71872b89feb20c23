"""Ending memberships in the admin: the open work is handed over first, or a reason is given."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from inspections.models import Membership
from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, said
from tests.world import FIRST_DAY, PASSWORD, make_inspection, make_recommendation, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import ActionProgress, Event, RecommendationProgress, SignOffLevel
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
LIST = "/admin/inspections/membership/"
TOMORROW = TODAY + timedelta(days=1)
WORDS = "Train every practitioner"


@pytest.fixture
def owner(story: Story) -> User:
    """Owns the open action of a recommendation for which they are accountable as well."""
    owner = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    story.tell(c.Assign(accountable_id=owner.pk))
    action = story.plan()
    story.tell(c.ChangeActionOwner(action_id=action, accountable_id=owner.pk))
    return owner


@pytest.fixture
def successor(story: Story) -> User:
    return make_user("Sue Successor", Role.ACTION_OWNER, story.unit)


@pytest.fixture
def operator(db: None) -> Visitor:
    return Visitor(User.objects.create_superuser("operator", "o@tracker.example", PASSWORD))


def held(user: User) -> Membership:
    return Membership.objects.get(user=user)


def address(user: User) -> str:
    return f"{LIST}{held(user).pk}/end/"


def end(visitor: Visitor, user: User, **fields: Any) -> Any:
    sent = {"key": str(uuid4()), "last_day": TODAY.isoformat(), **fields}
    return visitor.client.post(address(user), sent)


def owners(pk: int) -> tuple[int | None, int]:
    """Return who is accountable, and who owns the action."""
    progress = RecommendationProgress.objects.get(pk=pk)
    return progress.accountable_id, ActionProgress.objects.get(recommendation=pk).accountable_id


def only_action() -> UUID:
    return ActionProgress.objects.get().action_id


# --- A lead hands over ----------------------------------------------------------------------------


def test_the_page_shows_the_open_work(lead: Visitor, owner: User) -> None:
    page = lead.read(address(owner))
    assert WORDS in page
    assert "Accountable" in page
    assert "Owner of an action" in page


def test_all_of_it_goes_to_one_successor_in_the_name_of_who_ends_it(
    story: Story, pk: int, lead: Visitor, owner: User, successor: User
) -> None:
    answer = end(lead, owner, everything_to=successor.pk)
    assert answer.status_code == 302, said(answer)
    assert owners(pk) == (successor.pk, successor.pk)
    assert (held(owner).ends_on, held(owner).ended_by) == (TODAY, story.lead)
    told = Event.objects.filter(recommendation=pk).order_by("-version")[:2]
    assert {event.type for event in told} == {"recommendation_assigned", "action_owner_changed"}
    assert {(event.actor_id, event.actor_role) for event in told} == {(story.lead.pk, "pdu_lead")}
    for _ in range(2):  # it can be loaded again
        page = lead.read(answer["Location"])
        assert "The membership ends on" in page
        assert page.count(WORDS) == 1


def test_with_a_later_last_day_the_pages_say_that_the_work_moves_at_once(
    pk: int, lead: Visitor, owner: User, successor: User
) -> None:
    assert "is the successor’s at once" in lead.read(address(owner))
    answer = end(lead, owner, everything_to=successor.pk, last_day=TOMORROW.isoformat())
    assert owners(pk) == (successor.pk, successor.pk)
    assert "The successor holds it as of now" in lead.read(answer["Location"])


def test_who_leaves_soon_is_no_successor(
    pk: int, lead: Visitor, owner: User, successor: User
) -> None:
    before = owners(pk)
    Membership.objects.filter(user=successor).update(ends_on=TODAY + timedelta(days=29))
    assert "Sue Successor" not in lead.read(address(owner))
    answer = end(lead, owner, everything_to=successor.pk)
    assert answer.status_code == 200
    assert owners(pk) == before
    Membership.objects.filter(user=successor).update(ends_on=TODAY + timedelta(days=30))
    assert "Sue Successor" in lead.read(address(owner))


def test_the_session_holds_no_word_of_the_record(
    lead: Visitor, owner: User, successor: User
) -> None:
    """Else they would outlive their redaction, and be read by who may read them no more."""
    answer = end(lead, owner, everything_to=successor.pk)
    assert WORDS not in str(dict(lead.client.session))
    ActionProgress.objects.update(description="")
    page = lead.read(answer["Location"])
    assert WORDS not in page
    assert "Recommendation 1, Northmarch PDU" in page
    ActionProgress.objects.update(description=WORDS)


def test_each_row_goes_where_the_row_says(
    story: Story, pk: int, lead: Visitor, owner: User, successor: User
) -> None:
    rows = {f"accountable-{pk}": story.lead.pk}
    end(lead, owner, everything_to=successor.pk, **rows)
    assert owners(pk) == (story.lead.pk, successor.pk)


def test_what_can_be_handed_over_must_be(
    pk: int, lead: Visitor, owner: User, successor: User
) -> None:
    answer = end(lead, owner, reason="No time", **{f"accountable-{pk}": successor.pk})
    assert list(said(answer)) == [f"action-{only_action()}"]
    assert "No time" in answer.content.decode()
    assert held(owner).ended_at is None
    assert owners(pk) == (owner.pk, owner.pk)


def test_a_later_last_day_leaves_time_to_hand_over(
    pk: int, lead: Visitor, owner: User, successor: User
) -> None:
    assert (
        end(lead, owner, last_day=TOMORROW, **{f"accountable-{pk}": successor.pk}).status_code
        == 302
    )
    assert held(owner).ends_on == TOMORROW
    assert owners(pk) == (successor.pk, owner.pk)


def test_nobody_but_a_colleague_takes_over(
    pk: int, lead: Visitor, owner: User, foreign: Story
) -> None:
    for forged in (owner.pk, foreign.lead.pk):
        for name in ("everything_to", f"accountable-{pk}"):
            assert name in said(end(lead, owner, **{name: forged}))
    assert held(owner).ended_at is None


def test_somebody_without_open_work_just_leaves(lead: Visitor, successor: User) -> None:
    assert end(lead, successor).status_code == 302
    assert held(successor).ends_on == TODAY


def test_a_person_who_stays_in_another_role_keeps_the_work(
    story: Story, pk: int, lead: Visitor, owner: User
) -> None:
    leaving = held(owner)
    Membership.objects.create(user=owner, role=Role.PDU_LEAD, provider=story.unit, starts_on=TODAY)
    path = f"{LIST}{leaving.pk}/end/"
    assert "They stay there as pdu lead" in lead.read(path)
    sent = {"key": str(uuid4()), "last_day": TODAY.isoformat()}
    assert lead.client.post(path, sent).status_code == 302
    assert owners(pk) == (owner.pk, owner.pk)


def test_a_form_that_is_sent_twice_hands_over_once(
    pk: int, lead: Visitor, owner: User, successor: User
) -> None:
    key = str(uuid4())
    first = end(lead, owner, everything_to=successor.pk, key=key)
    events = Event.objects.count()
    second = end(lead, owner, everything_to=successor.pk, key=key)
    assert Event.objects.count() == events
    assert second["Location"] == first["Location"]
    assert WORDS in lead.read(second["Location"])


def test_what_the_rules_refuse_keeps_the_membership_until_it_is_explained(
    story: Story, pk: int, lead: Visitor, owner: User, successor: User
) -> None:
    """A unit that signs off: the lead cannot hand over alone."""
    SignOffLevel.objects.create(provider=story.unit, levels=1, set_at=story.now, set_by=story.lead)
    refused = end(lead, owner, everything_to=successor.pk)
    page = lead.read(refused["Location"])
    assert "The membership has not ended" in page
    assert page.count(WORDS) == 1
    assert held(owner).ended_at is None
    explained = end(lead, owner, everything_to=successor.pk, reason="Signed off later")
    assert "Left open because: Signed off later" in lead.read(explained["Location"])
    assert held(owner).ends_on == TODAY
    assert owners(pk) == (owner.pk, owner.pk)


# --- The last lead --------------------------------------------------------------------------------


def test_the_last_lead_does_not_leave_without_a_word(story: Story, lead: Visitor) -> None:
    assert "Nobody else leads Northmarch PDU" in lead.read(address(story.lead))
    answer = end(lead, story.lead)
    assert "Nobody would lead there" in said(answer)["reason"][0]
    assert held(story.lead).ended_at is None
    assert end(lead, story.lead, reason="The unit is merged").status_code == 302
    assert held(story.lead).ending_reason == "The unit is merged"


def test_a_lead_with_a_successor_leaves_freely(story: Story, lead: Visitor) -> None:
    make_user("Sue Successor", Role.PDU_LEAD, story.unit)
    assert end(lead, story.lead).status_code == 302


def test_delegates_are_shown_and_end_with_the_lead(story: Story, lead: Visitor) -> None:
    stand_in = make_user("Dee Delegate", Role.DELEGATE, story.unit, on_behalf_of=story.lead)
    assert "Dee Delegate stands in for them" in lead.read(address(story.lead))
    end(lead, story.lead, reason="Retired")
    assert held(stand_in).ended_by == story.lead


# --- Who cannot hand over -------------------------------------------------------------------------


def test_a_regional_lead_is_told_who_hands_over_and_may_choose_a_later_day(
    pk: int, people: dict[str, User], owner: User, successor: User
) -> None:
    regional = Visitor(people["regional lead"])
    page = regional.read(address(owner))
    assert WORDS in page
    assert "Lena Lead can" in page
    answer = end(regional, owner, everything_to=successor.pk, **{f"accountable-{pk}": successor.pk})
    assert list(said(answer)) == ["reason"]
    assert owners(pk) == (owner.pk, owner.pk)
    assert end(regional, owner, last_day=TOMORROW).status_code == 302


def test_people_leave_all_the_same_and_the_reason_stays(
    pk: int, people: dict[str, User], owner: User
) -> None:
    regional = Visitor(people["regional lead"])
    answer = end(regional, owner, reason="Left without notice")
    assert "Left open because: Left without notice" in regional.read(answer["Location"])
    assert owners(pk) == (owner.pk, owner.pk)


def test_an_operator_learns_the_numbers_and_no_word(
    story: Story, operator: Visitor, owner: User
) -> None:
    page = operator.read(address(owner))
    assert "Recommendation 1, Northmarch PDU" in page
    assert WORDS not in page
    assert story.recommendation.text not in page
    assert end(operator, owner, reason="Left the service").status_code == 302


def test_work_elsewhere_is_not_shown(
    story: Story, lead: Visitor, owner: User, foreign: Story
) -> None:
    Membership.objects.create(
        user=owner, role=Role.ACTION_OWNER, provider=foreign.unit, starts_on=FIRST_DAY
    )
    foreign.tell(c.Assign(accountable_id=owner.pk))
    ours = Membership.objects.get(user=owner, provider=story.unit)
    assert CANARY not in lead.read(f"{LIST}{ours.pk}/end/")


def test_a_regional_lead_hands_over_what_is_addressed_to_the_region(
    story: Story, people: dict[str, User]
) -> None:
    regional, region = people["regional lead"], story.unit.region
    owner = make_user("Rob Owner", Role.ACTION_OWNER, region)
    recommendation = make_recommendation(make_inspection(region))
    with transaction.atomic():
        open_streams(inspection=recommendation.inspection, actor=story.administrator, now=story.now)
    given: dict[str, Any] = {"by": regional, "acting_role": Role.REGIONAL_LEAD}
    story.tell_of([recommendation], c.Assign(accountable_id=owner.pk), **given)
    assert end(Visitor(regional), owner, everything_to=regional.pk).status_code == 302
    progress = RecommendationProgress.objects.get(pk=recommendation.pk)
    assert progress.accountable == regional
    assert held(owner).ended_by == regional


def test_an_administrator_ends_a_role_at_hmip(people: dict[str, User]) -> None:
    administrator = Visitor(people["administrator"])
    assert end(administrator, people["inspector"]).status_code == 302
    assert held(people["inspector"]).ends_on == TODAY
    assert administrator.get(address(people["lead"])).status_code == 404


def test_what_has_ended_is_not_ended_again(lead: Visitor, owner: User) -> None:
    Membership.objects.filter(user=owner).update(ends_on=TODAY - timedelta(days=1))
    assert lead.get(address(owner))["Location"] == f"{LIST}{held(owner).pk}/change/"
    assert "End this membership" not in lead.read(f"{LIST}{held(owner).pk}/change/")
