"""Puts the reference data into the tables; safe to run any number of times."""

import csv
from pathlib import Path

from django.db import connections, transaction

from inspections.models import Framework, KeyQuestion, Provider, RatingBand, Standard, Theme
from inspections.reference_data import framework as current

PROVIDERS_FILE = Path(__file__).with_name("providers.csv")


def load_reference_data(*, using: str = "default") -> None:
    """Add the regions, units, framework and themes missing; do nothing before the tables exist."""
    if Theme._meta.db_table not in connections[using].introspection.table_names():
        return
    with transaction.atomic(using=using):
        _load_providers(using)
        _load_framework(using)
        _load_themes(using)


def _load_providers(using: str) -> None:
    providers = Provider.objects.using(using)
    if providers.filter(kind=Provider.Kind.PDU, is_demonstration=False).exists():
        return
    with PROVIDERS_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    providers.get_or_create(kind=Provider.Kind.NATIONAL, name="HMPPS")
    for row in rows:
        region, _ = providers.get_or_create(kind=Provider.Kind.REGION, name=row["region"])
        providers.get_or_create(
            kind=Provider.Kind.PDU, name=f"{row['pdu']} PDU", defaults={"region": region}
        )


def _load_framework(using: str) -> None:
    framework, is_new = Framework.objects.using(using).get_or_create(
        code=current.CODE,
        defaults={
            "name": current.NAME,
            "score_max": current.SCORE_MAX,
            "panel_margin": current.PANEL_MARGIN,
            "judgement_scale": current.JUDGEMENT_SCALE,
            "judgements": current.JUDGEMENTS,
        },
    )
    if not is_new:
        return
    for rating, from_percent in current.BANDS.items():
        RatingBand.objects.using(using).create(
            framework=framework, rating=rating, from_percent=from_percent
        )
    for ordinal, (code, name) in enumerate(current.STANDARDS, start=1):
        standard = Standard.objects.using(using).create(
            framework=framework, code=code, name=name, ordinal=ordinal
        )
        _load_key_questions(standard, using)


def _load_key_questions(standard: Standard, using: str) -> None:
    if not standard.code.startswith("P 2."):
        return
    for ordinal, topic in enumerate(current.TOPICS, start=1):
        KeyQuestion.objects.using(using).create(
            standard=standard, code=f"{standard.code}/{ordinal}", ordinal=ordinal, topic=topic
        )


def _load_themes(using: str) -> None:
    for code, name in current.THEMES.items():
        Theme.objects.using(using).get_or_create(code=code, defaults={"name": name})
