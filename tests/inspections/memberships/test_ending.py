"""Who ends which membership, what ends with it, and what stays on record."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from inspections import access
from inspections.memberships import MembershipRefused, end_membership, ending
from inspections.memberships.ending import is_last_lead, remains
from inspections.models import Membership
from tests.inspections.memberships.conftest import NOW, TODAY, Land, Role, day, held_by
from tests.world import make_user

YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def end(membership: Membership, by: User, last_day: date = TODAY, reason: str = "") -> None:
    end_membership(membership=membership, last_day=last_day, actor=by, now=NOW, reason=reason)


@pytest.mark.parametrize(
    ("who", "ends"),
    [
        ("lead", {"owner", "lead"}),
        ("regional", {"owner", "lead", "regional"}),
        ("administrator", {"administrator", "inspector"}),
        ("operator", {"owner", "lead", "regional", "administrator", "inspector", "stranger"}),
        ("newcomer", set()),
    ],
)
def test_each_ends_what_lies_within_reach(land: Land, who: str, ends: set[str]) -> None:
    people = {
        "owner": make_user("Owen Owner", Role.ACTION_OWNER, land.home),
        "stranger": make_user("Stan Stranger", Role.ACTION_OWNER, land.abroad),
        "inspector": make_user("Ina Inspector", Role.INSPECTOR),
        "lead": land.lead,
        "regional": land.regional,
        "administrator": land.administrator,
    }
    actor, ended = getattr(land, who), set()
    for name, person in people.items():
        try:
            end(held_by(person), actor, TOMORROW)
        except MembershipRefused:
            assert held_by(person).ends_on is None
        else:
            ended.add(name)
    assert ended == ends


def test_the_last_day_counts_and_the_row_says_who_ended_it_when_and_why(land: Land) -> None:
    end(held_by(land.lead), land.regional, reason="Left without notice")
    row = held_by(land.lead)
    assert (row.ends_on, row.ended_by, row.ended_at) == (TODAY, land.regional, NOW)
    assert row.ending_reason == "Left without notice"
    assert access.holds_role(land.lead, Role.PDU_LEAD, TODAY)
    assert not access.holds_role(land.lead, Role.PDU_LEAD, TOMORROW)


def test_what_was_is_not_rewritten(land: Land) -> None:
    row = held_by(land.lead)
    with pytest.raises(MembershipRefused, match="has passed"):
        end(row, land.operator, YESTERDAY)
    Membership.objects.filter(pk=row.pk).update(ends_on=YESTERDAY)
    with pytest.raises(MembershipRefused, match="ended already"):
        end(row, land.operator)
    assert held_by(land.lead).ended_by is None


def test_an_end_is_brought_forward_and_never_put_off(land: Land) -> None:
    row = held_by(land.lead)
    Membership.objects.filter(pk=row.pk).update(ends_on=day("2026-12-24"))
    with pytest.raises(MembershipRefused, match="never put off"):
        end(row, land.regional, day("2026-12-31"))
    end(row, land.regional, TOMORROW)
    assert held_by(land.lead).ends_on == TOMORROW


def test_a_form_that_is_sent_twice_ends_it_once(land: Land) -> None:
    row = held_by(land.lead)
    end(row, land.regional)
    end(row, land.operator)
    assert held_by(land.lead).ended_by == land.regional


def test_what_has_not_begun_ends_before_it_begins(land: Land) -> None:
    coming = make_user("Cora Coming", Role.ACTION_OWNER, land.home, starts_on=TOMORROW)
    end(held_by(coming), land.lead)
    assert held_by(coming).ends_on == TODAY
    assert not access.memberships_of(coming, TOMORROW).exists()
    with pytest.raises(MembershipRefused, match=ending.OVER):
        end(held_by(coming), land.lead, TOMORROW)


def test_delegates_end_with_the_lead_they_stand_in_for(land: Land) -> None:
    other_lead = make_user("Olga Other", Role.PDU_LEAD, land.home)
    stand_in = make_user("Dee Delegate", Role.DELEGATE, land.home, on_behalf_of=land.lead)
    of_other = make_user("Dov Delegate", Role.DELEGATE, land.home, on_behalf_of=other_lead)
    end(held_by(land.lead), land.regional, TOMORROW, reason="Retired")
    ended = held_by(stand_in)
    assert (ended.ends_on, ended.ended_by) == (TOMORROW, land.regional)
    assert held_by(of_other).ends_on is None


def test_it_is_known_whether_a_unit_would_be_left_without_a_lead(land: Land) -> None:
    row = held_by(land.lead)
    assert is_last_lead(row, TODAY)
    successor = make_user("Sue Successor", Role.PDU_LEAD, land.home, starts_on=TOMORROW)
    assert not is_last_lead(row, TODAY)
    assert not is_last_lead(held_by(make_user("Owen", Role.ACTION_OWNER, land.home)), TODAY)
    User.objects.filter(pk=successor.pk).update(is_active=False)
    assert is_last_lead(row, TODAY)


def test_it_is_known_by_which_role_a_person_stays(land: Land) -> None:
    row = held_by(land.lead)
    assert not remains(row, TODAY).exists()
    owner = Membership.objects.create(
        user=land.lead, role=Role.ACTION_OWNER, provider=land.home, starts_on=TODAY
    )
    assert list(remains(row, TODAY)) == [owner]
