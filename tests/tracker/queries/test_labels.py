"""Texts as lists show them: the beginning of one line, or a word where they were deleted."""

import pytest

from tracker.queries.labels import REDACTED, in_short


def test_a_long_text_is_cut_and_says_so() -> None:
    assert in_short("Train every practitioner", 12) == "Train every…"
    assert len(in_short("word " * 100)) <= 90


def test_a_text_of_several_lines_stands_in_one() -> None:
    assert in_short("Train\n  all\r\nof them ") == "Train all of them"


@pytest.mark.parametrize("text", ["", None])
def test_a_deleted_text_says_that_it_was(text: str | None) -> None:
    assert in_short(text) == REDACTED == "Text removed"
