"""A draft of what is said of several recommendations: kept with its ticks, signed for all."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User

from inspections.models import Recommendation
from tests.drafting import ask_for_sign_off, typed
from tests.tracker.admin.drafts.opened import draft_path, fields_of, kept, presses
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import Visitor, said
from tests.world import make_provider, make_recommendation, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Response, Role
from tracker.models import ActionProgress, Draft, Event
from tracker.services import drafting

pytestmark = pytest.mark.django_db
UPDATE = "record-progress-update"
TEXT = "Every plan is read by a manager."


@pytest.fixture
def other(story: Story) -> Recommendation:
    return story.recommendations[1]


@pytest.fixture
def owner(people: dict[str, User]) -> Visitor:
    return Visitor(people["owner"])


def say_elsewhere(story: Story, other: Recommendation) -> None:
    update = c.RecordProgressUpdate(text="Said meanwhile", occurred_on=story.now.date())
    story.tell_of([other], update)


@pytest.fixture
def submitted(story: Story, owner: Visitor, pk: int, other: Recommendation) -> Draft:
    """Actions of two partners for two recommendations, prepared by an action owner."""
    story.tell_of(story.recommendations, c.Respond(response=Response.AGREED))
    owner.give(
        pk,
        "plan-action",
        description="Agree how information is shared",
        accountable_id=story.lead.pk,
        partners="Police\nCouncil",
        target_on=TODAY + timedelta(days=30),
        also_for=[other.pk],
    )
    draft = Draft.objects.get()
    assert draft.state == "submitted"
    return draft


def signature(visitor: Visitor, draft: Draft) -> dict[str, Any]:
    """Return what signing sends, as the page of the draft shows it now."""
    context = visitor.get(draft_path(draft)).context
    return {
        "submission": draft.submission,
        "expected_version": context["situation"].progress.version,
        "also_seen": context["also_seen"],
        "_approve": "1",
    }


def test_ticks_and_partners_are_kept_and_can_be_given_later(
    story: Story, lead: Visitor, pk: int, other: Recommendation
) -> None:
    story.tell_of(story.recommendations, c.Respond(response=Response.AGREED))
    draft = kept(lead, pk, "plan-action", partners="Police\nCouncil", also_for=[other.pk])
    say_elsewhere(story, other)
    page = lead.read(draft_path(draft))
    assert "Recorded about recommendation 2 since you last kept this draft" in page
    assert "Said meanwhile" in page
    form = fields_of(lead, draft)
    assert (form["partners"], form["also_for"]) == ("Police\nCouncil", [str(other.pk)])
    rest = {"description": "Share", "accountable_id": story.lead.pk, "target_on": TODAY}
    assert presses(lead, draft, **{**form, **rest}).status_code == 302
    assert ActionProgress.objects.filter(recommendation=other).count() == 2
    assert Draft.objects.get().state == "given"


def test_a_refusal_on_a_resumed_draft_keeps_the_ticks(
    story: Story, lead: Visitor, pk: int, other: Recommendation
) -> None:
    draft = kept(lead, pk, UPDATE, text=TEXT, also_for=[other.pk])
    response = presses(lead, draft, **{**fields_of(lead, draft), "occurred_on": "2030-01-01"})
    assert list(said(response)) == ["occurred_on"]
    assert f'value="{other.pk}" ' in response.content.decode()
    assert response.context["form"]["also_for"].value() == [str(other.pk)]


def test_the_signature_records_all_that_was_prepared_for_each(
    lead: Visitor, pk: int, other: Recommendation, submitted: Draft, people: dict[str, User]
) -> None:
    page = lead.read(draft_path(submitted))
    assert "2. Improve the quality of risk assessment." in page
    assert "Police\nCouncil" in page
    assert presses(lead, submitted, **signature(lead, submitted)).status_code == 302
    planned = Event.objects.filter(type="action_planned").order_by("position")
    assert [each.recommendation_id for each in planned] == [pk, pk, other.pk, other.pk]
    assert {each.prepared_by_id for each in planned} == {people["owner"].pk}
    assert "2 actions are planned. The same is recorded for recommendation 2." in lead.page(pk)


def test_the_signer_hears_what_changed_in_the_others_and_signs_again_in_one_click(
    story: Story, lead: Visitor, other: Recommendation, submitted: Draft
) -> None:
    sent = signature(lead, submitted)
    say_elsewhere(story, other)
    page = presses(lead, submitted, **sent).content.decode()
    assert "Recommendation 2 has changed since you opened the draft" in page
    assert "Said meanwhile" in page
    assert not ActionProgress.objects.exists()
    assert presses(lead, submitted, **signature(lead, submitted)).status_code == 302
    assert ActionProgress.objects.count() == 4


def test_a_sign_off_speaks_for_one_provider_alone(story: Story, pk: int) -> None:
    ask_for_sign_off(story.unit, 1, story.lead)
    neighbour = make_provider("Southmarch PDU", region=story.unit.region)
    elsewhere = make_recommendation(story.inspection, addressee=neighbour)
    services.open_streams(inspection=story.inspection, actor=story.administrator, now=story.now)
    both = make_user("Bo Both", Role.PDU_LEAD, story.unit)
    both.memberships.create(role=Role.PDU_LEAD, provider=neighbour, starts_on="2024-01-01")
    boxes = Visitor(both).opened(pk, UPDATE)
    assert f"{elsewhere.pk}:1" in str(boxes["also_seen"])
    update = c.RecordProgressUpdate(text=TEXT, occurred_on=TODAY)
    with pytest.raises(CommandRejected) as refusal:
        drafting.submit(
            typed(story.recommendation, c.RecordProgressUpdate),
            commands=[update],
            targets={pk: 1, elsewhere.pk: 1},
            author=both,
            now=NOW,
        )
    assert refusal.value.code == "several_sign_offs"
    choices = Visitor(both).get(f"/admin/tracker/recommendationprogress/{pk}/give/{UPDATE}/")
    offered = choices.context["form"].fields["also_for"].choices
    assert [words[:2] for _, words in offered] == ["2."]
