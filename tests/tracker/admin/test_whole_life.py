"""Every form works, through the whole life of a recommendation."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import Visitor
from tests.world import PUBLISHED_ON, make_inspection, make_provider, make_recommendation, make_user
from tracker.domain.vocabulary import Role
from tracker.forms import FORMS
from tracker.models import ActionProgress, Event, EventPayload, RecommendationProgress
from tracker.services import open_streams

pytestmark = pytest.mark.django_db


@pytest.fixture
def region(story: Story) -> Visitor:
    return Visitor(make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region))


def steps(story: Story) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield who sends which form with what; every form is sent at least once."""
    soon, later, latest = (TODAY + timedelta(days=days) for days in (30, 60, 90))
    person = make_user("Owen Owner", Role.ACTION_OWNER, story.unit).pk
    yield "lead", "respond", {"response": "agreed"}
    yield "lead", "revise-response", {"response": "partly_agreed", "reason": "Half of it."}
    yield "lead", "assign", {"accountable_id": person}
    planned = {"delivered_by": "Training", "accountable_id": person, "target_on": soon}
    yield "lead", "plan-action", {"description": "Train all staff", **planned}
    yield "lead", "change-action-owner", {"accountable_id": story.lead.pk}
    yield "lead", "move-target-date", {"target_on": later, "reason": "A vacancy"}
    yield "lead", "request-target-date-extension", {"target_on": latest, "reason": "Still"}
    yield "region", "decide-target-date-extension", {"granted": "no", "reason": "Recruit."}
    yield "lead", "request-target-date-extension", {"target_on": latest, "reason": "Again"}
    yield "region", "decide-target-date-extension", {"granted": "yes"}
    yield (
        "lead",
        "record-blocker",
        {
            "cause": "No room",
            "controlled_by": "Estates",
            "forecast_on": soon,
        },
    )
    yield "lead", "revise-blocker-forecast", {"forecast_on": later, "reason": "The lease"}
    yield "lead", "clear-blocker", {}
    yield (
        "lead",
        "raise-escalation",
        {
            "addressed_to": "regional_lead",
            "asked": "A trainer",
            "reply_by": soon,
        },
    )
    yield "region", "answer-escalation", {"answer": "Yes, from May."}
    yield "lead", "record-progress-update", {"text": "Half are trained", "action_id": "the action"}
    yield "lead", "correct-progress-update", {"text": "A third", "reason": "Miscounted"}
    yield "lead", "review-without-change", {}
    yield (
        "lead",
        "define-measure",
        {
            "wording": "Plans that meet the standard",
            "better": "more",
            "unit": "n_of_m",
            "baseline_n": 9,
            "baseline_m": 20,
            "target_n": 18,
            "target_m": 20,
            "target_on": latest,
        },
    )
    yield (
        "lead",
        "record-measure-figure",
        {
            "value_n": 12,
            "value_m": 20,
            "period_from": TODAY - timedelta(days=30),
            "period_to": TODAY,
        },
    )
    sample = {"title": "Sample", "location": "https://intranet.example/1", "effective_on": TODAY}
    yield "lead", "attach-evidence", sample
    yield "lead", "withdraw-evidence", {"reason": "The wrong year"}
    yield (
        "lead",
        "attach-evidence",
        {
            "title": "Sample 2",
            "location": "https://intranet.example/2",
            "effective_on": TODAY,
            "key_questions": ["P 2.1/1", "P 2.1/3"],
        },
    )
    yield "lead", "report-action-complete", {}
    yield "lead", "reopen-action", {"reason": "New staff"}
    yield "lead", "withdraw-action", {"reason": "The region trains them"}
    yield "lead", "report-recommendation-complete", {"statement": "All are trained"}
    yield "lead", "withdraw-completion-claim", {"reason": "Two are missing"}
    yield "lead", "report-recommendation-complete", {"statement": "Now all are"}
    yield (
        "lead",
        "link-basis",
        {"standards": ["P 2.1"], "key_questions": ["P 2.1/3"], "themes": ["victims"]},
    )
    yield "administrator", "correct-wording", {"wording": "Improve it.", "reason": "A misprint"}
    yield "administrator", "record-welsh-wording", {"wording": "Gwella.", "reason": "Translated"}
    yield "inspector", "start-review", {}
    yield "inspector", "request-further-evidence", {"asked": "The lists"}
    yield "inspector", "judge-progress", {"judgement": "some_progress", "rationale": "We looked"}
    yield "inspector", "close-recommendation", {"closure": "not_achieved", "reason": "Uneven"}
    yield "inspector", "reopen-recommendation", {"reason": "By mistake"}
    yield "administrator", "transfer-recommendation", {"reason": "The units merged"}
    yield "administrator", "withdraw-publication", {"reason": "Published by mistake"}


ELSEWHERE = {"carry-forward", "confirm-recurrence", "leave-open", "redact-personal-data"}
"""Forms that need a choice first; each has tests of its own."""


def test_every_form_works_through_the_life_of_a_recommendation(
    story: Story, pk: int, lead: Visitor, region: Visitor
) -> None:
    people = {
        "lead": lead,
        "region": region,
        "inspector": Visitor(story.inspector),
        "administrator": Visitor(story.administrator),
    }
    make_successor(story)
    sent = set()
    for who, slug, fields in steps(story):
        if fields.get("action_id"):
            fields["action_id"] = ActionProgress.objects.get(recommendation=pk).pk
        assert slug in people[who].menu(pk), slug
        people[who].give(pk, slug, **fields)
        sent.add(slug)
    assert sent == set(FORMS) - ELSEWHERE


def make_successor(story: Story) -> None:
    story.unit.successor = make_provider("Marches PDU")
    story.unit.succeeded_on = TODAY
    story.unit.save()


def test_a_link_is_kept_with_the_hash_of_its_address_and_its_key_questions(
    pk: int, lead: Visitor
) -> None:
    lead.give(
        pk,
        "attach-evidence",
        title="Sample",
        location=" https://intranet.example/1 ",
        effective_on=TODAY,
        key_questions=["P 2.1/1"],
    )
    event = Event.objects.get(recommendation=pk, version=2)
    assert "P 2.1/1" in event.facts
    assert sha256(b"https://intranet.example/1").hexdigest() in event.facts
    assert '"location":"https://intranet.example/1"' in EventPayload.objects.get(event=event).body


def test_a_recommendation_is_left_open_then_carried_forward_after_a_later_report(
    story: Story, pk: int, lead: Visitor
) -> None:
    inspector = Visitor(story.inspector)
    assert "carry-forward" not in inspector.menu(pk)
    later = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=20))
    new = make_recommendation(later)
    open_streams(inspection=later, actor=story.administrator, now=NOW)
    inspector.give(pk, "leave-open", inspection_id=later.pk, reason="Half of it is done")
    assert RecommendationProgress.objects.get(pk=pk).left_open_at == later
    assert "leave-open" not in inspector.menu(pk)
    inspector.give(pk, "carry-forward", carried_into=[new.pk], reason="Found again")
    assert RecommendationProgress.objects.get(pk=pk).closure == "carried_forward"
