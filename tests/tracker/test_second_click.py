"""The same page sent twice at the same moment: both hear the same answer, and it is stored once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.tracker.story import NOW, Story
from tracker.domain import commands as c
from tracker.domain.vocabulary import Channel, Role
from tracker.models import Event
from tracker.services import Outcome, Row, execute_each

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = 12


def confirm(story: Story, page: int) -> tuple[Outcome, ...]:
    """Send the page that shows every recommendation as the pages before left it."""
    rows = [
        Row(
            key=str(each.pk),
            command=c.ReviewWithoutChange(note="Looked"),
            recommendation_id=each.pk,
            expected_version=page,
            acting_role=Role.PDU_LEAD,
        )
        for each in story.recommendations
    ]
    envelope = {"actor": story.lead, "channel": Channel.ADMIN, "now": NOW}
    return execute_each(rows, idempotency_key=f"page {page}", **envelope)  # type: ignore[arg-type]


def test_a_double_click_never_hears_that_somebody_changed_it_meanwhile() -> None:
    story = Story(recommendations=3)
    answers: dict[int, list[Outcome]] = {page: [] for page in range(1, PAGES + 1)}
    together = Barrier(2, timeout=60)

    def click() -> None:
        try:
            for page, heard in answers.items():
                together.wait()
                heard.extend(confirm(story, page))
                together.wait()
        finally:
            connection.close()

    clicks = [Thread(target=click) for _ in range(2)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    for page, outcomes in answers.items():
        assert [outcome.refusal for outcome in outcomes] == [None] * 6, page
        receipts = [outcome.receipt for outcome in outcomes if outcome.receipt]
        assert {receipt.version for receipt in receipts} == {page + 1}
    assert Event.objects.filter(type="reviewed_without_change").count() == 3 * PAGES
