"""The desk as people see it: counts that lead to their lists, the urgent, the empty, the seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from inspections.govuk_dates import govuk_date
from inspections.models import Inspection, Membership
from tests.drafting import AGREE, submitted
from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import Visitor, form_path
from tests.world import FIRST_DAY, make_provider, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response, Role
from tracker.models import Visit
from tracker.services import drafting

pytestmark = pytest.mark.django_db
DESK = "/admin/"


def desk(visitor: Visitor) -> Any:
    return visitor.get(DESK).context["desk"]


def counts(visitor: Visitor) -> dict[str, int]:
    return {tally.title: tally.count for tally in desk(visitor).tallies}


def listed(visitor: Visitor, address: str) -> int:
    count: int = visitor.client.get(address).context["cl"].result_count
    return count


@pytest.fixture
def busy(story: Story, foreign: Story) -> Story:
    """Something waits in nearly every category, here and at another unit."""
    owner = make_user("Pia Preparer", Role.ACTION_OWNER, story.unit)
    submitted(story.recommendation, owner, Role.ACTION_OWNER)
    story.plan(TODAY + timedelta(days=9))
    for role in (Role.REGIONAL_LEAD, Role.HMPPS_COORDINATOR):
        story.tell(c.RaiseEscalation(addressed_to=role, asked="Help", reply_by=TODAY))
    return story


@pytest.mark.parametrize(
    "who",
    [
        "lead",
        "owner",
        "delegate",
        "regional lead",
        "co-ordinator",
        "inspector",
        "lead inspector",
        "administrator",
    ],
)
def test_each_number_leads_to_a_list_of_as_many(
    busy: Story, people: dict[str, User], who: str
) -> None:
    visitor = Visitor(people[who])
    laid_out = desk(visitor)
    tallies = [*laid_out.tallies, *(each for line in laid_out.lines for each in line.tallies)]
    assert {bool(tally.address) for tally in tallies if not tally.count} <= {False}
    for tally in tallies:
        if tally.address:
            assert listed(visitor, tally.address) == tally.count, tally


def test_drafts_wait_for_whoever_signs_next_and_for_their_author(
    story: Story, pk: int, lead: Visitor, people: dict[str, User]
) -> None:
    draft = submitted(story.recommendation, people["owner"], Role.ACTION_OWNER)
    waiting = "Drafts awaiting your sign-off"
    assert counts(lead)[waiting] == 1
    assert counts(Visitor(people["delegate"]))[waiting] == 0
    assert waiting not in counts(Visitor(people["owner"]))
    assert waiting not in counts(Visitor(people["inspector"]))
    drafting.send_back(draft.pk, submission=1, reason="Why?", signer=story.lead, now=NOW)
    owner = counts(Visitor(people["owner"]))
    assert (owner["Drafts returned to you"], owner["Your drafts"]) == (1, 1)
    assert counts(lead)[waiting] == 0


def test_drafts_to_sign_are_counted_unit_by_unit_for_who_leads_several(
    story: Story, foreign: Story
) -> None:
    lead = make_user("Lou Lead", Role.PDU_LEAD, story.unit)
    Membership.objects.create(
        user=lead, role=Role.PDU_LEAD, provider=foreign.unit, starts_on=FIRST_DAY
    )
    revise = c.ReviseResponse(response=Response.PARTLY_AGREED, reason="Only the first half.")
    for each, command in ((story, AGREE), (foreign, revise)):
        owner = make_user("Ola Owner", Role.ACTION_OWNER, each.unit)
        submitted(each.recommendation, owner, Role.ACTION_OWNER, command=command)
    visitor = Visitor(lead)
    found = {
        line.name: next(tally for tally in line.tallies if tally.title.startswith("Drafts await"))
        for line in desk(visitor).lines
    }
    assert {name: tally.count for name, tally in found.items()} == {
        foreign.unit.name: 1,
        story.unit.name: 1,
        "Total": 2,
    }
    assert [listed(visitor, tally.address) for tally in found.values()] == [
        tally.count for tally in found.values()
    ]


def test_a_lead_of_one_unit_sees_plain_counts_and_no_word_of_another(
    busy: Story, lead: Visitor
) -> None:
    page = lead.read(DESK)
    assert CANARY not in page
    assert "By unit" not in page
    assert counts(lead)["Overdue"] == 1
    assert counts(lead)["Due within 30 days"] == 1


def test_who_holds_several_units_sees_them_one_by_one_with_their_sum(
    busy: Story, foreign: Story
) -> None:
    Membership.objects.create(
        user=busy.lead, role=Role.PDU_LEAD, provider=foreign.unit, starts_on=FIRST_DAY
    )
    laid_out = desk(Visitor(busy.lead))
    assert [line.name for line in laid_out.lines] == [busy.unit.name, foreign.unit.name, "Total"]
    for column in zip(*(line.tallies for line in laid_out.lines), strict=True):
        *parts, whole = [tally.count for tally in column]
        assert sum(parts) == whole


def test_a_national_role_sees_the_regions(busy: Story, people: dict[str, User]) -> None:
    far = Story("Southmarch PDU")
    far.unit.region = make_provider("Elsewhere", kind="region")
    far.unit.save()
    laid_out = desk(Visitor(people["co-ordinator"]))
    assert [line.name for line in laid_out.lines] == ["Elsewhere", "Invented Region", "Total"]


def test_the_most_urgent_carry_the_form_that_takes_them_further(
    busy: Story, people: dict[str, User]
) -> None:
    overdue, soon = desk(Visitor(busy.lead)).steps
    assert (overdue.why, soon.why) == ("Overdue", "Due within 30 days")
    assert soon.form == form_path(busy.recommendation.pk, "record-progress-update")
    first = desk(Visitor(people["regional lead"])).steps[0]
    assert (first.why, first.words) == ("Escalations to answer", "Answer an escalation")
    assert Visitor(people["regional lead"]).get(first.form).status_code == 200
    assert not any(step.form for step in desk(Visitor(people["inspector"])).steps)


def test_where_the_response_is_due_the_step_is_to_respond(
    busy: Story, people: dict[str, User]
) -> None:
    overdue = desk(Visitor(busy.lead)).steps[0]
    unanswered = busy.recommendations[1]
    assert overdue.form == form_path(unanswered.pk, "respond")
    assert overdue.words == "Respond"
    page = Visitor(busy.lead).read(DESK)
    assert f"Response due {govuk_date(unanswered.progress.response_due_on)}." in page
    assert f"Target date {govuk_date(TODAY + timedelta(days=9))}." in page
    assert "Northmarch PDU, recommendation 2 of 2026" in page
    assert not any(step.words == "Respond" for step in desk(Visitor(people["owner"])).steps)


def test_nothing_waiting_is_said_in_words(db: None) -> None:
    unit = make_provider("Quiet PDU")
    page = Visitor(make_user("Quinn Quiet", Role.PDU_LEAD, unit)).read(DESK)
    assert "Nothing waits for you." in page
    assert "Nothing is urgent." in page


def test_an_inspector_in_the_middle_of_a_review_is_not_told_that_nothing_is_urgent(
    story: Story,
) -> None:
    story.tell(c.StartReview(), by=story.inspector)
    page = Visitor(story.inspector).read(DESK)
    assert "In review, not judged" in page
    assert "urgent" not in page.partition("What waits for you")[2]


def test_an_operator_without_a_role_has_rooms_but_no_desk(story: Story) -> None:
    operator = User.objects.create_superuser("operator", "operator@tracker.example", "pass phrase")
    page = Visitor(operator).read(DESK)
    assert "What you can open" in page
    assert "What waits for you" not in page


def test_an_administrator_sees_the_inspections_to_finish(
    story: Story, people: dict[str, User]
) -> None:
    Inspection.objects.filter(pk=story.inspection.pk).update(state=Inspection.State.DRAFT)
    assert counts(Visitor(people["administrator"]))["Inspections to finish"] == 1
    assert "Inspections to finish" not in Visitor(people["inspector"]).read(DESK)


def test_a_desk_shows_no_version_no_clock_and_no_hash(busy: Story, lead: Visitor) -> None:
    words = lead.read(DESK).lower()
    assert "version" not in words
    assert "9:30am" not in words
    assert "25 november" not in words
    assert "since you were last here, on 22 november 2026." in words


# --- What is new, and marking it as seen ----------------------------------------------------------


def test_what_is_new_is_marked_as_seen_once_it_was_on_the_page(story: Story, lead: Visitor) -> None:
    story.tell(c.StartReview(), by=story.inspector)
    laid_out = desk(lead)
    assert counts(lead)["New since your last visit"] == 1
    story.tell_of([story.recommendations[1]], c.StartReview(), by=story.inspector)

    response = lead.client.post("/admin/seen/", {"seen_up_to": laid_out.seen_up_to}, follow=True)

    assert "Everything recorded so far is marked as seen." in response.content.decode()
    assert counts(lead)["New since your last visit"] == 1  # what came after the page was opened


@pytest.mark.parametrize("position", ["", "-1", "four", "9" * 30, "9" * 5000, "٣"])
def test_a_position_that_is_none_does_no_harm(story: Story, lead: Visitor, position: str) -> None:
    assert lead.client.post("/admin/seen/", {"seen_up_to": position}).status_code == 302
    assert Visit.objects.get(user=story.lead).seen_position <= 2


def test_only_a_form_of_the_site_marks_anything_as_seen(story: Story, lead: Visitor) -> None:
    story.tell(c.StartReview(), by=story.inspector)
    assert lead.get("/admin/seen/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(story.lead)
    assert strict.post("/admin/seen/", {"seen_up_to": "3"}).status_code == 403
    assert Client().post("/admin/seen/", {"seen_up_to": "3"}).status_code == 302
    assert Visit.objects.get(user=story.lead).seen_position == 2


def test_opening_the_desk_twice_shows_the_same(story: Story, lead: Visitor) -> None:
    story.tell(c.StartReview(), by=story.inspector)
    assert counts(lead) == counts(lead)
