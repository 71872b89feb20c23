"""Where others sign what a person says, rows of a plan become drafts that are submitted."""

import pytest

from tests.drafting import ask_for_sign_off
from tests.tracker.exchange.action_plans.plans import TRAIN, only, planned, verdicts
from tests.tracker.story import TODAY, Story
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response, Role
from tracker.exchange.action_plans.steps import FORMS as SLUGS
from tracker.exchange.kinds import Deed, Verdict
from tracker.forms import FORMS
from tracker.forms.drafted import as_prepared
from tracker.queries.permitted import find_situation

pytestmark = pytest.mark.django_db
HIRE = (1, None, "Hire", "Lena Lead", "4 January 2027")


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


def test_every_command_of_a_plan_has_its_form() -> None:
    assert {FORMS[slug].gives for slug in SLUGS.values()} == set(SLUGS)


def test_a_response_goes_to_sign_off_and_its_action_waits_for_it(story: Story) -> None:
    ask_for_sign_off(story.unit, 1, story.lead)
    response, action = planned(story, TRAIN)
    assert response.says[0] == "For sign-off: record the response “agreed”."
    assert [deed.form for deed in response.deeds] == ["respond"]
    assert action.verdict is Verdict.CANNOT
    assert "once it is recorded" in action.why


def test_an_action_goes_to_sign_off_in_the_words_of_its_form(story: Story) -> None:
    story.tell(c.Respond(response=Response.AGREED))
    ask_for_sign_off(story.unit, 1, story.lead)
    (deed,) = only(planned(story, HIRE)).deeds
    assert deed.form == "plan-action"
    assert _as_read(story, deed) == deed.command


def _as_read(story: Story, deed: Deed) -> c.Command:
    """Return the command that somebody who signs the draft would give."""
    situation = find_situation(story.lead, story.recommendation.pk, TODAY)
    assert situation is not None
    values = {**deed.values, "idempotency_key": ["00000000-0000-4000-8000-000000000000"]}
    versions = {"expected_version": situation.progress.version}
    form = as_prepared(FORMS[deed.form], values, situation, Role.PDU_LEAD, **versions)
    assert form.is_valid(), form.errors
    return form.command()


def test_a_delegate_prepares_a_plan_for_the_lead_to_sign(story: Story) -> None:
    delegate = make_user("Dee Delegate", Role.DELEGATE, story.unit, on_behalf_of=story.lead)
    response, _ = planned(story, TRAIN, by=delegate)
    assert response.acting_role is Role.DELEGATE
    assert [deed.form for deed in response.deeds] == ["respond"]


def test_the_co_ordinator_answers_and_plans_nothing(story: Story) -> None:
    coordinator = make_user("Cai Coordinator", Role.HMPPS_COORDINATOR)
    response, action = planned(story, TRAIN, by=coordinator)
    assert [type(deed.command) for deed in response.deeds] == [c.Respond]
    assert "you may not plan an action" in action.why


def test_whoever_only_reads_records_nothing(story: Story) -> None:
    rows = planned(story, TRAIN, by=story.inspector)
    assert verdicts(rows) == [Verdict.CANNOT]
    assert "recorded by the people of its unit" in rows[0].why


def test_nobody_elses_recommendations_are_there(story: Story) -> None:
    outsider = Story("Southmarch PDU").lead
    rows = planned(story, TRAIN, by=outsider)
    assert [row.recommendation_id for row in rows] == [None]
    assert "has no recommendation 1" in rows[0].why
