"""What the page of a recommendation shows of its reminders, and to whom."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from inspections.models import Membership, Provider
from tests.reminding import announce, at, morning
from tests.tracker.story import NOW, Story
from tests.world import PUBLISHED_ON, make_provider, make_user
from tracker import services
from tracker.domain.vocabulary import Role
from tracker.models import Reminder
from tracker.queries.reminders import reminder_ledger
from tracker.reminders import sweep

pytestmark = pytest.mark.django_db
SAID = "550 no mailbox of lena-lead@tracker.example"
DUE_ON = date(2026, 10, 21)  # a week before the response is


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def region(story: Story) -> User:
    return make_user("Regina Lead", Role.REGIONAL_LEAD, story.unit.region)


def _a_reminder(story: Story, state: str = "sent", **fields: Any) -> Reminder:
    settled_at = None if state in ("due", "claimed") else morning(DUE_ON, 8, 5)
    details = {
        "rule": "response_ahead",
        "for_date": date(2026, 10, 28),
        "step": Reminder.objects.count(),
        "recipient": story.lead,
        "due_on": DUE_ON,
        "next_attempt_at": morning(DUE_ON, 0),
        "settled_at": settled_at,
        **fields,
    }
    return Reminder.objects.create(recommendation=story.recommendation, state=state, **details)


def _page(story: Story, reader: User) -> Any:
    client = Client()
    client.force_login(reader)
    return client.get(f"/recommendations/{story.recommendation.pk}/")


def _shown(story: Story, reader: User) -> str:
    """Return the section, its white space closed up."""
    response = _page(story, reader)
    assert response.status_code == 200
    section = response.content.decode().partition(">Reminders</h2>")[2].partition("</main>")[0]
    return " ".join(section.split()).replace(" <br>", "<br>")


def test_before_anything_fell_due_the_page_says_so(story: Story) -> None:
    assert "No reminder has fallen due yet." in _shown(story, story.lead)


def test_lead_regional_lead_and_inspector_read_what_was_sent_to_whom_and_when(
    story: Story, region: User
) -> None:
    _a_reminder(story)
    for reader in (story.lead, region, story.inspector):
        shown = _shown(story, reader)
        assert "Response due<br>about 28 October 2026" in shown
        assert "Lena Lead<br>PDU lead" in shown
        assert "Sent</strong><br>21 October 2026 at 8:05am" in shown


def test_an_outsider_finds_no_page(story: Story) -> None:
    _a_reminder(story)
    outsider = make_user("Otto Outsider", Role.PDU_LEAD, make_provider("Southmere PDU"))
    assert _page(story, outsider).status_code == 404


@pytest.mark.parametrize(
    ("state", "fields", "words"),
    [
        ("due", {}, "Due</strong><br>since 21 October 2026, goes out with the person’s next"),
        (
            "due",
            {"attempts": 2, "next_attempt_at": morning(DUE_ON, 8, 20), "last_error": "451 later"},
            "failed twice, tried again from 21 October 2026 at 8:20am",
        ),
        (
            "cancelled",
            {"reason": "handed_over"},
            "Cancelled</strong><br>21 October 2026 at 8:05am: the work was handed over",
        ),
        ("suppressed", {"reason": "no_mail_address"}, ": the person has no email address"),
        ("failed", {}, "could not be delivered, given up 21 October 2026 at 8:05am"),
    ],
)
def test_what_was_not_sent_is_shown_with_its_reason(
    state: str, fields: dict[str, Any], words: str, story: Story
) -> None:
    _a_reminder(story, state, **fields)
    assert words in _shown(story, story.lead)


def test_what_the_mail_server_said_is_for_administrators_alone(story: Story, region: User) -> None:
    _a_reminder(story, "failed", last_error=SAID)
    for reader in (story.lead, region, story.inspector):
        assert SAID not in _page(story, reader).content.decode()
    assert SAID in _shown(story, story.administrator)


def test_an_operator_reads_errors_once_they_hold_a_role(story: Story) -> None:
    _a_reminder(story, "failed", last_error=SAID)
    operator = make_user("Olga Operator")
    User.objects.filter(pk=operator.pk).update(is_superuser=True)
    operator.refresh_from_db()
    assert _page(story, operator).status_code == 404
    Membership.objects.create(user=operator, role=Role.INSPECTOR, starts_on=date(2026, 1, 1))
    assert SAID in _shown(story, operator)


def test_the_latest_comes_first(story: Story) -> None:
    _a_reminder(story, settled_at=morning(DUE_ON, 9))
    _a_reminder(story, settled_at=morning(DUE_ON + timedelta(days=7), 9))
    shown = _shown(story, story.lead)
    assert shown.index("28 October 2026 at 9am") < shown.index("21 October 2026 at 9am")


def test_a_role_is_the_one_that_was_held_when_the_reminder_fell_due(
    story: Story, region: User
) -> None:
    _a_reminder(story)
    _a_reminder(story, rule="response_overdue_in_region", recipient=region)
    Membership.objects.filter(user=story.lead).update(ends_on=DUE_ON)
    Membership.objects.create(
        user=story.lead,
        role=Role.ACTION_OWNER,
        provider=story.unit,
        starts_on=DUE_ON + timedelta(days=1),
    )
    elsewhere = make_provider("Other Region", kind=Provider.Kind.REGION)
    Membership.objects.filter(user=region).update(provider=elsewhere)
    roles = {entry.recipient: entry.role for entry in reminder_ledger(story.recommendation.pk)}
    assert roles == {"Lena Lead": "PDU lead", "Regina Lead": ""}


def test_an_inspector_who_was_reminded_is_named_as_one(story: Story) -> None:
    story.inspection.allocated_inspectors.add(story.inspector)
    announce(story.unit, date(2026, 12, 7), now=NOW)
    monday: datetime = morning(date(2026, 11, 23))
    sweep(at(monday))
    assert "Ines Inspector<br>Lead inspector" in _shown(story, story.lead)


def test_many_reminders_ask_no_more_queries_than_one(
    story: Story, django_assert_max_num_queries: Any
) -> None:
    story.plan()
    for _ in range(20):
        _a_reminder(story, "failed", last_error=SAID)
    client = Client()
    client.force_login(story.lead)
    with django_assert_max_num_queries(17):
        client.get(f"/recommendations/{story.recommendation.pk}/")


def test_the_page_shows_the_reinspection_that_the_mails_count_to(story: Story) -> None:
    """A recommendation to the region that stands in a unit's report is judged with the unit."""
    region = story.unit.region
    assert region is not None
    story.inspection.recommendations.create(
        number=2, text="Recruit.", addressed_to=region.name, addressee=region
    )
    services.open_streams(inspection=story.inspection, actor=story.administrator, now=story.now)
    announce(region, date(2027, 3, 1), now=NOW)
    announce(story.unit, date(2026, 12, 23), now=NOW)
    leader = make_user("Regina Lead", Role.REGIONAL_LEAD, region)
    story.recommendations = list(story.inspection.recommendations.filter(addressee=region))
    sweep(at(morning(date(2026, 11, 23))))
    (reminded,) = Reminder.objects.filter(recipient=leader, rule="reinspection_ahead")
    assert reminded.for_date == date(2026, 12, 23)
    shown = _page(story, leader).content.decode()
    assert "23 December 2026" in shown.partition("Next inspection")[2].partition("</dd>")[0]
    assert "1 March 2027" not in shown


def test_a_notice_of_the_inspection_that_made_it_is_not_shown_as_the_next(story: Story) -> None:
    announce(story.unit, PUBLISHED_ON, now=morning(PUBLISHED_ON - timedelta(days=60)))
    shown = _page(story, story.lead).content.decode()
    assert "Not announced" in shown.partition("Next inspection")[2].partition("</dd>")[0]
