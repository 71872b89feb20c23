"""Who gets through which door of the admin: by roles held today, never by Django's permissions.

It stands apart from the admin package, for the site itself asks here before any admin is found.
A superuser is an operator: they look after people, memberships, providers and practice, and see no
recommendation unless they hold a role as everybody else does.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst

from inspections.access import memberships_of

M = TypeVar("M", bound=Model)
LARGEST_KEY = 2**63 - 1
"""No database of ours takes a larger number."""
MOST_WORDS = 20
"""Each word of a search is looked for in every row: hundreds would keep the database busy."""
SHORTER = f"A search takes at most {MOST_WORDS} words; it went by the first {MOST_WORDS}."


def memberships_held(request: HttpRequest) -> Sequence[tuple[str, int | None]]:
    """Return what the person holds today, each as role and provider; asked once a request."""
    kept = vars(request)
    if "memberships_held" not in kept:
        held = memberships_of(request.user, timezone.localdate())
        kept["memberships_held"] = list(held.values_list("role", "provider"))
    memberships: Sequence[tuple[str, int | None]] = kept["memberships_held"]
    return memberships


def roles_held(request: HttpRequest) -> frozenset[str]:
    """Return the roles that the signed-in person holds anywhere today."""
    return frozenset(role for role, _ in memberships_held(request))


def is_operator(request: HttpRequest) -> bool:
    """Say whether the person runs the service."""
    return bool(request.user.is_active and request.user.is_superuser)


class ScopedAdmin(admin.ModelAdmin[M]):
    """A model of which people see only their own part: what is not theirs does not exist.

    Subclasses say who enters (`may_enter`) and what they see (`get_queryset`). Filters go by
    `allowed_lookups` alone, so that an address cannot ask about what a page does not show.
    """

    actions: Sequence[Any] | None = None
    view_on_site = False
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    allowed_lookups: tuple[str, ...] = ()

    def may_enter(self, request: HttpRequest) -> bool:
        """Say whether the person finds this model in the admin at all."""
        return bool(roles_held(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_enter(request)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        return self.may_enter(request)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        return False

    def lookup_allowed(
        self,
        lookup: str,
        value: str,  # noqa: ARG002
        request: HttpRequest | None = None,  # noqa: ARG002
    ) -> bool:
        return lookup in self.allowed_lookups

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer what is for a role that the person holds, as each action says by `is_for`."""
        offered = super().get_actions(request)
        held = roles_held(request) if offered else frozenset()
        return {
            name: action
            for name, action in offered.items()
            if action and held & getattr(action[0], "is_for", frozenset())
        }

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[M], *rest: Any
    ) -> HttpResponse | None:
        """Refuse what names no row of any kind, before the database is asked for it.

        Raises: BadRequest.
        """
        for value in request.POST.getlist(ACTION_CHECKBOX_NAME):
            if not _could_be_a_key(value, self.opts.pk):
                raise BadRequest("A ticked row has no such key.")
        return super().response_action(request, queryset, *rest)

    def page_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the frame of any page of this model asks for."""
        return {**self.admin_site.each_context(request), "opts": self.opts}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Head the list by what it lists.

        Raises: BadRequest for a filter by what no row can hold.
        """
        if any("\x00" in text for name in request.GET for text in request.GET.getlist(name)):
            raise BadRequest("An address with a null character names nothing.")
        title = capfirst(str(self.opts.verbose_name_plural))
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        """Search by so many words as anybody types, and say where it was by fewer than asked."""
        words = search_term.split()
        if len(words) > MOST_WORDS:
            messages.warning(request, SHORTER)
        return super().get_search_results(request, queryset, " ".join(words[:MOST_WORDS]))

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> M | None:
        """Answer for what is not theirs as for what is missing: not found.

        Nor does anybody learn what there is of a model that they do not find in the admin.
        """
        inside = self.may_enter(request)
        found = super().get_object(request, object_id, from_field) if inside else None
        if found is None:
            raise Http404
        return found

    def history_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        object_id: str,  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Closed: the history of a record is its timeline, not the admin's own notes."""
        raise Http404


def _could_be_a_key(value: str, column: Any) -> bool:
    try:
        key = column.to_python(value)
    except ValidationError:
        return False
    return not isinstance(key, int) or 0 < key <= LARGEST_KEY


class OperatorAdmin(ScopedAdmin[M]):
    """A model that operators keep: they add and change, and nobody deletes."""

    def may_enter(self, request: HttpRequest) -> bool:
        return is_operator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_operator(request)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        return is_operator(request)
