"""Drafts are kept whatever they hold, and given once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from tests.drafting import (
    AGREE,
    AGREED,
    approve,
    give,
    refusal_of,
    submit,
    submitted,
    typed,
    types_in_the_log,
)
from tests.tracker.story import NOW, Story
from tests.world import make_provider, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import Draft
from tracker.services import drafting
from tracker.services.drafting import keeping

pytestmark = pytest.mark.django_db
HALF = {"response": ["no such answer"], "reason": ["Half a sen"], "made_up": ["a", "b"]}


def test_whatever_was_typed_is_kept_as_it_stands_and_nothing_reaches_the_log(story: Story) -> None:
    form = typed(story.recommendation, values=HALF)
    draft = drafting.keep(form, author=story.lead, now=NOW)
    draft.refresh_from_db()
    assert (draft.values, draft.state, draft.created_at) == (HALF, "preparing", NOW)
    assert types_in_the_log() == ["recommendation_published"]


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
