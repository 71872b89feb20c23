"""The single-valued fields of a report: their paths, their columns, and how a person writes them.

A path is what the parsed report, its import issues and a supplied value call the field. Nothing
here reads or writes a row.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models

from inspections.models import Inspection
from inspections.ratings import Rating
from inspections.report_parser import ParsedReport

Value = str | int | date | None
HIGHEST_SMALL_COUNT = 32_767
HIGHEST_COUNT = 999_999_999


@dataclass(frozen=True, slots=True)
class Form:
    """How a value is written: `expected` ends the sentence "supply …"."""

    expected: str
    read: Callable[[str], Value]


@dataclass(frozen=True, slots=True)
class Column:
    """The column of the inspection that holds a field."""

    name: str
    form: Form

    @property
    def when_absent(self) -> Value:
        return None if self._place.null else ""

    def fit(self, value: Value) -> Any:
        """Return the value as the column holds it.

        Raises:
            ValidationError: it is too large, on whichever database.
        """
        if isinstance(value, int) and value > self._highest:
            raise ValidationError(f"No more than {self._highest} can be kept.")
        return self._place.clean(value, None)

    @property
    def _place(self) -> "models.Field[Any, Any]":
        return cast("models.Field[Any, Any]", Inspection._meta.get_field(self.name))

    @property
    def _highest(self) -> int:
        # SQLite keeps larger numbers than PostgreSQL; a report must not depend on the database.
        small = isinstance(self._place, models.PositiveSmallIntegerField)
        return HIGHEST_SMALL_COUNT if small else HIGHEST_COUNT


def _read_date(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _read_month(text: str) -> str:
    return _read_date(f"{text}-01").isoformat()[:7]


def _read_count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2}", text):
        raise ValueError(text)
    return int(text.replace(",", ""))


def _read_rating(text: str) -> str:
    return Rating("_".join(text.casefold().replace("_", " ").split())).value


def _read_text(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


DATE = Form("a date such as 2026-01-15", _read_date)
MONTH = Form("a month such as 2026-01", _read_month)
COUNT = Form("a whole number", _read_count)
RATING = Form("one of " + ", ".join(f"“{rating.label}”" for rating in Rating), _read_rating)
TEXT = Form("some words", _read_text)

COLUMNS: Mapping[str, Column] = {
    "title": Column("title", TEXT),
    "published_on": Column("published_on", DATE),
    "fieldwork.starts_on": Column("fieldwork_starts_on", DATE),
    "fieldwork.month": Column("fieldwork_month", MONTH),
    "fieldwork.weeks": Column("fieldwork_weeks", COUNT),
    "score": Column("score", COUNT),
    "score_max": Column("score_max", COUNT),
    "overall_rating": Column("overall_rating", RATING),
    "sample.community_orders": Column("sample_community_orders", COUNT),
    "sample.licence_releases": Column("sample_licence_releases", COUNT),
    "sample.interviews": Column("sample_interviews", COUNT),
    "population": Column("population", COUNT),
    "caseload": Column("caseload", COUNT),
    "caseload_breakdown.community": Column("caseload_community", COUNT),
    "caseload_breakdown.licence": Column("caseload_licence", COUNT),
    "caseload_breakdown.custody": Column("caseload_custody", COUNT),
    "previous_inspection.year": Column("previous_year", COUNT),
    "previous_inspection.overall_rating": Column("previous_rating", RATING),
    "lead_inspector": Column("lead_inspector", TEXT),
}


def value_at(report: ParsedReport, path: str) -> Value:
    """Return what the report says at the path of a column; None where it says nothing."""
    found: object = report
    for name in path.split("."):
        found = getattr(found, name) if found is not None else None
    return found if isinstance(found, str | int | date) else None
