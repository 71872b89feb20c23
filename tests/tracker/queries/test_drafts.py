"""Who sees which draft."""

from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser, User

from inspections.models import Membership, Provider
from tests.tracker.story import NOW, TODAY, Story
from tests.world import FIRST_DAY, make_inspection, make_provider, make_recommendation, make_user
from tracker.domain import commands as c
from tracker.domain.rejection import CommandRejected
from tracker.domain.sign_off import require_signer
from tracker.domain.vocabulary import Role
from tracker.models import Draft, DraftSignature, SignOffLevel
from tracker.queries.drafts import awaiting_signature_of, readable_drafts, visible_drafts
from tracker.services.drafting.gathering import submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def people(story: Story) -> dict[str, User]:
    elsewhere = make_provider("Southmarch PDU")
    return {
        "lead": story.lead,
        "owner": make_user("Owen Owner", Role.ACTION_OWNER, story.unit),
        "delegate": make_user("Dee Delegate", Role.DELEGATE, story.unit),
        "regional": make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region),
        "neighbour": make_user("Nia Neighbour", Role.PDU_LEAD, elsewhere),
        "coordinator": make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        "other coordinator": make_user("Cy Coordinator", Role.HMPPS_COORDINATOR),
        "inspector": make_user("Ina Inspector", Role.INSPECTOR),
        "other inspector": make_user("Idris Inspector", Role.INSPECTOR),
        "lead inspector": story.inspector,
        "administrator": story.administrator,
        "former owner": make_user("Fay Former", Role.ACTION_OWNER, story.unit, ends_on=FIRST_DAY),
        "nobody": make_user("Noor Nobody"),
    }


def draft_of(author: User, role: Role, story: Story, **changes: Any) -> Draft:
    details = {
        "recommendation": story.recommendation,
        "author": author,
        "form": "record-progress-update",
        "command": "RecordProgressUpdate",
        "acting_role": role,
        "values": {"text": ["Half a sentence"]},
        "idempotency_key": str(uuid4()),
        "expected_version": 1,
        "created_at": NOW,
        "changed_at": NOW,
        **changes,
    }
    return Draft.objects.create(**details)


def who_sees(draft: Draft, people: dict[str, User]) -> set[str]:
    return {
        name
        for name, person in people.items()
        if visible_drafts(person, TODAY).filter(pk=draft.pk).exists()
    }


UNIT = {"lead", "owner", "delegate"}


@pytest.mark.parametrize(
    ("author", "role"),
    [
        ("lead", Role.PDU_LEAD),
        ("owner", Role.ACTION_OWNER),
        ("delegate", Role.DELEGATE),
        ("former owner", Role.ACTION_OWNER),
    ],
)
def test_a_providers_draft_is_seen_by_its_current_people_and_its_region(
    story: Story, people: dict[str, User], author: str, role: Role
) -> None:
    assert who_sees(draft_of(people[author], role, story), people) == UNIT | {"regional"}


def test_what_the_region_prepares_on_a_units_record_is_seen_by_the_region(
    story: Story, people: dict[str, User]
) -> None:
    draft = draft_of(people["regional"], Role.REGIONAL_LEAD, story)
    assert who_sees(draft, people) == {"regional"}


def test_a_region_that_is_the_provider_prepares_among_its_own_people(
    story: Story, people: dict[str, User]
) -> None:
    region: Provider = story.unit.region  # type: ignore[assignment]
    people["member of the region"] = make_user("Mo Member", Role.ACTION_OWNER, region)
    recommendation = make_recommendation(make_inspection(region))
    draft = draft_of(people["regional"], Role.REGIONAL_LEAD, story, recommendation=recommendation)
    assert who_sees(draft, people) == {"regional", "member of the region"}


def test_an_inspectors_draft_is_the_authors_alone_while_nobody_is_allocated(
    story: Story, people: dict[str, User]
) -> None:
    draft = draft_of(people["inspector"], Role.INSPECTOR, story)
    assert who_sees(draft, people) == {"inspector"}


def test_an_inspectors_draft_is_seen_by_the_inspectors_allocated_and_by_nobody_else(
    story: Story, people: dict[str, User]
) -> None:
    draft = draft_of(people["inspector"], Role.INSPECTOR, story)
    allocated = [people["lead inspector"], people["other inspector"], people["lead"]]
    story.inspection.allocated_inspectors.set(allocated)
    assert who_sees(draft, people) == {"inspector", "lead inspector", "other inspector"}


@pytest.mark.parametrize(
    ("author", "role"),
    [
        ("coordinator", Role.HMPPS_COORDINATOR),
        ("administrator", Role.HMIP_ADMINISTRATOR),
    ],
)
def test_a_draft_of_hmpps_or_of_an_administrator_is_the_authors_alone(
    story: Story, people: dict[str, User], author: str, role: Role
) -> None:
    assert who_sees(draft_of(people[author], role, story), people) == {author}


