"""The sections of a page: basis, dates, blockers, escalations, evidence, timeline."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from inspections.models import KeyQuestion, KeyQuestionResult, Standard, StandardRating
from tests.evidence_files import attaching, bring
from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, form_path, page_path
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason, Role
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
Count = Callable[..., Any]


@pytest.fixture
def rated(story: Story) -> Story:
    """The story's inspection with two rated standards and three key questions."""
    framework = story.inspection.framework
    for code, rating in (("P 2.1", "inadequate"), ("P 2.2", "good")):
        StandardRating.objects.create(
            inspection=story.inspection,
            standard=Standard.objects.get(framework=framework, code=code),
            rating=rating,
        )
    for code, percent in (("P 2.1/1", 82), ("P 2.1/3", 48), ("P 2.2/3", 63)):
        KeyQuestionResult.objects.create(
            inspection=story.inspection,
            key_question=KeyQuestion.objects.get(standard__framework=framework, code=code),
            text="A question",
            percent=percent,
        )
    return story


@pytest.fixture
def region(story: Story) -> User:
    return make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)


def section(visitor: Visitor, pk: int, name: str) -> str:
    """Return the words of one section of the page, spaces and tags made plain."""
    found = re.search(rf'<section class="module" id="{name}".*?</section>', visitor.page(pk), re.S)
    assert found is not None, name
    return plain(found.group())


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace(" ,", ",").replace(" .", ".")


def in_days(story: Story, days: int) -> Any:
    return story.now.date() + timedelta(days=days)


# --- Basis ----------------------------------------------------------------------------------------


def test_the_basis_shows_each_question_with_its_distances_and_the_failing_first(
    rated: Story, pk: int, lead: Visitor
) -> None:
    linked = c.LinkBasis(standards=("P 2.1",), key_questions=("P 2.1/1", "P 2.1/3"), themes=())
    rated.tell(linked)
    basis = section(lead, pk, "basis")
    assert "P 2.1 Assessment Published rating: Inadequate" in basis
    assert "48% Inadequate 2 points below Requires improvement, 17 points below Good" in basis
    assert "2 points from the nearest edge, within the margin of a rating panel" in basis
    assert "82% Outstanding In the highest band" in basis
    assert basis.index("P 2.1/3") < basis.index("P 2.1/1")
    assert "Change the basis" in basis


def test_a_published_rating_stands_beside_a_lower_band(
    rated: Story, pk: int, lead: Visitor
) -> None:
    rated.tell(c.LinkBasis(standards=("P 2.2",), themes=("victims",)))
    basis = section(lead, pk, "basis")
    assert "Published rating: Good" in basis
    assert "lies in the band Requires improvement. The published rating stands." in basis
    assert "Themes Actual and potential victims" in basis


def test_without_a_basis_the_failing_questions_are_a_suggestion(
    rated: Story, people: dict[str, User], pk: int
) -> None:
    for who, user in people.items():
        basis = section(Visitor(user), pk, "basis")
        assert "Nobody has linked" in basis
        assert "Suggestion: the key questions of this inspection that fall below Good" in basis
        assert "P 2.1/3 keeping other people safe" in basis
        assert "P 2.1/1" not in basis, "it does not fail"
        holds_it = who in ("lead", "inspector", "lead inspector")
        assert ("Link the basis" in basis) == holds_it, who


def test_an_inspection_without_figures_has_nothing_to_suggest(pk: int, lead: Visitor) -> None:
    assert "Suggestion" not in section(lead, pk, "basis")


# --- Actions and their dates ----------------------------------------------------------------------


def test_an_action_says_how_often_and_by_how_long_its_date_slipped_and_who_approved_it(
    story: Story, region: User, pk: int, lead: Visitor
) -> None:
    action = story.plan(TODAY + timedelta(days=10))
    story.tell(
        c.MoveTargetDate(action_id=action, target_on=TODAY + timedelta(days=20), reason="A vacancy")
    )
    story.tell(
        c.RequestTargetDateExtension(
            action_id=action, target_on=TODAY + timedelta(days=45), reason="Still vacant"
        )
    )
    story.tell(
        c.DecideTargetDateExtension(action_id=action, granted=True, reason="Once more"),
        by=region,
        acting_role=Role.REGIONAL_LEAD,
    )
    actions = section(lead, pk, "actions")
    assert "6 January 2027 moved twice, by 35 days in all; first 2 December 2026" in actions
    assert "The first move: from 2 December 2026 to 12 December 2026, 10 days later." in actions
    assert "Moved by Lena Lead, PDU lead, 26 September 2026. A vacancy" in actions
    assert "The second move: from 12 December 2026 to 6 January 2027, 25 days later." in actions
    assert "Asked for by Lena Lead, PDU lead, 27 September 2026. Still vacant" in actions
    assert "Approved by Rhys Region, Regional lead, 28 September 2026. Once more" in actions


