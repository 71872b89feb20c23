"""Turns a draft, or one recommendation of it, to another body than the report's name led to."""

import contextlib
from collections.abc import Sequence

from django.db.models import ProtectedError

from inspections.models import Inspection, Provider, Recommendation
from inspections.report_import.refusals import ImportRefused


class AddresseeTaken(ImportRefused):
    """The body has a recommendation of the same number in this report already."""

    def __init__(self, addressee: Provider, number: int) -> None:
        super().__init__(
            f"{addressee} has a recommendation {number} of this report already; "
            "supply another number or another body."
        )


def redirect_inspection(inspection: Inspection, provider: Provider) -> None:
    """Make `provider` the inspected one, and the addressee where the one before was.

    A provider that this import alone had proposed is withdrawn; the inspection is not saved.

    Raises:
        AddresseeTaken: the provider has one of the numbers already.
    """
    before = inspection.provider
    if provider == before:
        return
    addressed = inspection.recommendations.filter(addressee=before)
    _refuse_taken(inspection, provider, list(addressed))
    addressed.update(addressee=provider)
    inspection.provider = provider
    if inspection.source is None:  # no report words it otherwise
        inspection.provider_name = provider.name
    inspection.save(update_fields=["provider", "provider_name"])
    withdraw_proposed(before)


def redirect_recommendation(
    rows: Sequence[Recommendation], addressees: Sequence[Provider], *, worded: str
) -> None:
    """Replace the rows of one recommendation by one row per addressee.

    Where the report does not say to whom it goes, `worded` is what a person says.

    Raises:
        AddresseeTaken: an addressee has the number already.
    """
    first = rows[0]
    given_up = [row for row in rows if row.addressee not in addressees]
    kept = {row.addressee for row in rows}
    added = [addressee for addressee in addressees if addressee not in kept]
    for addressee in added:
        _refuse_taken(first.inspection, addressee, [first])
    # Rows are turned over rather than replaced: their order tells which recommendation is which.
    for row, addressee in zip(given_up, added, strict=False):
        Recommendation.objects.filter(pk=row.pk).update(addressee=addressee)
    Recommendation.objects.bulk_create(_like(first, more) for more in added[len(given_up) :])
    Recommendation.objects.filter(pk__in=[row.pk for row in given_up[len(added) :]]).delete()
    first.inspection.recommendations.filter(group=first.group, addressed_to="").update(
        addressed_to=worded
    )
    for row in given_up:
        withdraw_proposed(row.addressee)


def _like(row: Recommendation, addressee: Provider) -> Recommendation:
    return Recommendation(
        inspection=row.inspection,
        number=row.number,
        text=row.text,
        text_cy=row.text_cy,
        addressed_to=row.addressed_to,
        addressee=addressee,
        group=row.group,
    )


def _refuse_taken(
    inspection: Inspection, addressee: Provider, rows: Sequence[Recommendation]
) -> None:
    taken = inspection.recommendations.filter(
        addressee=addressee, number__in=[row.number for row in rows]
    ).first()
    if taken is not None:
        raise AddresseeTaken(addressee, taken.number)


def withdraw_proposed(provider: Provider) -> None:
    """Delete a provider that an import had proposed, unless another draft names it as well."""
    if provider.is_proposed:
        with contextlib.suppress(ProtectedError):
            provider.delete()