def test_whoever_left_the_role_of_a_draft_does_not_see_it_any_more(
    story: Story, people: dict[str, User]
) -> None:
    as_lead = draft_of(people["lead"], Role.PDU_LEAD, story)
    as_inspector = draft_of(people["inspector"], Role.INSPECTOR, story)
    Membership.objects.filter(user=people["lead"]).update(role=Role.INSPECTOR, provider=None)
    Membership.objects.filter(user=people["inspector"]).update(
        role=Role.PDU_LEAD, provider=story.unit
    )
    assert "lead" not in who_sees(as_lead, people)
    assert who_sees(as_inspector, people) == set()


def test_after_a_transfer_the_new_addressees_people_see_it(
    story: Story, people: dict[str, User]
) -> None:
    draft = draft_of(people["lead"], Role.PDU_LEAD, story)
    successor = make_provider("Southmarch PDU")
    Provider.objects.filter(pk=story.unit.pk).update(successor=successor, succeeded_on=TODAY)
    merged = c.TransferRecommendation(to_provider_id=successor.pk, reason="The units were merged.")
    story.tell(merged, by=story.administrator)
    assert who_sees(draft, people) == {"neighbour", "regional"}


@pytest.mark.parametrize("state", ["given", "discarded"])
def test_settled_drafts_leave_the_lists_but_can_still_be_found(story: Story, state: str) -> None:
    draft = draft_of(story.lead, Role.PDU_LEAD, story, state=state, settled_at=NOW)
    assert not visible_drafts(story.lead, TODAY).exists()
    assert list(readable_drafts(story.lead, TODAY)) == [draft]


def test_nobody_sees_a_draft_on_what_is_not_published(story: Story) -> None:
    draft_of(story.lead, Role.PDU_LEAD, story)
    story.inspection.state = "draft"
    story.inspection.save(update_fields=["state"])
    assert not visible_drafts(story.lead, TODAY).exists()


def test_strangers_see_nothing(story: Story) -> None:
    draft_of(story.lead, Role.PDU_LEAD, story)
    assert not visible_drafts(AnonymousUser(), TODAY).exists()
    assert not awaiting_signature_of(AnonymousUser(), TODAY).exists()


def test_the_lists_take_few_queries(story: Story, django_assert_max_num_queries: Any) -> None:
    for list_of in (visible_drafts, awaiting_signature_of):
        with django_assert_max_num_queries(2):
            list_of(story.lead, TODAY).count()
        with django_assert_max_num_queries(2):
            list(list_of(story.lead, TODAY))


def may_sign(draft: Draft, person: User) -> bool:
    try:
        require_signer(submission_of(draft, TODAY), person.pk)
    except CommandRejected:
        return False
    return True


@pytest.mark.parametrize("levels", [0, 1, 2])
@pytest.mark.parametrize("command", ["Respond", "RecordProgressUpdate", "RecordMeasureFigure"])
@pytest.mark.parametrize("second", [None, Role.PDU_LEAD, Role.DELEGATE])
def test_what_awaits_a_signature_is_what_the_rules_would_let_the_person_sign(
    story: Story, people: dict[str, User], levels: int, command: str, second: Role | None
) -> None:
    """Over every author and everybody who may have signed already."""
    if second:
        stands_for = {"on_behalf_of": people["lead"]} if second == Role.DELEGATE else {}
        people["second"] = make_user("Sara Second", second, story.unit, **stands_for)
    SignOffLevel.objects.create(
        provider=story.unit, levels=levels, set_by=people["lead"], set_at=NOW
    )
    authors = {"lead": Role.PDU_LEAD, "owner": Role.ACTION_OWNER, "delegate": Role.DELEGATE}
    signed_by = ["", "regional", "delegate", "lead"]
    drafts = [
        submitted_draft(people[author], role, story, command, people.get(signer))
        for (author, role), signer in product(authors.items(), signed_by)
    ]
    for name, person in people.items():
        listed = set(awaiting_signature_of(person, TODAY))
        assert listed == {draft for draft in drafts if may_sign(draft, person)}, name


def submitted_draft(
    author: User, role: Role, story: Story, command: str, signer: User | None
) -> Draft:
    """Return a draft in its second submission; the first one was signed by the lead."""
    stamps = {"state": "submitted", "submission": 2, "submitted_at": NOW}
    draft = draft_of(author, role, story, command=command, **stamps)
    for submission, person in ((1, story.lead), (2, signer)):
        if person:
            DraftSignature.objects.create(
                draft=draft,
                submission=submission,
                person=person,
                role=Role.PDU_LEAD,
                verdict="approved",
                signed_at=NOW,
            )
    return draft
