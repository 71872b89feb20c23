"""One report in: parsed, matched, stored as a draft, completed by a person, published if asked.

All that one call writes is one transaction: where anything is refused, nothing was stored, and the
same call with what was missing works.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.models import Inspection
from inspections.publishing import publish_inspection
from inspections.report_import.choices import ProviderChoices
from inspections.report_import.matching import choose_framework, match_bodies
from inspections.report_import.storing import keep_source, store_draft
from inspections.report_import.supplying import (
    check_paths,
    is_supplied,
    read_choices,
    supply_values,
)
from inspections.report_parser import ParsedReport, parse_report


@dataclass(frozen=True, slots=True)
class ImportedReport:
    """What came of an import; nothing was written where all three are false.

    `is_new` is false where the same bytes were here before.
    """

    report: ParsedReport
    inspection: Inspection
    is_new: bool
    is_completed: bool
    is_published_now: bool

    @property
    def is_changed(self) -> bool:
        return self.is_new or self.is_completed or self.is_published_now


def import_report(
    *,
    source: bytes,
    now: datetime,
    values: Mapping[str, str] | None = None,
    choices: ProviderChoices | None = None,
    publish_as: Any = None,
) -> ImportedReport:
    """Store a report as a draft, supply `values` to it and publish it as `publish_as` if given.

    The same bytes find the draft they made before. `values` maps paths to what a person wrote;
    `choices` names bodies where the caller has them at hand, and is read off `values` otherwise.

    Raises:
        ReportRefused: the source is no inspection report in English.
        ImportRefused: a subclass names what cannot be matched or supplied.
        PublicationRefused: a subclass names what publication still lacks.
    """
    report = parse_report(source)
    known = check_paths(values or {})
    with transaction.atomic():
        inspection, is_new = _find_or_store(report, known, choices, now)
        is_draft = inspection.state != Inspection.State.PUBLISHED
        is_completed = bool(known) and (is_draft or not is_supplied(inspection, known))
        if is_completed:
            supply_values(inspection=inspection, values=known)
        is_published_now = publish_as is not None and is_draft
        if is_published_now:
            publish_inspection(inspection=inspection, actor=publish_as, now=now)
    return ImportedReport(report, inspection, is_new, is_completed, is_published_now)


def _find_or_store(
    report: ParsedReport,
    values: Mapping[str, str],
    choices: ProviderChoices | None,
    now: datetime,
) -> tuple[Inspection, bool]:
    source = keep_source(report, now=now)
    known = Inspection.objects.filter(source=source).select_related("provider").first()
    if known is not None:
        return known, False
    bodies = match_bodies(report, choices or read_choices(values))
    framework = choose_framework(report)
    inspection = store_draft(report=report, source=source, framework=framework, bodies=bodies)
    return inspection, True
