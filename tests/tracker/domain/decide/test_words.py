from dataclasses import fields, replace
from typing import Any

import pytest

from tests.tracker.domain.examples import ALL, Example
from tests.tracker.domain.scenario import require_one_sentence
from tracker.domain.decide.words import BRIEF, LONG, needed, optional
from tracker.domain.rejection import CommandRejected

NO_TEXT = {"framework", "sha256", "media_type", "judgement"}
OPTIONAL = {"note", "authority", "risk_register_reference"}
NOT_ALWAYS_NEEDED = {("ChangeActionOwner", "reason")}


def texts() -> list[object]:
    return [
        pytest.param(example, field.name, id=f"{type(example.command).__name__}-{field.name}")
        for example in ALL
        for field in fields(example.command)
        if type(getattr(example.command, field.name)) is str and field.name not in NO_TEXT
    ]


def reworded(command: Any, field: str, text: str) -> Any:
    return replace(command, **{field: text})


def is_needed(example: Example, field: str) -> bool:
    return (
        field not in OPTIONAL and (type(example.command).__name__, field) not in NOT_ALWAYS_NEEDED
    )


@pytest.mark.parametrize(("example", "field"), texts())
def test_a_text_that_is_needed_cannot_be_blank(example: Example, field: str) -> None:
    for blank in ("", " \n\t ", "\u00a0", "\u200b\u200b"):
        outcome = example.when(reworded(example.command, field, blank))
        if is_needed(example, field):
            outcome.rejected("text_missing", field=field)
        else:
            (event,) = outcome.accepted()
            assert getattr(event, field) == ""


@pytest.mark.parametrize(("example", "field"), texts())
def test_no_text_is_endless(example: Example, field: str) -> None:
    command = reworded(example.command, field, "x" * 10_001)
    example.when(command).rejected("text_too_long", field=field)


@pytest.mark.parametrize(("example", "field"), texts())
def test_no_text_holds_what_the_log_cannot_store(example: Example, field: str) -> None:
    for character in ("\x00", "\x1b", "\ud800"):
        command = reworded(example.command, field, f"a{character}b")
        example.when(command).rejected("text_unreadable", field=field)


@pytest.mark.parametrize(("example", "field"), texts())
def test_texts_are_trimmed(example: Example, field: str) -> None:
    said = getattr(example.command, field)
    command = reworded(example.command, field, f"  {said}\n")
    assert example.when(command).events == example.when().accepted()


def test_line_breaks_are_plain() -> None:
    assert optional("one\r\ntwo\rthree\vfour", field="note") == "one\ntwo\nthree\nfour"


def test_a_text_of_just_the_limit_is_kept() -> None:
    assert len(needed("x" * LONG, field="text", what="anything")) == LONG
    with pytest.raises(CommandRejected) as refusal:
        optional("x" * (BRIEF + 1), field="reason", limit=BRIEF)
    assert "2,001 characters; shorten it to 2,000 or fewer" in refusal.value.sentence
    require_one_sentence(refusal.value.sentence)
