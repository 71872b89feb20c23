"""Deeds of a row as its database row keeps them until they are done, and back again."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from tracker.domain.roles import MAY_GIVE
from tracker.exchange.kinds import Deed, PlannedRow
from tracker.models import ExchangeJob, ImportRow

COMMANDS = {command_type.__name__: command_type for command_type in MAY_GIVE}


def as_row(job: ExchangeJob, place: int, planned: PlannedRow) -> ImportRow:
    """Return the row that keeps what was planned, at its place among all of the job."""
    return ImportRow(
        job=job,
        place=place,
        number=planned.number,
        verdict=_verdict(planned),
        recommendation_id=planned.recommendation_id,
        version=planned.version,
        acting_role=planned.acting_role or "",
        says=storable(list(planned.says)),
        why=storable(planned.why),
        warnings=storable(list(planned.warnings)),
        deeds=storable([_as_json(deed) for deed in planned.deeds]),
    )


def _verdict(planned: PlannedRow) -> ImportRow.Verdict:
    """Let nothing with a warning be done unseen, as a form that warns comes back once."""
    is_warned = bool(planned.warnings) and planned.verdict == ImportRow.Verdict.READY
    return ImportRow.Verdict.FLAGGED if is_warned else planned.verdict


def deeds_of(row: ImportRow) -> Sequence[Deed]:
    """Return what is to be done for the row."""
    return [_from_json(stored) for stored in row.deeds]


def _as_json(deed: Deed) -> Mapping[str, Any]:
    return {
        "command": type(deed.command).__name__,
        "fields": msgspec.to_builtins(deed.command),
        "form": deed.form,
        "values": {name: list(texts) for name, texts in deed.values.items()},
    }


def _from_json(stored: Mapping[str, Any]) -> Deed:
    command_type = COMMANDS[stored["command"]]
    return Deed(
        command=msgspec.convert(stored["fields"], command_type),
        form=stored["form"],
        values=stored["values"],
    )


def storable(value: Any) -> Any:
    """Return the value as PostgreSQL can keep it: it has no place for a null character."""
    match value:
        case str():
            text = value.replace("\x00", "\N{REPLACEMENT CHARACTER}")
            return text.encode("utf-8", "replace").decode("utf-8")
        case dict():
            return {name: storable(each) for name, each in value.items()}
        case list():
            return [storable(each) for each in value]
    return value
