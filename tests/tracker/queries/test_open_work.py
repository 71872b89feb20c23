"""What hangs on a person, and what is left when they are gone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from inspections.models import Membership
from tests.tracker.story import TODAY, Story
from tests.world import FIRST_DAY, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, Role
from tracker.models import RecommendationProgress
from tracker.queries.open_work import Kind, OpenWork, needs_new_owner, open_work_of

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def story(db: None) -> Story:
    return Story(recommendations=2)


@pytest.fixture
def owner(story: Story) -> User:
    """Answers for the first recommendation and owns its action."""
    owner = make_user("Owen Owner", Role.ACTION_OWNER, story.unit)
    story.tell(c.Assign(accountable_id=owner.pk))
    action = story.plan()
    story.tell(c.ChangeActionOwner(action_id=action, accountable_id=owner.pk))
    return owner


def work(person: User, reader: User, at: list[int] | None = None) -> list[OpenWork]:
    return open_work_of(person, at=at, reader=reader, today=TODAY)


def ownerless(day: date = TODAY, *, within_days: int = 0) -> set[int]:
    found = RecommendationProgress.objects.filter(needs_new_owner(day, within_days=within_days))
    return set(found.values_list("pk", flat=True))


def ends(person: User, day: date) -> None:
    Membership.objects.filter(user=person).update(ends_on=day)


def test_open_work_is_what_one_answers_for_and_the_open_actions_one_owns(
    story: Story, owner: User
) -> None:
    found = work(owner, story.lead, at=[story.unit.pk])
    assert [each.kind for each in found] == [Kind.ACCOUNTABLE, Kind.ACTION]
    assert {each.recommendation_id for each in found} == {story.recommendation.pk}
    assert found[0].words == story.recommendation.text
    assert found[1].words == "Train every practitioner (Quality team)"
    assert work(story.lead, story.lead) == []


def test_work_elsewhere_is_left_out_where_a_place_is_named(story: Story, owner: User) -> None:
    region = story.unit.region
    assert region is not None
    assert work(owner, story.lead, at=[region.pk]) == []
    assert len(work(owner, story.lead, at=None)) == 2


def test_whoever_may_not_read_it_learns_numbers_alone(owner: User) -> None:
    stranger = make_user("Stan Stranger")
    assert {(each.number, each.words) for each in work(owner, stranger)} == {(1, "")}


def test_what_is_closed_is_no_open_work(story: Story, owner: User) -> None:
    story.tell(
        c.JudgeProgress(judgement="some_progress", rationale="We looked."), by=story.inspector
    )
    close = c.CloseRecommendation(closure=Closure.NOT_ACHIEVED, reason="Over")
    story.tell(close, by=story.inspector)
    assert work(owner, story.lead) == []
    ends(owner, YESTERDAY)
    assert ownerless() == set()


def test_nothing_needs_a_new_owner_while_the_owner_is_there(story: Story, owner: User) -> None:
    assert ownerless() == set()


@pytest.mark.parametrize(
    "leave",
    [
        lambda owner: ends(owner, YESTERDAY),
        lambda owner: User.objects.filter(pk=owner.pk).update(is_active=False),
    ],
    ids=["ended", "deactivated"],
)
def test_what_somebody_left_behind_needs_a_new_owner(
    story: Story, owner: User, leave: Callable[[User], None]
) -> None:
    leave(owner)
    assert ownerless() == {story.recommendation.pk}


def test_an_action_alone_needs_one_too(story: Story, owner: User) -> None:
    story.tell(c.Assign(accountable_id=story.lead.pk))
    ends(owner, YESTERDAY)
    assert ownerless() == {story.recommendation.pk}


def test_whoever_leaves_soon_is_counted_in_time(story: Story, owner: User) -> None:
    ends(owner, TODAY + timedelta(days=10))
    assert ownerless() == set()
    assert ownerless(within_days=10) == set()
    assert ownerless(within_days=11) == {story.recommendation.pk}


def test_whoever_stays_in_another_role_keeps_the_work(story: Story, owner: User) -> None:
    ends(owner, YESTERDAY)
    Membership.objects.create(
        user=owner, role=Role.PDU_LEAD, provider=story.unit, starts_on=FIRST_DAY
    )
    assert ownerless() == set()
