"""The addresses of the import, and how its forms are filled in as a browser would."""

from typing import Any

from django.contrib.auth.models import User

from inspections.models import Inspection
from inspections.report_import.sheet import digest_of, sheet_of
from tests.visitor import Visitor

WHEN = {"published_on": "2026-06-02", "hour": "09:30"}
LIST = "/admin/inspections/inspection/"
IMPORT, BY_HAND = f"{LIST}import/", f"{LIST}import/by-hand/"


def page_of(name: str, inspection: Inspection) -> str:
    return f"{LIST}{inspection.pk}/{name}/"


def opened(visitor: Visitor, address: str) -> dict[str, Any]:
    """Return what the form on the page holds, as a browser would send it."""
    response = visitor.get(address)
    assert response.status_code == 200, (address, response.status_code)
    values = {bound.html_name: bound.value() for bound in response.context["form"]}
    return {name: value for name, value in values.items() if value not in (None, "", False)}


def fill_in(visitor: Visitor, address: str, fields: dict[str, Any]) -> Any:
    """Open the form, fill it in, send it; return what came back."""
    return visitor.client.post(address, {**opened(visitor, address), **fields})


def errors_of(response: Any) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def share(visitor: Visitor, draft: Inspection, *readers: User, **fields: Any) -> Any:
    named = [str(reader.pk) for reader in readers]
    sent = {**WHEN, "seen": seen_of(draft), "named_readers": named, **fields}
    return visitor.client.post(page_of("embargo", draft), sent)


def publish(visitor: Visitor, draft: Inspection, **how: Any) -> Any:
    return visitor.client.post(page_of("publish", draft), {"seen": seen_of(draft)}, **how)


def seen_of(draft: Inspection) -> str:
    """Return what the pages carry of the values that they show."""
    return digest_of(sheet_of(Inspection.objects.get(pk=draft.pk)))
