import json
import math
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from tracker.domain import events as e
from tracker.domain.stored_form import (
    EVENT_CLASSES,
    FREE_TEXT_FIELDS,
    MAX_BYTES,
    NotStorable,
    canonical_json,
    facts_json,
    restore,
    split,
    texts_json,
)
from tracker.domain.upcasters import UnknownEvent
from tracker.domain.vocabulary import EvidenceKind

ON = date(2026, 9, 30)
EVIDENCE = e.EvidenceAttached(
    occurred_on=ON,
    evidence_id=UUID(int=7),
    kind=EvidenceKind.FILE,
    file_id=None,
    sha256="ab",
    size=12,
    media_type=None,
    action_id=None,
    standards=("P 2.3", "P 2.4"),
    key_questions=(),
    findings=(3, 4),
    figure=e.MeasureValue(n=3, m=5),
    title="Tŷ – “audit”",
    location="",
)


def stored(event: e.Event) -> dict[str, Any]:
    facts, texts = split(event)
    return {
        "type": event.type,
        "schema_version": event.schema_version,
        "facts": facts_json(facts),
        "texts": texts_json(texts),
        "occurred_on": event.occurred_on,
    }


def test_facts_texts_and_the_day_are_kept_apart() -> None:
    facts, texts = split(EVIDENCE)
    assert texts == {"title": "Tŷ – “audit”", "location": ""}
    assert "occurred_on" not in facts
    assert not facts.keys() & texts.keys()


def test_the_stored_form_is_canonical_json_of_builtins() -> None:
    assert stored(EVIDENCE)["facts"] == (
        '{"action_id":null,"evidence_id":"00000000-0000-0000-0000-000000000007",'
        '"figure":{"m":5,"n":3,"number":null,"on":null},"file_id":null,"findings":[3,4],'
        '"key_questions":[],"kind":"file","media_type":null,"sha256":"ab","size":12,'
        '"standards":["P 2.3","P 2.4"]}'
    )
    assert stored(EVIDENCE)["texts"] == '{"location":"","title":"Tŷ – “audit”"}'


def test_an_event_reads_back_the_same() -> None:
    assert restore(**stored(EVIDENCE)) == EVIDENCE


def test_redacted_text_reads_back_as_none_and_facts_stay() -> None:
    expected = replace(EVIDENCE, title=None, location=None)
    assert restore(**{**stored(EVIDENCE), "texts": None}) == expected


def test_every_class_has_its_own_permanent_type() -> None:
    assert len(EVENT_CLASSES) == 39
    assert all(type_ == type_.lower() for type_ in EVENT_CLASSES)
    assert FREE_TEXT_FIELDS["recommendation_basis_linked"] == frozenset()
    assert FREE_TEXT_FIELDS["evidence_attached"] == {"title", "location"}


@pytest.mark.parametrize(
    "change",
    [
        {"occurred_on": datetime(2026, 9, 30, 8, 0)},  # noqa: DTZ001 - a date is asked for
        {"findings": [3, 4]},
        {"size": "12"},
        {"size": 12.0},
        {"kind": "photograph"},
        {"figure": e.MeasureValue(n=1.5)},  # type: ignore[arg-type]
        {"title": None},
        {"title": 3},
    ],
)
def test_an_event_that_would_not_read_back_the_same_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(NotStorable):
        split(replace(EVIDENCE, **change))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("a\x00b", "NUL"),
        ("\ud800", "half a character"),
        ("x" * MAX_BYTES, "longer than 64 kB"),
        ("é" * (MAX_BYTES // 2), "longer than 64 kB"),
        (1.0, "float"),
        (math.nan, "float"),
        ({"deep": [[{"er": "\x00"}]]}, "NUL"),
        ({"deep": [[{"er": 2.5}]]}, "float"),
    ],
)
def test_what_cannot_be_kept_for_ever_is_refused_with_a_sentence(value: object, said: str) -> None:
    with pytest.raises(NotStorable, match=said) as refusal:
        canonical_json({"text": value})
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "text",
    ["\\u0000", "\u2028", "𝄞", "e\u0301", "\u202e", "a\r\nb", "x" * (MAX_BYTES - 11), ""],
)
def test_every_other_text_is_kept_to_the_letter(text: str) -> None:
    assert json.loads(canonical_json({"text": text})) == {"text": text}


def test_keys_are_sorted_and_unicode_is_not_escaped() -> None:
    assert canonical_json({"b": 1, "a": {"d": None, "c": "ŵ"}}) == '{"a":{"c":"ŵ","d":null},"b":1}'


def test_an_unknown_type_is_refused_loudly() -> None:
    with pytest.raises(UnknownEvent, match="'weather_changed' in schema version 2"):
        restore(**{**stored(EVIDENCE), "type": "weather_changed"})


@pytest.mark.parametrize("schema_version", [0, 3, 99])
def test_an_unknown_schema_version_is_refused_loudly(schema_version: int) -> None:
    with pytest.raises(UnknownEvent, match="Install the release that wrote it"):
        restore(**{**stored(EVIDENCE), "schema_version": schema_version})


@pytest.mark.parametrize("facts", ['{"note":"a"}', '{"extra":1}', "[]", '{"occurred_on":"x"}'])
def test_stored_facts_that_do_not_fit_the_class_are_refused(facts: str) -> None:
    with pytest.raises((msgspec.ValidationError, TypeError)):
        restore(
            type="recommendation_basis_linked",
            schema_version=1,
            facts=facts,
            texts="{}",
            occurred_on=ON,
        )
