"""Drafts are kept whatever they hold, signed by those who may, and given once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from inspections.models import Membership
from tests.drafting import AGREE, AGREED, approve, ask_for_sign_off, submit, submitted, typed
from tests.tracker.story import NOW, TODAY, Story
from tests.world import make_provider, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected, NotPermitted
from tracker.domain.vocabulary import Channel, Role
from tracker.event_store import StaleVersion
from tracker.models import Draft, DraftSignature, Event
from tracker.services import drafting
from tracker.services.drafting import keeping

pytestmark = pytest.mark.django_db
HALF = {"response": ["no such answer"], "reason": ["Half a sen"], "made_up": ["a", "b"]}


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def owner(story: Story) -> User:
    return make_user("Owen Owner", Role.ACTION_OWNER, story.unit)


@pytest.fixture
def second(story: Story) -> User:
    return make_user("Sara Second", Role.PDU_LEAD, story.unit)


@pytest.fixture
def region(story: Story) -> User:
    return make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)


def events() -> list[str]:
    return list(Event.objects.order_by("position").values_list("type", flat=True))


def refusal_of(act: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(CommandRejected) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


# --- Keeping ---


def test_whatever_was_typed_is_kept_as_it_stands_and_nothing_reaches_the_log(story: Story) -> None:
    form = typed(story.recommendation, values=HALF)
    draft = drafting.keep(form, author=story.lead, now=NOW)
    draft.refresh_from_db()
    assert (draft.values, draft.state, draft.created_at) == (HALF, "preparing", NOW)
    assert events() == ["recommendation_published"]


def test_a_character_that_no_database_keeps_does_not_lose_the_rest(story: Story) -> None:
    form = typed(story.recommendation, values={"reason": ["before\x00after"]})
    drafting.keep(form, author=story.lead, now=NOW)
    assert Draft.objects.get().values == {"reason": ["before\ufffdafter"]}


def test_what_no_person_types_is_not_kept(story: Story) -> None:
    """Else whoever may keep a draft could fill every colleague's page with megabytes."""
    longest = typed(story.recommendation, values={"reason": ["x" * keeping.MOST_CHARACTERS]})
    drafting.keep(longest, author=story.lead, now=NOW)
    halves = ["x" * keeping.MOST_CHARACTERS, "y"]
    longer = typed(story.recommendation, values={"reason": halves})
    assert refusal_of(drafting.keep, longer, author=story.lead, now=NOW) == "draft_too_long"
    assert Draft.objects.count() == 1


