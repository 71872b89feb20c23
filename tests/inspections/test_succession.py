from datetime import date

import pytest

from inspections.models import Inspection, Provider
from inspections.succession import earlier_inspections, later_inspections, latest_of
from tests.world import make_inspection, make_provider

pytestmark = pytest.mark.django_db


def inspected(name: str, year: int, *, kind: str = Provider.Kind.PDU) -> Inspection:
    return make_inspection(make_provider(name, kind=kind), published_on=date(year, 3, 1))


def succeeded(before: Inspection, after: Inspection) -> None:
    before.provider.successor, before.provider.succeeded_on = after.provider, date(2024, 1, 1)
    before.provider.save()


def test_the_next_inspection_of_a_provider_follows_the_one_before() -> None:
    first, elsewhere, second = (
        inspected("Northmarch PDU", 2022),
        inspected("Southmarch PDU", 2023),
        inspected("Northmarch PDU", 2025),
    )
    assert list(later_inspections(first)) == [second]
    assert list(earlier_inspections(second)) == [first]
    assert not later_inspections(elsewhere).exists()


def test_a_merged_provider_is_inspected_for_all_that_it_came_from() -> None:
    east, west = inspected("East PDU", 2021), inspected("West PDU", 2022)
    middle, whole = inspected("Middle PDU", 2023), inspected("Whole PDU", 2026)
    succeeded(east, middle)
    succeeded(middle, whole)
    succeeded(west, whole)
    assert list(earlier_inspections(whole)) == [middle, west, east]
    assert latest_of(later_inspections(east)) == whole
    assert list(later_inspections(west)) == [whole]


def test_succession_in_a_circle_ends_somewhere() -> None:
    one, other = inspected("One PDU", 2022), inspected("Other PDU", 2025)
    succeeded(one, other)
    succeeded(other, one)
    assert list(later_inspections(one)) == [other]
    assert list(earlier_inspections(other)) == [one]


def test_a_draft_follows_nothing_yet() -> None:
    first = inspected("Northmarch PDU", 2022)
    draft = make_inspection(
        first.provider, state=Inspection.State.DRAFT, published_on=date(2025, 1, 1)
    )
    assert not later_inspections(first).exists()
    undated = make_inspection(first.provider, state=Inspection.State.DRAFT, published_on=None)
    assert not earlier_inspections(undated).exists()
    assert list(earlier_inspections(draft)) == [first]


def test_reports_on_hmpps_nationally_do_not_follow_each_other() -> None:
    women = inspected("HMPPS", 2022, kind=Provider.Kind.NATIONAL)
    housing = inspected("HMPPS", 2025, kind=Provider.Kind.NATIONAL)
    assert not later_inspections(women).exists()
    assert not earlier_inspections(housing).exists()