def test_a_request_for_more_time_waits_for_those_who_decide(
    story: Story, region: User, pk: int, lead: Visitor
) -> None:
    action = story.plan(TODAY + timedelta(days=10))
    moved = TODAY + timedelta(days=20)
    story.tell(c.MoveTargetDate(action_id=action, target_on=moved, reason="A vacancy"))
    asked = TODAY + timedelta(days=45)
    story.tell(c.RequestTargetDateExtension(action_id=action, target_on=asked, reason="Still"))
    assert "more time asked for, until 6 January 2027" in section(lead, pk, "actions")
    link = f"{form_path(pk, 'decide-target-date-extension')}?action_id={action}"
    assert link in Visitor(region).page(pk)
    assert link not in lead.page(pk)


# --- Blockers and escalations ---------------------------------------------------------------------


@pytest.fixture
def blocker(story: Story) -> Any:
    recorded = story.tell(
        c.RecordBlocker(
            cause="No room",
            controlled_by="Estates",
            forecast_on=in_days(story, 5),
            risk_register_reference="R12",
        )
    )
    revised = c.ReviseBlockerForecast(
        blocker_id=recorded.event_id, forecast_on=in_days(story, 15), reason="The lease"
    )
    story.tell(revised)
    return recorded.event_id


def test_a_blocker_shows_its_forecast_how_it_moved_and_that_it_has_passed(
    story: Story, blocker: Any, pk: int, lead: Visitor
) -> None:
    blockers = section(lead, pk, "blockers")
    assert "No room risk register: R12 Estates" in blockers
    assert "9 October 2026 Forecast passed" in blockers
    assert "forecast revised once, 11 days later in all; first 28 September 2026" in blockers
    assert "Revised by Lena Lead, PDU lead, 25 September 2026. The lease" in blockers
    assert f"{form_path(pk, 'clear-blocker')}?blocker_id={blocker}" in lead.page(pk)


def test_a_cleared_blocker_stays_and_comes_last(
    story: Story, blocker: Any, pk: int, lead: Visitor
) -> None:
    story.tell(c.ClearBlocker(blocker_id=blocker, note="Signed"))
    far = in_days(story, 90)
    story.tell(c.RecordBlocker(cause="No trainer", controlled_by="Region", forecast_on=far))
    blockers = section(lead, pk, "blockers")
    assert "Cleared 26 September 2026" in blockers
    assert "Forecast passed" not in blockers
    assert blockers.index("No trainer") < blockers.index("No room")
    assert f"{form_path(pk, 'clear-blocker')}?blocker_id={blocker}" not in lead.page(pk)


def test_an_escalation_shows_what_is_asked_of_whom_and_the_answer(
    story: Story, region: User, pk: int, lead: Visitor
) -> None:
    asked = c.RaiseEscalation(
        addressed_to=Role.REGIONAL_LEAD, asked="A trainer", reply_by=in_days(story, 5)
    )
    raised = story.tell(asked).event_id
    escalations = section(lead, pk, "escalations")
    assert "A trainer Regional lead asked by Lena Lead, 24 September 2026" in escalations
    assert "28 September 2026 Answer overdue Waiting" in escalations
    link = f"{form_path(pk, 'answer-escalation')}?escalation_id={raised}"
    assert link in Visitor(region).page(pk)
    assert link not in lead.page(pk)
    answer = c.AnswerEscalation(escalation_id=raised, answer="From May.")
    story.tell(answer, by=region, acting_role=Role.REGIONAL_LEAD)
    escalations = section(lead, pk, "escalations")
    assert "From May. answered by Rhys Region, 25 September 2026" in escalations
    assert "Answer overdue" not in escalations


def test_a_removed_text_is_said_to_be_removed(story: Story, blocker: Any, pk: int) -> None:
    redact = c.RedactPersonalData(event_id=blocker, reason=RedactionReason.PERSONAL_DATA_OF_STAFF)
    story.tell(redact, by=story.administrator)
    page = Visitor(story.lead).page(pk)
    assert "Text removed" in section(Visitor(story.lead), pk, "blockers")
    assert "No room" not in page
    assert "Estates" not in page


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("actions", "No action is planned yet."),
        ("blockers", "No blocker is recorded."),
        ("escalations", "Nothing is escalated."),
        ("evidence", "No evidence is attached yet."),
        ("measures", "No measure is defined yet."),
    ],
)
def test_an_empty_section_says_so(pk: int, lead: Visitor, name: str, words: str) -> None:
    assert words in section(lead, pk, name)


# --- Evidence and timeline ------------------------------------------------------------------------


