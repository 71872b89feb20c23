"""Whole numbers in what a browser sent: anybody may rewrite the keys and versions in a form."""

OF_A_KEY = 18
OF_A_VERSION = 9
"""Digits; a longer number was made up, and would not fit its column."""


def whole_number(text: str, *, digits: int = OF_A_KEY) -> int | None:
    """Return the number that `text` writes in plain figures; None for anything else."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= digits
    return int(text) if is_number else None
