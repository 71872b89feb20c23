"""How a person is called on screens, in mail and in sentences."""

from typing import Any


def person_name(person: Any) -> str:
    """Return the full name, or the name for signing in where none is on record."""
    return str(person.get_full_name() or person.get_username())
