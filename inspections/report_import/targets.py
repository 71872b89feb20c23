"""Where each field leads: the rows of a draft that a supplied value is written to.

One writer per shape of path, and the table that finds it. Nothing is recorded as supplied here.
"""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from inspections.models import (
    Finding,
    Inspection,
    KeyQuestion,
    KeyQuestionResult,
    Provider,
    Recommendation,
    Standard,
    StandardRating,
)
from inspections.report_import.choices import choose_provider, choose_providers
from inspections.report_import.fields import COLUMNS, RATING, TEXT, Form
from inspections.report_import.redirecting import redirect_inspection, redirect_recommendation
from inspections.report_import.supply import FieldNotKnown, Supply, ValueNotUnderstood

HIGHEST_PERCENT = 100
HIGHEST_NUMBER = 999
PROVIDER_KIND = Form(
    "one of " + ", ".join(Provider.Kind.values), lambda text: Provider.Kind(text).value
)
KIND_OF_FINDING = Form(
    "one of " + ", ".join(Finding.Kind.values), lambda text: Finding.Kind(text).value
)


def _write_column(supply: Supply) -> None:
    column = COLUMNS[supply.path]
    if supply.is_absent and supply.path != "title":
        setattr(supply.inspection, column.name, column.when_absent)
        return
    value = supply.read(column.form)
    try:
        held = column.fit(value)
    except ValidationError as refusal:
        reason = " ".join(refusal.messages)
        expected = f"{column.form.expected} that can be kept ({reason})"
        raise ValueNotUnderstood(supply.path, supply.value, expected) from None
    setattr(supply.inspection, column.name, held)
    if column.name == "published_on":  # whoever gives a day knows the day
        supply.inspection.published_known_to = Inspection.KnownTo.DAY


def _write_provider(supply: Supply) -> None:
    provider = choose_provider(supply.directory, supply.path, supply.value)
    redirect_inspection(supply.inspection, provider)


def _check_kind(supply: Supply) -> None:
    """Accept the kind that the provider has; it was chosen by it, and is not changed here."""
    kind = supply.inspection.provider.kind
    if supply.read(PROVIDER_KIND) != kind:
        expected = f"“{kind}”, which {supply.inspection.provider} is, or another provider"
        raise ValueNotUnderstood(supply.path, supply.value, expected)


def _standard(supply: Supply, code: str) -> Standard:
    standard = supply.inspection.framework.standards.filter(code=code).first()
    if standard is None:
        raise FieldNotKnown(supply.path)
    return standard


def _write_rating(supply: Supply, code: str) -> None:
    StandardRating.objects.update_or_create(
        inspection=supply.inspection,
        standard=_standard(supply, code),
        defaults={"rating": "" if supply.is_absent else supply.read_words(RATING)},
    )


def _write_wording(supply: Supply, code: str) -> None:
    StandardRating.objects.update_or_create(
        inspection=supply.inspection,
        standard=_standard(supply, code),
        defaults={"wording": "" if supply.is_absent else supply.read_words(TEXT)},
    )


def _question(supply: Supply, code: str, ordinal: str) -> KeyQuestion:
    asked = _standard(supply, code).key_questions.filter(ordinal=int(ordinal)).first()
    if asked is None:
        raise FieldNotKnown(supply.path)
    return asked


def _write_percent(supply: Supply, code: str, ordinal: str) -> None:
    question = _question(supply, code, ordinal)
    percent = None if supply.is_absent else supply.read_count(HIGHEST_PERCENT)
    KeyQuestionResult.objects.update_or_create(
        inspection=supply.inspection,
        key_question=question,
        defaults={"percent": percent},
        create_defaults={"percent": percent, "text": question.topic},
    )


def _write_question(supply: Supply, code: str, ordinal: str) -> None:
    KeyQuestionResult.objects.update_or_create(
        inspection=supply.inspection,
        key_question=_question(supply, code, ordinal),
        defaults={"text": supply.read_words(TEXT)},
    )


def _rows(supply: Supply, position: str) -> list[Recommendation]:
    """Return the rows, one per addressee, of the recommendation at that position, from 1."""
    rows = list(supply.inspection.recommendations.select_related("addressee").order_by("pk"))
    groups = dict.fromkeys(row.group for row in rows)
    wanted = list(groups)[int(position) - 1 : int(position)] if int(position) else []
    if not wanted:
        raise FieldNotKnown(supply.path)
    return [row for row in rows if row.group == wanted[0]]


def _write_number(supply: Supply, position: str) -> None:
    number = supply.read_count(HIGHEST_NUMBER)
    rows = _rows(supply, position)
    namesakes = supply.inspection.recommendations.filter(
        number=number, addressee__in=[row.addressee for row in rows]
    )
    if number < 1 or namesakes.exclude(group=rows[0].group).exists():
        raise ValueNotUnderstood(
            supply.path, supply.value, "a number that no other recommendation to that body has"
        )
    supply.inspection.recommendations.filter(group=rows[0].group).update(number=number)


