"""The accounts of people: invited, deactivated, reactivated, and never deleted.

Nobody sets another person's password: whoever is invited chooses one through a link that is sent
to their address. What a person may do follows from memberships; see `inspections.memberships`.
"""

import re
from datetime import datetime
from functools import partial
from smtplib import SMTPException
from typing import Any

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email, user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify
from knox.models import AuthToken

from inspections.command_line_account import USERNAME as OF_THE_COMMAND_LINE
from inspections.models import AccountChange

Kind = AccountChange.Kind
SUBJECT = "Your account for the recommendation tracker"
LONGEST_ADDRESS = 254
LONGEST_USERNAME = 140
"""Ten less than the column holds: a number may follow."""
ADDRESS_CHANGED = "Your address in the recommendation tracker was changed"
UNUSUAL_IN_NAMES = re.compile(r"[^\w\s.'’-]|[\d_]|\.\S")
NOT_A_NAME = "Write the name in letters, without signs or figures."
NAME_MISSING = "Enter their first and last name."
NOT_AN_ADDRESS = "Enter a whole email address, as in name@example.org."
TAKEN = "Another account has this email address; enter the person’s own."
NO_OPERATOR = "You do not run this service any more, so nothing was changed."
SHUT_OUT = "This account is deactivated, so its password was not changed."
NOT_YOURSELF = "Nobody deactivates their own account; ask another operator."
REASON_MISSING = "Say why the account is deactivated."
NO_NEED = "This person has a password or no way in; an invitation would be of no use."


