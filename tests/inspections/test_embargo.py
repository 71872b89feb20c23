"""Sharing an inspection under embargo, changing the time and the readers, taking it back."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.contrib.auth.models import User

from inspections.access import visible_inspections
from inspections.embargo import (
    NotUnderEmbargo,
    ReaderHoldsNoRole,
    TimeNotAhead,
    TimeNotOnTheClock,
    moment_in_london,
    share_under_embargo,
    take_back_to_draft,
)
from inspections.models import ImportIssue, Inspection, Membership, ReportSource
from inspections.publishing import (
    AlreadyPublished,
    IssuesUnresolved,
    NothingToPublish,
    PublicationRefused,
    PublishedBeforeFieldwork,
    PublisherNotPermitted,
)
from inspections.report_import import ImportRefused, supply_values
from tests.world import make_inspection, make_recommendation, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
DAY = date(2026, 6, 2)
HALF_PAST_NINE = time(9, 30)


@pytest.fixture
def administrator() -> User:
    return make_user("Ada Admin", Membership.Role.HMIP_ADMINISTRATOR)


@pytest.fixture
def reader() -> User:
    return make_user("Rhys Reader", Membership.Role.INSPECTOR)


@pytest.fixture
def draft() -> Inspection:
    inspection = make_inspection(state=Inspection.State.DRAFT, published_on=None)
    inspection.source = ReportSource.objects.create(
        sha256="0" * 64, format="text", text="…", received_at=NOW
    )
    inspection.save()
    make_recommendation(inspection)
    return inspection


def share(draft: Inspection, actor: User, *readers: User, hour: time = HALF_PAST_NINE) -> None:
    share_under_embargo(
        inspection=draft, published_on=DAY, hour=hour, readers=readers, actor=actor, now=NOW
    )


def test_the_named_readers_and_nobody_else_read_it_until_its_time_by_the_clock_of_london(
    draft: Inspection, administrator: User, reader: User
) -> None:
    stranger = make_user("Sam Stranger", Membership.Role.INSPECTOR)
    share(draft, administrator, reader)
    assert draft.state == Inspection.State.EMBARGOED
    assert draft.publish_at == datetime(2026, 6, 2, 8, 30, tzinfo=UTC)
    assert draft.scheduled_by == administrator
    assert draft in visible_inspections(reader, NOW.date())
    assert draft not in visible_inspections(stranger, NOW.date())


def test_the_day_that_is_set_is_recorded_as_supplied(
    draft: Inspection, administrator: User
) -> None:
    share(draft, administrator)
    assert draft.published_on == DAY
    assert ImportIssue.objects.get().supplied == "2026-06-02"


def test_time_and_readers_are_replaced_when_it_is_shared_again(
    draft: Inspection, administrator: User, reader: User
) -> None:
    other = make_user("Olga Other", Membership.Role.HMIP_ADMINISTRATOR)
    share(draft, administrator, reader)
    Inspection.objects.update(publication_refusal="An earlier reason")
    share(draft, other, hour=time(12))
    assert draft.publish_at == datetime(2026, 6, 2, 11, 0, tzinfo=UTC)
    assert (draft.scheduled_by, draft.publication_refusal) == (other, "")
    assert not draft.named_readers.exists()


def test_a_draft_again_has_no_readers_and_no_time(
    draft: Inspection, administrator: User, reader: User
) -> None:
    share(draft, administrator, reader)
    take_back_to_draft(inspection=draft, actor=administrator, now=NOW)
    assert draft.state == Inspection.State.DRAFT
    assert (draft.publish_at, draft.scheduled_by) == (None, None)
    assert draft not in visible_inspections(reader, NOW.date())
    with pytest.raises(NotUnderEmbargo):
        take_back_to_draft(inspection=draft, actor=administrator, now=NOW)


@pytest.mark.parametrize(
    "role", [role for role in Membership.Role if role != Membership.Role.HMIP_ADMINISTRATOR]
)
def test_nobody_but_an_hmip_administrator_shares_or_takes_back(
    draft: Inspection, administrator: User, role: str
) -> None:
    provider = draft.provider if role in Membership.AT_A_PROVIDER else None
    person = make_user("Lee Lead", role, provider, on_behalf_of=_lead_for(role, draft))
    with pytest.raises(PublisherNotPermitted):
        share(draft, person)
    share(draft, administrator)
    with pytest.raises(PublisherNotPermitted):
        take_back_to_draft(inspection=draft, actor=person, now=NOW)


def _lead_for(role: str, draft: Inspection) -> User | None:
    is_delegate = role == Membership.Role.DELEGATE
    return make_user("Lou Lead", Membership.Role.PDU_LEAD, draft.provider) if is_delegate else None


def test_the_moment_must_lie_ahead(draft: Inspection, administrator: User) -> None:
    with pytest.raises(TimeNotAhead, match="1 June 2026 at 10am has passed"):
        share_under_embargo(
            inspection=draft,
            published_on=NOW.date(),
            hour=time(10, 0),
            readers=[],
            actor=administrator,
            now=NOW,
        )
    draft.refresh_from_db()
    assert (draft.state, draft.published_on) == (Inspection.State.DRAFT, None)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_an_hour_that_the_clock_leaves_out_or_shows_twice_is_refused(day: date) -> None:
    with pytest.raises(TimeNotOnTheClock, match="The clocks change"):
        moment_in_london(day, time(1, 30))
    assert moment_in_london(day, time(0, 30)) < moment_in_london(day, time(2, 30))


def test_what_could_not_be_published_is_not_shared_either(
    draft: Inspection, administrator: User
) -> None:
    issue = ImportIssue.objects.create(
        source=ReportSource.objects.get(),
        field="score",
        severity="error",
        message="The points do not add up.",
    )
    with pytest.raises(IssuesUnresolved):
        share(draft, administrator)
    issue.delete()
    Inspection.objects.update(fieldwork_starts_on=DAY + timedelta(days=1))
    with pytest.raises(PublishedBeforeFieldwork):
        share(draft, administrator)
    Inspection.objects.update(fieldwork_starts_on=None)
    draft.recommendations.all().delete()
    with pytest.raises(NothingToPublish):
        share(draft, administrator)
    draft.refresh_from_db()
    assert (draft.state, draft.published_on) == (Inspection.State.DRAFT, None)


def test_somebody_without_a_role_is_no_reader(draft: Inspection, administrator: User) -> None:
    with pytest.raises(ReaderHoldsNoRole, match="Nia Nobody holds no role today"):
        share(draft, administrator, make_user("Nia Nobody"))


def test_what_is_shared_does_not_change_under_the_eyes_of_its_readers(
    draft: Inspection, administrator: User
) -> None:
    share(draft, administrator)
    with pytest.raises(ImportRefused, match="take it back to draft"):
        supply_values(inspection=draft, values={"title": "Another"})


def test_what_is_published_is_neither_shared_nor_taken_back(administrator: User) -> None:
    published = make_inspection()
    with pytest.raises(AlreadyPublished):
        share(published, administrator)
    with pytest.raises(AlreadyPublished):
        take_back_to_draft(inspection=published, actor=administrator, now=NOW)


def test_every_refusal_is_one_refusal_to_a_door() -> None:
    for refusal in (NotUnderEmbargo, ReaderHoldsNoRole, TimeNotAhead, TimeNotOnTheClock):
        assert issubclass(refusal, PublicationRefused)
