"""What things are called where they stand beside others."""

from typing import Any

import pytest

from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import Visitor, form_path, page_path
from tracker.domain import commands as c
from tracker.models import ActionProgress
from tracker.queries.names import action_name

PARTNERS = ("Police", "Council")
SAME = "Sign the data schedule"


@pytest.fixture
def twins(db: None) -> Story:
    story = Story()
    story.plan()
    for partner in PARTNERS:
        story.tell(
            c.PlanAction(
                description=SAME,
                accountable_id=story.lead.pk,
                delivered_by=partner,
                target_on=TODAY,
            )
        )
    return story


def test_an_action_is_named_with_who_delivers_it() -> None:
    assert action_name(SAME, "Police") == "Sign the data schedule (Police)"
    assert action_name(SAME, "") == SAME
    assert action_name(None, None) == "Text removed"


def test_a_long_description_is_cut_before_the_name_of_who_delivers_it() -> None:
    assert action_name("x" * 200, "Police", longest=20) == f"{'x' * 19}… (Police)"
    assert len(action_name("x" * 200, "y" * 200, longest=20)) == 33


@pytest.mark.django_db
def test_the_same_action_of_several_partners_can_be_told_apart(
    twins: Story, time_machine: Any
) -> None:
    time_machine.move_to(NOW, tick=False)
    page, lead = page_path(twins.recommendation.pk), Visitor(twins.lead)
    listed = lead.read("/admin/tracker/actionprogress/")
    offered = lead.read(form_path(twins.recommendation.pk, "record-progress-update"))
    action = ActionProgress.objects.get(delivered_by="Police")
    twins.tell(c.WithdrawAction(action_id=action.pk, reason="They signed before"))
    assert f"{SAME} (Police)" in lead.read(page)
    for partner in PARTNERS:
        assert f"{SAME} ({partner})</a>" in listed
        assert f"{SAME} ({partner}), target" in offered
