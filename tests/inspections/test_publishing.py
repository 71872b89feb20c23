from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from inspections.access import visible_recommendations
from inspections.command_line_account import command_line_account
from inspections.models import ImportIssue, Inspection, Membership, Provider, ReportSource
from inspections.publishing import (
    AlreadyPublished,
    IssuesUnresolved,
    NothingToPublish,
    PublicationDateInFuture,
    PublicationDateMissing,
    PublicationRefused,
    PublishedBeforeFieldwork,
    PublisherNotPermitted,
    RecordBusy,
    StreamRefused,
    UnderEmbargo,
    publish_inspection,
)
from inspections.signals import inspection_published
from tests.world import make_inspection, make_provider, make_recommendation, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 1)
NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def administrator() -> User:
    return make_user("Ada Admin", Membership.Role.HMIP_ADMINISTRATOR)


@pytest.fixture
def draft() -> Inspection:
    inspection = make_inspection(state=Inspection.State.DRAFT, published_on=TODAY)
    make_recommendation(inspection)
    return inspection


@pytest.fixture
def heard() -> Iterator[list[dict[str, Any]]]:
    news: list[dict[str, Any]] = []

    def listen(**kwargs: Any) -> None:
        news.append(kwargs)

    inspection_published.connect(listen)
    yield news
    inspection_published.disconnect(listen)


def _with_issue(draft: Inspection, **fields: Any) -> ImportIssue:
    draft.source = ReportSource.objects.create(
        sha256="0" * 64, format="text", text="…", received_at=NOW
    )
    draft.save()
    details = {"field": "score", "severity": "error", "message": "The points do not add up."}
    return ImportIssue.objects.create(source=draft.source, **{**details, **fields})


def test_publishing_releases_the_recommendations_and_tells_the_tracker_once(
    draft: Inspection, administrator: User, heard: list[dict[str, Any]]
) -> None:
    inspector = make_user("Ida Inspector", Membership.Role.INSPECTOR)
    assert not visible_recommendations(inspector, TODAY).exists()

    published = publish_inspection(inspection=draft, actor=administrator, now=NOW)

    assert published.state == draft.state == Inspection.State.PUBLISHED
    assert list(visible_recommendations(inspector, TODAY)) == list(draft.recommendations.all())
    (news,) = heard
    assert news["sender"] is Inspection
    assert (news["inspection"], news["actor"], news["now"]) == (draft, administrator, NOW)


def test_what_fails_in_the_tracker_leaves_the_inspection_unpublished(
    draft: Inspection, administrator: User
) -> None:
    def refuse(**_: Any) -> None:
        raise RuntimeError

    inspection_published.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            publish_inspection(inspection=draft, actor=administrator, now=NOW)
    finally:
        inspection_published.disconnect(refuse)
    assert draft.state == Inspection.State.DRAFT
    draft.refresh_from_db()
    assert draft.state == Inspection.State.DRAFT


@pytest.mark.parametrize(
    "role", [role for role in Membership.Role if role != Membership.Role.HMIP_ADMINISTRATOR]
)
def test_nobody_but_an_hmip_administrator_publishes(draft: Inspection, role: str) -> None:
    provider = draft.provider if role in Membership.AT_A_PROVIDER else None
    if role == Membership.Role.REGIONAL_LEAD:
        provider = draft.provider.region
    person = make_user("Lee Lead", role, provider)
    with pytest.raises(PublisherNotPermitted, match="ask one to publish it"):
        publish_inspection(inspection=draft, actor=person, now=NOW)


def test_an_administrator_whose_membership_has_ended_does_not_publish(draft: Inspection) -> None:
    former = make_user("Fay Former", Membership.Role.HMIP_ADMINISTRATOR, ends_on=date(2026, 9, 30))
    with pytest.raises(PublisherNotPermitted):
        publish_inspection(inspection=draft, actor=former, now=NOW)


def test_the_command_line_publishes_under_an_account_nobody_can_sign_in_with(
    draft: Inspection,
) -> None:
    account = command_line_account()
    assert command_line_account() == account
    assert not account.is_active
    assert not account.has_usable_password()
    assert not account.memberships.exists()
    publish_inspection(inspection=draft, actor=account, now=NOW)
    assert draft.state == Inspection.State.PUBLISHED


def test_the_command_line_account_loses_its_right_once_somebody_activates_it(
    draft: Inspection,
) -> None:
    account = command_line_account()
    account.is_active = True
    account.save()
    with pytest.raises(PublisherNotPermitted):
        publish_inspection(inspection=draft, actor=account, now=NOW)


def test_a_missing_date_is_never_assumed(draft: Inspection, administrator: User) -> None:
    draft.published_on = None
    draft.save()
    with pytest.raises(PublicationDateMissing, match="published_on=2026-01-15"):
        publish_inspection(inspection=draft, actor=administrator, now=NOW)


