"""Drafts are signed by those who may, and given by the last signature."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from inspections.models import Membership
from tests.drafting import (
    AGREE,
    approve,
    ask_for_sign_off,
    give,
    refusal_of,
    submit,
    submitted,
    typed,
    types_in_the_log,
)
from tests.tracker.story import NOW, TODAY, Story
from tests.world import make_provider, make_user
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.vocabulary import Role
from tracker.event_store import StaleVersion
from tracker.models import Draft, DraftSignature, Event
from tracker.services import drafting

pytestmark = pytest.mark.django_db
HALF = {"response": ["no such answer"], "reason": ["Half a sen"], "made_up": ["a", "b"]}


@pytest.mark.parametrize("levels", [1, 2])
def test_where_sign_off_is_asked_nothing_is_given_without_it(story: Story, levels: int) -> None:
    ask_for_sign_off(story.unit, levels, story.lead)
    form = typed(story.recommendation)
    assert refusal_of(give, form, story.lead) == "sign_off_needed"
    assert types_in_the_log() == ["recommendation_published"]


def test_what_was_recorded_before_sign_off_was_asked_is_answered_as_before(story: Story) -> None:
    form = typed(story.recommendation)
    first = give(form, story.lead)
    ask_for_sign_off(story.unit, 1, story.lead)
    again = give(form, story.lead)
    assert again.replayed
    assert again.version == first.version


def test_the_latest_word_on_sign_off_rules(story: Story) -> None:
    ask_for_sign_off(story.unit, 2, story.lead)
    ask_for_sign_off(story.unit, 0, story.lead)
    assert give(typed(story.recommendation), story.lead).version == 2


def test_sign_off_of_a_provider_does_not_concern_hmpps_or_inspectors(story: Story) -> None:
    ask_for_sign_off(story.unit, 2, story.lead)
    coordinator = make_user("Cai Coordinator", Role.HMPPS_COORDINATOR)
    give(typed(story.recommendation, role=Role.HMPPS_COORDINATOR), coordinator)
    story.tell(c.StartReview(), by=story.inspector)
    assert types_in_the_log()[1:] == ["response_recorded", "review_started"]


def test_what_an_owner_prepared_the_lead_gives(story: Story, owner: User) -> None:
    draft = submitted(story.recommendation, owner, Role.ACTION_OWNER)
    signed = approve(draft, story.lead)
    assert signed.is_given
    event = Event.objects.get(version=2)
    assert (event.type, event.actor_id, event.actor_role) == (
        "response_recorded",
        story.lead.pk,
        "pdu_lead",
    )
    assert (event.prepared_by_id, event.prepared_by_name) == (owner.pk, "Owen Owner")


def test_one_level_takes_one_other_lead(story: Story, second: User) -> None:
    ask_for_sign_off(story.unit, 1, story.lead)
    draft = submitted(story.recommendation, story.lead)
    assert refusal_of(approve, draft, story.lead) == "own_draft"
    assert approve(draft, second).is_given
    assert Event.objects.get(version=2).prepared_by_id == story.lead.pk


def test_two_levels_take_two_people_and_the_last_gives_it(
    story: Story, second: User, region: User
) -> None:
    ask_for_sign_off(story.unit, 2, story.lead)
    draft = submitted(story.recommendation, story.lead)
    assert refusal_of(approve, draft, second) == "keep_for_last"
    assert not approve(draft, region).is_given
    assert types_in_the_log() == ["recommendation_published"]
    assert approve(draft, second).is_given
    roles = DraftSignature.objects.order_by("pk").values_list("person", "role")
    assert list(roles) == [(region.pk, "regional_lead"), (second.pk, "pdu_lead")]


def test_who_stands_in_for_the_author_does_not_sign(story: Story, owner: User) -> None:
    update = c.RecordProgressUpdate(text="Begun", occurred_on=TODAY)
    stand_in = make_user("Dee Delegate", Role.DELEGATE, story.unit, on_behalf_of=story.lead)
    ask_for_sign_off(story.unit, 1, story.lead)
    by_owner = submitted(story.recommendation, owner, Role.ACTION_OWNER, command=update)
    assert (
        refusal_of(submitted, story.recommendation, story.lead, command=update) == "nobody_to_sign"
    )
    approve(by_owner, stand_in, command=update)
    event = Event.objects.get(version=2)
    assert (event.actor_role, event.on_behalf_of_name) == ("delegate", "Lena Lead")


def test_a_second_click_signs_once_and_answers_the_same(story: Story, owner: User) -> None:
    draft = submitted(story.recommendation, owner, Role.ACTION_OWNER)
    assert approve(draft, story.lead).is_given
    assert approve(draft, story.lead).is_given
    assert types_in_the_log() == ["recommendation_published", "response_recorded"]


def test_submitted_twice_is_submitted_once(story: Story, owner: User) -> None:
    form = typed(story.recommendation, role=Role.ACTION_OWNER)
    submit(form, AGREE, owner)
    draft = submit(form, AGREE, owner)
    assert (draft.state, draft.submission) == ("submitted", 1)


def test_what_is_submitted_stays_as_it_is_until_it_is_taken_back(story: Story, owner: User) -> None:
    form = typed(story.recommendation, role=Role.ACTION_OWNER)
    draft = submit(form, AGREE, owner)
    other = typed(
        story.recommendation,
        role=Role.ACTION_OWNER,
        values=HALF,
        idempotency_key=form.idempotency_key,
    )
    assert refusal_of(drafting.keep, other, author=owner, now=NOW) == "draft_submitted"
    drafting.take_back(draft.pk, author=owner, now=NOW)
    assert drafting.keep(other, author=owner, now=NOW).values == HALF
    assert refusal_of(approve, draft, story.lead) == "draft_moved"


def test_the_rules_are_asked_when_it_is_submitted(story: Story, owner: User) -> None:
    no_reason = c.Respond(response="not_agreed", reason="")  # type: ignore[arg-type]
    assert (
        refusal_of(submitted, story.recommendation, owner, Role.ACTION_OWNER, command=no_reason)
        == "text_missing"
    )
    assert not Draft.objects.filter(state="submitted").exists()


def test_what_changed_meanwhile_is_said_to_the_author_and_to_the_signer(
    story: Story, owner: User
) -> None:
    draft = submitted(story.recommendation, owner, Role.ACTION_OWNER)
    story.update("Begun")
    with pytest.raises(StaleVersion):
        approve(draft, story.lead, targets={story.recommendation.pk: 1})
    with pytest.raises(StaleVersion):
        submitted(story.recommendation, owner, Role.ACTION_OWNER, expected_version=1)
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert not draft.signatures.exists()
    assert approve(draft, story.lead).is_given


def test_a_rule_that_refuses_at_the_end_leaves_the_draft_submitted(
    story: Story, owner: User
) -> None:
    draft = submitted(story.recommendation, owner, Role.ACTION_OWNER)
    story.tell(AGREE)
    assert refusal_of(approve, draft, story.lead) == "already_responded"
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert not draft.signatures.exists()


def test_it_comes_back_with_a_reason_and_is_signed_afresh(
    story: Story, owner: User, region: User
) -> None:
    ask_for_sign_off(story.unit, 2, story.lead)
    form = typed(story.recommendation, role=Role.ACTION_OWNER)
    draft = submit(form, AGREE, owner)
    approve(draft, region)
    back: dict[str, Any] = {"submission": 1, "signer": story.lead, "now": NOW}
    assert refusal_of(drafting.send_back, draft.pk, reason=" ", **back) == "text_missing"
    for _ in range(2):
        returned = drafting.send_back(draft.pk, reason="Say who.", **back)
        assert returned.state == "returned"
    again = submit(form, AGREE, owner)
    assert again.submission == 2
    assert refusal_of(approve, again, story.lead) == "keep_for_last"
    approve(again, region)
    assert approve(again, story.lead).is_given


@pytest.mark.parametrize("who", ["author", "colleague", "stranger", "inspector"])
def test_nobody_else_returns_it(story: Story, owner: User, who: str) -> None:
    people = {
        "author": owner,
        "colleague": make_user("Cole Colleague", Role.ACTION_OWNER, story.unit),
        "stranger": make_user("Sam Stranger", Role.PDU_LEAD, make_provider("Southmarch PDU")),
        "inspector": story.inspector,
    }
    draft = submitted(story.recommendation, owner, Role.ACTION_OWNER)
    for act in (
        lambda: drafting.send_back(
            draft.pk, submission=1, reason="No", signer=people[who], now=NOW
        ),
        lambda: approve(draft, people[who]),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_the_signer_acts_in_a_role_that_gives_it(story: Story, owner: User) -> None:
    draft = submitted(story.recommendation, owner, Role.ACTION_OWNER)
    Membership.objects.create(
        user=story.lead, role=Role.HMPPS_COORDINATOR, starts_on=TODAY - timedelta(days=9)
    )
    approve(draft, story.lead, acting_role=Role.HMPPS_COORDINATOR)
    assert Event.objects.get(version=2).actor_role == "pdu_lead"


def test_decisions_of_the_region_are_not_submitted(story: Story, region: User) -> None:
    action = story.plan()
    decision = c.DecideTargetDateExtension(action_id=action, granted=True, reason="")
    assert (
        refusal_of(submitted, story.recommendation, region, Role.REGIONAL_LEAD, command=decision)
        == "not_signed_off"
    )


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_give_it_once(story: Story, owner: User, second: User) -> None:
    draft = submitted(story.recommendation, owner, Role.ACTION_OWNER)
    answers: list[str] = []
    together = Barrier(2)

    def sign(signer: User) -> None:
        together.wait()
        try:
            answers.append("given" if approve(draft, signer).is_given else "signed")
        except CommandRejected as rejection:
            answers.append(rejection.code)
        finally:
            connection.close()

    threads = [Thread(target=sign, args=(each,)) for each in (story.lead, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["draft_moved", "given"]
    assert types_in_the_log() == ["recommendation_published", "response_recorded"]
