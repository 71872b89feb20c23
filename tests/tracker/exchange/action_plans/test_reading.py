"""Action plans as they really look, and the rows that are read of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.documents.files import word_by_docx, written
from tracker.documents import DocumentRefused, Row, Table, Value, read_tables
from tracker.documents.formats import Format
from tracker.domain.vocabulary import Response
from tracker.exchange.action_plans.owners import Person, named_in
from tracker.exchange.action_plans.reading import PlanRow, find_rows
from tracker.exchange.action_plans.texts import Answer, TextUnclear, read_answer, read_number

TITLES = ("Rec No", "Recommendation", "Action", "Owner", "Target date")


def rows_of(*rows: tuple[Value, ...], titles: tuple[str, ...] = TITLES) -> list[PlanRow]:
    table = Table("Plan", tuple(Row(n, cells) for n, cells in enumerate((titles, *rows), start=1)))
    return list(find_rows([table]))


def numbers(rows: list[PlanRow]) -> list[int | None]:
    return [row.recommendation for row in rows]


def test_a_number_is_carried_down_as_long_as_nothing_else_is_named() -> None:
    rows = rows_of(
        ("1.", "Improve.", "a"),
        (None, None, "b"),
        (None, "Improve.", "c"),
        (None, "Something else.", "d"),
        (None, None, "e"),
        ("Recommendation 2", None, "f"),
        (3.0, None, "g"),
    )
    assert numbers(rows) == [1, 1, 1, None, None, 2, 3]
    assert [row.number for row in rows] == [2, 3, 4, 5, 6, 7, 8]


def test_a_number_may_stand_before_the_wording() -> None:
    titles = ("Recommendations", "Actions")
    rows = rows_of(("1. Improve.", "a"), (None, "b"), ("2) Hire", "c"), titles=titles)
    assert [(row.recommendation, row.wording) for row in rows] == [
        (1, "Improve."),
        (1, ""),
        (2, "Hire"),
    ]


def test_a_real_form_with_its_numbered_titles_is_read_wherever_it_stands() -> None:
    form = word_by_docx(
        [
            [
                *("1. Rec No", "2. Recommendation", "3. Agreed/Partly Agreed/Not Agreed"),
                "4. Response Action Taken / Planned",
                "5. Responsible Owner (including role)",
                "6. Target Date",
            ],
            [
                "1",
                "Improve.",
                "Partly agreed",
                "Train\nAudit",
                "Lena Lead,\nHead of unit",
                "March 2027",
            ],
        ]
    )
    (row,) = find_rows(read_tables("plan.docx", form))
    assert (row.recommendation, row.response, row.target) == (1, "Partly agreed", "March 2027")
    assert (row.action, row.owner) == ("Train\nAudit", "Lena Lead,\nHead of unit")


def test_columns_that_are_not_read_are_named_once() -> None:
    titles = ("Rec No", "Action", "RAG rating", "Comments")
    first, second = rows_of((1, "a", "red", "x"), (2, "b", "green", "y"), titles=titles)
    assert first.notes == (
        "The column “RAG rating” is not read.",
        "The column “Comments” is not read.",
    )
    assert second.notes == ()


def test_a_part_of_a_plan_without_its_titles_is_not_passed_over() -> None:
    plan = Table("Table 1", (Row(1, TITLES), Row(2, (1, "Improve.", "a", "x", "y"))))
    rest = Table("Table 2", (Row(1, (2, "Hire.", "b", "x", "y")),))
    front = Table("Table 3", (Row(1, ("Version", "1.0")),))
    _, left_out = find_rows([plan, rest, front])
    assert left_out.unclear.startswith("Table 2 has no row of titles")


def test_rows_of_several_plans_say_where_they_stand() -> None:
    tables = [Table(f"Table {n}", (Row(1, TITLES), Row(2, (n, None, "a")))) for n in (1, 2)]
    assert [(row.where, row.recommendation) for row in find_rows(tables)] == [
        ("Table 1", 1),
        ("Table 2", 2),
    ]


def test_a_file_that_is_no_action_plan_is_refused() -> None:
    content = written([["Bread", 2]], Format.CSV, ["Item", "Price"])
    with pytest.raises(DocumentRefused, match="has the columns of an action plan"):
        find_rows(read_tables("plan.csv", content))
    with pytest.raises(DocumentRefused, match="columns of an action plan"):
        find_rows([])


@pytest.mark.parametrize(
    ("written_as", "number"),
    [
        (1, 1),
        (1.0, 1),
        ("1", 1),
        ("1.", 1),
        ("R1", 1),
        ("Rec. 12", 12),
        ("Rec no. 3", 3),
        ("4 of 2026", 4),
    ],
)
def test_numbers_are_understood(written_as: Value, number: int) -> None:
    assert read_number(written_as) == number


@pytest.mark.parametrize("written_as", [1.5, "1.1", "one", "1 and 2", "1-3", "12345"])
def test_numbers_that_are_none_are_told(written_as: Value) -> None:
    with pytest.raises(TextUnclear, match="type the figure alone"):
        read_number(written_as)


@pytest.mark.parametrize(
    ("written_as", "answer"),
    [
        ("AGREED", Answer(Response.AGREED, "")),
        ("Partially agreed", Answer(Response.PARTLY_AGREED, "")),
        ("Partly Agreed – the first half.", Answer(Response.PARTLY_AGREED, "the first half.")),
        ("Not agreed\nNo funds", Answer(Response.NOT_AGREED, "No funds")),
        ("Agreed.", Answer(Response.AGREED, "")),
        (" ", None),
    ],
)
def test_answers_are_understood(written_as: str, answer: Answer | None) -> None:
    assert read_answer(written_as) == answer


@pytest.mark.parametrize(
    "written_as",
    ["Agreed/Partly agreed/Not agreed", "Accepted", "Disagreed", "Agreed to some of it"],
)
def test_answers_that_are_none_are_told(written_as: str) -> None:
    with pytest.raises(TextUnclear, match="write agreed, partly agreed or not agreed"):
        read_answer(written_as)


PEOPLE = [
    Person(id=1, name="Ann Lee", email="ann@x.example"),
    Person(id=2, name="Mary Ann Lee"),
    Person(id=3, name="Sam Jones", email="s1@x.example"),
    Person(id=4, name="Sam Jones", email="s2@x.example"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Lee, Head of unit", {1}),
        ("mary  ann lee", {2}),
        ("Mary Ann Lee and Ann Lee", {1, 2}),
        ("Joann Lees", set()),
        ("Sam Jones", {3, 4}),
        ("Sam Jones (s2@x.example)", {4}),
        ("ann@x.example", {1}),
        ("Head of unit", set()),
    ],
)
def test_owners_are_found_by_their_whole_name(text: str, found: set[int]) -> None:
    assert named_in(text, PEOPLE) == found


CELLS = (
    st.none()
    | st.integers(-5, 2_000)
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.dates()
)
TITLE = st.sampled_from([*TITLES, "Response", "Reasons", "Status", "", "x"])


@settings(max_examples=200)
@given(
    titles=st.lists(TITLE, max_size=8),
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=6),
)
def test_any_table_is_read_or_refused(titles: list[str], rows: list[list[Value]]) -> None:
    cells = [tuple(titles) or ("x",), *(tuple(row) for row in rows)]
    table = Table("t", tuple(Row(n, row) for n, row in enumerate(cells, start=1)))
    try:
        found = find_rows([table])
    except DocumentRefused:
        return
    assert len(found) <= len(rows)
