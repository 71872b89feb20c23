"""The two invented reports: one imported from the sample, one made as if typed in by hand."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.contrib.auth.models import User

import inspections
from inspections.models import Framework, Inspection, Provider, Recommendation, StandardRating
from inspections.publishing import publish_inspection
from inspections.ratings import Rating
from inspections.report_import import ProviderChoices, import_report
from inspections.report_import.older import Period, start_older
from tracker.demonstration import coast

SAMPLE_REPORT = Path(inspections.__file__).parent / "sample_report" / "example_valleys_pdu.txt"
COAST_RATINGS = {
    "P 1.1": Rating.GOOD,
    "P 1.2": Rating.REQUIRES_IMPROVEMENT,
    "P 1.3": Rating.GOOD,
    "P 2.1": Rating.REQUIRES_IMPROVEMENT,
    "P 2.2": Rating.GOOD,
    "P 2.3": Rating.REQUIRES_IMPROVEMENT,
    "P 2.4": Rating.INADEQUATE,
}


def publish_coast(*, unit: Provider, published_on: date, actor: User, now: datetime) -> Inspection:
    """Publish the Coast's inspection, which has recommendations and ratings but no source."""
    framework = Framework.objects.get(code="pdu-7-standards")
    inspection = Inspection.objects.create(
        provider=unit,
        framework=framework,
        title=f"An inspection of probation services in {unit.name}",
        provider_name=unit.name,
        published_on=published_on,
        score=sum(rating.points for rating in COAST_RATINGS.values()),
        score_max=framework.score_max,
        overall_rating=Rating.REQUIRES_IMPROVEMENT,
        lead_inspector="Huw Parry",
    )
    for standard in framework.standards.order_by("ordinal"):
        StandardRating.objects.create(
            inspection=inspection, standard=standard, rating=COAST_RATINGS[standard.code]
        )
    for number, text in enumerate(coast.RECOMMENDATIONS, start=1):
        Recommendation.objects.create(
            inspection=inspection,
            number=number,
            text=text,
            addressed_to=unit.name,
            addressee=unit,
        )
    return publish_inspection(inspection=inspection, actor=actor, now=now)


def publish_older(*, unit: Provider, year: int, actor: User, now: datetime) -> Inspection:
    """Put the unit's inspection before the story on record: its year and two recommendations."""
    period = Period(date(year, 12, 31), Inspection.KnownTo.YEAR)
    older = enumerate(coast.OLDER_RECOMMENDATIONS, start=1)
    draft = start_older(provider=unit, period=period, recommendations=list(older))
    return publish_inspection(inspection=draft, actor=actor, now=now)


def publish_valleys(
    *, unit: Provider, published_on: date, actor: User, now: datetime
) -> Inspection:
    """Import the sample report as of the story's day, its fieldwork twelve weeks before."""
    fieldwork_starts_on = published_on - timedelta(weeks=12)
    values = {
        "published_on": published_on.isoformat(),
        "fieldwork.starts_on": fieldwork_starts_on.isoformat(),
        "fieldwork.month": f"{fieldwork_starts_on:%Y-%m}",
    }
    return import_report(
        source=SAMPLE_REPORT.read_bytes(),
        now=now,
        values=values,
        choices=ProviderChoices(inspected=unit, addressees={}),
        publish_as=actor,
    ).inspection
