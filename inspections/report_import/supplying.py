"""Writes the values that a person supplies for a draft, and records each as supplied.

A field is named as the import issues name it: "published_on", "standards.P 2.3.rating",
"recommendations.2.number". The word "confirmed" instead of a value keeps what the report says,
however odd it looked. What is published is never changed here.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

from django.db import transaction

from inspections.models import ImportIssue, Inspection, Provider
from inspections.provider_names import read_provider_directory
from inspections.publishing import contradiction_to_fieldwork
from inspections.report_import.checking import check_again
from inspections.report_import.choices import ProviderChoices, choose_provider, choose_providers
from inspections.report_import.refusals import ImportRefused
from inspections.report_import.supply import FieldNotKnown, Supply, ValueNotUnderstood
from inspections.report_import.targets import PROVIDER_KIND, leads_somewhere, write

CONFIRMED = "confirmed"
SYNONYMS = {"provider": "provider.name"}
LONGEST_RECORD = 200
# A new provider is accepted by its region.
SETTLES = {"provider.region": "provider.name"}
ON_THE_CALENDAR = {"published_on", "fieldwork.starts_on", "fieldwork.month"}
# Neither database keeps these: a NUL, and what a terminal makes of bytes that are no UTF-8.
_UNSTORABLE = re.compile(r"[\x00\ud800-\udfff]")
_ADDRESSED_TO = re.compile(r"recommendations\.(?P<position>[0-9]{1,3})\.addressed_to")


class NothingToConfirm(ImportRefused):
    """No issue was raised about the field."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"Nothing about {path} is in doubt, so there is nothing to confirm; leave it out."
        )


class PublishedIsFixed(ImportRefused):
    """Values are supplied for drafts only."""

    def __init__(self, inspection: Inspection) -> None:
        super().__init__(
            f"{inspection} is published, so its values stand as they are; "
            "correct single recommendations instead."
        )


class SharedIsFixed(ImportRefused):
    """What named readers read under embargo does not change under their eyes."""

    def __init__(self, inspection: Inspection) -> None:
        super().__init__(
            f"{inspection} is shared under embargo, so its values stand as they are; "
            "take it back to draft in the admin to change them."
        )