def test_a_date_ahead_is_refused_by_the_calendar_of_london(
    draft: Inspection, administrator: User
) -> None:
    draft.published_on = date(2026, 10, 2)
    draft.save()
    with pytest.raises(PublicationDateInFuture, match="2 October 2026"):
        publish_inspection(
            inspection=draft, actor=administrator, now=datetime(2026, 10, 1, 22, 59, tzinfo=UTC)
        )
    publish_inspection(
        inspection=draft, actor=administrator, now=datetime(2026, 10, 1, 23, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("starts_on", "month", "sentence"),
    [
        (date(2026, 10, 2), "", "2 October 2026.*or fieldwork.starts_on where that is wrong"),
        (None, "2026-11", "November 2026.*or fieldwork.month where that is wrong"),
        (date(2026, 9, 30), "2026-11", "November 2026"),
        (date(2026, 11, 2), "2026-09", "2 November 2026"),
    ],
)
def test_a_date_before_the_fieldwork_is_refused(
    draft: Inspection, administrator: User, starts_on: date | None, month: str, sentence: str
) -> None:
    draft.fieldwork_starts_on, draft.fieldwork_month = starts_on, month
    draft.save()
    with pytest.raises(PublishedBeforeFieldwork, match=sentence):
        publish_inspection(inspection=draft, actor=administrator, now=NOW)
    assert draft.state == Inspection.State.DRAFT


@pytest.mark.parametrize(
    ("starts_on", "month"), [(TODAY, "2026-10"), (None, "2026-10"), (TODAY, ""), (None, "")]
)
def test_the_first_day_and_the_month_of_fieldwork_stand_in_no_way(
    draft: Inspection, administrator: User, starts_on: date | None, month: str
) -> None:
    draft.fieldwork_starts_on, draft.fieldwork_month = starts_on, month
    draft.save()
    publish_inspection(inspection=draft, actor=administrator, now=NOW)


def test_what_the_record_refuses_names_the_recommendation_and_opens_nothing(
    draft: Inspection, administrator: User
) -> None:
    make_recommendation(draft, text="x" * 10_001)
    with pytest.raises(StreamRefused, match="shorten it to 10,000 or fewer") as refusal:
        publish_inspection(inspection=draft, actor=administrator, now=NOW)
    assert refusal.value.number == 2
    draft.refresh_from_db()
    assert draft.state == Inspection.State.DRAFT
    assert not draft.recommendations.filter(progress__isnull=False).exists()


def test_an_embargo_holds_until_its_hour(draft: Inspection, administrator: User) -> None:
    draft.state = Inspection.State.EMBARGOED
    draft.publish_at = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    draft.save()
    with pytest.raises(UnderEmbargo, match="1 October 2026 at 10:30am"):
        publish_inspection(inspection=draft, actor=administrator, now=NOW)
    publish_inspection(inspection=draft, actor=administrator, now=draft.publish_at)
    assert draft.state == Inspection.State.PUBLISHED


def test_an_unresolved_error_stands_in_the_way_until_a_value_is_supplied(
    draft: Inspection, administrator: User
) -> None:
    issue = _with_issue(draft)
    with pytest.raises(IssuesUnresolved, match=r"1 error .*\(score\) The points do not add up"):
        publish_inspection(inspection=draft, actor=administrator, now=NOW)
    issue.supplied = "5"
    issue.save()
    publish_inspection(inspection=draft, actor=administrator, now=NOW)


def test_a_warning_does_not_stand_in_the_way(draft: Inspection, administrator: User) -> None:
    _with_issue(draft, severity="warning")
    publish_inspection(inspection=draft, actor=administrator, now=NOW)


def test_an_inspection_without_recommendations_is_refused(administrator: User) -> None:
    empty = make_inspection(state=Inspection.State.DRAFT)
    with pytest.raises(NothingToPublish):
        publish_inspection(inspection=empty, actor=administrator, now=NOW)


def test_publishing_twice_is_refused_and_opens_nothing_twice(
    draft: Inspection, administrator: User, heard: list[dict[str, Any]]
) -> None:
    publish_inspection(inspection=draft, actor=administrator, now=NOW)
    with pytest.raises(AlreadyPublished, match="published already"):
        publish_inspection(inspection=draft, actor=administrator, now=NOW)
    assert len(heard) == 1


def test_publishing_puts_the_proposed_providers_on_record(
    draft: Inspection, administrator: User
) -> None:
    proposed = make_provider("Eastmarch PDU")
    Provider.objects.filter(pk=proposed.pk).update(is_proposed=True)
    make_recommendation(draft, addressee=proposed)
    assert proposed not in Provider.objects.on_record()
    publish_inspection(inspection=draft, actor=administrator, now=NOW)
    assert proposed in Provider.objects.on_record()


def test_every_refusal_is_one_refusal_to_a_door() -> None:
    for refusal in (
        AlreadyPublished,
        IssuesUnresolved,
        NothingToPublish,
        RecordBusy,
        UnderEmbargo,
    ):
        assert issubclass(refusal, PublicationRefused)
