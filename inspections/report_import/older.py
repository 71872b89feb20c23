"""Puts an older inspection on record of which little is known: whose, when, and what it asked.

No rating, no sample, no methodology: what nobody typed is not made up. Where the day of publication
is not known, the month or the year stands for itself; see `Inspection.published_known_to`.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from inspections.models import Framework, Inspection, Provider, Recommendation
from inspections.reference_data import framework as current
from inspections.report_import.checking import check_again
from inspections.report_import.refusals import ImportRefused

HIGHEST_NUMBER = 999
EARLIEST_YEAR = 1990
DAYS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d")
MONTHS = ("%B %Y", "%b %Y", "%m/%Y", "%Y-%m")
_NUMBERED = re.compile(r"(?:recommendation\s+)?(\d{1,3})\s*[.):]\s*(.+)", re.IGNORECASE)
_BULLET = re.compile(r"[•*–-]\s+")


class PeriodNotUnderstood(ImportRefused):
    """It is no day, month or year."""

    def __init__(self) -> None:
        super().__init__(
            "Give the day, the month or the year, as far as you know it: 12 May 2022, May 2022 or"
            " 2022."
        )


class PeriodNotOver(ImportRefused):
    """An older inspection lies in the past."""

    def __init__(self) -> None:
        super().__init__(
            "That is not over yet; give the day or the month, or import the report instead."
        )


class NoRecommendation(ImportRefused):
    """Nothing to put on record."""

    def __init__(self) -> None:
        super().__init__("Type one recommendation at least, each on a line of its own.")


class TooManyRecommendations(ImportRefused):
    """No report has so many; probably something else was pasted."""

    def __init__(self) -> None:
        super().__init__(
            f"These are more than {HIGHEST_NUMBER} lines; type the recommendations alone, one a"
            " line."
        )


class NumberTwice(ImportRefused):
    """Two recommendations bear one number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"The number {number} stands before two of the lines; correct one.")


class OnRecordAlready(ImportRefused):
    """The form was sent twice, or somebody else typed the same in; `inspection` is what is here."""

    def __init__(self, inspection: Inspection) -> None:
        super().__init__(
            f"An inspection of that time is here already: {inspection}. This is its record."
        )
        self.inspection = inspection


@dataclass(frozen=True, slots=True)
class Period:
    """When a report came out: a day, or the last one of the month or year that is known."""

    last_day: date
    known_to: Inspection.KnownTo


def read_period(text: str, *, today: date) -> Period:
    """Read "12 May 2022", "May 2022" or "2022".

    Raises:
        PeriodNotUnderstood: it is none of these.
        PeriodNotOver: its last day has not passed.
    """
    period = _read(" ".join(text.split()))
    if period is None or period.last_day.year < EARLIEST_YEAR:
        raise PeriodNotUnderstood
    if period.last_day > today:
        raise PeriodNotOver
    return period


def _read(text: str) -> Period | None:
    if re.fullmatch(r"[0-9]{4}", text) and int(text) >= EARLIEST_YEAR:
        return Period(date(int(text), 12, 31), Inspection.KnownTo.YEAR)
    if found := _parsed(text, MONTHS):
        last = monthrange(found.year, found.month)[1]
        return Period(found.replace(day=last), Inspection.KnownTo.MONTH)
    if found := _parsed(text, DAYS):
        return Period(found, Inspection.KnownTo.DAY)
    return None


def _parsed(text: str, formats: Sequence[str]) -> date | None:
    for each in formats:
        try:
            return datetime.strptime(text, each).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def read_recommendations(text: str) -> list[tuple[int, str]]:
    """Read one recommendation a line; a line without a number takes the lowest that is free.

    Raises:
        NoRecommendation: there is no line.
        TooManyRecommendations: there are more lines than numbers.
        NumberTwice: a number stands before two of them.
    """
    typed = list(_typed(text))
    if not typed:
        raise NoRecommendation
    if len(typed) > HIGHEST_NUMBER:
        raise TooManyRecommendations
    given = [number for number, _ in typed if number]
    doubled = next((number for number in given if given.count(number) > 1), None)
    if doubled is not None:
        raise NumberTwice(doubled)
    free = (number for number in range(1, HIGHEST_NUMBER + 1) if number not in given)
    return [(number or next(free), wording) for number, wording in typed]


def _typed(text: str) -> Iterator[tuple[int, str]]:
    for line in text.splitlines():
        words = _BULLET.sub("", " ".join(line.split()), count=1)
        if numbered := _NUMBERED.fullmatch(words):
            yield int(numbered[1]), numbered[2]
        elif words:
            yield 0, words


def start_older(
    *, provider: Provider, period: Period, recommendations: Sequence[tuple[int, str]]
) -> Inspection:
    """Store the draft of an older inspection, all of it addressed to the provider inspected.

    Raises:
        OnRecordAlready: one of the same provider and time is here.
    """
    with transaction.atomic():
        # Locked, so that of two sendings of one form the second finds what the first stored.
        provider = Provider.objects.select_for_update().get(pk=provider.pk)
        known = provider.inspections.filter(published_on=period.last_day).order_by("pk").first()
        if known is not None:
            raise OnRecordAlready(known)
        inspection = _stored(provider, period)
        Recommendation.objects.bulk_create(
            Recommendation(
                inspection=inspection,
                number=number,
                text=wording,
                addressed_to=provider.name,
                addressee=provider,
            )
            for number, wording in recommendations
        )
        check_again(inspection)
    return inspection


def _stored(provider: Provider, period: Period) -> Inspection:
    inspection = Inspection(
        provider=provider,
        provider_name=provider.name,
        framework=_methodology_not_recorded(),
        published_on=period.last_day,
        published_known_to=period.known_to,
        is_historical=True,
    )
    inspection.title = f"Inspection of {provider.name}, {inspection.published_in_words}"
    inspection.save()
    return inspection


def _methodology_not_recorded() -> Framework:
    """Return the framework of inspections of which no methodology is known."""
    framework, _ = Framework.objects.get_or_create(
        code=Framework.NOT_RECORDED,
        defaults={
            "name": "Methodology not recorded",
            "judgement_scale": current.JUDGEMENT_SCALE,
            "judgements": current.JUDGEMENTS,
        },
    )
    return framework
