"""The admin's front door: open to whoever holds a role today, sign-in through allauth."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from inspections.access import holds_any_role


class TrackerAdminSite(AdminSite):
    site_title = "Recommendation tracker"
    site_header = "Recommendation tracker"
    index_title = "Your desk"
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = "Not recorded"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in active people with a current membership, and operators."""
        user = request.user
        return user.is_active and (user.is_superuser or holds_any_role(user, timezone.localdate()))

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send to the one sign-in page, with its lock-out and second factor."""
        response: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return response
