"""Providers: operators and HMIP administrators keep them. None is removed, no name is lost."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from inspections.access import known_providers
from inspections.admin_doors import ScopedAdmin, is_operator, roles_held
from inspections.day_field import DayField
from inspections.models import Membership, Provider, ProviderAlias
from inspections.renaming import leads_back, note_earlier_name

REGION_WITHIN_A_REGION = "A region lies in no other region; leave this empty."
REGION_MISSING = "A delivery unit lies in a region; choose it."
OWN_SUCCESSOR = "A provider is not its own successor; choose another, or leave this empty."
IN_A_CIRCLE = "That provider was itself followed by this one; one of the two is wrong."
DAY_MISSING = "Give the day on which the successor took over."
SUCCESSOR_MISSING = "Choose who took over, or leave the day empty."


NAME_TAKEN = "Another provider of this kind bears this name; choose a name that tells them apart."


def _keeps(request: HttpRequest) -> bool:
    return is_operator(request) or Membership.Role.HMIP_ADMINISTRATOR in roles_held(request)


class ProviderForm(forms.ModelForm[Provider]):
    """Says in words what the table's constraints demand; asks when a new name began."""

    renamed_on = DayField(
        "New name since", hint="Only for a new name. Left empty it is today.", required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind") or self.instance.kind
        if "name" in cleaned:
            self._check_name(kind, cleaned["name"])
        if "region" in cleaned:
            self._check_region(kind, cleaned["region"])
        if "successor" in cleaned:
            self._check_succession(cleaned["successor"], cleaned.get("succeeded_on"))
        return cleaned

    def _check_name(self, kind: str, name: str) -> None:
        """Django leaves this to the database where the kind is not asked for."""
        others = Provider.objects.filter(kind=kind, name=name).exclude(pk=self.instance.pk)
        if others.exists():
            self.add_error("name", NAME_TAKEN)

    def _check_region(self, kind: str, region: Provider | None) -> None:
        if kind == Provider.Kind.REGION and region:
            self.add_error("region", REGION_WITHIN_A_REGION)
        if kind == Provider.Kind.PDU and not region:
            self.add_error("region", REGION_MISSING)

    def _check_succession(self, successor: Provider | None, day: Any) -> None:
        if successor is None:
            if day:
                self.add_error("successor", SUCCESSOR_MISSING)
            return
        if not day and "succeeded_on" not in self.errors:
            self.add_error("succeeded_on", DAY_MISSING)
        if successor.pk == self.instance.pk:
            self.add_error("successor", OWN_SUCCESSOR)
        elif self.instance.pk and leads_back(self.instance, successor):
            self.add_error("successor", IN_A_CIRCLE)


class AliasInline(admin.StackedInline[ProviderAlias, Provider]):
    """Other names a provider has borne; reports are matched by them. None is ever removed."""

    model = ProviderAlias
    extra = 1  # without a script nothing else adds a row
    verbose_name = "other name"
    verbose_name_plural = "other names"
    ordering = ("ends_on", "name")

    def has_view_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return True  # whoever may see the provider

    def has_add_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return _keeps(request)

    def has_change_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return _keeps(request)

    def has_delete_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Provider)
class ProviderAdmin(ScopedAdmin[Provider]):
    form = ProviderForm
    list_display = ("name", "kind", "region", "followed_by")
    list_filter = ("kind",)
    list_select_related = ("region", "successor")
    allowed_lookups = ("kind__exact",)
    search_fields = ("name", "aliases__name")
    search_help_text = "Search in names, earlier ones included"
    ordering = ("name", "pk")
    inlines = (AliasInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Provider]:
        known = known_providers(request.user, timezone.localdate())
        return super().get_queryset(request).filter(pk__in=known.values("pk"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer no body that the person does not know of, as a region or as a successor."""
        known = known_providers(request.user, timezone.localdate()).order_by("name", "pk")
        return super().formfield_for_foreignkey(db_field, request, queryset=known, **kwargs)

    def may_enter(self, request: HttpRequest) -> bool:
        return _keeps(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _keeps(request)

    def has_change_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return _keeps(request)

    def get_fields(self, request: HttpRequest, obj: Provider | None = None) -> tuple[str, ...]:  # noqa: ARG002
        renaming = ("renamed_on",) if obj else ()
        return ("name", *renaming, "kind", "region", "successor", "succeeded_on")

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Provider | None = None,
    ) -> tuple[str, ...]:
        """A body of another kind is another body: roles and reports rest on the kind."""
        return ("kind",) if obj and not obj.is_proposed else ()

    def save_model(self, request: HttpRequest, obj: Provider, form: Any, change: bool) -> None:  # noqa: FBT001
        """Keep the earlier name where there is one."""
        earlier = form.initial.get("name") if change else None
        super().save_model(request, obj, form, change)
        if earlier and earlier != obj.name:
            day = form.cleaned_data.get("renamed_on") or timezone.localdate()
            note_earlier_name(obj, name=earlier, renamed_on=day)

    @admin.display(description="Followed by", ordering="successor__name")
    def followed_by(self, provider: Provider) -> str:
        return provider.successor.name if provider.successor else "Nobody"
