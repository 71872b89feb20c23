"""The command that cron may call instead of the worker."""

from io import StringIO

import pytest
import time_machine
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command

from tests.reminding import A_WEEK_BEFORE_RESPONSE, morning, open_recommendations
from tests.world import make_provider, make_user
from tracker.domain.vocabulary import Role
from tracker.models import Reminder

pytestmark = pytest.mark.django_db
NOW = morning(A_WEEK_BEFORE_RESPONSE)
Mailbox = list[EmailMultiAlternatives]


@pytest.fixture(autouse=True)
def _something_due() -> None:
    unit = make_provider()
    make_user("Lena Lead", Role.PDU_LEAD, unit)
    open_recommendations(unit)


def _command(*arguments: str) -> str:
    said = StringIO()
    call_command("send_reminders", *arguments, stdout=said)
    return said.getvalue()


def test_it_sends_what_is_due_and_says_so(mailoutbox: Mailbox) -> None:
    with time_machine.travel(NOW, tick=False):
        assert _command().startswith("1 message with 1 reminder sent, 0 cancelled")
        assert _command().startswith("0 messages with 0 reminders sent")
    assert len(mailoutbox) == 1


def test_on_a_quiet_day_it_says_when_mail_goes_out(mailoutbox: Mailbox) -> None:
    assert "No mail goes out now" in _command("--at", "2026-09-26T08:00")
    assert mailoutbox == []


def test_a_dry_run_prints_the_messages_and_keeps_nothing(mailoutbox: Mailbox) -> None:
    said = _command("--dry-run", "--at", "2026-09-26T08:00")
    assert "the response is due on 29 September 2026, in 3 days" in said
    assert "1 message would be sent on the next working morning." in said
    assert mailoutbox == []
    assert not Reminder.objects.exists()


def test_another_time_may_be_given_where_mail_stays_on_the_machine(mailoutbox: Mailbox) -> None:
    _command("--at", "2026-09-22T07:00")
    assert len(mailoutbox) == 1


def test_another_time_is_refused_where_mail_goes_out(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with pytest.raises(CommandError, match="mail leaves this machine"):
        _command("--at", "2026-09-22T08:00")
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("time", ["yesterday", "2026-13-01T08:00"])
def test_what_is_not_a_time_is_refused_with_an_example(time: str) -> None:
    with pytest.raises(CommandError, match="write it as 2026-11-23T08:00"):
        _command("--at", time)
