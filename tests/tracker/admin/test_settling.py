"""After the next inspection: every open earlier recommendation waits until somebody settles it."""

import importlib
import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from inspections.models import Inspection, Recommendation
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import LIST, Visitor
from tests.world import PUBLISHED_ON, make_inspection, make_provider, make_recommendation, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, Role
from tracker.models import Event, RecommendationProgress
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
MIGRATION = "tracker.migrations.0016_leave_open_after_a_later_inspection"
WORD = "left_open_at"
DESK_TITLE = "Earlier recommendations to settle"


@pytest.fixture
def story(db: None) -> Story:
    return Story(recommendations=4)


@pytest.fixture
def new(story: Story) -> Recommendation:
    return inspected_again(story)


@pytest.fixture
def later(new: Recommendation) -> Inspection:
    return new.inspection


@pytest.fixture
def inspector(story: Story) -> Visitor:
    return Visitor(story.inspector)


def inspected_again(story: Story, **fields: Any) -> Recommendation:
    """Publish the next inspection of the unit; return its one recommendation."""
    details = {"published_on": PUBLISHED_ON + timedelta(days=20), **fields}
    later = make_inspection(details.pop("provider", story.unit), **details)
    new = make_recommendation(later, text="Assess risk in every case.")
    open_streams(inspection=later, actor=story.administrator, now=NOW)
    return new


def path_of(inspection: Inspection) -> str:
    return f"{LIST}earlier/{inspection.pk}/"


def waiting(visitor: Visitor, inspection: Inspection) -> list[int]:
    rows = visitor.get(path_of(inspection)).context["waiting"]
    return [each.row.progress.pk for each in rows]


def sent(visitor: Visitor, inspection: Inspection) -> dict[str, Any]:
    """Return what the page holds as it is opened, as a browser would send it."""
    context = visitor.get(path_of(inspection)).context
    bound = (field for each in context["waiting"] for field in each.form)
    values = {field.html_name: field.value() for field in bound if field.value()}
    return {"key": str(context["key"]), **values}


def settle(visitor: Visitor, inspection: Inspection, **rows: Any) -> Any:
    """Open the list, fill the rows in (r7={"outcome": …}) and send it."""
    typed = {f"{row}-{name}": value for row, of in rows.items() for name, value in of.items()}
    return visitor.client.post(path_of(inspection), {**sent(visitor, inspection), **typed})


def closures(story: Story) -> list[str]:
    rows = RecommendationProgress.objects.in_bulk([each.pk for each in story.recommendations])
    return [rows[each.pk].closure for each in story.recommendations]


def test_the_next_inspection_puts_every_open_earlier_recommendation_on_the_list(
    story: Story, inspector: Visitor
) -> None:
    story.tell(c.JudgeProgress(judgement="some_progress", rationale="Seen"), by=story.inspector)
    closing = c.CloseRecommendation(closure=Closure.ACHIEVED, reason="Seen")
    story.tell(closing, by=story.inspector)
    later = inspected_again(story, published_on=story.now.date() + timedelta(days=1)).inspection
    assert waiting(inspector, later) == [each.pk for each in story.recommendations[1:]]


