"""What the page of a recommendation says, and which commands it offers to whom."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from tests.tracker.story import TODAY, Story
from tests.visitor import Visitor, form_path
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure

pytestmark = pytest.mark.django_db


def test_the_page_tells_the_whole_and_ends_in_the_timeline(story: Story, pk: int) -> None:
    story.plan(TODAY - timedelta(days=3))
    story.update("Half the staff are trained.")
    story.attach("Audit summary")
    page = Visitor(story.lead).page(pk)
    for words in (
        "Improve the quality of risk assessment.",
        "An inspection of Northmarch PDU",
        "Train every practitioner",
        "delivered by Quality team",
        "Overdue",
        "Audit summary",
        "Half the staff are trained.",
        "Progress updated",
    ):
        assert words in page, words


def test_a_lead_is_spared_hashes_and_versions(story: Story, pk: int) -> None:
    story.attach("Audit summary")
    page = Visitor(story.lead).page(pk)
    assert "0" * 64 not in page
    assert "SHA-256" not in page


def test_what_people_type_is_shown_as_text_and_never_run(story: Story, pk: int) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    story.plan()
    story.update(attack)
    story.attach(attack)
    for page in (
        Visitor(story.lead).page(pk),
        Visitor(story.lead).read(form_path(pk, "correct-progress-update")),
        Visitor(story.lead).read(form_path(pk, "withdraw-evidence")),
    ):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


INSPECTORS = {
    "start-review",
    "judge-progress",
    "define-measure",
    "link-basis",
    "confirm-recurrence",
}
MENUS = {
    "lead": {
        "link-basis",
        "respond",
        "assign",
        "record-progress-update",
        "attach-evidence",
        "record-blocker",
    },
    "owner": {"record-progress-update", "attach-evidence", "record-blocker"},
    "delegate": {"record-progress-update", "attach-evidence", "review-without-change"},
    "regional lead": {"define-measure"},
    "co-ordinator": {"respond"},
    "inspector": INSPECTORS,
    "lead inspector": INSPECTORS,
    "administrator": {
        "correct-wording",
        "record-welsh-wording",
        "withdraw-publication",
        "redact-personal-data",
    },
}


@pytest.mark.parametrize("who", MENUS)
def test_the_page_offers_only_what_the_person_may_do_now(
    people: dict[str, User], pk: int, who: str
) -> None:
    offered = Visitor(people[who]).menu(pk)
    assert MENUS[who] <= offered
    if who in ("regional lead", "co-ordinator", "inspector", "lead inspector", "administrator"):
        assert offered == MENUS[who]
    assert "close-recommendation" not in offered
    assert "plan-action" not in offered
    assert "report-recommendation-complete" not in offered


def test_everything_the_page_offers_opens(story: Story, people: dict[str, User], pk: int) -> None:
    action = story.plan()
    day = story.now.date()
    story.tell(c.RecordProgressUpdate(text="Begun", occurred_on=day, action_id=action))
    story.attach()
    for user in people.values():
        visitor = Visitor(user)
        for slug in visitor.menu(pk):
            assert visitor.opened(pk, slug)["expected_version"] == 5, slug


def test_a_closed_recommendation_offers_only_what_closing_leaves_open(
    story: Story, pk: int
) -> None:
    judged = c.JudgeProgress(judgement="some_progress", rationale="We looked")
    story.tell(judged, by=story.inspector)
    closed = c.CloseRecommendation(closure=Closure.NO_LONGER_RELEVANT, reason="Moved on")
    story.tell(closed, by=story.inspector)
    assert Visitor(story.inspector).menu(pk) == {"reopen-recommendation", "confirm-recurrence"}
    assert Visitor(story.lead).menu(pk) == set()
    assert "Nothing at present" in Visitor(story.lead).page(pk)
