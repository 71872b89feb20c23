"""Actions to tick."""

from uuid import UUID

import pytest

from tests.bulk_work import plan
from tests.tracker.story import Story
from tracker.domain import commands as c
from tracker.domain.vocabulary import Response


@pytest.fixture
def agreed(story: Story) -> Story:
    story.tell(c.Respond(response=Response.AGREED))
    return story


@pytest.fixture
def both(agreed: Story) -> list[UUID]:
    """Two actions that can be reported complete."""
    return [plan(agreed, "Train"), plan(agreed, "Audit")]
