"""The regional assurance sheet: one measure, all units of the region, each figure the region's."""

from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User

from inspections.models import Recommendation
from tests.bulk_work import confirm, done, filled, reasons, tick
from tests.bulk_work import send as send_bulk
from tests.measuring import define, record
from tests.tracker.story import Story
from tests.visitor import Visitor
from tests.world import make_provider, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Better, FigureSource, Role
from tracker.models import MeasureFigure

pytestmark = pytest.mark.django_db
CHOICE = "/admin/tracker/recommendationprogress/assurance/"


@pytest.fixture
def region(story: Story) -> Visitor:
    return Visitor(make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region))


@pytest.fixture
def units(story: Story) -> dict[str, UUID]:
    """The same measure at three units of the region, whatever its case and spaces."""
    east, south = Story("Eastmarch PDU"), Story("Southmarch PDU")
    return {
        "North": define(story, "Oversight  works"),
        "East": define(east, "oversight works"),
        "South": define(south, "Oversight works"),
    }


def choices(visitor: Visitor) -> list[tuple[str, int]]:
    return [(each.measure.name, each.units) for each, _ in visitor.get(CHOICE).context["choices"]]


def address(visitor: Visitor) -> str:
    (_, found), *_ = visitor.get(CHOICE).context["choices"]
    return str(found)


def opened(visitor: Visitor) -> dict[str, Any]:
    """Return what the sheet holds when it is opened, as a browser would send it."""
    context = visitor.get(address(visitor)).context
    forms = [context["form"], *(form for form, _ in context["rows"])]
    values = {bound.html_name: bound.value() for form in forms for bound in form}
    given = {name: value for name, value in values.items() if value not in (None, "")}
    return {"key": str(context["key"]), **given}


def typed(measure: UUID, n: object, m: object, note: str = "") -> dict[str, Any]:
    return {f"m{measure}-value_n": n, f"m{measure}-value_m": m, f"m{measure}-note": note}


def send(visitor: Visitor, *rows: dict[str, Any], **fields: Any) -> Any:
    sent = opened(visitor) | fields
    for row in rows:
        sent |= row
    return visitor.client.post(address(visitor), sent)


def recorded() -> list[tuple[str, int, str]]:
    rows = MeasureFigure.objects.order_by("recommendation__addressee__name", "pk")
    named = rows.select_related("recommendation__addressee")
    return [(each.recommendation.addressee.name, each.value["n"], each.source) for each in named]


def errors(response: Any) -> dict[str, list[str]]:
    return {
        form.place.unit: [error for of_one in form.errors.values() for error in of_one]
        for form in response.context["failed"]
    }


def test_the_same_measure_of_several_units_is_one_sheet(
    region: Visitor, units: dict[str, UUID]
) -> None:
    other = Story("Westmarch PDU")
    define(other, "Oversight works", better=Better.LESS)
    assert choices(region) == [("oversight works", 3), ("Oversight works", 1)]
    rows = region.get(address(region)).context["rows"]
    assert [form.place.unit for form, _ in rows] == [
        "Eastmarch PDU",
        "Northmarch PDU",
        "Southmarch PDU",
    ]


def test_the_filled_rows_are_recorded_as_the_regions_and_the_blank_ones_passed_over(
    region: Visitor, units: dict[str, UUID]
) -> None:
    answer = send(
        region, typed(units["North"], 7, 10, "Read at random"), typed(units["East"], 4, 10)
    )
    assert answer.status_code == 302
    assert recorded() == [
        ("Eastmarch PDU", 4, "regional_assurance"),
        ("Northmarch PDU", 7, "regional_assurance"),
    ]
    figure = MeasureFigure.objects.get(measure=units["North"])
    assert (str(figure.period_from), str(figure.period_to)) == ("2026-10-01", "2026-10-31")
    assert figure.note == "Read at random"
    page = region.read(answer["Location"])
    assert "2 figures recorded as regional assurance." in page
    assert "7 of 10 (70%, 95% interval 40% to 89%)" in page


def test_a_refused_row_says_why_and_keeps_its_text_and_stops_no_other(
    region: Visitor, units: dict[str, UUID]
) -> None:
    answer = send(
        region,
        typed(units["North"], 11, 10),
        typed(units["East"], "four", 10),
        typed(units["South"], 5, 10),
    )
    assert recorded() == [("Southmarch PDU", 5, "regional_assurance")]
    assert errors(answer) == {
        "Eastmarch PDU": ["Write this in digits, without spaces or letters."],
        "Northmarch PDU": ["No such share can be; give m as 1 or more, and n between 0 and m."],
    }
    page = answer.content.decode()
    assert 'value="four"' in page
    assert 'value="11"' in page
    rows = {form.place.unit: form for form, _ in answer.context["rows"]}
    assert not rows["Southmarch PDU"].is_filled, "what is recorded is not sent again"
    assert "5 of 10" in page, "and stands there as what was last assured"
    assert 'href="#row-' in page


