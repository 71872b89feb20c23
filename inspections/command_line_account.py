"""The account in whose name the command line acts where no person is named.

Whoever may run commands on the server is an operator; the log still needs a name. Nobody can sign
in with this account: it is inactive, has no usable password and holds no membership.
"""

from typing import Any

from django.contrib.auth import get_user_model

USERNAME = "command-line"


def command_line_account() -> Any:
    """Return the account, made on first use."""
    account, is_new = get_user_model().objects.get_or_create(
        username=USERNAME,
        defaults={"first_name": "Command", "last_name": "line", "is_active": False},
    )
    if is_new:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return account


def is_command_line_account(user: Any) -> bool:
    """Say whether `user` is that account; once activated it is a person's and counts no more."""
    return user.get_username() == USERNAME and not user.is_active
