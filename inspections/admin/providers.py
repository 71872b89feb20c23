"""Providers: operators keep them, HMIP administrators look them up."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from inspections.access import known_providers
from inspections.admin_doors import OperatorAdmin, is_operator, roles_held
from inspections.models import Membership, Provider, ProviderAlias


class AliasInline(admin.StackedInline[ProviderAlias, Provider]):
    """Other names a provider has borne; reports are matched by them. None is ever removed."""

    model = ProviderAlias
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return True  # whoever may see the provider

    def has_add_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return is_operator(request)

    def has_change_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return is_operator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Provider | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Provider)
class ProviderAdmin(OperatorAdmin[Provider]):
    list_display = ("name", "kind", "region")
    list_filter = ("kind",)
    list_select_related = ("region",)
    allowed_lookups = ("kind__exact",)
    search_fields = ("name", "aliases__name")
    search_help_text = "Search in names, earlier ones included"
    ordering = ("name", "pk")
    fields = ("name", "kind", "region", "successor", "succeeded_on", "is_demonstration")
    inlines = (AliasInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Provider]:
        known = known_providers(request.user, timezone.localdate())
        return super().get_queryset(request).filter(pk__in=known.values("pk"))

    def may_enter(self, request: HttpRequest) -> bool:
        return is_operator(request) or Membership.Role.HMIP_ADMINISTRATOR in roles_held(request)
