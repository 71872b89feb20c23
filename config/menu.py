"""What the menu of every page must know of the person: whether the admin lets them in."""

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import admin
from django.http import HttpRequest


def closed_doors_left_out(request: HttpRequest) -> Mapping[str, Callable[[], bool]]:
    """Let templates ask for it; pages without the menu, or for nobody signed in, never do."""
    return {"may_enter_admin": partial(admin.site.has_permission, request)}
