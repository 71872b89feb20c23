"""Whatever the rows of a plan say, each is told once or twice, and planning writes nothing."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tracker.exchange.action_plans.plans import scope
from tests.tracker.story import TODAY, Story
from tracker.documents import Row, Table, Unreadable, Value
from tracker.exchange.action_plans.kind import ActionPlanImport
from tracker.exchange.kinds import Verdict
from tracker.models import Event

pytestmark = pytest.mark.django_db
TITLES = (
    *("No", "Recommendation", "Response", "Reasons", "Action", "Owner", "Delivered by"),
    *("Target date", "Status", "Date of response"),
)
ANYTHING: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.integers(-3, 50_000),
    st.floats(allow_nan=False),
    st.dates(),
    st.text(max_size=20),
    st.just(Unreadable("#REF!", "shows an error")),
)
LIKELY: st.SearchStrategy[Value] = st.sampled_from(
    [
        *(1, "2", "9", "Agreed", "Partly agreed: half", "Not agreed", "Train", "Lena Lead"),
        *("Train every practitioner", "Nobody", "N/A", "31 March 2027", "March 2027"),
        *("Completed", "X123456"),
    ]
)
CELLS = st.lists(LIKELY | ANYTHING, min_size=len(TITLES), max_size=len(TITLES))


@pytest.fixture
def story() -> Story:
    story = Story(recommendations=2)
    story.plan(date(2027, 3, 31))
    return story


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(CELLS, max_size=6))
def test_any_rows_are_planned_or_told(story: Story, rows: list[list[Value]]) -> None:
    before = Event.objects.count()
    below = (Row(n, tuple(cells)) for n, cells in enumerate(rows, start=2))
    table, parameters = Table("Plan", (Row(1, TITLES), *below)), scope(story)
    kind = ActionPlanImport()
    read = kind.read([table], parameters)
    found = list(kind.plan(read, person=story.lead, parameters=parameters, today=TODAY))
    assert {row.number for row in read} == {row.number for row in found}
    for row in found:
        assert bool(row.deeds) == (row.verdict in {Verdict.READY, Verdict.FLAGGED})
        assert bool(row.why) or row.verdict is not Verdict.CANNOT
    assert Event.objects.count() == before