class CharactersNotStorable(ImportRefused):
    """The words hold what no database keeps."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"What is supplied for {path} holds characters that cannot be stored; "
            "type it anew, then try again."
        )


class ValuePrecedesFieldwork(ImportRefused):
    """The days supplied would have the report published before the inspectors came."""

    def __init__(self, contradiction: str) -> None:
        super().__init__(contradiction)


def check_paths(values: Mapping[str, str]) -> dict[str, str]:
    """Return the values under the paths that import issues use.

    Raises:
        CharactersNotStorable: a path or its value holds what no database keeps.
        FieldNotKnown: a path leads nowhere. What is confirmed is checked against the issues later.
    """
    known = {SYNONYMS.get(path, path): value.strip() for path, value in values.items()}
    for path, value in known.items():
        if _UNSTORABLE.search(path + value):
            raise CharactersNotStorable(path)
        if value != CONFIRMED and not leads_somewhere(path):
            raise FieldNotKnown(path)
    return known


def read_choices(values: Mapping[str, str]) -> ProviderChoices:
    """Return what the values say about bodies, which must be known before a report is stored.

    Raises:
        ProviderNotOnRecord: a name is nobody's, or several providers'.
        ValueNotUnderstood: the kind is none.
    """
    named = {path: value for path, value in values.items() if value != CONFIRMED}
    inspected, kind = named.get("provider.name"), named.get("provider.kind")
    addressed = {
        int(match["position"]): (path, value)
        for path, value in named.items()
        if (match := _ADDRESSED_TO.fullmatch(path))
    }
    if kind is not None and kind not in Provider.Kind.values:
        raise ValueNotUnderstood("provider.kind", kind, PROVIDER_KIND.expected)
    if inspected is None and not addressed:
        return ProviderChoices(kind=kind)
    directory = read_provider_directory(on=None)
    return ProviderChoices(
        inspected=choose_provider(directory, "provider.name", inspected) if inspected else None,
        kind=kind,
        addressees={
            position: choose_providers(directory, path, names)
            for position, (path, names) in addressed.items()
        },
    )


def supply_values(*, inspection: Inspection, values: Mapping[str, str]) -> None:
    """Write the values to the draft and record them with its import issues, all or nothing.

    Raises:
        PublishedIsFixed, SharedIsFixed: it is no draft any more.
        ImportRefused: a subclass names the field or the value that does not fit.
    """
    known = check_paths(values)
    with transaction.atomic():
        fresh = Inspection.objects.select_for_update().get(pk=inspection.pk)
        refuse_unless_draft(fresh)
        for refusal in write_values(fresh, known).values():
            raise refusal
        check_again(fresh)
    inspection.refresh_from_db()


def write_values(fresh: Inspection, values: Mapping[str, str]) -> dict[str, ImportRefused]:
    """Write the values to a locked draft; return what was refused, by path.

    Where anything is refused the caller takes all of it back.
    """
    refused: dict[str, ImportRefused] = {}
    directory = read_provider_directory(on=None)
    for path, value in values.items():
        if value != CONFIRMED:
            _try(refused, path, partial(write, Supply(fresh, directory, path, value)))
    _try(refused, "score", partial(_refuse_impossible_score, fresh))
    _try(refused, _day_among(values), partial(_refuse_publication_before_fieldwork, fresh, values))
    if refused:
        return refused
    fresh.save()
    for path, value in values.items():
        _try(refused, path, partial(record_supplied, fresh, path, value))
    return refused


def _try(refused: dict[str, ImportRefused], path: str, deed: Callable[[], None]) -> None:
    try:
        deed()
    except ImportRefused as refusal:
        refused.setdefault(path, refusal)


def _day_among(values: Mapping[str, str]) -> str:
    return next((path for path in values if path in ON_THE_CALENDAR), "published_on")


def refuse_unless_draft(inspection: Inspection) -> None:
    """Refuse to change what others may read already.

    Raises:
        PublishedIsFixed: it is published.
        SharedIsFixed: it is shared under embargo.
    """
    if inspection.state == Inspection.State.PUBLISHED:
        raise PublishedIsFixed(inspection)
    if inspection.state == Inspection.State.EMBARGOED:
        raise SharedIsFixed(inspection)


def is_supplied(inspection: Inspection, values: Mapping[str, str]) -> bool:
    """Say whether these very values were supplied before, so that nothing new is said."""
    recorded = ImportIssue.objects.filter(source__inspection=inspection).exclude(supplied="")
    before = set(recorded.values_list("field", "supplied"))
    return all((path, value[:LONGEST_RECORD]) in before for path, value in values.items())


def _refuse_impossible_score(inspection: Inspection) -> None:
    score, highest = inspection.score, inspection.score_max
    if score is not None and highest is not None and score > highest:
        raise ValueNotUnderstood("score", str(score), f"a score of at most {highest}")


def _refuse_publication_before_fieldwork(inspection: Inspection, values: Mapping[str, str]) -> None:
    """Look only where a day is supplied: what the report itself says waits for publication."""
    supplied = {path for path, value in values.items() if value != CONFIRMED}
    contradiction = contradiction_to_fieldwork(inspection)
    if contradiction and supplied & ON_THE_CALENDAR:
        raise ValuePrecedesFieldwork(contradiction)


def record_supplied(inspection: Inspection, path: str, value: str) -> None:
    """Note with the import issues that a person supplied the value, or confirmed the report's.

    Raises:
        NothingToConfirm: no issue was raised about the field.
    """
    issues = ImportIssue.objects.of(inspection).filter(field=SETTLES.get(path, path))
    if issues.update(supplied=value[:LONGEST_RECORD]):
        return
    if value == CONFIRMED:
        raise NothingToConfirm(path)
    if inspection.source is None:
        return  # all of it was typed in by a person
    ImportIssue.objects.create(
        source=inspection.source,
        field=path,
        severity=ImportIssue.Severity.WARNING,
        message="A person supplied this in place of what was read from the report.",
        supplied=value[:LONGEST_RECORD],
    )
