"""What asks nothing any more is shown nowhere: page, lists, timeline page and API agree."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.tracker.story import NOW, Story
from tests.visitor import LIST, Visitor
from tracker.api_tokens import issue_token
from tracker.domain import commands as c

pytestmark = pytest.mark.django_db
ASKED = "Further evidence requested"
JUDGED = c.JudgeProgress(judgement="some_progress", rationale="We looked")


@pytest.fixture
def story(time_machine: Any) -> Story:
    time_machine.move_to(NOW, tick=False)
    story = Story()
    for command in (c.StartReview(), c.RequestFurtherEvidence(asked="The lists")):
        story.tell(command, by=story.inspector)
    return story


def shown(story: Story) -> dict[str, bool]:
    """Say where the request is shown as standing; titles of the timeline are another matter."""
    inspector, pk = Visitor(story.inspector), story.recommendation.pk
    tag = f"{ASKED}</strong>"
    filtered = inspector.get(LIST, review="further_evidence_requested").context["cl"]
    return {
        "page": tag in inspector.page(pk),
        "list": f"Review: {tag}" in inspector.read(LIST),
        "filter": filtered.result_count == 1 and f"Review: {tag}" in inspector.read(LIST),
        "timeline page": tag in inspector.read(f"/recommendations/{pk}/"),
        "api": api_review(story) == "further_evidence_requested",
    }


def api_review(story: Story) -> str:
    token = issue_token(user=story.inspector)
    response = Client().get(
        f"/api/v1/recommendations/{story.recommendation.pk}/",
        headers={"Authorization": f"Bearer {token}"},
    )
    return str(json.loads(response.content)["review"])


def test_a_request_is_shown_everywhere_until_the_judgement(story: Story) -> None:
    assert set(shown(story).values()) == {True}
    story.tell(JUDGED, by=story.inspector)
    assert set(shown(story).values()) == {False}