def test_nobody_has_more_drafts_on_a_recommendation_than_one_can_have_in_hand(
    story: Story, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_DRAFTS", 2)
    forms = [typed(story.recommendation) for _ in range(3)]
    for form in forms[:2]:
        drafting.keep(form, author=story.lead, now=NOW)
    assert refusal_of(drafting.keep, forms[2], author=story.lead, now=NOW) == "drafts_too_many"
    drafting.keep(forms[0], author=story.lead, now=NOW)
    drafting.keep(forms[2], author=second, now=NOW)
    assert Draft.objects.count() == 3


def test_the_same_form_kept_again_is_the_same_draft(story: Story) -> None:
    form = typed(story.recommendation, values=HALF)
    first = drafting.keep(form, author=story.lead, now=NOW)
    later = NOW + timedelta(minutes=1)
    again = typed(story.recommendation, values=AGREED, idempotency_key=form.idempotency_key)
    assert drafting.keep(again, author=story.lead, now=later).pk == first.pk
    draft = Draft.objects.get()
    assert (draft.values, draft.created_at, draft.changed_at) == (AGREED, NOW, later)


def test_a_window_writes_over_what_it_kept_itself_or_was_opened_with(story: Story) -> None:
    first = typed(story.recommendation, values=HALF, window="one")
    drafting.keep(first, author=story.lead, now=NOW)
    drafting.keep(replace(first, values=AGREED), author=story.lead, now=NOW)
    second = replace(first, window="two", opened_from="one")
    drafting.keep(second, author=story.lead, now=NOW)
    assert (Draft.objects.get().values, Draft.objects.get().window) == (HALF, "two")


def test_two_windows_do_not_write_over_one_another_unseen(story: Story, second: User) -> None:
    form = typed(story.recommendation, values=HALF, window="opened first")
    drafting.keep(form, author=story.lead, now=NOW)
    one, other = (replace(form, window=each, opened_from="opened first") for each in "ab")
    drafting.keep(replace(one, values={"reason": ["A"]}), author=story.lead, now=NOW)
    late = replace(other, values={"response": ["agreed"], "reason": ["B"]})
    assert refusal_of(drafting.keep, late, author=story.lead, now=NOW) == "draft_kept_elsewhere"
    assert refusal_of(submit, late, AGREE, story.lead) == "draft_kept_elsewhere"
    kept = drafting.kept_elsewhere(late, author=story.lead)
    assert kept is not None
    assert (kept.values, kept.state) == ({"reason": ["A"]}, "preparing")
    assert drafting.kept_elsewhere(late, author=second) is None
    drafting.keep(replace(late, opened_from=kept.window), author=story.lead, now=NOW)
    assert Draft.objects.get().values == late.values


def test_the_same_words_kept_in_two_windows_are_no_quarrel(story: Story) -> None:
    form = typed(story.recommendation, values=HALF, window="one")
    for window in ("one", "two"):
        drafting.keep(replace(form, window=window), author=story.lead, now=NOW)
    assert Draft.objects.get().values == HALF


def test_two_people_with_one_key_have_a_draft_each(story: Story, second: User) -> None:
    form = typed(story.recommendation)
    drafting.keep(form, author=story.lead, now=NOW)
    drafting.keep(form, author=second, now=NOW)
    assert Draft.objects.count() == 2


def test_nobody_keeps_a_draft_of_what_is_not_theirs(story: Story) -> None:
    stranger = make_user("Sam Stranger", Role.PDU_LEAD, make_provider("Southmarch PDU"))
    with pytest.raises(services.RecommendationNotFound):
        drafting.keep(typed(story.recommendation), author=stranger, now=NOW)


@pytest.mark.parametrize(
    ("command_type", "role", "code"),
    [
        (c.JudgeProgress, Role.PDU_LEAD, "not_permitted"),
        (c.JudgeProgress, Role.INSPECTOR, "role_not_held"),
        (c.DecideTargetDateExtension, Role.PDU_LEAD, "not_permitted"),
    ],
)
def test_a_draft_is_of_what_one_holds_or_prepares_in_a_role_one_has(
    story: Story, command_type: type[c.Command], role: Role, code: str
) -> None:
    form = typed(story.recommendation, command_type, role=role)
    assert refusal_of(drafting.keep, form, author=story.lead, now=NOW) == code


def test_an_action_owner_keeps_what_the_lead_will_give(story: Story, owner: User) -> None:
    form = typed(story.recommendation, role=Role.ACTION_OWNER)
    assert drafting.keep(form, author=owner, now=NOW).state == "preparing"


def test_an_author_discards_a_draft_and_nobody_else_does(story: Story, second: User) -> None:
    draft = drafting.keep(typed(story.recommendation), author=story.lead, now=NOW)
    with pytest.raises(drafting.DraftNotFound):
        drafting.discard(draft.pk, author=second, now=NOW)
    for _ in range(2):
        assert drafting.discard(draft.pk, author=story.lead, now=NOW).state == "discarded"


def give(form: drafting.Typed, actor: User) -> services.Receipt:
    return services.execute(
        AGREE,
        recommendation_id=form.recommendation_id,
        expected_version=form.expected_version,
        actor=actor,
        acting_role=form.acting_role,
        channel=Channel.ADMIN,
        now=NOW,
        idempotency_key=form.idempotency_key,
    )


def test_giving_the_form_gives_its_draft(story: Story) -> None:
    form = typed(story.recommendation)
    draft = drafting.keep(form, author=story.lead, now=NOW)
    bystander = drafting.keep(typed(story.recommendation), author=story.lead, now=NOW)
    give(form, story.lead)
    draft.refresh_from_db()
    bystander.refresh_from_db()
    assert (draft.state, draft.settled_at, bystander.state) == ("given", NOW, "preparing")
    assert refusal_of(drafting.keep, form, author=story.lead, now=NOW) == "draft_settled"
    assert refusal_of(drafting.discard, draft.pk, author=story.lead, now=NOW) == "draft_settled"


def test_what_is_kept_too_late_does_not_come_back_as_a_draft(story: Story) -> None:
    form = typed(story.recommendation)
    give(form, story.lead)
    assert refusal_of(drafting.keep, form, author=story.lead, now=NOW) == "draft_settled"
    assert not Draft.objects.exists()


def test_a_settled_draft_keeps_no_words_that_would_outlive_a_redaction(
    story: Story, owner: User
) -> None:
    discarded = drafting.keep(typed(story.recommendation, values=HALF), author=story.lead, now=NOW)
    drafting.discard(discarded.pk, author=story.lead, now=NOW)
    signed = submitted(story.recommendation, owner, Role.ACTION_OWNER, values=HALF)
    form = typed(story.recommendation, values=HALF)
    drafting.keep(form, author=story.lead, now=NOW)
    give(form, story.lead)
    settled = Draft.objects.exclude(pk=signed.pk)
    assert list(settled.values_list("values", flat=True)) == [{}, {}]


def test_a_signed_draft_keeps_no_words_either(story: Story, owner: User) -> None:
    approve(submitted(story.recommendation, owner, Role.ACTION_OWNER), story.lead)
    assert Draft.objects.get().values == {}


# --- Sign-off ---


@pytest.mark.parametrize("levels", [1, 2])
def test_where_sign_off_is_asked_nothing_is_given_without_it(story: Story, levels: int) -> None:
    ask_for_sign_off(story.unit, levels, story.lead)
    form = typed(story.recommendation)
    assert refusal_of(give, form, story.lead) == "sign_off_needed"
    assert events() == ["recommendation_published"]


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
    assert events()[1:] == ["response_recorded", "review_started"]


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
    assert events() == ["recommendation_published"]
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
    assert events() == ["recommendation_published", "response_recorded"]


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
    assert events() == ["recommendation_published", "response_recorded"]
