"""A measure starts from the report's own figures: chosen, not typed, and cited by their lines."""

from dataclasses import dataclass
from typing import Any

import pytest

from inspections.models import Recommendation
from inspections.report_import import import_report
from tests.inspections.report_parser.report_texts import GWENT, NORTH_WALES, text_of
from tests.tracker.admin.test_page_sections import section
from tests.tracker.story import NOW, Story
from tests.visitor import Visitor, form_path, said
from tests.world import make_user
from tracker.domain import events as e
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import MeasureUnit, Role
from tracker.event_store import read_stream
from tracker.models import Draft
from tracker.queries.measures import ReportFigure

pytestmark = pytest.mark.django_db
SLUG = "define-measure"
OVERSIGHT = (
    "However, management oversight had been effective in only 13 of the 54 relevant cases we"
    " inspected."
)


@dataclass
class Unit:
    """One recommendation of a real report, before the eyes of the unit's lead."""

    pk: int
    lead: Visitor

    def offered(self) -> list[ReportFigure]:
        form = self.lead.get(form_path(self.pk, SLUG)).context["form"]
        assert form.is_choosing
        return list(form.figures)

    def define(self, figure: str, **typed: Any) -> e.MeasureDefined:
        filled = self.lead.opened(self.pk, SLUG, figure=figure)
        self.lead.give(self.pk, SLUG, **{**filled, **typed, "figure": figure})
        event = read_stream(self.pk)[-1].event
        assert isinstance(event, e.MeasureDefined)
        return event


def unit(name: str, number: int) -> Unit:
    inspection = import_report(
        source=text_of(name).encode(),
        now=NOW,
        values={"published_on": "2026-02-10"},
        publish_as=make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR),
    ).inspection
    recommendation = Recommendation.objects.get(inspection=inspection, number=number)
    lead = make_user("Lena Lead", Role.PDU_LEAD, recommendation.addressee)
    return Unit(recommendation.pk, Visitor(lead))


@pytest.fixture
def gwent() -> Unit:
    return unit(GWENT, 6)


def test_the_oversight_of_gwent_is_the_first_that_is_offered(gwent: Unit) -> None:
    first, *others = gwent.offered()
    assert (first.value, first.unit) == (MeasureValue(n=13, m=54), MeasureUnit.N_OF_M)
    assert first.sentence == OVERSIGHT
    assert first.where == "P 1.2, area for improvement, line 140 of the report"
    assert len(others) > 30
    page = gwent.lead.read(form_path(gwent.pk, SLUG))
    assert f'href="?figure={first.key}"' in page
    assert "<textarea" not in page, "nothing is typed before the choice"


def test_the_chosen_figure_becomes_the_baseline_with_its_line(gwent: Unit) -> None:
    defined = gwent.define(
        gwent.offered()[0].key,
        wording="Management oversight is effective",
        better="more",
        target_n="80",
        target_m="100",
    )
    assert (defined.baseline, defined.baseline_lines) == (MeasureValue(n=13, m=54), (140, 140))
    assert (defined.target, defined.unit) == (MeasureValue(n=80, m=100), MeasureUnit.N_OF_M)
    shown = section(gwent.lead, gwent.pk, "measures")
    assert "Baseline 13 of 54 (24%, 95% interval 15% to 37%)" in shown
    assert "HM Inspectorate of Probation, report, line 140" in shown


def test_a_figure_where_less_is_better_starts_a_measure_too(gwent: Unit) -> None:
    (figure,) = [each for each in gwent.offered() if each.value == MeasureValue(n=8, m=57)]
    assert "had not requested police information in eight out of 57 cases" in figure.sentence
    defined = gwent.define(
        figure.key, wording="Police not asked", better="less", target_n="0", target_m="57"
    )
    assert (defined.better, defined.baseline_lines) == ("less", (196, 196))


def test_what_the_report_says_cannot_be_typed_otherwise(gwent: Unit) -> None:
    defined = gwent.define(
        gwent.offered()[0].key,
        wording="Oversight",
        better="more",
        baseline_n="50",
        baseline_m="54",
        baseline_number="99",
        unit="number",
    )
    assert defined.baseline == MeasureValue(n=13, m=54)
    assert defined.unit is MeasureUnit.N_OF_M


def test_a_percentage_without_its_cases_is_no_share_of_cases(gwent: Unit) -> None:
    (safety,) = [each for each in gwent.offered() if each.place == "P 2.1/3"]
    assert safety.words == "28%, with no number of cases"
    assert safety.lines == (195, 195)
    page = gwent.lead.read(form_path(gwent.pk, SLUG), figure=safety.key)
    assert "gives the percentage alone" in page
    defined = gwent.define(
        safety.key, wording="Keeping others safe", better="more", target_number="65"
    )
    assert (defined.baseline, defined.target) == (
        MeasureValue(number="28"),
        MeasureValue(number="65"),
    )


def test_figures_of_the_linked_basis_come_first() -> None:
    wales = unit(NORTH_WALES, 4)
    wales.lead.give(wales.pk, "link-basis", standards=["P 2.4"], key_questions=["P 2.4/3"])
    first = wales.offered()[:7]
    assert {each.place.split("/")[0].split(",")[0] for each in first} == {"P 2.4"}
    assert "P 2.4/3" in {each.place for each in first}


def test_one_may_go_on_without_a_figure_of_the_report(gwent: Unit) -> None:
    own = gwent.define(
        "own", wording="Vacancies", better="less", unit="number", baseline_number="12"
    )
    assert (own.baseline, own.baseline_lines) == (MeasureValue(number="12"), None)


def test_a_refused_form_keeps_the_figure_and_what_was_typed(gwent: Unit) -> None:
    key = gwent.offered()[0].key
    filled = gwent.lead.opened(gwent.pk, SLUG, figure=key)
    sent = {**filled, "wording": "Oversight", "better": "more", "target_n": "9", "target_m": "5"}
    answer = gwent.lead.post(gwent.pk, SLUG, sent)
    assert said(answer) == {
        "target_n": ["No such share can be; give m as 1 or more, and n between 0 and m."]
    }
    form = answer.context["form"]
    assert form.choice.key == key
    assert form["wording"].value() == "Oversight"


def test_a_report_without_figures_asks_for_no_choice(story: Story, pk: int, lead: Visitor) -> None:
    form = lead.get(form_path(pk, SLUG)).context["form"]
    assert not form.is_choosing
    assert "baseline_n" in form.fields


def test_a_draft_goes_on_with_the_figure_that_was_chosen(gwent: Unit) -> None:
    key = gwent.offered()[0].key
    filled = gwent.lead.opened(gwent.pk, SLUG, figure=key)
    sent = {**filled, "wording": "Oversight", "_keep": "Keep as draft"}
    kept = gwent.lead.post(gwent.pk, SLUG, sent)
    assert kept.status_code == 302
    draft = Draft.objects.get()
    form = gwent.lead.get(f"/admin/tracker/draft/{draft.pk}/change/").context["form"]
    assert form.choice.key == key
    assert not form.is_choosing
    assert (form["wording"].value(), form["baseline_n"].value()) == ("Oversight", 13)
