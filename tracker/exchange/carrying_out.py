"""Gives what was confirmed, row by row: a row refused never stops the others.

Each row is a transaction of its own, and what became of it is noted in the same transaction: a job
that broke off goes on after the last row that was done, and nothing happens twice.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils.text import get_text_list

from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel, Role
from tracker.event_store import StaleVersion
from tracker.exchange.claim import Claim, Overtaken
from tracker.exchange.kinds import Deed
from tracker.exchange.stored_deeds import deeds_of
from tracker.models import ExchangeJob, ImportRow
from tracker.queries.bulk import changed_by
from tracker.queries.wording import Names, word
from tracker.services import RecommendationNotFound, drafting, execute_together
from tracker.services.redacting.letting_go import empty

State = ExchangeJob.State
Outcome = ImportRow.Outcome
NOT_THERE = "There is no such recommendation, or it is not one of yours any more."
SUBMITTED = "Submitted for sign-off, and not recorded before it is signed"
ROWS_AT_A_STRETCH = 10
PAUSE = 0.12
"""Seconds; whoever waits for SQLite's lock looks again after 0.1 at the latest."""
UNCLEAR = "It has changed since the preview; import the file again to see what it would do now."


def carry_out(job: ExchangeJob, held: Claim, clock: Callable[[], datetime]) -> None:
    """Do every row that is to be done, then empty the import.

    Raises: Overtaken; LogBusy, to go on later with the rows that are left.
    """
    held.renew(clock())
    places = list(job.rows.to_be_done().order_by("place").values_list("place", flat=True))
    for nth, place in enumerate(places, start=1):
        _do_one(job, held, place, clock())
        if nth % ROWS_AT_A_STRETCH == 0:
            _let_others_write()
    with transaction.atomic():
        now = clock()
        held.let_go(State.DONE, settled_at=now)
        empty(job, now=now)


def _let_others_write() -> None:
    """Pause where a queue of writers is nobody's care.

    SQLite gives its one lock to whoever happens to ask, and one who asks all the time gets it:
    people at their forms waited for seconds while a long import ran.
    """
    if connection.vendor == "sqlite":
        time.sleep(PAUSE)


def _do_one(job: ExchangeJob, held: Claim, place: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            held.renew(now, attempts=0, rows_behind=F("rows_behind") + 1)
            row = _locked(job, place)
            version, told = _give(job, row, now)
            _note(row, Outcome.DONE, version_after=version, why=told)
    except (RecommendationNotFound, CommandRejected, StaleVersion) as refusal:
        with transaction.atomic():
            held.renew(now, attempts=0, rows_behind=F("rows_behind") + 1)
            _note(_locked(job, place), Outcome.SKIPPED, why=_in_words(refusal))


def _locked(job: ExchangeJob, place: int) -> ImportRow:
    """Return the row, which must still be to be done. Raises: Overtaken."""
    row = job.rows.to_be_done().select_for_update().filter(place=place).first()
    if row is None:
        raise Overtaken
    return row


def _give(job: ExchangeJob, row: ImportRow, now: datetime) -> tuple[int, str]:
    """Give the row's deeds, all or none.

    Return the version that the recommendation has then, and what was done, without its words.
    """
    deeds = deeds_of(row)
    version, told = _version(job, row), list[str]()
    given = [deed.command for deed in deeds if not deed.form]
    if given:
        receipts = execute_together(
            given,
            targets={_recommendation(row): version},
            actor=job.person,
            acting_role=Role(row.acting_role),
            channel=Channel.ADMIN,
            now=now,
            idempotency_key=_key(job, row),
        )
        version = receipts[-1].version
        told = [word(each.event, Names()).title for one in receipts for each in one.events]
    for nth, deed in enumerate(deeds):
        if deed.form:
            _submit(job, row, deed, version=version, key=_key(job, row, nth), now=now)
    if len(given) < len(deeds):
        told.append(SUBMITTED)
    return version, ". ".join(dict.fromkeys(told)) + "."


def _submit(
    job: ExchangeJob, row: ImportRow, deed: Deed, *, version: int, key: str, now: datetime
) -> None:
    typed = drafting.Typed(
        recommendation_id=_recommendation(row),
        form=deed.form,
        command_type=type(deed.command),
        acting_role=Role(row.acting_role),
        values=_typed_values(deed, row, version=version, key=key),
        idempotency_key=key,
        expected_version=version,
    )
    targets = {typed.recommendation_id: version}
    drafting.submit(typed, commands=[deed.command], targets=targets, author=job.person, now=now)


def _typed_values(
    deed: Deed, row: ImportRow, *, version: int, key: str
) -> Mapping[str, Sequence[str]]:
    """Return the fields of the form, with those that every form carries."""
    carried = {
        "acting_role": [row.acting_role],
        "expected_version": [str(version)],
        "idempotency_key": [key],
    }
    return {**deed.values, **carried}


def _version(job: ExchangeJob, row: ImportRow) -> int:
    """Return the version to be met: the preview's, or where an earlier row left it."""
    earlier = job.rows.done().filter(recommendation=row.recommendation_id, version=row.version)
    left_at: int | None = earlier.aggregate(last=Max("version_after"))["last"]
    return row.version if left_at is None else left_at


def _key(job: ExchangeJob, row: ImportRow, nth: int | None = None) -> str:
    """Return the key under which the row is done once, however often it is tried."""
    part = f"{row.place}" if nth is None else f"{row.place}/{nth}"
    return str(uuid5(UUID(str(job.pk)), part))


def _recommendation(row: ImportRow) -> int:
    assert row.recommendation_id is not None  # noqa: S101 - what has deeds has a recommendation
    return row.recommendation_id


def _note(
    row: ImportRow, outcome: Outcome, *, why: str = "", version_after: int | None = None
) -> None:
    row.outcome, row.version_after = outcome, version_after
    row.why = why or row.why
    row.save(update_fields=["outcome", "version_after", "why"])


def _in_words(refusal: Exception) -> str:
    if isinstance(refusal, StaleVersion):
        names = changed_by(refusal.recommendation_id, after=refusal.expected_version)
        by = get_text_list(list(names), "and")
        return f"Changed since the preview by {by}; look at it before you go on." if by else UNCLEAR
    if isinstance(refusal, CommandRejected):
        return refusal.sentence
    return NOT_THERE
