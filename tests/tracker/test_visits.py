"""Visits: what a person has seen moves on with the days they come, not with the pages they open."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.tracker.story import NOW, Story
from tracker.models import Visit
from tracker.services import begin_visit, mark_seen

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


def test_at_the_first_visit_nothing_is_new(story: Story) -> None:
    begin_visit(story.lead, now=NOW)
    visit = Visit.objects.get()
    assert (visit.seen_position, visit.seen_at) == (2, NOW)


def test_the_next_visit_shows_what_came_since_the_last_one_began(story: Story) -> None:
    begin_visit(story.lead, now=NOW)
    story.update("Begun")
    begin_visit(story.lead, now=NOW + timedelta(days=1))
    story.update("Going on")
    visit = Visit.objects.get()
    assert (visit.seen_position, visit.began_position) == (2, 3)
    begin_visit(story.lead, now=NOW + timedelta(days=2))
    assert Visit.objects.get().seen_position == 3


def test_signing_in_again_on_the_same_day_hides_nothing(story: Story) -> None:
    begin_visit(story.lead, now=NOW)
    story.update("Begun")
    begin_visit(story.lead, now=NOW + timedelta(days=1))
    begin_visit(story.lead, now=NOW + timedelta(days=1, hours=2))
    assert Visit.objects.get().seen_position == 2


def test_what_is_marked_as_seen_is_what_was_on_the_page_and_nothing_later(story: Story) -> None:
    begin_visit(story.lead, now=NOW)
    story.update("Begun")
    story.update("Going on")
    mark_seen(story.lead, position=3, now=NOW)
    assert Visit.objects.get().seen_position == 3
    mark_seen(story.lead, position=10_000, now=NOW)
    assert Visit.objects.get().seen_position == 4


def test_a_sign_in_begins_a_visit_and_opening_pages_writes_none(story: Story) -> None:
    client = Client()
    client.force_login(story.lead)
    before = Visit.objects.values().get()
    client.get("/admin/")
    assert Visit.objects.values().get() == before
    assert before["user_id"] == story.lead.pk
