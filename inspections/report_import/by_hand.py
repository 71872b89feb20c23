"""Makes a draft of what a person types in by hand: there is no source, and no line to show.

All else is as with a report that was imported: doubts are raised, and nothing is made up.
"""

from dataclasses import replace

from django.db import transaction

from inspections.models import Framework, Inspection, Provider
from inspections.report_import.refusals import ImportRefused
from inspections.report_import.revising import Revision, revise_draft

LONGEST_TITLE = 300  # a longer one is refused by the column, in words


class TitleMissing(ImportRefused):
    """A report has a title."""

    def __init__(self) -> None:
        super().__init__("Type the title of the report.")


class TypedInAlready(ImportRefused):
    """The form was sent twice, or two people typed in one report; `inspection` is what is here."""

    def __init__(self, inspection: Inspection) -> None:
        super().__init__(
            f"A report of this title was typed in for {inspection.provider} already; "
            "go on with that draft, or give this one its own title."
        )
        self.inspection = inspection


def start_by_hand(
    *, title: str, provider: Provider, framework: Framework, revision: Revision
) -> Inspection:
    """Store a draft without a source, with everything that was typed; all or nothing.

    Raises:
        TitleMissing, TypedInAlready: it cannot be told from another.
        RevisionRefused: what does not fit, by field.
    """
    title = title.strip()
    if not title:
        raise TitleMissing
    with transaction.atomic():
        # Locked, so that of two sendings of one form the second finds what the first stored.
        provider = Provider.objects.select_for_update().get(pk=provider.pk)
        _refuse_a_second(provider, title)
        inspection = Inspection.objects.create(
            provider=provider,
            provider_name=provider.name,
            framework=framework,
            title=title[:LONGEST_TITLE],
            score_max=framework.score_max,
        )
        typed = replace(revision, values={"title": title, **revision.values})
        revise_draft(inspection=inspection, revision=typed)
    return inspection


def _refuse_a_second(provider: Provider, title: str) -> None:
    known = provider.inspections.filter(source=None, title=title).order_by("pk").first()
    if known is not None:
        raise TypedInAlready(known)
