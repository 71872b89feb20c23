"""Figures in the sheet, units that sign off what they say, and rows that nobody could foresee."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.drafting import ask_for_sign_off
from tests.tracker.exchange.conftest import tell
from tests.tracker.exchange.sheets import (
    FIGURE,
    FIGURE_FROM,
    FIGURE_TO,
    HAPPENED_ON,
    MEASURE,
    REFERENCE,
    UPDATE,
    UPDATES,
    carried_out,
    figure,
    open_lines,
    previewed,
    reasons,
    update,
    verdicts,
)
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor
from tests.world import make_user
from tracker.documents import Row, Table, Unreadable
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import Better, MeasureUnit, Role
from tracker.exchange.kinds import Verdict
from tracker.exchange.stored_deeds import as_row, deeds_of
from tracker.models import Draft, Event, ExchangeJob, MeasureFigure

pytestmark = pytest.mark.django_db
OVERSIGHT = "Oversight effective"


@pytest.fixture
def measured(story: Story) -> Story:
    measure(story, OVERSIGHT)
    return story


def measure(story: Story, wording: str, unit: MeasureUnit = MeasureUnit.N_OF_M) -> None:
    tell(story, 0, c.DefineMeasure(wording=wording, better=Better.MORE, unit=unit))


def test_a_figure_is_recorded_beside_its_update_as_the_units_own(measured: Story) -> None:
    first, *_ = open_lines(measured.lead)
    carried_out(previewed(measured.lead, [update(figure(first))]))
    stored = MeasureFigure.objects.get()
    assert (stored.source, stored.value["n"], stored.value["m"]) == ("dip_sample", 9, 20)
    assert (stored.period_from, stored.period_to) == (date(2026, 10, 1), date(2026, 10, 31))
    assert Event.objects.filter(type="progress_update_recorded").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({FIGURE_TO: None}, "A figure needs the period it was drawn from"),
        ({FIGURE: None}, "A period is given and no figure"),
        ({FIGURE: "9 in 20"}, "write the figure as 9 of 20"),
        ({FIGURE: "21 of 20"}, "No such share can be"),
        ({FIGURE_FROM: date(2026, 11, 1)}, "The period ends before it begins"),
        ({FIGURE_TO: date(2027, 1, 1)}, "is still to come"),
        ({MEASURE: "Something else"}, "no measure of this recommendation"),
    ],
)
def test_a_figure_that_does_not_fit_stops_its_whole_row(
    measured: Story, changes: dict[str, Any], said: str
) -> None:
    first, *_ = open_lines(measured.lead)
    job = previewed(measured.lead, [{**update(figure(first)), **changes}])
    assert verdicts(job) == ["cannot"]
    assert said in reasons(job)[0]


def test_of_several_measures_the_row_says_which(measured: Story) -> None:
    measure(measured, "Days waited", MeasureUnit.NUMBER)
    first, *_ = open_lines(measured.lead)
    assert first[MEASURE] == "A: Oversight effective\nB: Days waited"
    assert verdicts(previewed(measured.lead, [figure(first)])) == ["cannot"]
    carried_out(previewed(measured.lead, [{**figure(first, 12.5), MEASURE: "B"}]))
    assert MeasureFigure.objects.get().value["number"] == "12.5"


def test_the_same_figure_twice_is_recorded_once(measured: Story) -> None:
    lines = [figure(open_lines(measured.lead)[0])]
    carried_out(previewed(measured.lead, lines))
    assert verdicts(previewed(measured.lead, lines)) == ["nothing"]


def test_where_the_unit_signs_off_each_row_becomes_a_draft_for_others_to_sign(
    measured: Story,
) -> None:
    second = make_user("Lou Lead", Role.PDU_LEAD, measured.unit)
    ask_for_sign_off(measured.unit, 1, by=measured.lead)
    first, *_ = open_lines(measured.lead)
    job = carried_out(previewed(measured.lead, [update(figure(first))]))
    assert [row.outcome for row in job.rows.all()] == ["done"]
    assert not Event.objects.filter(type="progress_update_recorded").exists()
    drafts = list(Draft.objects.filter(state="submitted").order_by("pk"))
    assert [each.command for each in drafts] == ["RecordProgressUpdate", "RecordMeasureFigure"]
    for draft in drafts:
        sign(Visitor(second), draft)
    said = Event.objects.get(type="progress_update_recorded")
    assert (said.actor_name, said.prepared_by_name) == ("Lou Lead", "Lena Lead")
    assert MeasureFigure.objects.get().value["n"] == 9


def sign(visitor: Visitor, draft: Draft) -> None:
    """Sign as the page of the draft asks for it."""
    address = f"/admin/tracker/draft/{draft.pk}/change/"
    page = visitor.get(address)
    version = page.context["situation"].progress.version
    sent = {"submission": "1", "expected_version": version, "_approve": "1"}
    assert visitor.client.post(address, sent).status_code == 302


def test_a_deed_is_the_same_after_it_was_kept(measured: Story) -> None:
    known = Event.objects.get(type="measure_defined").event_id
    lines = [update(figure(open_lines(measured.lead)[0]))]
    (row,) = previewed(measured.lead, lines).rows.all()
    said, counted = (deed.command for deed in deeds_of(row))
    assert isinstance(said, c.RecordProgressUpdate)
    assert counted == c.RecordMeasureFigure(
        measure_id=known,
        value=MeasureValue(n=9, m=20),
        period_from=date(2026, 10, 1),
        period_to=date(2026, 10, 31),
        source=counted.source,  # type: ignore[union-attr]
    )


TITLES = (UPDATE, HAPPENED_ON, FIGURE, FIGURE_FROM, FIGURE_TO, MEASURE, REFERENCE, "Action", "Unit")
CELLS = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.sampled_from(["9 of 20", "3 November 2026", "31/02/2026", "QQ123456C", "=1+1", "\x00"]),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.builds(Unreadable, st.text(max_size=5), st.just("shows an error of the workbook")),
)


@given(data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_stands_in_a_row_it_is_told_in_words_and_can_be_kept(
    measured: Story, data: st.DataObject
) -> None:
    references = st.sampled_from([line[REFERENCE] for line in open_lines(measured.lead)])
    rows = []
    for number in range(2, 7):
        cells = [data.draw(CELLS) for _ in TITLES]
        cells[TITLES.index(REFERENCE)] = data.draw(references | CELLS)
        rows.append(Row(number, tuple(cells)))
    table = Table("Sheet", (Row(1, TITLES), *rows))
    read = UPDATES.read([table], {})
    planned = list(UPDATES.plan(read, person=measured.lead, parameters={}, today=TODAY))
    assert [row.number for row in planned] == [row.number for row in read]
    for row in planned:
        assert bool(row.deeds) == (row.verdict in {Verdict.READY, Verdict.FLAGGED})
        assert row.why or row.verdict in {Verdict.READY, Verdict.NOTHING}
        kept = as_row(ExchangeJob(), 1, row)
        assert "\x00" not in f"{kept.says}{kept.why}{kept.deeds}{kept.warnings}"
        assert [deed.command for deed in deeds_of(kept)] == [
            deed.command for deed in row.deeds
        ] or "\x00" in str(row.deeds)
