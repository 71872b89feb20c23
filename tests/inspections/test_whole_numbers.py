"""What a browser sent as a number is one, or nothing."""

import pytest

from inspections.whole_numbers import OF_A_VERSION, whole_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("12", 12), ("0012", 12), ("9" * 18, 10**18 - 1)]
)
def test_plain_figures_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " 1", "-1", "1.5", "1e3", "x", "١", "²", "9" * 19, "1" * 5000]
)
def test_anything_else_is_none(text: str) -> None:
    assert whole_number(text) is None


def test_a_version_is_shorter_than_a_key() -> None:
    assert whole_number("1234567890", digits=OF_A_VERSION) is None
