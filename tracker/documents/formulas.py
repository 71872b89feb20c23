"""Guards text in a CSV file against being taken for a formula, and takes the guard off again.

A spreadsheet computes whatever begins with one of these signs, whoever typed it (CWE-1236). An
apostrophe before it makes it text. What is guarded and then read is what it was.
"""

GUARD = "'"
SIGNS = tuple("=+-@\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """Return the text as it may stand in a cell that is not computed."""
    return GUARD + text if _needs_guard(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    bare = text.removeprefix(GUARD)
    return bare if bare != text and _needs_guard(bare) else text


def _needs_guard(text: str) -> bool:
    """A text that looks guarded already is guarded once more, or it would lose its own mark."""
    bare = text.lstrip(GUARD)
    return bare.lstrip().startswith(SIGNS) or bare.startswith(SIGNS)