def _write_text(supply: Supply, position: str) -> None:
    group = _rows(supply, position)[0].group
    supply.inspection.recommendations.filter(group=group).update(text=supply.read_words(TEXT))


def _write_welsh(supply: Supply, position: str) -> None:
    group = _rows(supply, position)[0].group
    welsh = "" if supply.is_absent else supply.read_words(TEXT)
    supply.inspection.recommendations.filter(group=group).update(text_cy=welsh)


def _write_addressees(supply: Supply, position: str) -> None:
    addressees = choose_providers(supply.directory, supply.path, supply.value)
    redirect_recommendation(_rows(supply, position), addressees, worded=supply.value)


def _finding(supply: Supply, ordinal: str) -> QuerySet[Finding]:
    found = supply.inspection.findings.filter(ordinal=int(ordinal))
    if not found.exists():
        raise FieldNotKnown(supply.path)
    return found


def _write_finding(supply: Supply, ordinal: str) -> None:
    _finding(supply, ordinal).update(text=supply.read_words(TEXT))


def _write_kind_of_finding(supply: Supply, ordinal: str) -> None:
    _finding(supply, ordinal).update(kind=supply.read_words(KIND_OF_FINDING))


def _write_standard_of_finding(supply: Supply, ordinal: str) -> None:
    """Move the finding to a standard; "absent" is diversity and inclusion, which is none."""
    standard = None if supply.is_absent else _standard(supply, supply.value)
    _finding(supply, ordinal).update(standard=standard)


def _write_region(supply: Supply) -> None:
    """Give a body that the import proposed its region, which is how a person accepts it."""
    _place(supply, supply.inspection.provider)


def _write_region_of_addressee(supply: Supply, pk: str) -> None:
    """Give a body that is new, and an addressee alone, its region."""
    addressed = supply.inspection.recommendations.values("addressee")
    provider = Provider.objects.filter(pk=int(pk), pk__in=addressed).first()
    if provider is None:
        raise FieldNotKnown(supply.path)
    _place(supply, provider)


def _place(supply: Supply, provider: Provider) -> None:
    region = choose_provider(supply.directory, supply.path, supply.value)
    if not provider.is_proposed or region.kind != Provider.Kind.REGION:
        raise ValueNotUnderstood(
            supply.path, supply.value, "the name of a region, for a provider that is new"
        )
    provider.region = region
    provider.save(update_fields=["region"])


_CODE = r"([^.]+\.[^.]+|[^.]+)"
Writer = Callable[..., None]
_WRITERS: tuple[tuple[re.Pattern[str], Writer], ...] = (
    (re.compile("|".join(map(re.escape, COLUMNS))), _write_column),
    (re.compile(r"provider\.name"), _write_provider),
    (re.compile(r"provider\.kind"), _check_kind),
    (re.compile(r"provider\.region"), _write_region),
    (re.compile(r"providers\.([0-9]{1,15})\.region"), _write_region_of_addressee),
    (re.compile(rf"standards\.{_CODE}\.rating"), _write_rating),
    (re.compile(rf"standards\.{_CODE}\.wording"), _write_wording),
    (re.compile(rf"standards\.{_CODE}\.key_questions\.([0-9]{{1,2}})\.percent"), _write_percent),
    (re.compile(rf"standards\.{_CODE}\.key_questions\.([0-9]{{1,2}})\.text"), _write_question),
    (re.compile(r"recommendations\.([0-9]{1,3})\.number"), _write_number),
    (re.compile(r"recommendations\.([0-9]{1,3})\.addressed_to"), _write_addressees),
    (re.compile(r"recommendations\.([0-9]{1,3})\.text"), _write_text),
    (re.compile(r"recommendations\.([0-9]{1,3})\.text_cy"), _write_welsh),
    (re.compile(r"findings\.([0-9]{1,3})\.text"), _write_finding),
    (re.compile(r"findings\.([0-9]{1,3})\.kind"), _write_kind_of_finding),
    (re.compile(r"findings\.([0-9]{1,3})\.standard"), _write_standard_of_finding),
)


def leads_somewhere(path: str) -> bool:
    """Say whether a value can be supplied under the path."""
    return any(pattern.fullmatch(path) for pattern, _ in _WRITERS)


def write(supply: Supply) -> None:
    """Write the value to the rows that its path leads to; the inspection itself is not saved.

    Raises:
        FieldNotKnown: the path leads nowhere, or to a part that this report lacks.
        ValueNotUnderstood: the value does not suit the field.
        ProviderNotOnRecord: a body named by hand is not known.
    """
    for pattern, writer in _WRITERS:
        if match := pattern.fullmatch(supply.path):
            writer(supply, *match.groups())
            return
    raise FieldNotKnown(supply.path)
