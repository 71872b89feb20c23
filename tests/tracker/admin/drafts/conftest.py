"""An action owner, and what they prepared for their lead."""

import pytest
from django.contrib.auth.models import User

from tests.tracker.admin.drafts.opened import TEXT
from tests.visitor import Visitor
from tracker.models import Draft


@pytest.fixture
def owner(people: dict[str, User]) -> Visitor:
    return Visitor(people["owner"])


@pytest.fixture
def submitted(pk: int, owner: Visitor) -> Draft:
    """What an action owner prepared for the lead."""
    owner.give(pk, "respond", response="partly_agreed", reason=TEXT)
    draft = Draft.objects.get()
    assert draft.state == "submitted"
    return draft
