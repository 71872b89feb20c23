import pytest
from django.db import connection

from inspections.models import Provider
from tests.tracker.log_entries import record
from tests.world import make_recommendation
from tracker.append_only import protection_is_standing
from tracker.models import Event, Practice


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_leaves_a_protected_empty_log_and_the_reference_data(turn: str) -> None:
    assert protection_is_standing() == []
    assert Event.objects.count() == 0
    assert Practice.objects.count() == 1
    assert Provider.objects.filter(kind=Provider.Kind.PDU).count() > 100
    record(make_recommendation().pk, 0)
