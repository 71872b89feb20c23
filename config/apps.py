"""Puts our admin site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class TrackerAdminConfig(AdminConfig):
    default_site = "config.admin_site.TrackerAdminSite"

    def ready(self) -> None:
        super().ready()  # finds every admin
        from django.contrib import admin  # noqa: PLC0415 - the site needs the registry

        from config.people import put_people_in_charge  # noqa: PLC0415 - same

        put_people_in_charge(admin.site)
