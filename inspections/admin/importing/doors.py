"""Who gets to the pages of the import: HMIP administrators; others learn nothing from them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from inspections.access import visible_inspections
from inspections.admin_doors import roles_held
from inspections.models import Inspection, Membership


def admit_administrators(request: HttpRequest) -> None:
    """Let HMIP administrators pass.

    Raises:
        PermissionDenied: the person is none.
    """
    if Membership.Role.HMIP_ADMINISTRATOR not in roles_held(request):
        raise PermissionDenied


def find_inspection(request: HttpRequest, pk: int) -> Inspection:
    """Return the inspection for an administrator.

    Raises:
        Http404: it is missing, or not theirs to read.
        PermissionDenied: they may read it, and no more.
    """
    visible = visible_inspections(request.user, timezone.localdate())
    found = visible.select_related("provider", "framework", "source", "scheduled_by")
    inspection = found.filter(pk=pk).first()
    if inspection is None:
        raise Http404
    admit_administrators(request)
    return inspection


def address_of(page: str, inspection: Inspection | None = None) -> str:
    """Return the address of a page: "import", "by_hand", "draft", "publish", "embargo", …"""
    arguments = [inspection.pk] if inspection else []
    return reverse(f"admin:inspections_inspection_{page}", args=arguments)
