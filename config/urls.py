"""The addresses of the house; each door keeps its own list."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

from config.health import healthz, readyz

urlpatterns = [
    path("", include("tracker.urls")),
    path("admin/", admin.site.urls),
    # Before allauth's own: a borrowed session must not turn the mail to another address.
    path(
        "accounts/email/",
        TemplateView.as_view(template_name="account/email_closed.html"),
        name="account_email",
    ),
    path("accounts/", include("allauth.urls")),
    path("api/", include("tracker.api.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path(
        "accessibility-statement/",
        TemplateView.as_view(template_name="pages/accessibility_statement.html"),
        name="accessibility_statement",
    ),
    path("cookies/", TemplateView.as_view(template_name="pages/cookies.html"), name="cookies"),
]

handler400 = "config.errors.bad_request"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"
