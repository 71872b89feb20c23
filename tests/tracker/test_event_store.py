import pytest

from tests.tracker.log_entries import note, record, redaction_of
from tests.world import make_recommendation
from tracker.event_store import fetch, head, read_feed, read_stream

pytestmark = pytest.mark.django_db


def test_what_was_appended_is_read_back() -> None:
    recommendation = make_recommendation()
    stored = record(recommendation.pk, 0, note("One."), note("Two."))
    assert read_stream(recommendation.pk) == stored
    assert [event.position for event in read_feed(after=0)] == [1, 2]
    assert head().hash == stored[1].hash
    r = record(recommendation.pk, 2, redaction_of(stored[0]))
    f = fetch(stored[0].event_id)
    assert f and f.redacted and f.event.note is None