def test_a_unit_that_changed_meanwhile_is_sent_again_as_it_is_now(
    story: Story, region: Visitor, units: dict[str, UUID]
) -> None:
    sent = opened(region) | typed(units["North"], 7, 10) | typed(units["East"], 4, 10)
    story.update("Something new")
    answer = region.client.post(address(region), sent)
    assert [unit for unit, *_ in recorded()] == ["Eastmarch PDU"]
    (why,) = errors(answer)["Northmarch PDU"]
    assert "Changed meanwhile by Lena Lead" in why
    context = answer.context
    again = {
        bound.html_name: bound.value()
        for form in (context["form"], *(form for form, _ in context["rows"]))
        for bound in form
        if bound.value() not in (None, "")
    }
    region.client.post(address(region), {"key": str(context["key"]), **again})
    assert [unit for unit, *_ in recorded()] == ["Eastmarch PDU", "Northmarch PDU"]


def test_a_second_click_records_nothing_twice(region: Visitor, units: dict[str, UUID]) -> None:
    sent = opened(region) | typed(units["North"], 7, 10)
    for _ in range(2):
        assert region.client.post(address(region), sent).status_code == 302
    assert len(recorded()) == 1


def test_without_a_period_nothing_is_recorded_and_all_text_is_kept(
    region: Visitor, units: dict[str, UUID]
) -> None:
    answer = send(region, typed(units["North"], 7, 10), period_to="the other day")
    assert recorded() == []
    assert "period_to" in answer.context["form"].errors
    assert 'value="7"' in answer.content.decode()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("", "", "A note alone"), "Give the figure as well, or clear the note."),
        ((7, ""), "This is not a share of cases; give n out of m cases, and nothing else."),
    ],
)
def test_half_a_row_is_not_a_figure(
    region: Visitor, units: dict[str, UUID], row: tuple[Any, ...], why: str
) -> None:
    answer = send(region, typed(units["North"], *row))
    assert errors(answer)["Northmarch PDU"] == [why]
    assert recorded() == []


def test_a_number_of_a_person_in_a_note_is_warned_of_once(
    region: Visitor, units: dict[str, UUID]
) -> None:
    row = typed(units["North"], 7, 10, "About QQ123456C")
    answer = send(region, row)
    assert recorded() == []
    assert "QQ123456C" in errors(answer)["Northmarch PDU"][0]
    (form,) = answer.context["failed"]
    box = next(bound for bound in form if "all_the_same" in bound.name)
    assert send(region, row, **{box.html_name: "on"}).status_code == 302
    assert len(recorded()) == 1


def test_an_empty_sheet_says_that_nothing_was_typed(
    region: Visitor, units: dict[str, UUID]
) -> None:
    answer = send(region)
    assert "Fill in one unit at least. Nothing was recorded." in answer.content.decode()


def test_only_a_regional_lead_has_a_sheet_and_only_of_the_own_region(
    region: Visitor, units: dict[str, UUID], people: dict[str, User]
) -> None:
    sheet = address(region)
    for who, user in people.items():
        if who != "regional lead":
            assert Visitor(user).get(CHOICE).status_code == 403, who
            assert Visitor(user).client.post(sheet, {}).status_code == 403, who
    far = make_provider("Far region", kind="region", region=None)
    stranger = Visitor(make_user("Fay Far", Role.REGIONAL_LEAD, far))
    assert choices(stranger) == []
    assert stranger.get(sheet).status_code == 404
    assert stranger.client.post(sheet, typed(units["North"], 7, 10)).status_code == 404


def test_what_is_closed_is_not_assured_and_the_region_sees_its_own_last_figure(
    story: Story, region: Visitor, units: dict[str, UUID], people: dict[str, User]
) -> None:
    record(story, units["North"], 20)
    by = people["regional lead"]
    record(story, units["North"], 7, 10, source=FigureSource.REGIONAL_ASSURANCE, by=by)
    rows = {form.place.unit: form for form, _ in region.get(address(region)).context["rows"]}
    assert rows["Northmarch PDU"].place.last_assured.value.n == 7
    assert rows["Eastmarch PDU"].place.last_assured is None
    withdraw = c.WithdrawPublication(reason="An error")
    story.tell_of(
        list(Recommendation.objects.filter(pk=story.recommendation.pk)),
        withdraw,
        by=story.administrator,
    )
    assert choices(region) == [("oversight works", 2)]


def test_the_region_defines_the_same_measure_for_several_units_at_once(
    story: Story, region: Visitor
) -> None:
    east = Story("Eastmarch PDU")
    path = "/admin/tracker/recommendationprogress/"
    ticked = tick(
        region, path, "define_a_measure", [story.recommendation.pk, east.recommendation.pk]
    )
    assert reasons(ticked) == {"Improve the quality of risk assessment.": ""}
    fields = {"wording": "Oversight works", "better": "more", "unit": "n_of_m"}
    half = filled(ticked, **fields, target_n="80")
    refused = send_bulk(region, ticked, half)
    assert refused.context["form"].errors["target_n"]
    told = confirm(region, refused, **fields, target_n="80", target_m="100")
    assert len(done(told)) == 2
    assert choices(region) == [("Oversight works", 2)]
