"""Providers in the admin: renamed without losing a name, followed without a circle."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from inspections.admin import providers as door
from inspections.models import Membership, Provider, ProviderAlias
from inspections.provider_names import read_provider_directory
from tests.inspections.test_frameworks import change, filled_in
from tests.visitor import Visitor
from tests.world import PASSWORD, make_provider, make_user

pytestmark = pytest.mark.django_db
Role = Membership.Role
PROVIDERS = "/admin/inspections/provider/"
CANARY = "canary in the coal mine"


@pytest.fixture
def unit() -> Provider:
    return make_provider("Northmarch and Southmarch PDU")


@pytest.fixture
def keeper() -> Visitor:
    return Visitor(User.objects.create_superuser("operator", "o@tracker.example", PASSWORD))


def page_of(provider: Provider) -> str:
    return f"{PROVIDERS}{provider.pk}/change/"


def refused(answer: Any) -> dict[str, list[str]]:
    return {name: list(said) for name, said in answer.context["adminform"].form.errors.items()}


def test_a_renaming_keeps_the_old_name_with_its_last_day(keeper: Visitor, unit: Provider) -> None:
    renamed = {"name": "Southmarch and Northmarch PDU", "renamed_on": "2026-04-01"}
    assert change(keeper, page_of(unit), **renamed).status_code == 302
    alias = ProviderAlias.objects.get(provider=unit)
    assert (alias.name, alias.ends_on) == ("Northmarch and Southmarch PDU", date(2026, 3, 31))
    unit.refresh_from_db()
    assert unit.name == "Southmarch and Northmarch PDU"
    found = read_provider_directory(on=date(2026, 1, 1)).called("Northmarch and Southmarch PDU")
    assert found == (unit,)


def test_without_a_day_a_new_name_begins_today(keeper: Visitor, unit: Provider) -> None:
    change(keeper, page_of(unit), name="Midmarch PDU")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert ProviderAlias.objects.get(provider=unit).ends_on == yesterday


def test_a_name_that_returns_is_kept_once(keeper: Visitor, unit: Provider) -> None:
    for name in ("Midmarch PDU", "Northmarch and Southmarch PDU", "Midmarch PDU"):
        assert change(keeper, page_of(unit), name=name).status_code == 302
    names = unit.aliases.order_by("name").values_list("name", flat=True)
    assert list(names) == ["Midmarch PDU", "Northmarch and Southmarch PDU"]


def test_saving_without_a_new_name_adds_none(keeper: Visitor, unit: Provider) -> None:
    assert change(keeper, page_of(unit), renamed_on="2026-04-01").status_code == 302
    assert not unit.aliases.exists()


def test_an_administrator_keeps_providers_too(unit: Provider) -> None:
    administrator = Visitor(make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR))
    assert change(administrator, page_of(unit), name="Midmarch PDU").status_code == 302
    region = unit.region
    assert region is not None
    added = {"name": "Farmarch PDU", "kind": "pdu", "region": region.pk}
    assert change(administrator, f"{PROVIDERS}add/", **added).status_code == 302
    assert Provider.objects.get(name="Farmarch PDU").region == region


@pytest.mark.parametrize("role", [Role.PDU_LEAD, Role.REGIONAL_LEAD, Role.LEAD_INSPECTOR])
def test_others_find_no_providers(unit: Provider, role: str) -> None:
    place = {Role.PDU_LEAD: unit, Role.REGIONAL_LEAD: unit.region}.get(Role(role))
    visitor = Visitor(make_user("Rae Role", role, place))
    assert visitor.get(PROVIDERS).status_code == 403
    assert visitor.client.post(page_of(unit), {"name": "forged"}).status_code == 404
    assert visitor.client.post(f"{PROVIDERS}add/", {"name": "forged"}).status_code == 403
    assert not Provider.objects.filter(name="forged").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"region": ""}, {"region": [door.REGION_MISSING]}),
        ({"succeeded_on": "2026-04-01"}, {"successor": [door.SUCCESSOR_MISSING]}),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    keeper: Visitor, unit: Provider, changes: dict[str, str], said: dict[str, list[str]]
) -> None:
    assert refused(change(keeper, page_of(unit), **changes)) == said


def test_a_name_that_another_of_the_kind_bears_is_refused(keeper: Visitor, unit: Provider) -> None:
    make_provider("Midmarch PDU")
    answer = change(keeper, page_of(unit), name="Midmarch PDU")
    assert refused(answer) == {"name": [door.NAME_TAKEN]}
    added = {"name": "Midmarch PDU", "kind": "pdu", "region": unit.region_id}
    assert refused(change(keeper, f"{PROVIDERS}add/", **added)) == {"name": [door.NAME_TAKEN]}


def test_a_region_lies_in_no_region(keeper: Visitor, unit: Provider) -> None:
    region = unit.region
    assert region is not None
    answer = change(keeper, page_of(region), region=region.pk)
    assert refused(answer) == {"region": [door.REGION_WITHIN_A_REGION]}


def test_a_successor_has_its_day(keeper: Visitor, unit: Provider) -> None:
    successor = make_provider("Newmarch PDU")
    answer = change(keeper, page_of(unit), successor=successor.pk)
    assert refused(answer) == {"succeeded_on": [door.DAY_MISSING]}
    dated = {"successor": successor.pk, "succeeded_on": "2026-04-01"}
    assert change(keeper, page_of(unit), **dated).status_code == 302
    assert "Newmarch PDU" in keeper.read(PROVIDERS, q="Northmarch")


def test_no_provider_follows_itself_by_any_way_round(keeper: Visitor, unit: Provider) -> None:
    middle, last = make_provider("Middlemarch PDU"), make_provider("Lastmarch PDU")
    for one, other in ((unit, middle), (middle, last)):
        one.successor, one.succeeded_on = other, date(2026, 4, 1)
        one.save()
    day = {"succeeded_on": "2026-05-01"}
    answer = change(keeper, page_of(last), successor=unit.pk, **day)
    assert refused(answer) == {"successor": [door.IN_A_CIRCLE]}
    answer = change(keeper, page_of(last), successor=last.pk, **day)
    assert refused(answer) == {"successor": [door.OWN_SUCCESSOR]}


def test_the_kind_is_chosen_once_and_no_name_is_removed(keeper: Visitor, unit: Provider) -> None:
    alias = unit.aliases.create(name="Oldmarch LDU")
    forged = {"kind": "region", "aliases-0-DELETE": "on", "is_demonstration": "on"}
    assert change(keeper, page_of(unit), **forged).status_code == 302
    unit.refresh_from_db()
    assert unit.kind == Provider.Kind.PDU
    assert not unit.is_demonstration
    assert ProviderAlias.objects.filter(pk=alias.pk).exists()
    assert "aliases-0-name" in filled_in(keeper, page_of(unit))
    assert keeper.client.post(f"{PROVIDERS}{unit.pk}/delete/", {"post": "y"}).status_code == 403


@pytest.mark.parametrize("field", ["region", "successor"])
def test_an_operator_is_offered_no_body_that_only_a_draft_names(
    keeper: Visitor, unit: Provider, field: str
) -> None:
    """Its name alone would tell that a report is being written."""
    kind = Provider.Kind.REGION if field == "region" else Provider.Kind.PDU
    secret = Provider.objects.create(
        name=CANARY, kind=kind, region=None if field == "region" else unit.region, is_proposed=True
    )
    for path in (page_of(unit), f"{PROVIDERS}add/"):
        assert CANARY not in keeper.read(path)
    assert field in refused(change(keeper, page_of(unit), **{field: str(secret.pk)}))
