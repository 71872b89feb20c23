import pytest

from inspections.models import Framework, KeyQuestion, Provider, RatingBand, Standard
from inspections.reference_data import load_reference_data

pytestmark = pytest.mark.django_db


def test_twelve_regions_and_their_units_are_there_from_the_start() -> None:
    regions = Provider.objects.filter(kind=Provider.Kind.REGION)
    units = Provider.objects.filter(kind=Provider.Kind.PDU)
    assert regions.count() == 12
    assert units.count() == 109
    assert not units.filter(region__isnull=True).exists()
    assert not Provider.objects.filter(is_demonstration=True).exists()
    assert Provider.objects.filter(kind=Provider.Kind.NATIONAL, name="HMPPS").exists()


@pytest.mark.parametrize(
    ("unit", "region"),
    [
        ("Gwent PDU", "Wales"),
        ("North Wales PDU", "Wales"),
        ("Gateshead and South Tyneside PDU", "North East"),
        ("Leicester, Leicestershire and Rutland PDU", "East Midlands"),
    ],
)
def test_a_unit_stands_in_its_region(unit: str, region: str) -> None:
    assert str(Provider.objects.get(name=unit).region) == region


def test_the_current_framework_has_seven_standards_out_of_21() -> None:
    framework = Framework.objects.get()
    codes = Standard.objects.order_by("ordinal").values_list("code", flat=True)
    assert list(codes) == ["P 1.1", "P 1.2", "P 1.3", "P 2.1", "P 2.2", "P 2.3", "P 2.4"]
    assert framework.score_max == 21
    bands = RatingBand.objects.order_by("from_percent").values_list("rating", "from_percent")
    assert list(bands) == [
        ("inadequate", 0),
        ("requires_improvement", 50),
        ("good", 65),
        ("outstanding", 80),
    ]


def test_three_key_questions_belong_to_each_standard_of_delivery_and_none_to_the_others() -> None:
    questions = KeyQuestion.objects.order_by("pk").values_list("code", flat=True)
    assert list(questions) == [f"P 2.{standard}/{n}" for standard in "1234" for n in (1, 2, 3)]


def test_loading_again_leaves_what_an_administrator_changed() -> None:
    Provider.objects.filter(name="Gwent PDU").update(name="Gwent and Newport PDU")
    Framework.objects.update(panel_margin=7)
    before = (Provider.objects.count(), Standard.objects.count(), KeyQuestion.objects.count())
    load_reference_data()
    assert before == (
        Provider.objects.count(),
        Standard.objects.count(),
        KeyQuestion.objects.count(),
    )
    assert Framework.objects.get().panel_margin == 7
    assert not Provider.objects.filter(name="Gwent PDU").exists()
