from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction

from inspections.append_only import protect_notices
from inspections.models import Membership, Provider, ReinspectionNotice
from inspections.models.notices import NoticeIsPermanent
from inspections.notices import (
    AnnouncerNotPermitted,
    DateHasPassed,
    DateMissing,
    DateNotWanted,
    DateOutOfReach,
    NoticeKindUnknown,
    PauseUnexplained,
    WindowEndsBeforeItStarts,
    announce_reinspection,
    ruling_notice,
    ruling_notices,
)
from tests.world import make_provider, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
Role = Membership.Role


@pytest.fixture
def provider() -> Provider:
    return make_provider()


@pytest.fixture
def lead_inspector() -> User:
    return make_user("Lena Lead", Role.LEAD_INSPECTOR)


def _announce(provider: Provider, actor: User, **changes: Any) -> ReinspectionNotice:
    details = {"kind": "announced", "starts_on": date(2026, 12, 1), "now": NOW, **changes}
    return announce_reinspection(provider=provider, actor=actor, **details)


@pytest.mark.parametrize("role", [Role.LEAD_INSPECTOR, Role.HMIP_ADMINISTRATOR])
def test_a_lead_inspector_and_an_administrator_may_announce(provider: Provider, role: str) -> None:
    actor = make_user("Ann Nouncer", role)
    notice = _announce(provider, actor, note="  By letter. ")
    assert (notice.starts_on, notice.noted_by, notice.noted_at) == (date(2026, 12, 1), actor, NOW)
    assert notice.note == "By letter."


@pytest.mark.parametrize("role", [Role.PDU_LEAD, Role.REGIONAL_LEAD, Role.INSPECTOR])
def test_nobody_else_may(provider: Provider, role: str) -> None:
    place = provider if role in Membership.AT_A_PROVIDER else None
    with pytest.raises(AnnouncerNotPermitted, match="ask one to do it"):
        _announce(provider, make_user("Not Allowed", role, place))
    assert not ReinspectionNotice.objects.exists()


def test_neither_may_a_lead_inspector_whose_time_is_over(provider: Provider) -> None:
    former = make_user("Former Lead", Role.LEAD_INSPECTOR, ends_on=date(2026, 9, 30))
    with pytest.raises(AnnouncerNotPermitted):
        _announce(provider, former)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"kind": "rumoured"}, NoticeKindUnknown),
        ({"starts_on": None}, DateMissing),
        ({"kind": "expected", "starts_on": None}, DateMissing),
        ({"starts_on": date(2026, 9, 30)}, DateHasPassed),
        ({"ends_on": date(2026, 12, 5)}, DateNotWanted),
        ({"kind": "expected", "ends_on": date(2026, 11, 1)}, WindowEndsBeforeItStarts),
        (
            {"kind": "expected", "starts_on": date(2026, 8, 1), "ends_on": date(2026, 9, 1)},
            DateHasPassed,
        ),
        ({"kind": "completed"}, DateNotWanted),
        ({"kind": "paused", "starts_on": None, "note": "  "}, PauseUnexplained),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence_and_the_entry_meant(
    provider: Provider, lead_inspector: User, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        _announce(provider, lead_inspector, **changes)
    assert str(refused.value).endswith(".")
    assert refused.value.field in {"kind", "starts_on", "ends_on", "note"}  # type: ignore[attr-defined]
    assert not ReinspectionNotice.objects.exists()


def test_a_window_that_has_begun_may_still_be_announced(
    provider: Provider, lead_inspector: User
) -> None:
    window = {"starts_on": date(2026, 9, 1), "ends_on": date(2026, 12, 31)}
    assert _announce(provider, lead_inspector, kind="expected", **window).pk


@pytest.mark.parametrize(
    ("field", "window"),
    [
        ("starts_on", {"starts_on": date(1, 1, 1), "ends_on": date(2026, 12, 31)}),
        ("starts_on", {"starts_on": date(2037, 1, 1)}),
        ("ends_on", {"starts_on": date(2026, 12, 1), "ends_on": date(9999, 12, 31)}),
    ],
)
def test_a_year_out_of_reach_is_taken_for_mistyped(
    provider: Provider, lead_inspector: User, field: str, window: dict[str, date]
) -> None:
    with pytest.raises(DateOutOfReach, match="check the year") as refused:
        _announce(provider, lead_inspector, kind="expected", **window)
    assert refused.value.field == field
    assert not ReinspectionNotice.objects.exists()


def test_today_in_london_is_what_counts(provider: Provider, lead_inspector: User) -> None:
    late = datetime(2026, 9, 30, 23, 30, tzinfo=UTC)  # in London the next day has begun
    with pytest.raises(DateHasPassed):
        _announce(provider, lead_inspector, starts_on=date(2026, 9, 30), now=late)


def test_the_latest_notice_rules_and_earlier_ones_stay(
    provider: Provider, lead_inspector: User
) -> None:
    assert ruling_notice(provider) is None
    _announce(provider, lead_inspector)
    paused = _announce(
        provider, lead_inspector, kind="paused", starts_on=None, note="Winter pressure."
    )
    other = make_provider("Southmere PDU")
    of_the_other = _announce(other, lead_inspector)
    assert ruling_notice(provider) == paused
    assert ReinspectionNotice.objects.filter(provider=provider).count() == 2
    assert ruling_notices([provider.pk, other.pk]) == {provider.pk: paused, other.pk: of_the_other}


def test_a_second_click_announces_nothing_more(provider: Provider, lead_inspector: User) -> None:
    first, second = (_announce(provider, lead_inspector) for _ in range(2))
    assert first == second
    assert ReinspectionNotice.objects.count() == 1


def test_what_ruled_before_may_rule_again_and_another_may_say_the_same(
    provider: Provider, lead_inspector: User
) -> None:
    _announce(provider, lead_inspector)
    _announce(provider, lead_inspector, kind="paused", starts_on=None, note="Paused")
    _announce(provider, lead_inspector)
    _announce(provider, make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR))
    assert ReinspectionNotice.objects.count() == 4


def test_a_notice_is_never_changed(provider: Provider, lead_inspector: User) -> None:
    notice = _announce(provider, lead_inspector)
    with pytest.raises(NoticeIsPermanent):
        ReinspectionNotice.objects.update(note="Other words.")
    notice.note = "Other words."
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        notice.save()


def test_a_notice_is_never_deleted(provider: Provider, lead_inspector: User) -> None:
    notice = _announce(provider, lead_inspector)
    with pytest.raises(NoticeIsPermanent):
        notice.delete()
    with pytest.raises(NoticeIsPermanent):
        ReinspectionNotice.objects.all().delete()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's flush deletes by row")
def test_the_database_refuses_a_deletion_by_hand(provider: Provider, lead_inspector: User) -> None:
    _announce(provider, lead_inspector)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        ReinspectionNotice.objects.all()._raw_delete("default")


def test_protecting_twice_changes_nothing(provider: Provider, lead_inspector: User) -> None:
    protect_notices(using="default")
    notice = _announce(provider, lead_inspector)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        notice.save()
