"""What each row of an action plan would do, what it cannot, and why."""

from datetime import date

import pytest

from tests.tracker.exchange.action_plans.plans import TRAIN, give, only, planned, verdicts
from tests.tracker.story import Story
from tests.world import make_user
from tracker.documents import Value
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, Response, Role
from tracker.exchange.kinds import Verdict
from tracker.models import ActionProgress, Event, RecommendationProgress

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 31)
PLAN = c.PlanAction(
    description="Train everybody", accountable_id=0, delivered_by="Training team", target_on=DAY
)


@pytest.fixture
def story() -> Story:
    return Story(recommendations=3)


def agreed_with_an_action(story: Story) -> ActionProgress:
    story.tell(c.Respond(response=Response.AGREED))
    story.tell(
        c.PlanAction(
            description="Train everybody",
            accountable_id=story.lead.pk,
            delivered_by="Training team",
            target_on=DAY,
        )
    )
    return ActionProgress.objects.get()


def test_a_row_records_its_response_and_plans_its_action(story: Story) -> None:
    row = only(planned(story, TRAIN))
    assert row.verdict is Verdict.READY
    assert (row.number, row.recommendation_id) == (2, story.recommendation.pk)
    assert row.acting_role is Role.PDU_LEAD
    assert [deed.command for deed in row.deeds] == [
        c.Respond(response=Response.AGREED),
        c.PlanAction(
            description="Train everybody",
            accountable_id=story.lead.pk,
            delivered_by="Lena Lead, head of unit",
            target_on=DAY,
        ),
    ]
    answer, action = row.says
    assert answer == "Record the response “agreed”."
    assert action == (
        "Plan an action of Lena Lead, delivered by Lena Lead, head of unit, by 31 March 2027:"
        " Train everybody"
    )
    assert Event.objects.count() == 3  # planning writes nothing


def test_several_actions_of_a_recommendation_carry_its_number_down(story: Story) -> None:
    rows = planned(
        story,
        TRAIN,
        (None, None, "Audit ten cases", "Lena Lead", "30/06/2027"),
        (2, "Partly agreed: not the second half", "Hire", "Lena Lead", date(2027, 1, 4)),
        (3, "Not agreed – no funds", "N/A", None, None),
    )
    assert verdicts(rows) == [Verdict.READY] * 4
    assert [row.recommendation_id for row in rows] == [
        each.pk for each in (story.recommendations[n] for n in (0, 0, 1, 2))
    ]
    give(story, rows)
    progress = RecommendationProgress.objects.order_by("pk")
    assert [(each.response, each.response_reason) for each in progress] == [
        ("agreed", ""),
        ("partly_agreed", "not the second half"),
        ("not_agreed", "no funds"),
    ]
    assert ActionProgress.objects.count() == 3


def test_what_is_recorded_already_is_nothing_to_do(story: Story) -> None:
    rows = planned(story, TRAIN, (2, "Agreed", "Hire", "Lena Lead", "4 January 2027"))
    give(story, rows)
    again = planned(story, TRAIN, (2, "Agreed", "Hire", "Lena Lead", "4 January 2027"))
    assert verdicts(again) == [Verdict.NOTHING, Verdict.NOTHING]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ((9, "Agreed", "Train", "Lena Lead", DAY), "The plan has no recommendation 9"),
        (("first", "Agreed", "Train", "Lena Lead", DAY), "is not understood; type the figure"),
        ((None, "Agreed", "Train", "Lena Lead", DAY), "which recommendation it is about"),
        ((1, "Agreed/Partly Agreed/Not Agreed", None, None, None), "write agreed, partly agreed"),
        ((1, "Not agreed", None, None, None), "say why it is not agreed"),
    ],
)
def test_a_row_that_cannot_be_done_says_why(story: Story, row: tuple[Value, ...], why: str) -> None:
    refused = only(planned(story, row))
    assert refused.verdict is Verdict.CANNOT
    assert why in refused.why
    assert not refused.deeds


@pytest.mark.parametrize(
    ("owner", "target", "why"),
    [
        ("Lena Lead", None, "no target date"),
        ("Lena Lead", "March 2027", "names a month and no day"),
        ("Lena Lead", "Completed", "“Completed” is no date"),
        ("Lena Lead", "31 March 2025", "31 March 2025 has passed"),
        ("Head of unit", DAY, "not one of Northmarch PDU’s people; write one of these: Lena Lead"),
        (None, DAY, "Nobody is named as the responsible owner"),
        ("Lena Lead and Olu Owner", DAY, "names several people"),
    ],
)
def test_an_action_that_cannot_be_planned_does_not_stop_its_response(
    story: Story, owner: Value, target: Value, why: str
) -> None:
    make_user("Olu Owner", Role.ACTION_OWNER, story.unit)
    response, action = planned(story, (1, "Agreed", "Train everybody", owner, target))
    assert [type(deed.command) for deed in response.deeds] == [c.Respond]
    assert action.verdict is Verdict.CANNOT
    assert why in action.why
    assert action.number == response.number == 2


