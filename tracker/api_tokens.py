"""Tokens for dashboards: issued here, checked at the API's door, kept only as hashes.

A token reads what its user may read: a dashboard is an account with memberships like anybody
else's. Nobody can look a token up again; a lost one is replaced.
"""

from datetime import timedelta
from typing import Any

from knox.models import AuthToken

LIFETIME = timedelta(days=90)


def issue_token(*, user: Any, expires_in: timedelta = LIFETIME) -> str:
    """Issue a token and return its text, which is to be had this once."""
    _, text = AuthToken.objects.create(user=user, expiry=expires_in)
    return str(text)
