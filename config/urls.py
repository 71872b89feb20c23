"""The addresses of the house; each door keeps its own list."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import TemplateView

urlpatterns = [
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path(
        "accessibility-statement/",
        TemplateView.as_view(template_name="pages/accessibility_statement.html"),
        name="accessibility_statement",
    ),
    path("cookies/", TemplateView.as_view(template_name="pages/cookies.html"), name="cookies"),
]