def test_withdrawn_evidence_stays_with_the_reason_and_is_no_link_any_more(
    story: Story, pk: int, lead: Visitor
) -> None:
    evidence = story.attach("Audit summary")
    assert 'href="https://intranet.example/audit"' in lead.page(pk)
    story.tell(c.WithdrawEvidence(evidence_id=evidence.event_id, reason="The wrong file"))
    assert "Withdrawn 25 September 2026 The wrong file" in section(lead, pk, "evidence")
    assert 'href="https://intranet.example/audit"' not in lead.page(pk)


def test_the_timeline_holds_days_and_no_clocks_hashes_or_versions(
    story: Story, people: dict[str, User], pk: int
) -> None:
    told = c.RecordProgressUpdate(text="Begun", occurred_on=story.now.date() - timedelta(days=3))
    story.tell(told)
    story.attach("Audit summary")
    story.tell(c.ReviewWithoutChange(note="Looked"))
    for who in ("lead", "owner", "delegate", "regional lead"):
        visitor = Visitor(people[who])
        timeline = section(visitor, pk, "timeline")
        assert (
            "20 September 2026, by Lena Lead, PDU lead, recorded on 24 September 2026" in timeline
        )
        assert "26 September 2026, by Lena Lead, PDU lead Note: Looked" in timeline
        assert not re.search(r"\d(am|pm)\b|SHA-256|[0-9a-f]{64}|[Vv]ersion", timeline)
        assert "See the full timeline" not in timeline
        assert timeline.index("Reviewed, no change") < timeline.index("Evidence added")


def test_those_of_the_inspectorate_find_the_full_timeline(people: dict[str, User], pk: int) -> None:
    for who in ("inspector", "lead inspector", "administrator"):
        assert f'href="/recommendations/{pk}/"' in Visitor(people[who]).page(pk)


def test_an_update_can_be_corrected_and_a_text_redacted_from_its_entry(
    story: Story, pk: int, lead: Visitor
) -> None:
    update = story.update("Hlaf of them").event_id
    correct = f"{form_path(pk, 'correct-progress-update')}?event_id={update}"
    redact = f"{form_path(pk, 'redact-personal-data')}?event_id={update}"
    assert correct in lead.page(pk)
    assert redact not in lead.page(pk)
    administrator = Visitor(story.administrator)
    assert redact in administrator.page(pk)
    assert correct not in administrator.page(pk)


def test_a_long_timeline_shows_its_newest_fifty_and_then_all(
    story: Story, pk: int, lead: Visitor
) -> None:
    for number in range(54):
        story.update(f"Update number {number}")
    page = lead.page(pk)
    assert page.count('<li id="entry-') == 50
    assert "Show all 55 entries" in page
    whole = lead.read(page_path(pk), timeline="all")
    assert whole.count('<li id="entry-') == 55
    assert "Show all" not in whole


@pytest.mark.parametrize("who", ["lead", "regional lead", "co-ordinator", "lead inspector"])
def test_the_page_costs_the_same_however_long_its_stream_is(
    rated: Story,
    people: dict[str, User],
    pk: int,
    who: str,
    django_assert_max_num_queries: Count,
) -> None:
    fill(rated, people["regional lead"])
    visitor = Visitor(people[who])
    with django_assert_max_num_queries(20) as short:
        visitor.page(pk)
    for number in range(20):
        rated.update(f"Update number {number}")
    with django_assert_max_num_queries(20) as long:
        visitor.page(pk)
    assert len(short) == len(long)


def fill(story: Story, region: User) -> None:
    """Tell something of every kind, so that every lookup is needed."""
    action = story.plan(TODAY + timedelta(days=10))
    later = make_inspection(make_provider("Southmarch PDU"))
    other = make_recommendation(later)
    open_streams(inspection=later, actor=story.administrator, now=story.now)
    day = TODAY + timedelta(days=40)
    for command in (
        c.Assign(accountable_id=story.lead.pk),
        c.LinkBasis(standards=("P 2.1",), key_questions=("P 2.1/3",), themes=("victims",)),
        c.MoveTargetDate(action_id=action, target_on=day, reason="A vacancy"),
        c.RecordBlocker(cause="No room", controlled_by="Estates", forecast_on=day),
        c.RaiseEscalation(addressed_to=Role.REGIONAL_LEAD, asked="A room", reply_by=day),
    ):
        story.tell(command)
    story.attach()
    story.tell(attaching(bring(story)))
    judged = c.JudgeProgress(judgement="some_progress", rationale="We looked")
    story.tell(judged, by=story.inspector)
    recurred = c.ConfirmRecurrence(other_recommendation_id=other.pk, rationale="The same")
    story.tell(recurred, by=story.inspector)
