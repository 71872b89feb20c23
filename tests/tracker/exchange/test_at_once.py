"""Several workers at once: every job is done, and nothing of it twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.tracker.exchange.sheets import clock, open_lines, previewed, update, uploaded, workbook
from tests.tracker.story import NOW, Story
from tracker.exchange import asking, working
from tracker.models import Event, ExchangeJob

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 3


def test_what_waits_is_done_once_by_whoever_comes_first(story: Story) -> None:
    lines = open_lines(story.lead)
    confirmed = previewed(story.lead, [update(line, f"On {line['Action']}") for line in lines])
    asking.confirm(confirmed, now=NOW)
    for _ in range(WORKERS):
        uploaded(story.lead, workbook(lines))
    together = Barrier(WORKERS, timeout=60)
    outcomes: list[working.Outcome] = []

    def work() -> None:
        try:
            together.wait()
            while ExchangeJob.objects.filter(state__in=ExchangeJob.TO_BE_DONE).exists():
                outcomes.append(working.do_what_waits(clock()))
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(WORKERS)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    assert sum(each.worked_on for each in outcomes) == 1 + WORKERS
    assert not any(each.broken_off for each in outcomes)
    states = ExchangeJob.objects.filter(direction="import").values_list("state", flat=True)
    assert sorted(states) == ["done", *["previewed"] * WORKERS]
    assert Event.objects.filter(type="progress_update_recorded").count() == len(lines)