def test_the_desk_of_a_lead_inspector_leads_to_the_lists(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    tallies = {each.title: each for each in inspector.get("/admin/").context["desk"].tallies}
    assert tallies[DESK_TITLE].count == 4
    page = inspector.read(tallies[DESK_TITLE].address)
    assert path_of(later) in page
    assert "0 of 4" in page
    for role in (Role.INSPECTOR, Role.HMIP_ADMINISTRATOR):
        reader = Visitor(make_user("Rea Reader", role))
        titles = {each.title for each in reader.get("/admin/").context["desk"].tallies}
        assert DESK_TITLE not in titles


def test_the_page_of_the_inspection_leads_to_its_list(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    assert path_of(later) in inspector.read(f"/admin/inspections/inspection/{later.pk}/change/")
    first = inspector.read(f"/admin/inspections/inspection/{story.inspection.pk}/change/")
    assert path_of(story.inspection) not in first
    lead = Visitor(story.lead)
    assert path_of(later) not in lead.read(f"/admin/inspections/inspection/{later.pk}/change/")


def test_several_rows_are_settled_at_once_each_in_its_own_way(
    story: Story, new: Recommendation, inspector: Visitor
) -> None:
    story.tell(c.JudgeProgress(judgement="some_progress", rationale="Seen"), by=story.inspector)
    first, second, third, fourth = story.recommendations
    answer = settle(
        inspector,
        new.inspection,
        **{
            f"r{first.pk}": {"outcome": "not_achieved", "reason": "Half of it."},
            f"r{second.pk}": {
                "outcome": "carried_forward",
                "carried_into": [new.pk],
                "reason": "Found again.",
            },
            f"r{third.pk}": {"outcome": "left_open", "reason": "The lease runs out in May."},
        },
    )
    assert answer.status_code == 302
    assert closures(story) == ["not_achieved", "carried_forward", "", ""]
    page = inspector.read(path_of(new.inspection))
    assert "3 of 4 settled" in page
    assert "3 recommendations settled" in page
    assert waiting(inspector, new.inspection) == [fourth.pk]
    assert "3 of 4" in inspector.read(f"{LIST}earlier/")
    assert "The lease runs out in May." in inspector.page(third.pk)


def test_nothing_is_settled_where_nothing_was_chosen(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    before = Event.objects.count()
    answer = settle(inspector, later)
    assert "Nothing was changed" in answer.content.decode()
    assert Event.objects.count() == before


def test_a_row_that_is_refused_keeps_its_text_and_stops_no_other(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    first, second, third, _ = story.recommendations
    answer = settle(
        inspector,
        later,
        **{
            f"r{first.pk}": {"outcome": "carried_forward", "reason": "Into what?"},
            f"r{second.pk}": {"outcome": "left_open", "reason": ""},
            f"r{third.pk}": {"outcome": "left_open", "reason": "It goes on."},
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 recommendation settled" in page
    assert "2 not settled" in page
    assert "Into what?" in page
    errors = {each.row.progress.pk: each.form.errors for each in answer.context["failed"]}
    assert {pk: list(found) for pk, found in errors.items()} == {
        first.pk: ["carried_into"],
        second.pk: ["reason"],
    }
    assert waiting(inspector, later)[:2] == [first.pk, second.pk]


def test_a_row_that_changed_meanwhile_says_by_whom_and_can_be_sent_again(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    opened = sent(inspector, later)
    story.update("Half are trained")
    row = f"r{story.recommendation.pk}"
    typed = {f"{row}-outcome": "left_open", f"{row}-reason": "It goes on."}
    answer = inspector.client.post(path_of(later), {**opened, **typed})
    assert "Changed meanwhile by Lena Lead" in answer.content.decode()
    form = answer.context["failed"][0].form
    again = {bound.html_name: bound.value() for bound in form if bound.value()}
    answer = inspector.client.post(path_of(later), {"key": answer.context["key"], **again})
    assert answer.status_code == 302
    assert RecommendationProgress.objects.get(pk=story.recommendation.pk).left_open_at == later


def test_a_second_click_settles_nothing_twice(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    row = f"r{story.recommendation.pk}"
    typed = {f"{row}-outcome": "left_open", f"{row}-reason": "It goes on."}
    request = {**sent(inspector, later), **typed}
    inspector.client.post(path_of(later), request)
    count = Event.objects.count()
    inspector.client.post(path_of(later), request)
    assert Event.objects.count() == count


def test_what_is_not_judged_cannot_be_closed_and_the_page_leads_to_judging(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    rows = inspector.get(path_of(later)).context["waiting"]
    offered = [value for value, _ in rows[0].form.fields["outcome"].choices]
    assert offered == ["", "carried_forward", "left_open"]
    page = inspector.read(path_of(later))
    assert f"{LIST}{story.recommendation.pk}/give/judge-progress/" in page


def test_whoever_belonged_to_the_unit_settles_nothing_there(
    story: Story, later: Inspection
) -> None:
    former = make_user("Fay Former", Role.LEAD_INSPECTOR)
    make_past_member(former, story)
    visitor = Visitor(former)
    assert [each.form for each in visitor.get(path_of(later)).context["waiting"]] == [None] * 4


def make_past_member(user: Any, story: Story) -> None:
    day = TODAY - timedelta(days=400)
    user.memberships.create(
        role=Role.PDU_LEAD, provider=story.unit, starts_on=day, ends_on=day + timedelta(days=9)
    )


def test_inspectors_and_administrators_read_the_list_and_leads_do_not_find_it(
    story: Story, later: Inspection
) -> None:
    for role in (Role.INSPECTOR, Role.HMIP_ADMINISTRATOR):
        reader = Visitor(make_user("Rea Reader", role))
        assert "A lead inspector settles the others" in reader.read(path_of(later))
        assert reader.client.post(path_of(later), {}).status_code == 403
    assert Visitor(story.lead).get(path_of(later)).status_code == 403


def test_the_page_of_an_earlier_recommendation_says_that_a_word_is_awaited(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    pk, lead = story.recommendation.pk, Visitor(story.lead)
    awaited = "is for HM Inspectorate of Probation to say"
    assert awaited in lead.page(pk)
    assert path_of(later) not in lead.page(pk)
    assert path_of(later) in inspector.page(pk)
    settle(inspector, later, **{f"r{pk}": {"outcome": "left_open", "reason": "It goes on."}})
    assert awaited not in lead.page(pk)


def test_states_stored_before_learn_the_new_word_to_the_letter(story: Story) -> None:
    migration = importlib.import_module(MIGRATION)
    before = dict(RecommendationProgress.objects.values_list("pk", "state"))
    for pk, state in before.items():
        known = {name: value for name, value in json.loads(state).items() if name != WORD}
        text = json.dumps(known, sort_keys=True)
        RecommendationProgress.objects.filter(pk=pk).update(state=text)
    migration.remember_in_the_states(apps, SimpleNamespace(connection=connection))
    assert dict(RecommendationProgress.objects.values_list("pk", "state")) == before


def test_a_still_later_inspection_takes_the_list_over(
    story: Story, later: Inspection, inspector: Visitor
) -> None:
    row = {"outcome": "left_open", "reason": "It goes on."}
    settle(inspector, later, **{f"r{story.recommendation.pk}": row})
    latest = inspected_again(story, published_on=PUBLISHED_ON + timedelta(days=40)).inspection
    assert path_of(latest) in inspector.read(path_of(later))
    assert len(waiting(inspector, latest)) == 5  # what was left open before waits again
    assert inspector.client.post(path_of(later), {}).status_code == 403


def test_what_was_asked_of_others_and_of_predecessors_is_on_the_list_too(
    story: Story, inspector: Visitor
) -> None:
    to_the_region = make_recommendation(story.inspection, addressee=story.unit.region)
    open_stream_of(to_the_region, story)
    successor = make_provider("Greater Northmarch PDU")
    story.unit.successor, story.unit.succeeded_on = successor, PUBLISHED_ON
    story.unit.save()
    new = inspected_again(story, provider=successor)
    assert to_the_region.pk in waiting(inspector, new.inspection)
    row = {"outcome": "carried_forward", "carried_into": [new.pk], "reason": "Found again."}
    settle(inspector, new.inspection, **{f"r{to_the_region.pk}": row})
    progress = RecommendationProgress.objects.get(pk=to_the_region.pk)
    assert progress.closure == "carried_forward"


def open_stream_of(recommendation: Recommendation, story: Story) -> None:
    inspection = make_inspection(story.unit, published_on=PUBLISHED_ON - timedelta(days=1))
    Recommendation.objects.filter(pk=recommendation.pk).update(inspection=inspection)
    open_streams(inspection=inspection, actor=story.administrator, now=NOW)
