"""The admin's front door: open to whoever holds a role today, sign-in through allauth.

What each person finds inside is for each model's own admin; see `inspections.admin_doors`. What
waits for them is for `config.desk`.
"""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config import desk
from inspections.admin_doors import is_operator, roles_held

CLOSED = {"view_on_site", "autocomplete", "password_change_done"}
"""`/admin/r/` would tell anybody inside that an object exists, whatever they may see; and the
look-up of rows by their texts, and the end of a form that is not ours, lead nowhere."""


class TrackerAdminSite(AdminSite):
    site_title = "Recommendation tracker"
    site_header = "Recommendation tracker"
    index_title = "Your desk"
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = "Not recorded"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let in active people with a current membership, and operators."""
        return is_operator(request) or bool(roles_held(request))

    def get_urls(self) -> list[URLResolver | URLPattern]:
        kept = [each for each in super().get_urls() if getattr(each, "name", "") not in CLOSED]
        seen = self.admin_view(require_POST(desk.see_all))
        return [path("seen/", seen, name="seen"), *kept]

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what waits for the person, and what else they can open."""
        laid_out = desk.lay_out(request, timezone.localdate())
        return super().index(request, {"desk": laid_out, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """List the recommendations first: most people come for nothing else."""
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda each: each["app_label"] != "tracker")

    def login(
        self,
        request: HttpRequest,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Send to the one sign-in page, with its lock-out and second factor.

        allauth's own `secure_admin_login` asks for Django's staff flag, which nobody has here.

        Raises: PermissionDenied for those signed in who hold no role; signing in again is no help.
        """
        wanted = _safe_address(request)
        if not request.user.is_authenticated:
            return redirect_to_login(wanted, resolve_url(settings.LOGIN_URL))
        if not self.has_permission(request):
            raise PermissionDenied("You hold no role today.")
        return HttpResponseRedirect(wanted)

    def logout(  # type: ignore[override]  # a redirect serves as well
        self,
        request: HttpRequest,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(  # type: ignore[override]  # same
        self,
        request: HttpRequest,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_change_password"))


def _safe_address(request: HttpRequest) -> str:
    """Return where the person was going, if that is within the house; otherwise the desk."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own else reverse("admin:index")
