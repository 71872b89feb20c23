"""Every refusal that the rules can give is provoked by a test, by its permanent code."""

import re
from pathlib import Path

import pytest

import tracker.domain.decide
from tracker.domain.rejection import CommandRejected, NotPermitted

RULES = Path(tracker.domain.decide.__file__).parent
TESTS = Path(__file__).parent


def codes() -> list[str]:
    text = "".join(path.read_text() for path in sorted(RULES.glob("*.py")))
    return sorted(set(re.findall(r'code="([^"]*)"', text)))


@pytest.mark.parametrize("code", codes())
def test_the_refusal_is_provoked_somewhere(code: str) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code)
    tests = "".join(path.read_text() for path in TESTS.rglob("test_*.py"))
    assert re.search(rf'rejected\(\s*"{code}"', tests)


def test_there_are_codes_to_look_for() -> None:
    assert len(codes()) > 50


def test_a_refusal_carries_its_sentence_its_code_and_the_field_at_fault() -> None:
    refusal = NotPermitted("Not you; ask another.", code="not_permitted", field="role")
    assert isinstance(refusal, CommandRejected)
    assert (str(refusal), refusal.sentence) == ("Not you; ask another.",) * 2
    assert (refusal.code, refusal.field) == ("not_permitted", "role")