def test_one_bad_row_stops_no_other(story: Story) -> None:
    rows = planned(
        story, (1, "Agreed", "Train", "Nobody", DAY), (None, None, "Audit", "Lena Lead", DAY)
    )
    assert verdicts(rows) == [Verdict.READY, Verdict.CANNOT, Verdict.READY]
    give(story, rows)
    assert ActionProgress.objects.get().description == "Audit"


def test_another_response_would_be_a_revision_and_is_never_done_unseen(story: Story) -> None:
    story.tell(c.Respond(response=Response.PARTLY_AGREED, reason="The first half."))
    for said in ("Agreed", "Partly agreed: the second half"):
        row = only(planned(story, (1, said, None, None, None)))
        assert row.verdict is Verdict.FLAGGED
        assert "The response on record is “Partly agreed”" in row.why
        assert [type(deed.command) for deed in row.deeds] == [c.ReviseResponse]
    for said in ("Partly agreed", "partially agreed: The  first half."):
        assert only(planned(story, (1, said, None, None, None))).verdict is Verdict.NOTHING


def test_why_it_is_not_agreed_may_stand_in_the_column_of_the_action(story: Story) -> None:
    row = (1, "Not agreed", "There are no funds for it.", None, None)
    given = only(planned(story, row))
    assert [deed.command for deed in given.deeds] == [
        c.Respond(response=Response.NOT_AGREED, reason="There are no funds for it.")
    ]
    give(story, [given])
    assert only(planned(story, row)).verdict is Verdict.NOTHING


def test_rows_that_contradict_each_other_are_told(story: Story) -> None:
    rows = planned(story, TRAIN, (1, "Not agreed: no funds", None, None, None))
    assert verdicts(rows) == [Verdict.READY, Verdict.CANNOT]
    assert "An earlier row of this file answers “Agreed”" in rows[1].why


def test_a_row_that_stands_twice_is_done_once(story: Story) -> None:
    rows = planned(story, TRAIN, TRAIN)
    assert verdicts(rows) == [Verdict.READY, Verdict.NOTHING]
    assert rows[1].why == "Row 2 says the same."


def test_another_target_date_is_not_moved_by_a_file(story: Story) -> None:
    agreed_with_an_action(story)
    row = only(planned(story, (1, None, "Train everybody", "Lena Lead", "30 April 2027")))
    assert row.verdict is Verdict.CANNOT
    assert "planned already, for 31 March 2027" in row.why


def test_another_owner_is_a_change_of_owner(story: Story) -> None:
    action = agreed_with_an_action(story)
    owner = make_user("Olu Owner", Role.ACTION_OWNER, story.unit)
    row = only(planned(story, (1, None, "Train  everybody", "Olu Owner", "31 March 2027")))
    assert [deed.command for deed in row.deeds] == [
        c.ChangeActionOwner(action_id=action.action_id, accountable_id=owner.pk)
    ]
    assert row.says[0] == "Change the owner of “Train everybody” from Lena Lead to Olu Owner."


def test_a_withdrawn_action_is_not_planned_again(story: Story) -> None:
    action = agreed_with_an_action(story)
    story.tell(c.WithdrawAction(action_id=action.action_id, reason="Not needed"))
    row = only(planned(story, (1, None, "Train everybody", "Lena Lead", "30 April 2027")))
    assert "was withdrawn" in row.why


def test_the_wording_is_compared_and_never_changed(story: Story) -> None:
    titles = ("Rec no", "Recommendation", "Response")
    same, other = planned(
        story,
        (1, "improve the quality of risk assessment", "Agreed"),
        (2, "Improve the quality of everything.", "Agreed"),
        titles=titles,
    )
    assert same.warnings == []
    assert same.verdict is other.verdict is Verdict.READY
    assert "not the published one" in other.warnings[0]


def test_what_looks_like_a_number_of_a_person_is_warned_of(story: Story) -> None:
    row = only(planned(story, (1, "Agreed", "Review case X123456", "Lena Lead", DAY)))
    assert row.verdict is Verdict.READY
    assert "“X123456” looks like a case reference" in row.warnings[0]


def test_a_closed_recommendation_takes_nothing(story: Story) -> None:
    story.tell(c.Respond(response=Response.NOT_AGREED, reason="No funds"))
    story.tell(
        c.CloseRecommendation(closure=Closure.NOT_AGREED_ACCEPTED, reason="Accepted"),
        by=story.inspector,
    )
    row = only(planned(story, (1, None, "Train everybody", "Lena Lead", DAY)))
    assert "The recommendation is closed" in row.why


def test_what_was_recorded_is_read_again_whatever_the_number_of_rows(
    story: Story, django_assert_max_num_queries: object
) -> None:
    rows = [(1, "Agreed", f"Action {n}", "Lena Lead", DAY) for n in range(60)]
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert set(verdicts(planned(story, *rows))) == {Verdict.READY}
