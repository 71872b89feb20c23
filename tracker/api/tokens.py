"""How a token is recognised at the door: by its hash, while it lasts and its account is active."""

import re
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.exceptions import AuthenticationFailed

FORM = re.compile(rb"rt_[0-9a-f]{40,200}")


class TokenAuthentication(KnoxAuthentication):
    """`Authorization: Bearer rt_…`; never in the address, where logs and histories keep it."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        # Knox decodes and looks up whatever it is given: bytes that are no text end in a 500.
        if not FORM.fullmatch(token):
            raise AuthenticationFailed("This is not a token of this service.")
        found: tuple[Any, Any] = super().authenticate_credentials(token)  # type: ignore[no-untyped-call]
        return found


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Tells the schema how a token is sent."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002
        return {"type": "http", "scheme": "bearer", "bearerFormat": "rt_…"}
