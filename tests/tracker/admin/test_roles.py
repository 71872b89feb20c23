"""Who may open and send which form, and in which role."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from inspections.models import Membership
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, form_path, said
from tests.world import make_user
from tracker.domain.roles import MAY_GIVE
from tracker.domain.sign_off import may_prepare
from tracker.domain.vocabulary import Role
from tracker.forms import FORMS
from tracker.models import Event

pytestmark = pytest.mark.django_db
TEXT = "Twenty of twenty plans were read by a manager."
ROLES = (
    Role.PDU_LEAD,
    Role.ACTION_OWNER,
    Role.DELEGATE,
    Role.REGIONAL_LEAD,
    Role.HMPPS_COORDINATOR,
    Role.INSPECTOR,
    Role.LEAD_INSPECTOR,
    Role.HMIP_ADMINISTRATOR,
)
"""The roles of the people of the fixture, in their order."""


@pytest.mark.parametrize(
    ("slug", "role", "status"),
    [
        ("record-progress-update", Role.ACTION_OWNER, 200),
        ("record-progress-update", Role.DELEGATE, 200),
        ("respond", Role.ACTION_OWNER, 200),
        ("move-target-date", Role.ACTION_OWNER, 403),
        ("respond", Role.HMPPS_COORDINATOR, 200),
        ("respond", Role.INSPECTOR, 403),
        ("respond", Role.REGIONAL_LEAD, 403),
        ("record-progress-update", Role.LEAD_INSPECTOR, 403),
        ("judge-progress", Role.INSPECTOR, 200),
        ("judge-progress", Role.PDU_LEAD, 403),
        ("judge-progress", Role.HMIP_ADMINISTRATOR, 403),
        ("start-review", Role.LEAD_INSPECTOR, 200),
        ("close-recommendation", Role.INSPECTOR, 403),
        ("close-recommendation", Role.PDU_LEAD, 403),
    ],
)
def test_a_form_opens_for_the_roles_that_hold_its_command(
    story: Story, pk: int, slug: str, role: Role, status: int
) -> None:
    home = {Role.REGIONAL_LEAD: story.unit.region, Role.HMPPS_COORDINATOR: None}
    provider = home.get(role, story.unit if role.value in Membership.AT_A_PROVIDER else None)
    visitor = Visitor(make_user("Rae Role", role, provider))
    assert visitor.get(form_path(pk, slug)).status_code == status
    if status == 403:
        assert visitor.post(pk, slug, {"acting_role": "pdu_lead"}).status_code == 403
        assert Event.objects.filter(recommendation=pk).count() == 1


@pytest.mark.parametrize("slug", FORMS)
def test_every_form_stands_open_to_who_gives_or_prepares_its_command_and_to_nobody_else(
    people: dict[str, User], pk: int, slug: str
) -> None:
    given = FORMS[slug].gives
    for role, user in zip(ROLES, people.values(), strict=True):
        status = Visitor(user).get(form_path(pk, slug)).status_code
        prepares = may_prepare(given, role=role, addressed_to_region=False)
        assert (status != 403) == (role in MAY_GIVE[given] or prepares), role


def test_a_role_that_is_not_held_cannot_be_claimed(pk: int, lead: Visitor) -> None:
    form = {**lead.opened(pk, "record-progress-update"), "text": TEXT, "acting_role": "delegate"}
    assert said(lead.post(pk, "record-progress-update", form))["__all__"]
    assert Event.objects.filter(recommendation=pk).count() == 1


def test_somebody_with_several_roles_chooses_and_the_record_says_which(
    story: Story, pk: int
) -> None:
    both = make_user("Bo Both", Role.PDU_LEAD, story.unit)
    Membership.objects.create(
        user=both,
        role=Role.DELEGATE,
        provider=story.unit,
        starts_on=TODAY,
        on_behalf_of=story.lead,
    )
    visitor = Visitor(both)
    response = visitor.get(form_path(pk, "record-progress-update"))
    assert "Delegate, on behalf of Lena Lead" in response.content.decode()
    visitor.give(pk, "record-progress-update", text=TEXT, acting_role="delegate")
    event = Event.objects.get(recommendation=pk, version=2)
    assert (event.actor_role, event.on_behalf_of_name) == ("delegate", "Lena Lead")


def test_nobody_inspects_a_provider_they_belonged_to(story: Story, pk: int) -> None:
    turncoat = make_user("Tia Turncoat", Role.INSPECTOR)
    day = TODAY - timedelta(days=400)
    Membership.objects.create(
        user=turncoat, role=Role.ACTION_OWNER, provider=story.unit, starts_on=day, ends_on=day
    )
    visitor = Visitor(turncoat)
    assert "judge-progress" not in visitor.menu(pk)
    assert visitor.get(form_path(pk, "judge-progress")).status_code == 403


def test_a_membership_that_ends_closes_the_open_form(story: Story, pk: int, lead: Visitor) -> None:
    form = {**lead.opened(pk, "record-progress-update"), "text": TEXT}
    yesterday = TODAY - timedelta(days=1)
    Membership.objects.filter(user=story.lead).update(ends_on=yesterday)
    response = lead.post(pk, "record-progress-update", form)
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]
    assert Event.objects.filter(recommendation=pk).count() == 1
