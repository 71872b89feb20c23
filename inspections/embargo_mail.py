"""Tells named readers by mail that a report is shared with them; nothing of it is in the mail."""

from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from inspections.models import Inspection

SUBJECT = "A report was shared with you in confidence"


def tell_readers(inspection: Inspection, readers: Iterable[Any], *, actor: Any) -> list[Any]:
    """Send each reader a mail of their own; return those to whom none could be sent."""
    page = reverse("admin:inspections_inspection_accuracy", args=(inspection.pk,))
    details = {
        "actor": actor,
        "link": f"{settings.SITE_URL}{page}",
        "publish_at": inspection.publish_at,
    }
    return [reader for reader in readers if not _is_told(reader, details)]


def _is_told(reader: Any, details: dict[str, Any]) -> bool:
    text = render_to_string("inspections/mail/shared.txt", {**details, "person": reader})
    try:
        return bool(reader.email) and bool(send_mail(SUBJECT, text, None, [reader.email]))
    except (SMTPException, OSError):
        return False
