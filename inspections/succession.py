"""Which inspection follows which: of one provider, and of whoever took over from whom.

HMPPS nationally is never inspected again: each of its reports is about a theme of its own.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from inspections.models import Inspection, Provider


def successors_of(provider: Provider) -> Collection[int]:
    """Return the ids of the provider and of all that came after it."""
    line: list[int] = []
    following: Provider | None = provider
    while following is not None and following.pk not in line:
        line.append(following.pk)
        following = following.successor
    return line


def predecessors_of(provider: Provider) -> Collection[int]:
    """Return the ids of the provider and of all that it came from, merged or renamed."""
    line: set[int] = set()
    found = {provider.pk}
    while found - line:
        line |= found
        found = set(Provider.objects.filter(successor__in=found).values_list("pk", flat=True))
    return line


def later_inspections(inspection: Inspection) -> QuerySet[Inspection]:
    """Return the published inspections of the same provider, or its successors, after this one."""
    if inspection.provider.kind == Provider.Kind.NATIONAL:
        return Inspection.objects.none()
    return Inspection.objects.published().filter(
        provider__in=successors_of(inspection.provider),
        published_on__gt=inspection.published_on,
    )


def earlier_inspections(inspection: Inspection) -> QuerySet[Inspection]:
    """Return the published inspections that a published one follows, the newest first."""
    if inspection.provider.kind == Provider.Kind.NATIONAL or inspection.published_on is None:
        return Inspection.objects.none()
    earlier = Inspection.objects.published().filter(
        provider__in=predecessors_of(inspection.provider),
        published_on__lt=inspection.published_on,
    )
    return earlier.order_by("-published_on", "-pk")


def latest_of(inspections: QuerySet[Inspection]) -> Inspection | None:
    """Return the one published last; of two of one day, the one that came in last."""
    return inspections.order_by("-published_on", "-pk").first()
