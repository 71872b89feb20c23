"""Throws a draft away that was never published, with all that it alone brought.

It is no history: nobody outside HMIP's administrators has seen it, or the claims of those who have
keep it here. The source goes too, so that the same report can come in afresh.
"""

from django.db import transaction

from inspections.models import AccuracyNote, Inspection, Provider
from inspections.report_import.redirecting import withdraw_proposed
from inspections.report_import.refusals import ImportRefused
from inspections.report_import.supplying import refuse_unless_draft


class ClaimsAreOnRecord(ImportRefused):
    """Named readers have noted something about it."""

    def __init__(self) -> None:
        super().__init__(
            "Named readers have noted claims about this report, which stay on record with it; go "
            "on with the draft instead."
        )


def discard_draft(inspection: Inspection) -> None:
    """Delete the draft, its source, and the providers that no other draft proposes.

    Raises:
        PublishedIsFixed, SharedIsFixed: it is no draft any more.
        ClaimsAreOnRecord: readers of it have said something.
    """
    with transaction.atomic():
        fresh = Inspection.objects.select_for_update().get(pk=inspection.pk)
        refuse_unless_draft(fresh)
        if AccuracyNote.objects.filter(inspection=fresh).exists():
            raise ClaimsAreOnRecord
        named = Provider.objects.filter(recommendations__inspection=fresh).distinct()
        providers = {*named, fresh.provider}
        source = fresh.source
        fresh.recommendations.all().delete()
        fresh.delete()
        if source is not None:
            source.delete()
        for provider in providers:
            withdraw_proposed(provider)
