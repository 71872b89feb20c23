"""Every form builds the command it stands for, and knows no rule of its own."""

import hashlib
from dataclasses import fields
from typing import Any

import pytest
from django import forms

from tests.tracker.story import NOW, TODAY, Story
from tracker.domain import commands as c
from tracker.domain.deeds import DEEDS
from tracker.domain.events import MeasureValue
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import EvidenceKind, Response
from tracker.forms import FORMS, GROUPS, CommandForm
from tracker.forms.command_form import CARRIED
from tracker.forms.fields import PERSONAL_DATA, FreeText
from tracker.queries.permitted import Situation, find_situation


def test_every_command_but_publishing_has_its_form() -> None:
    assert {form.gives for form in FORMS.values()} == set(DEEDS) - {c.PublishRecommendation}
    assert sum(len(group) for group in GROUPS.values()) == len(FORMS)


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_form_asks_for_what_its_command_needs(form: type[CommandForm]) -> None:
    asked = set(form.base_fields) - {*CARRIED, "acting_role"}
    shown = {form.shown_as.get(field.name, field.name) for field in fields(form.gives)}
    filled_in_by_the_form = {"kind", "size", "media_type", "standards", "findings", "figure"}
    filled_in_by_the_form |= {"baseline_lines", "language"}
    assert shown - filled_in_by_the_form <= asked


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_free_text_is_never_judged_by_the_form_and_carries_the_warning(
    form: type[CommandForm],
) -> None:
    for field in form.base_fields.values():
        if isinstance(field, FreeText):
            assert PERSONAL_DATA in str(field.help_text)
            assert not field.required
        if isinstance(field.widget, forms.Textarea):
            assert isinstance(field, FreeText)


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_form_speaks_in_plain_words(form: type[CommandForm]) -> None:
    assert form.heading[0].isupper()
    assert not form.heading.endswith(".")
    assert form.done.endswith(".")
    assert form.button
    for name, field in form.base_fields.items():
        assert field.label or name in CARRIED, name


# --- What a sent form becomes ---------------------------------------------------------------------


@pytest.fixture
def story(db: None, time_machine: Any) -> Story:
    time_machine.move_to(NOW, tick=False)
    return Story()


def situation_of(story: Story) -> Situation:
    situation = find_situation(story.lead, story.recommendation.pk, TODAY)
    assert situation is not None
    return situation


def sent(slug: str, story: Story, **typed: Any) -> CommandForm:
    situation = situation_of(story)
    blank = FORMS[slug](situation=situation)
    carried = {name: blank[name].value() for name in (*CARRIED, "acting_role")}
    return FORMS[slug]({**carried, **typed}, situation=situation)


def command_of(form: CommandForm) -> c.Command:
    assert form.is_valid(), form.errors
    return form.command()


def test_a_response_is_understood(story: Story) -> None:
    form = sent("respond", story, response="agreed", reason=" ", occurred_on="2026-11-20")
    day = TODAY.replace(day=20)
    assert command_of(form) == c.Respond(response=Response.AGREED, reason="", occurred_on=day)


def test_a_day_may_be_written_the_british_way(story: Story) -> None:
    form = sent("respond", story, response="agreed", occurred_on="20/11/2026")
    command = command_of(form)
    assert isinstance(command, c.Respond)
    assert command.occurred_on == TODAY.replace(day=20)


def test_a_day_that_is_none_is_answered_with_an_example(story: Story) -> None:
    form = sent("respond", story, response="agreed", occurred_on="next week")
    assert form.errors["occurred_on"] == [
        "Date of the response: give the date, for example 2027-03-31."
    ]


def test_what_happened_starts_at_today_and_what_is_promised_at_nothing(story: Story) -> None:
    situation = situation_of(story)
    assert FORMS["respond"](situation=situation)["occurred_on"].value() == TODAY
    assert FORMS["record-blocker"](situation=situation)["forecast_on"].value() is None


def test_a_link_is_evidence_with_the_hash_of_its_address(story: Story) -> None:
    address = "https://intranet.example/sample"
    form = sent("attach-evidence", story, title="A", location=address, effective_on="2026-11-20")
    command = command_of(form)
    assert isinstance(command, c.AttachEvidence)
    assert (command.kind, command.location) == (EvidenceKind.LINK, address)
    assert command.sha256 == hashlib.sha256(address.encode()).hexdigest()
    assert (command.action_id, command.key_questions) == (None, ())


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"value_n": "12", "value_m": "20"}, MeasureValue(n=12, m=20)),
        ({"value_number": "3.5"}, MeasureValue(number="3.5")),
        ({"value_day": "2026-11-20"}, MeasureValue(on=TODAY.replace(day=20))),
        ({}, MeasureValue()),
        ({"value_n": "1", "value_number": "2"}, MeasureValue(n=1, number="2")),
    ],
)
def test_a_figure_is_what_was_typed_and_no_more(
    story: Story, typed: dict[str, str], value: MeasureValue
) -> None:
    period = {"period_from": "2026-11-01", "period_to": "2026-11-20", "source": "dip_sample"}
    form = sent("record-measure-figure", story, measure_id=str(story.plan()), **period, **typed)
    command = command_of(form)
    assert isinstance(command, c.RecordMeasureFigure)
    assert command.value == value


def test_declining_is_an_answer(story: Story) -> None:
    form = sent(
        "decide-target-date-extension",
        story,
        action_id=str(story.plan()),
        granted="no",
        acting_role="pdu_lead",
    )
    form.fields["acting_role"].choices = [("pdu_lead", "PDU lead")]  # type: ignore[attr-defined]
    command = command_of(form)
    assert isinstance(command, c.DecideTargetDateExtension)
    assert command.granted is False


def test_a_choice_that_is_gone_is_left_to_the_rules(story: Story) -> None:
    other = str(situation_of(story).progress.latest_update_id or story.plan())
    command = command_of(sent("withdraw-action", story, action_id=other, reason="No use"))
    assert isinstance(command, c.WithdrawAction)
    assert not sent("withdraw-action", story, action_id="no id", reason="No use").is_valid()


def test_a_refusal_finds_its_field_or_the_top(story: Story) -> None:
    form = sent("attach-evidence", story, title="A", location="x", effective_on="2026-11-20")
    assert form.is_valid()
    form.refuse(CommandRejected("Malformed; try again.", code="x", field="sha256"))
    form.refuse(CommandRejected("Too late; try again.", code="x", field="kind"))
    form.refuse(CommandRejected("Not now; try again.", code="x"))
    assert form.errors["location"] == ["Malformed; try again."]
    assert form.non_field_errors() == ["Too late; try again.", "Not now; try again."]


def test_a_choice_that_is_missing_is_named_in_the_summary(story: Story) -> None:
    form = sent("define-measure", story, wording="Oversight works", unit="n_of_m")
    assert form.errors["better"] == ["Which way is better: choose one."]
