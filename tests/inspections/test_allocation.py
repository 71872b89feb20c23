"""Allocating inspectors: lead inspectors and administrators do, nobody inspects their own house."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from inspections.models import Inspection, Membership, Provider
from tests.visitor import Visitor, said
from tests.world import make_inspection, make_provider, make_user

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def inspection() -> Inspection:
    return make_inspection()


@pytest.fixture
def inspector() -> User:
    return make_user("Ina Inspector", Role.INSPECTOR)


def address(inspection: Inspection) -> str:
    return f"/admin/inspections/inspection/{inspection.pk}/inspectors/"


def send(visitor: Visitor, inspection: Inspection, *people: User) -> Any:
    return visitor.client.post(address(inspection), {"inspectors": [each.pk for each in people]})


def offered(visitor: Visitor, inspection: Inspection) -> set[User]:
    return set(visitor.get(address(inspection)).context["form"].fields["inspectors"].queryset)


def make_turncoat(provider: Provider | None) -> User:
    """Return an inspector who belonged there once."""
    person = make_user("Tia Turncoat", Role.INSPECTOR)
    Membership.objects.create(
        user=person,
        role=Role.ACTION_OWNER,
        provider=provider,
        starts_on="2020-01-01",
        ends_on="2021-01-01",
    )
    return person


@pytest.mark.parametrize("role", [Role.LEAD_INSPECTOR, Role.HMIP_ADMINISTRATOR])
def test_those_who_allocate_find_the_way_and_name_the_inspectors(
    inspection: Inspection, inspector: User, role: str
) -> None:
    visitor = Visitor(make_user("Ali Allocator", role))
    page = visitor.read(f"/admin/inspections/inspection/{inspection.pk}/change/")
    assert address(inspection) in page
    assert send(visitor, inspection, inspector).status_code == 302
    assert list(inspection.allocated_inspectors.all()) == [inspector]
    assert "checked" in visitor.read(address(inspection))
    send(visitor, inspection)
    assert not inspection.allocated_inspectors.exists()


@pytest.mark.parametrize(
    "role", [Role.INSPECTOR, Role.HMPPS_COORDINATOR, Role.PDU_LEAD, Role.REGIONAL_LEAD]
)
def test_others_allocate_nobody(inspection: Inspection, inspector: User, role: str) -> None:
    inspection.recommendations.create(
        number=1, text="Improve.", addressed_to="X", addressee=inspection.provider
    )
    places = {Role.PDU_LEAD: inspection.provider, Role.REGIONAL_LEAD: inspection.provider.region}
    visitor = Visitor(make_user("Rae Role", role, places.get(Role(role))))
    page = visitor.read(f"/admin/inspections/inspection/{inspection.pk}/change/")
    assert address(inspection) not in page
    assert visitor.get(address(inspection)).status_code == 403
    assert send(visitor, inspection, inspector).status_code == 403
    assert not inspection.allocated_inspectors.exists()


def test_what_is_not_released_is_absent_but_for_those_who_may_see_it(
    inspector: User,
) -> None:
    draft = make_inspection(state="draft", published_on=None)
    lead = Visitor(make_user("Lia Inspector", Role.LEAD_INSPECTOR))
    missing = lead.get("/admin/inspections/inspection/987654/inspectors/")
    assert missing.status_code == 404
    assert lead.get(address(draft)).status_code == 404
    assert send(lead, draft, inspector).status_code == 404
    administrator = Visitor(make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR))
    assert send(administrator, draft, inspector).status_code == 302


def test_only_inspectors_who_never_belonged_to_the_house_are_offered(
    inspection: Inspection, inspector: User
) -> None:
    lead = make_user("Lia Inspector", Role.LEAD_INSPECTOR)
    gone = make_user("Gus Gone", Role.INSPECTOR)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    yesterday = timezone.localdate() - timedelta(days=1)
    make_user("Fay Former", Role.INSPECTOR, ends_on=yesterday)
    make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR)
    turncoat, _, elsewhere = (
        make_turncoat(provider)
        for provider in (
            inspection.provider,
            inspection.provider.region,
            make_provider("Farmarch PDU"),
        )
    )
    assert offered(Visitor(lead), inspection) == {inspector, lead, elsewhere}
    answer = send(Visitor(lead), inspection, turncoat)
    assert list(said(answer)) == ["inspectors"]
    assert not inspection.allocated_inspectors.exists()
