"""Rows are read by the titles above them, wherever those stand and whatever they are called."""

import pytest

from tracker.documents import DocumentRefused, Row, Table
from tracker.documents.headings import HeadedTable, Heading, under_headings
from tracker.documents.tables import Value

HEADINGS = (
    Heading(key="number", title="Recommendation number", known_as=("Rec no",)),
    Heading(key="action", title="Action taken or planned"),
    Heading(key="due", title="Target date"),
)
NEEDED = frozenset({"number", "action"})


def read(*rows: tuple[Value, ...]) -> HeadedTable | None:
    numbered = tuple(Row(number, cells) for number, cells in enumerate(rows, start=1))
    return under_headings(Table("Plan", numbered), HEADINGS, needed=NEEDED)


def test_titles_are_found_below_an_introduction_and_in_any_order() -> None:
    table = read(
        ("HMPPS Action Plan",),
        (None, "Gwent"),
        ("ACTION  taken/or planned:", "Rec. No.", "RAG"),
        ("Train", 1, "red"),
    )
    assert table is not None
    assert table.keys == NEEDED
    assert table.unread == ("RAG",)
    assert [(row.number, dict(row.values)) for row in table.rows] == [
        (4, {"action": "Train", "number": 1})
    ]


def test_what_stands_in_brackets_does_not_hide_a_title() -> None:
    table = read(("Rec no (see the report)", "Action taken or planned [SMART]"), (1, "a"))
    assert table is not None
    assert table.rows[0].text("number") == "1"
    assert table.rows[0].value("due") is None


def test_titles_that_are_repeated_on_each_page_are_no_row() -> None:
    titles = ("Rec no", "Action taken or planned")
    table = read(titles, (1, "a"), titles, (2, "b"))
    assert table is not None
    assert [row.number for row in table.rows] == [2, 4]


def test_a_table_without_the_titles_is_another_table() -> None:
    assert read(("Rec no", "Owner"), (1, "a")) is None


def test_a_title_that_stands_twice_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="“Rec no” stands in row 1 twice"):
        read(("Recommendation number", "Action taken or planned", "Rec no"), (1, "a", 2))
