"""Memberships: who acts in which role where. Operators give them and end them; none is deleted.

What a membership once was stays as it was: past records name it, and nobody may inspect a provider
they ever belonged to. A wrong one is ended and another given.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from inspections.admin_doors import OperatorAdmin
from inspections.models import Membership

PROVIDER_MISSING = "This role is held at a provider; choose which one."
PROVIDER_NOT_WANTED = "This role is held nationally; leave the provider empty."
ENDS_TOO_EARLY = "The last day lies before the first; correct one of the two."


class MembershipForm(forms.ModelForm[Membership]):
    """Says in words what the table's constraints demand."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "role" in cleaned:
            self._check_provider(cleaned["role"], cleaned.get("provider"))
        starts_on = cleaned.get("starts_on") or self.instance.starts_on
        ends_on = cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", ENDS_TOO_EARLY)
        return cleaned

    def _check_provider(self, role: str, provider: Any) -> None:
        is_at_a_provider = role in Membership.AT_A_PROVIDER
        if is_at_a_provider and provider is None:
            self.add_error("provider", PROVIDER_MISSING)
        if not is_at_a_provider and provider is not None:
            self.add_error("provider", PROVIDER_NOT_WANTED)


@admin.register(Membership)
class MembershipAdmin(OperatorAdmin[Membership]):
    form = MembershipForm
    list_display = ("user", "role", "provider", "starts_on", "ends_on")
    list_filter = ("role",)
    list_select_related = ("user", "provider")
    allowed_lookups = ("role__exact",)
    search_fields = ("user__username", "user__last_name", "user__email", "provider__name")
    search_help_text = "Search by person or provider"
    ordering = ("user__last_name", "user__username", "-starts_on", "pk")
    fields = ("user", "role", "provider", "starts_on", "ends_on", "on_behalf_of")

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Membership | None = None,
    ) -> tuple[str, ...]:
        return ("user", "role", "provider", "starts_on") if obj else ()