class AccountRefused(Exception):  # noqa: N818 - named as what the person meets
    """Carries a sentence for the person, and the field at fault where there is one."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class InvitationNotSent(Exception):  # noqa: N818 - same
    """The account stands, and the mail did not leave; it can be sent again."""

    def __init__(self) -> None:
        super().__init__(
            "The invitation could not be sent by email just now; send it again in a few minutes."
        )


def find_by_address(email: str) -> User | None:
    """Return the account that mail to the address belongs to, deactivated ones included."""
    found = filter_users_by_email(email.strip(), prefer_verified=True)
    return found[0] if found else None


def invite(*, email: str, first_name: str, last_name: str, actor: Any, now: datetime) -> User:
    """Make an account that opens with the link of an invitation; `send_invitation` sends it.

    Raises: AccountRefused.
    """
    address, first, last = check_details(email, first_name, last_name)
    if is_anothers_address(address, User()):
        raise AccountRefused(TAKEN, field="email")
    with transaction.atomic():
        person = User(username=_free_username(first, last), email=address)
        person.first_name, person.last_name = first, last
        person.set_unusable_password()
        person.save()
        vouch_for_address(person)
        _note(person, Kind.INVITED, actor, now)
    return person


def check_details(email: str, first_name: str, last_name: str) -> tuple[str, str, str]:
    """Return address and names as an account would bear them, whoever has one already.

    Raises: AccountRefused.
    """
    first, last = _checked_name(first_name, "first_name"), _checked_name(last_name, "last_name")
    return _checked_address(email), first, last


def send_invitation(*, person: User, actor: Any, now: datetime, again: bool = False) -> None:
    """Send the link with which the person chooses a password.

    Raises: AccountRefused for somebody who needs none; InvitationNotSent.
    """
    if not awaits_password(person):
        raise AccountRefused(NO_NEED)
    if again:
        _note(person, Kind.INVITED_AGAIN, actor, now)
    details = {
        "person": person,
        "inviter": actor,
        "link": _link(person),
        "site": settings.SITE_URL,
        "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        "new_link": f"{settings.SITE_URL}{reverse('account_reset_password')}",
    }
    text = render_to_string("inspections/mail/invitation.txt", details)
    try:
        send_mail(SUBJECT, text, None, [person.email])
    except (SMTPException, OSError) as failure:
        raise InvitationNotSent from failure


def awaits_password(person: User) -> bool:
    """Say whether the person is let in and has chosen no password yet."""
    return person.is_active and not person.has_usable_password()


def deactivate(*, person: User, reason: str, actor: Any, now: datetime) -> None:
    """Shut the person out at once: sessions, password, open links and API tokens end for good.

    Sessions hang on the password; without one, none that was begun before opens again, not even
    after a reactivation. Raises: AccountRefused.
    """
    if person.pk == actor.pk:
        raise AccountRefused(NOT_YOURSELF)
    if not reason.strip():
        raise AccountRefused(REASON_MISSING, field="reason")
    with transaction.atomic():
        locked = _locked_by_an_operator(person, actor)
        if not locked.is_active:
            return
        locked.is_active, locked.is_superuser = False, False
        locked.set_unusable_password()
        locked.save(update_fields=["is_active", "is_superuser", "password"])
        AuthToken.objects.filter(user=locked).delete()
        _note(locked, Kind.DEACTIVATED, actor, now, reason.strip())


def reactivate(*, person: User, actor: Any, now: datetime) -> None:
    """Let the person in again; they choose a new password, and act by the roles they hold."""
    with transaction.atomic():
        locked = User.objects.select_for_update().get(pk=person.pk)
        if locked.is_active:
            return
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        _note(locked, Kind.REACTIVATED, actor, now)


@transaction.atomic
def store_particulars(*, person: User, actor: Any, now: datetime) -> None:
    """Store the name, the address and the operator's flag that `person` bears, and nothing else.

    Whether they get in stands in the row alone: they may have been deactivated meanwhile, and who
    is shut out is no operator. What decides who gets in and how far is put on record, and whoever
    reads mail to an earlier address hears that it is none any more.

    Raises: AccountRefused.
    """
    before = _locked_by_an_operator(person, actor)
    person.is_superuser = person.is_superuser and before.is_active
    person.save(update_fields=["first_name", "last_name", "email", "is_superuser"])
    vouch_for_address(person)
    if person.email.lower() != before.email.lower():
        _note(person, Kind.ADDRESS_CHANGED, actor, now, f"It was {before.email or 'empty'}.")
        transaction.on_commit(partial(_tell_earlier_address, before, actor), robust=True)
    if person.is_superuser != before.is_superuser:
        kind = Kind.MADE_OPERATOR if person.is_superuser else Kind.OPERATOR_NO_MORE
        _note(person, kind, actor, now)


@transaction.atomic
def store_password(person: User, password: str) -> None:
    """Store a password that the person chose, and nothing else, while the account is open.

    Whoever is shut out while they choose stays out. Raises: AccountRefused.
    """
    if not User.objects.select_for_update().filter(pk=person.pk, is_active=True).exists():
        raise AccountRefused(SHUT_OUT)
    person.set_password(password)
    person.save(update_fields=["password"])


@transaction.atomic
def vouch_for_address(person: User) -> None:
    """Make the account's address its only one, and verified: whoever invites answers for it.

    An earlier address goes, or it could still ask for a new password.
    """
    address = person.email.lower()
    EmailAddress.objects.filter(user=person).exclude(email=address).delete()
    if address:
        standing = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=person, email=address, defaults=standing)


def is_anothers_address(email: str, person: User) -> bool:
    """Say whether mail to the address belongs to another account: one address finds one person."""
    address = email.strip()
    named = EmailAddress.objects.filter(email=address.lower()).exclude(user_id=person.pk)
    return (
        named.exists() or User.objects.filter(email__iexact=address).exclude(pk=person.pk).exists()
    )


def _locked_by_an_operator(person: User, actor: Any) -> User:
    """Return the account as it is now, locked together with that of the operator who acts.

    Two operators who take the part from one another at once would leave none.
    """
    rows = User.objects.select_for_update().filter(pk__in={person.pk, actor.pk}).order_by("pk")
    locked = {row.pk: row for row in rows}
    acting = locked[actor.pk]
    if not (acting.is_active and acting.is_superuser):
        raise AccountRefused(NO_OPERATOR)
    return locked[person.pk]


def _tell_earlier_address(before: User, actor: Any) -> None:
    if not before.email:
        return
    details = {"person": before, "actor": actor, "site": settings.SITE_URL}
    text = render_to_string("inspections/mail/address_changed.txt", details)
    send_mail(ADDRESS_CHANGED, text, None, [before.email])


def _checked_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise AccountRefused(NOT_AN_ADDRESS, field="email") from wrong
    if len(address) > LONGEST_ADDRESS:
        raise AccountRefused(NOT_AN_ADDRESS, field="email")
    return address


def _checked_name(name: str, field: str) -> str:
    """A name goes into mail to an address that anybody typed: it carries no link and no number."""
    plain = " ".join(name.split())
    if not plain:
        raise AccountRefused(NAME_MISSING, field=field)
    if UNUSUAL_IN_NAMES.search(plain) or len(plain) > 100:  # noqa: PLR2004 - a long name
        raise AccountRefused(NOT_A_NAME, field=field)
    return plain


def _free_username(first: str, last: str) -> str:
    """Return a name for signing in that nobody bears: "nora.new", or "nora.new.2"."""
    words = ".".join(filter(None, (slugify(first), slugify(last)))) or "person"
    wanted = words[:LONGEST_USERNAME]
    borne = User.objects.filter(username__startswith=wanted).values_list("username", flat=True)
    taken = {OF_THE_COMMAND_LINE, *borne}
    numbered = (f"{wanted}.{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)


def _link(person: User) -> str:
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    where = {"uidb36": user_pk_to_url_str(person), "key": key}
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=where)}"


def _note(person: User, kind: str, actor: Any, now: datetime, reason: str = "") -> None:
    AccountChange.objects.create(
        account=person, kind=kind, noted_at=now, noted_by=actor, reason=reason
    )
