import re
from dataclasses import fields
from typing import get_args, get_type_hints

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.examples import ALL, EXAMPLES
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.upcasters import UPCASTERS

EVERY = get_args(e.Event)

RULE_BOOK = """
recommendation_published recommendation_wording_corrected recommendation_basis_linked
recommendation_assigned response_recorded response_revised action_planned action_owner_changed
target_date_extended target_date_extension_requested target_date_extension_declined
blocker_recorded blocker_forecast_revised blocker_cleared escalation_raised escalation_answered
measure_defined measure_figure_recorded reviewed_without_change progress_update_recorded
progress_update_corrected evidence_attached evidence_withdrawn action_reported_complete
action_reopened action_withdrawn recommendation_reported_complete completion_claim_withdrawn
review_started further_evidence_requested progress_judged recommendation_closed
recommendation_reopened recommendation_carried_forward recommendation_left_open recurrence_confirmed
publication_withdrawn recommendation_transferred personal_data_redacted
"""
"""Copied from the rule book by hand: these words lie in the log for ever."""

FACTS_MAY_BE_TEXT = {"framework", "payload_hash", "sha256", "media_type", "scale", "judgement"}


def test_the_stored_types_are_those_of_the_rule_book() -> None:
    assert sorted(event.type for event in EVERY) == sorted(RULE_BOOK.split())


@pytest.mark.parametrize("event", EVERY)
def test_a_stored_type_is_the_name_of_its_class_in_snake_case(event: type[e.Event]) -> None:
    assert event.type == re.sub(r"(?<!^)([A-Z])", r"_\1", event.__name__).lower()
    assert event.schema_version == 1 + [type_ for type_, _ in UPCASTERS].count(event.type)


@pytest.mark.parametrize("event", EVERY)
def test_an_event_is_frozen_dated_and_keeps_free_text_apart_from_facts(
    event: type[e.Event],
) -> None:
    hints = get_type_hints(event, include_extras=True)
    texts = e.free_text_names(event)
    plain = {name for name, hint in hints.items() if hint in (str, str | None)}
    assert "occurred_on" in hints
    assert plain <= FACTS_MAY_BE_TEXT
    assert plain.isdisjoint(texts)


def test_a_basis_is_the_only_event_without_free_text() -> None:
    silent = [event for event in EVERY if not e.free_text_names(event)]
    assert silent == [e.RecommendationBasisLinked]


def test_every_event_comes_of_some_command() -> None:
    made = {type(example.when().accepted()[0]) for example in ALL}
    grant = c.DecideTargetDateExtension(action_id=f.ACTION, granted=True, reason="")
    made.add(type(EXAMPLES[type(grant)].when(grant).accepted()[0]))
    assert made == set(EVERY)


@pytest.mark.parametrize("example", ALL, ids=lambda example: type(example.command).__name__)
def test_a_new_event_has_all_its_texts(example: object) -> None:
    (event,) = EXAMPLES[type(example.command)].when().accepted()  # type: ignore[attr-defined]
    texts = e.free_text_names(type(event))
    assert {field.name for field in fields(event)} >= set(texts)
    assert all(isinstance(getattr(event, name), str) for name in texts)
