"""What every view of the API shares: reading only, and answers that nobody but the asker keeps."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from knox.models import AuthToken
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

FORM_OF_ANSWERS = 1
"""Raise it when answers change their form, so that no client keeps an old one for current."""


class TokensOnlyRead(BasePermission):
    """A token is for dashboards: it changes nothing, whatever its user may do on the pages."""

    message = "A token of this service only reads. Sign in to make changes."

    def has_permission(self, request: Request, view: APIView) -> bool:  # noqa: ARG002
        return request.method in SAFE_METHODS or not isinstance(request.auth, AuthToken)


class ReadingView(APIView):
    """A view that reads. Its answers may be kept by the asker alone, and asked after again."""

    permission_classes = [IsAuthenticated, TokensOnlyRead]

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if not answer.has_header("Cache-Control"):
            patch_cache_control(answer, private=True, no_cache=True)
        patch_vary_headers(answer, ["Authorization", "Cookie"])
        return answer


def current_day() -> date:
    """Read the clock: the day it is in Europe/London."""
    return timezone.localdate()


def entity_tag(request: Request, *, version: int, day: date, shown: object = None) -> str:
    """Return a strong tag: the stream's version, then a digest of all else that an answer rests on.

    `shown` is what the answer takes from elsewhere than the stream, such as names.
    """
    rests_on = [FORM_OF_ANSWERS, request.path, request.user.pk, day.isoformat(), shown]
    digest = hashlib.sha256(json.dumps(rests_on, sort_keys=True, default=str).encode())
    return f'"{version}-{digest.hexdigest()[:16]}"'


def unless_unchanged(request: Request, tag: str, answer: Callable[[], Any]) -> HttpResponseBase:
    """Answer 304 where the client has this very state already, else what `answer` returns."""
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        unchanged["ETag"] = tag
        return unchanged
    return Response(answer(), headers={"ETag": tag})
