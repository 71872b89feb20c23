"""What was ever stored stays readable: one file per event type and schema version, for ever.

`stored` is what lies in the log and never changes. `reads_as` is today's shape of it; it follows
the event class when an upcaster is added. A new type or version comes with a new file.
"""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tracker.domain.stored_form import (
    EVENT_CLASSES,
    FREE_TEXT_FIELDS,
    facts_json,
    restore,
    split,
    texts_json,
)

FILES = sorted(Path(__file__).parent.glob("*.json"))


def read(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    example = json.loads(path.read_text(encoding="utf-8"))
    stored = example["stored"]
    stored["occurred_on"] = date.fromisoformat(stored["occurred_on"])
    return stored, example["reads_as"]


def as_json(event: object) -> Any:
    return json.loads(msgspec.json.encode(event))


def test_every_type_has_a_file_for_each_of_its_schema_versions() -> None:
    needed = {
        f"{type_}.{version}"
        for type_, cls in EVENT_CLASSES.items()
        for version in range(1, cls.schema_version + 1)
    }
    assert {path.stem for path in FILES} == needed


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_stored_event_reads_as_it_always_did(path: Path) -> None:
    stored, reads_as = read(path)
    assert path.stem == f"{stored['type']}.{stored['schema_version']}"
    assert as_json(restore(**stored)) == reads_as


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_redacted_event_keeps_everything_but_its_text(path: Path) -> None:
    stored, reads_as = read(path)
    without_text = dict.fromkeys(FREE_TEXT_FIELDS[stored["type"]])
    assert as_json(restore(**{**stored, "texts": None})) == {**reads_as, **without_text}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_newest_shape_is_stored_to_the_same_letters(path: Path) -> None:
    stored, _ = read(path)
    event = restore(**stored)
    if stored["schema_version"] < event.schema_version:
        return
    facts, texts = split(event)
    assert (facts_json(facts), texts_json(texts)) == (stored["facts"], stored["texts"])


@pytest.mark.parametrize("cls", EVENT_CLASSES.values(), ids=lambda cls: cls.type)
def test_an_example_fills_every_field(cls: Any) -> None:
    example = Path(__file__).with_name(f"{cls.type}.{cls.schema_version}.json")
    _, reads_as = read(example)
    assert reads_as.keys() == {field.name for field in fields(cls)}
    assert None not in reads_as.values()
