"""What is exported and imported again changes nothing, whatever was written, in every format."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tracker.exchange.action_plans.plans import exported, planned_of, verdicts
from tests.tracker.story import TODAY, Story
from tests.world import make_user
from tracker.documents import read_tables
from tracker.documents.formats import Format
from tracker.domain import commands as c
from tracker.domain.decide.words import UNREADABLE
from tracker.domain.vocabulary import RedactionReason, Response, Role
from tracker.exchange.kinds import Verdict
from tracker.models import EventPayload

pytestmark = pytest.mark.django_db
AWKWARD = [
    "=HYPERLINK(1)",
    "-5 %",
    "'=1",
    "a\n\nb",
    '"q", "r"',
    "N/A",
    "Ŵy ŷ",
    "_x0041_",
    "x" * 9_999,
]


def is_taken(text: str) -> bool:
    """Say whether the rules take such a text; see `decide.words`."""
    visible = any(each.isprintable() and not each.isspace() for each in text)
    return visible and not UNREADABLE.search(text)


TEXTS = st.sampled_from(AWKWARD) | st.text(max_size=40).filter(is_taken)
DAYS = st.integers(0, 3_000).map(lambda days: TODAY + timedelta(days=days))
ACTIONS = st.lists(st.tuples(TEXTS, TEXTS.map(lambda text: text[:300]), DAYS), max_size=3)
ANSWERS = st.sampled_from(list(Response))


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(answers=st.lists(st.tuples(ANSWERS, TEXTS, ACTIONS), min_size=2, max_size=2))
def test_every_row_of_an_export_has_nothing_to_do(story: Story, answers: list[Any]) -> None:
    with transaction.atomic():
        story.now = story.now.replace(year=TODAY.year, month=TODAY.month, day=1)
        for recommendation, (answer, reason, actions) in zip(
            story.recommendations, answers, strict=True
        ):
            _tell(story, recommendation, answer, reason, actions)
        for to in Format:
            rows = planned_of(story, f"plan.{to}", exported(story, to))
            assert set(verdicts(rows)) == {Verdict.NOTHING}, rows
        transaction.set_rollback(True)


def _tell(story: Story, recommendation: Any, answer: Response, reason: str, actions: Any) -> None:
    if answer is Response.AWAITING:
        return
    story.tell_of([recommendation], c.Respond(response=answer, reason=reason))
    for description, delivered_by, target_on in (
        actions if answer is not Response.NOT_AGREED else ()
    ):
        story.tell_of(
            [recommendation],
            c.PlanAction(
                description=description,
                accountable_id=story.lead.pk,
                delivered_by=delivered_by,
                target_on=target_on,
            ),
        )


def test_one_action_for_each_partner_comes_back_as_it_was(story: Story) -> None:
    story.tell(c.Respond(response=Response.AGREED))
    for partner in ("Police", "Health", "Police"):
        story.tell(
            c.PlanAction(
                description="Share information",
                accountable_id=story.lead.pk,
                delivered_by=partner,
                target_on=TODAY,
            )
        )
    for to in Format:
        rows = planned_of(story, f"plan.{to}", exported(story, to))
        assert verdicts(rows) == [Verdict.NOTHING] * 4


def test_an_owner_who_has_left_is_known_by_name_still(story: Story) -> None:
    owner = make_user("Olu Owner", Role.ACTION_OWNER, story.unit)
    story.tell(c.Respond(response=Response.AGREED))
    story.tell(
        c.PlanAction(
            description="Train", accountable_id=owner.pk, delivered_by="Us", target_on=TODAY
        )
    )
    owner.is_active = False
    owner.save()
    assert verdicts(planned_of(story, "plan.docx", exported(story, Format.WORD))) == [
        Verdict.NOTHING,
        Verdict.NOTHING,
    ]


def test_deleted_words_stay_deleted(story: Story) -> None:
    story.tell(c.Respond(response=Response.AGREED))
    recorded = story.tell(
        c.PlanAction(
            description="Visit Siân",
            accountable_id=story.lead.pk,
            delivered_by="Us",
            target_on=TODAY,
        )
    )
    story.tell(
        c.RedactPersonalData(
            event_id=recorded.event_id,
            reason=RedactionReason.PERSONAL_DATA_OF_STAFF,
            authority="Her own request",
        ),
        by=story.administrator,
    )
    assert not EventPayload.objects.filter(body__contains="Siân").exists()
    rows = planned_of(story, "plan.xlsx", exported(story, Format.EXCEL))
    assert verdicts(rows) == [Verdict.NOTHING, Verdict.NOTHING]


def test_the_export_has_a_row_for_each_action_in_the_form_of_hmpps(story: Story) -> None:
    action = story.plan(TODAY)
    story.tell(c.RecordProgressUpdate(text="Done", occurred_on=story.now.date(), action_id=action))
    story.tell(c.ReportActionComplete(action_id=action))
    (table,) = read_tables("plan.csv", exported(story, Format.CSV))
    assert [list(row.cells) for row in table.rows] == [
        [
            *("Recommendation number", "Recommendation", "Response", "Reasons"),
            *("Action taken or planned", "Responsible owner", "Delivered by", "Target date"),
            "Status",
        ],
        [
            *("1", "Improve the quality of risk assessment.", "Agreed", None),
            *("Train every practitioner", "Lena Lead", "Quality team", TODAY.isoformat()),
            "Reported complete",
        ],
        ["2", "Improve the quality of risk assessment."],
    ]


def test_withdrawn_actions_are_left_out(story: Story) -> None:
    action = story.plan()
    story.tell(c.WithdrawAction(action_id=action, reason="Not needed"))
    (table,) = read_tables("plan.xlsx", exported(story, Format.EXCEL))
    assert [row.cells[4:] for row in table.rows[1:]] == [(), ()]
