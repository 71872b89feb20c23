from datetime import date

import pytest

from inspections.models import Provider, ProviderAlias
from inspections.provider_names import (
    ProviderDirectory,
    kind_named_in,
    plain_name,
    read_provider_directory,
)
from tests.world import make_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory() -> ProviderDirectory:
    return read_provider_directory(on=None)


def _names(providers: tuple[Provider, ...]) -> list[str]:
    return [provider.name for provider in providers]


@pytest.mark.parametrize(
    "name",
    [
        "Gwent",
        "Gwent PDU",
        "gwent pdu",
        "The Gwent PDU",
        "Gwent Probation Delivery Unit",
        "Gwent Probation Delivery Unit (PDU)",
        "Gwent\u00a0PDU",
        "Gwent\u202fPDU ",
        "  Gwent  Probation\u00a0\u00a0Delivery Unit",
    ],
)
def test_every_way_of_writing_the_name_of_a_unit_finds_it(
    directory: ProviderDirectory, name: str
) -> None:
    (found,) = directory.called(name)
    assert (found.name, found.kind, str(found.region)) == ("Gwent PDU", "pdu", "Wales")


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("Ealing & Hillingdon PDU", "Ealing and Hillingdon PDU"),
        ("Leicester Leicestershire and Rutland", "Leicester, Leicestershire and Rutland PDU"),
        ("Wales", "Wales"),
        ("Wales Probation Region", "Wales"),
        ("The Wales region", "Wales"),
        ("The Probation Service in Wales", "Wales"),
        ("Kent, Surrey & Sussex Probation Region", "Kent, Surrey and Sussex"),
        ("HMPPS", "HMPPS"),
        ("HM Prison and Probation Service", "HMPPS"),
        ("His Majesty’s Prison and Probation Service", "HMPPS"),
    ],
)
def test_ampersands_commas_regions_and_the_national_body_are_understood(
    directory: ProviderDirectory, name: str, provider: str
) -> None:
    assert _names(directory.called(name)) == [provider]


def test_a_kind_stated_in_the_name_is_not_overruled(directory: ProviderDirectory) -> None:
    assert directory.called("Wales PDU") == ()
    assert directory.called("Gwent region") == ()


def test_a_kind_from_elsewhere_decides_between_namesakes() -> None:
    unit = make_provider("Northmarch PDU")
    region = make_provider("Northmarch", kind=Provider.Kind.REGION)
    directory = read_provider_directory(on=None)
    assert directory.called("Northmarch") == (unit, region)
    assert directory.called("Northmarch", kind="pdu") == (unit,)
    assert directory.called("Northmarch", kind="region") == (region,)
    assert directory.called("Northmarch region", kind="pdu") == (region,)


def test_an_alias_finds_its_provider_only_on_the_days_it_was_borne() -> None:
    unit = make_provider("Northmarch PDU")
    ProviderAlias.objects.create(
        provider=unit, name="Oldmarch PDU", starts_on=date(2021, 6, 1), ends_on=date(2024, 5, 31)
    )
    for day, expected in [
        (date(2021, 5, 31), ()),
        (date(2021, 6, 1), (unit,)),
        (date(2024, 5, 31), (unit,)),
        (date(2024, 6, 1), ()),
        (None, (unit,)),
    ]:
        assert read_provider_directory(on=day).called("Oldmarch") == expected


def test_an_alias_like_the_name_itself_is_no_second_match() -> None:
    unit = make_provider("Northmarch PDU")
    ProviderAlias.objects.create(provider=unit, name="Northmarch Probation Delivery Unit")
    assert read_provider_directory(on=None).called("Northmarch") == (unit,)


def test_two_providers_of_one_name_are_both_returned_and_none_is_guessed() -> None:
    unit = make_provider("Northmarch PDU")
    other = make_provider("Southmarch PDU")
    ProviderAlias.objects.create(provider=other, name="Northmarch PDU")
    assert read_provider_directory(on=None).called("Northmarch") == (unit, other)


def test_an_unknown_name_finds_nothing_but_is_offered_the_nearest(
    directory: ProviderDirectory,
) -> None:
    assert directory.called("South Tyneside and Gateshead PDU") == ()
    nearest = directory.nearest("South Tyneside and Gateshead PDU")
    assert nearest is not None
    assert nearest.name == "Gateshead and South Tyneside PDU"
    assert directory.nearest("Atlantis PDU") is None


@pytest.mark.parametrize(
    ("name", "bodies"),
    [
        ("Gwent PDU", ["Gwent PDU"]),
        ("Gwent PDU and North Wales PDU", ["Gwent PDU", "North Wales PDU"]),
        ("Gwent and North Wales PDUs", ["Gwent", "North Wales PDUs"]),
        ("Gwent PDU, and the Wales region", ["Gwent PDU", "the Wales region"]),
        ("Gwent PDU; Wales region & HMPPS", ["Gwent PDU", "Wales region", "HMPPS"]),
        ("HM Prison and Probation Service", ["HM Prison and Probation Service"]),
        ("Barking and Dagenham and Havering PDU", ["Barking and Dagenham and Havering PDU"]),
        (
            "Gwent PDU and Kent, Surrey and Sussex region",
            ["Gwent PDU", "Kent, Surrey and Sussex region"],
        ),
        ("Surrey and Atlantis PDU", ["Surrey and Atlantis PDU"]),
        ("Derby City and Derbyshire PDU", ["Derby City and Derbyshire PDU"]),
        ("and and and and and and and and and", ["and and and and and and and and and"]),
    ],
)
def test_several_bodies_in_one_heading_are_told_apart(
    directory: ProviderDirectory, name: str, bodies: list[str]
) -> None:
    assert list(directory.bodies_named_in(name)) == bodies


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Gwent PDU", "pdu"),
        ("Gwent Probation Delivery Unit", "pdu"),
        ("Wales region", "region"),
        ("Quay House Approved Premises", "approved_premises"),
        ("Northmarch Youth Justice Service", "youth_justice_service"),
        ("HMPPS", "national"),
        ("Gwent", None),
    ],
)
def test_the_kind_is_read_off_the_name(name: str, kind: str | None) -> None:
    assert kind_named_in(name) == kind


def test_the_unit_without_its_name_has_an_empty_plain_name() -> None:
    assert plain_name("The PDU") == plain_name("the Probation Delivery Unit") == ""


def test_the_directory_is_read_in_two_queries(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        directory = read_provider_directory(on=date(2026, 1, 15))
        directory.called("Gwent")
        directory.nearest("Gwynt")
