"""How a recommendation is numbered where those of several inspections stand together."""

from datetime import date


def number_of_year(number: int, published_on: date | None) -> str:
    """Return "4 of 2026": a unit has a recommendation 4 of each of its inspections."""
    return f"{number} of {published_on.year}" if published_on else str(number)
