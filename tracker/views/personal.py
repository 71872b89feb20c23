"""What every page for signed-in people has in common: who may come in, and that nobody keeps it."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]


def personal_page(view: View) -> View:
    """Show the page to signed-in people only, on request only, and let no cache store it."""

    @require_safe
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = login_required(view)(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return page


def current_day() -> date:
    """Read the clock: the day it is in Europe/London."""
    return timezone.localdate()
