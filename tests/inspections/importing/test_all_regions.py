"""A report that addresses all regions: each is named in the preview and can be unticked."""

from datetime import date

import pytest
from django.utils import timezone

from inspections.models import Inspection, Provider
from inspections.provider_names import read_provider_directory
from inspections.report_import import ImportRefused, import_report, supply_values
from inspections.report_import.choices import choose_providers
from tests.inspections.importing.conftest import SAMPLE
from tests.inspections.importing.pages import BY_HAND, LIST, fill_in, opened, page_of
from tests.visitor import Visitor
from tests.world import make_provider

pytestmark = pytest.mark.django_db
SHOULD = "Example Valleys PDU should:"
REGIONS = 12


@pytest.fixture(autouse=True)
def unit() -> Provider:
    wales = Provider.objects.get(name="Wales", kind=Provider.Kind.REGION)
    return make_provider("Example Valleys PDU", region=wales)


def imported(addressed_to: str) -> Inspection:
    source = SAMPLE.read_text(encoding="utf-8").replace(SHOULD, f"{addressed_to} should:")
    return import_report(source=source.encode(), now=timezone.now()).inspection


def addressees(inspection: Inspection, number: int = 1) -> list[str]:
    rows = inspection.recommendations.filter(number=number).order_by("addressee__name")
    return list(rows.values_list("addressee__name", flat=True))


@pytest.mark.parametrize(
    "words",
    [
        "All probation regions",
        "all regions",
        "Probation regions",
        "Probation Service regions",
        "The twelve probation regions",
        "Each region",
        "Every probation region",
        "All regional probation directors",
    ],
)
def test_all_regions_are_the_twelve_on_record(words: str) -> None:
    assert len(read_provider_directory(on=None).every_region(words)) == REGIONS


@pytest.mark.parametrize("words", ["The region", "Wales region", "Regions of Wales", "Region"])
def test_one_region_is_not_all_of_them(words: str) -> None:
    assert read_provider_directory(on=None).every_region(words) == ()


def test_a_region_that_ended_is_meant_until_its_day_alone() -> None:
    wales = Provider.objects.get(name="Wales", kind=Provider.Kind.REGION)
    wales.successor = make_provider("Cymru", kind=Provider.Kind.REGION)
    wales.succeeded_on = date(2025, 4, 1)
    wales.save()

    def named(on: date | None) -> set[str]:
        regions = read_provider_directory(on=on).every_region("All regions")
        return {each.name for each in regions}

    assert "Wales" in named(date(2025, 3, 31))
    assert "Wales" not in named(date(2025, 4, 1))
    assert "Wales" not in named(None)


def test_one_recommendation_becomes_a_row_for_each_region_and_for_hmpps() -> None:
    inspection = imported("HMPPS and all probation regions")
    assert len(addressees(inspection)) == REGIONS + 1
    assert "HMPPS" in addressees(inspection)
    rows = inspection.recommendations.filter(number=1)
    assert len(set(rows.values_list("group", flat=True))) == 1
    assert not Provider.objects.filter(is_proposed=True).exists()


def test_the_preview_ticks_the_twelve_and_one_can_be_unticked(administrator: Visitor) -> None:
    inspection = imported("All probation regions")
    page = page_of("draft", inspection)
    html = administrator.read(page)
    assert "is read as the 12 regions on record" in html
    name = next(key for key in opened(administrator, page) if key.endswith(".addressed_to"))
    ticked = [each for each in addressees(inspection) if each != "London"]
    fill_in(administrator, page, {name: ticked})
    assert addressees(inspection) == ticked
    assert len(addressees(inspection, 2)) == REGIONS  # the others stay as they were
    fill_in(administrator, page, {"title": "Something else"})
    assert addressees(inspection) == ticked
    fill_in(administrator, page, {name: [*ticked, "London"]})
    assert len(addressees(inspection)) == REGIONS


def test_typed_by_hand_the_phrase_means_the_same() -> None:
    directory = read_provider_directory(on=None)
    chosen = choose_providers(directory, "addressed_to", "HMPPS and all probation regions")
    assert len(chosen) == REGIONS + 1
    semicolons = choose_providers(directory, "addressed_to", "London; Wales; Gwent PDU")
    assert [each.name for each in semicolons] == ["London", "Wales", "Gwent PDU"]


def test_a_new_unit_that_is_an_addressee_alone_gets_its_region_in_the_preview(
    administrator: Visitor,
) -> None:
    inspection = imported("Atlantis PDU")
    atlantis = Provider.objects.get(name="Atlantis PDU")
    page = page_of("draft", inspection)
    assert "Region of Atlantis PDU, which is new" in administrator.read(page)
    fill_in(administrator, page, {f"providers.{atlantis.pk}.region": "London"})
    atlantis.refresh_from_db()
    assert str(atlantis.region) == "London"


def test_no_other_body_is_moved_that_way() -> None:
    inspection = imported("Atlantis PDU")
    for provider in (inspection.provider, Provider.objects.get(name="Gwent PDU")):
        with pytest.raises(ImportRefused):
            supply_values(
                inspection=inspection, values={f"providers.{provider.pk}.region": "London"}
            )


def test_a_report_that_rates_nothing_is_settled_with_one_box(administrator: Visitor) -> None:
    typed = {
        "title": "Work with victims",
        "provider.name": "HMPPS",
        "published_on": "2026-06-02",
        "score_max": "",
        "new_recommendation.1.number": "1",
        "new_recommendation.1.addressed_to": "All probation regions",
        "new_recommendation.1.text": "name a victims lead in each unit",
    }
    page = fill_in(administrator, BY_HAND, typed)["Location"]
    assert "gives no such ratings" in administrator.read(page)
    fill_in(administrator, page, {"unrated": "on"})
    html = administrator.read(page)
    assert "Nothing is in doubt any more." in html
    assert "gives no such ratings" not in html
    assert len(addressees(Inspection.objects.get())) == REGIONS


def test_the_page_of_the_inspection_names_each_region(administrator: Visitor) -> None:
    inspection = imported("All probation regions")
    page = administrator.read(f"{LIST}{inspection.pk}/change/")
    assert "London (“All probation regions”)" in page
    assert "Wales (“All probation regions”)" in page
