from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from inspections.models import (
    Finding,
    ImportIssue,
    Inspection,
    KeyQuestion,
    KeyQuestionResult,
    Membership,
    Provider,
    ProviderAlias,
    Recommendation,
    ReinspectionNotice,
    ReportSource,
    Standard,
    StandardRating,
)
from tests.world import make_inspection, make_provider, make_recommendation, make_user

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 15)


def _refused(model: type[models.Model], **fields: Any) -> str:
    """Return what the database said when it refused the row."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model._default_manager.create(**fields)
    return str(refusal.value)


def _source(sha256: str = "a" * 64) -> ReportSource:
    return ReportSource.objects.create(
        sha256=sha256, format="text", text="…", received_at=datetime(2026, 1, 15, tzinfo=UTC)
    )


def test_a_published_inspection_has_a_publication_date() -> None:
    with pytest.raises(IntegrityError, match="inspection_published_has_date"):
        make_inspection(published_on=None)


def test_a_score_lies_within_its_maximum_where_both_are_known() -> None:
    make_inspection(score=21, score_max=21)
    make_inspection(score=30, score_max=None)
    make_inspection(score=None, score_max=None)
    with pytest.raises(IntegrityError, match="inspection_score_within_max"):
        make_inspection(score=22, score_max=21)


def test_a_number_is_unique_within_a_report_and_addressee() -> None:
    recommendation = make_recommendation()
    region = recommendation.addressee.region
    make_recommendation(recommendation.inspection, number=1, addressee=region)
    make_recommendation(make_inspection(), number=1)
    said = _refused(
        Recommendation,
        inspection=recommendation.inspection,
        number=1,
        addressee=recommendation.addressee,
        addressed_to="X",
        text="Again.",
    )
    assert "unique" in said.lower()


def test_a_recommendation_says_something() -> None:
    with pytest.raises(IntegrityError, match="recommendation_text_not_blank"):
        make_recommendation(text="")


def test_a_standard_is_rated_and_a_question_answered_once_per_inspection() -> None:
    inspection = make_inspection()
    standard = Standard.objects.get(code="P 2.1")
    question = KeyQuestion.objects.get(code="P 2.1/1")
    StandardRating.objects.create(inspection=inspection, standard=standard, rating="good")
    KeyQuestionResult.objects.create(inspection=inspection, key_question=question, text="Does it?")
    assert _refused(StandardRating, inspection=inspection, standard=standard)
    assert _refused(
        KeyQuestionResult, inspection=inspection, key_question=question, text="Does it?"
    )


def test_a_percentage_ends_at_a_hundred() -> None:
    question = KeyQuestion.objects.get(code="P 2.1/1")
    said = _refused(
        KeyQuestionResult,
        inspection=make_inspection(),
        key_question=question,
        text="Does it?",
        percent=101,
    )
    assert "key_question_percent_within_100" in said


def test_findings_keep_their_order_and_equal_wording_may_stand_twice() -> None:
    inspection = make_inspection()
    for ordinal in (1, 2):
        Finding.objects.create(
            inspection=inspection, kind="strength", ordinal=ordinal, text="The same words."
        )
    assert _refused(Finding, inspection=inspection, kind="strength", ordinal=2, text="Other words.")


def test_the_same_source_is_kept_once_and_carries_one_inspection() -> None:
    source = _source()
    make_inspection(source=source)
    assert _refused(
        ReportSource, sha256=source.sha256, format="text", text="…", received_at=source.received_at
    )
    with pytest.raises(IntegrityError):
        make_inspection(source=source)


def test_an_import_issue_says_something() -> None:
    said = _refused(ImportIssue, source=_source(), field="score", severity="error", message="")
    assert "import_issue_says_something" in said


def test_a_provider_has_a_name_of_its_own_among_its_kind() -> None:
    make_provider("Northmarch PDU")
    Provider.objects.create(name="Northmarch PDU", kind=Provider.Kind.YOUTH_JUSTICE_SERVICE)
    assert _refused(Provider, name="Northmarch PDU", kind="pdu")
    assert "provider_name_not_blank" in _refused(Provider, name="", kind="pdu")


def test_a_region_lies_in_no_region() -> None:
    region = make_provider("Northmarch", kind=Provider.Kind.REGION)
    said = _refused(Provider, name="Southmarch", kind="region", region=region)
    assert "provider_region_has_no_region" in said


def test_an_alias_is_kept_once_and_ends_after_it_starts() -> None:
    provider = make_provider()
    ProviderAlias.objects.create(provider=provider, name="Oldmarch PDU")
    assert _refused(ProviderAlias, provider=provider, name="Oldmarch PDU")
    said = _refused(
        ProviderAlias, provider=provider, name="X", starts_on=DAY, ends_on=date(2026, 1, 14)
    )
    assert "provider_alias_ends_after_start" in said


@pytest.mark.parametrize("role", Membership.Role)
def test_a_role_has_a_provider_exactly_where_it_is_held_at_one(role: str) -> None:
    user = make_user("Max Member")
    provider = None if role in Membership.AT_A_PROVIDER else make_provider()
    lead = make_user("Lena Lead") if role == Membership.Role.DELEGATE else None
    said = _refused(
        Membership, user=user, role=role, provider=provider, starts_on=DAY, on_behalf_of=lead
    )
    assert "membership_provider_fits_role" in said


def test_a_delegate_stands_in_for_somebody_else_and_nobody_else_does() -> None:
    person, lead, unit = make_user("Max Member"), make_user("Lena Lead"), make_provider()
    row = {"user": person, "provider": unit, "starts_on": DAY}
    nobody = _refused(Membership, role="delegate", **row)
    assert "membership_delegate_has_a_lead" in nobody
    themselves = _refused(Membership, role="delegate", on_behalf_of=person, **row)
    assert "membership_delegate_is_another" in themselves
    owner = _refused(Membership, role="action_owner", on_behalf_of=lead, **row)
    assert "membership_delegate_has_a_lead" in owner


@pytest.mark.parametrize("role", [Membership.Role.PDU_LEAD, Membership.Role.INSPECTOR])
def test_a_membership_is_held_once_from_a_day_on_and_ends_after_it_starts(role: str) -> None:
    provider = make_provider() if role in Membership.AT_A_PROVIDER else None
    user = make_user("Max Member", role, provider, starts_on=DAY)
    assert _refused(Membership, user=user, role=role, provider=provider, starts_on=DAY)
    said = _refused(
        Membership,
        user=user,
        role=role,
        provider=provider,
        starts_on=date(2026, 2, 1),
        ends_on=DAY,
    )
    assert "membership_ends_after_start" in said


def test_what_lies_ahead_is_noticed_with_its_date_and_a_pause_without() -> None:
    details = {
        "provider": make_provider(),
        "noted_at": datetime(2026, 1, 15, tzinfo=UTC),
        "noted_by": make_user("Ines Inspector"),
    }
    ReinspectionNotice.objects.create(kind="paused", **details)
    for kind in ("expected", "announced"):
        ReinspectionNotice.objects.create(kind=kind, starts_on=DAY, **details)
        assert "notice_ahead_has_date" in _refused(ReinspectionNotice, kind=kind, **details)
    said = _refused(
        ReinspectionNotice, kind="expected", starts_on=DAY, ends_on=date(2026, 1, 14), **details
    )
    assert "notice_ends_after_start" in said


def test_what_others_rest_on_cannot_be_deleted() -> None:
    recommendation = make_recommendation()
    for row in (recommendation.inspection, recommendation.addressee):
        with pytest.raises(models.ProtectedError):
            row.delete()
    assert Inspection.objects.filter(pk=recommendation.inspection_id).exists()
