"""Has files scanned, one after the other: each is claimed under a lease and settled by its holder.

What is wrong with one file stops no other. An infected file is deleted with the verdict; its hash
and what was found stay.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet

from tracker.evidence.scanner import FileNotScanned, Scanner, ScannerAway, find_scanner
from tracker.models import EvidenceFile
from tracker.models.files import EVIDENCE
from tracker.services.redacting.files import delete_after_commit

logger = logging.getLogger(__name__)
State = EvidenceFile.State
LEASE = timedelta(minutes=5)
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=60))
"""The scanner is asked again and again: a file is never given up, for then nobody could read it."""
NEXT_DAY = timedelta(days=1)
AT_ONCE = 50
LONGEST = 200
NO_SCANNER = "No virus scanner is connected to this service."
NOT_THERE = "The file is not where it was put."
NOT_THE_SAME = "The file is not the one that was brought: its SHA-256 is another."


@dataclass(slots=True)
class Outcome:
    """What became of the files that were looked at."""

    clean: int = 0
    infected: int = 0
    failed: int = 0
    put_off: int = 0

    @property
    def has_news(self) -> bool:
        return any(asdict(self).values())

    def __str__(self) -> str:
        return (
            f"{self.clean} clean, {self.infected} infected, {self.failed} that cannot be scanned, "
            f"{self.put_off} put off"
        )


def scan_waiting(clock: Callable[[], datetime]) -> Outcome:
    """Scan what waits, a few dozen files at most; `clock` is read anew for each of them."""
    outcome = Outcome()
    scanner = find_scanner()
    if scanner is None:
        waiting = EvidenceFile.objects.filter(state=State.WAITING, gone_at=None)
        outcome.put_off = waiting.exclude(finding=NO_SCANNER).update(finding=NO_SCANNER)
        return outcome
    for _ in range(AT_ONCE):
        claimed = _claim(clock())
        if claimed is None:
            break
        _look_at(claimed, scanner, clock, outcome)
    return outcome


@dataclass(frozen=True, slots=True)
class _Claim:
    """One file, held by `token` until the lease ends."""

    token: UUID
    file: EvidenceFile

    def held(self) -> QuerySet[EvidenceFile]:
        """Return the row, where it has not gone nor been taken over meanwhile."""
        mine = EvidenceFile.objects.filter(claimed_by=self.token, state=State.CLAIMED)
        return mine.filter(gone_at=None)


def _claim(now: datetime) -> _Claim | None:
    waiting = EvidenceFile.objects.to_scan(now).order_by("next_attempt_at", "pk")
    for file in waiting[:AT_ONCE]:
        token = uuid4()
        is_mine = EvidenceFile.objects.to_scan(now).filter(pk=file.pk)
        if is_mine.update(state=State.CLAIMED, claimed_by=token, lease_until=now + LEASE):
            return _Claim(token, file)
    return None


def _look_at(
    claim: _Claim, scanner: Scanner, clock: Callable[[], datetime], outcome: Outcome
) -> None:
    try:
        virus = _scan(claim.file, scanner)
    except ScannerAway as away:
        wait = BACKOFF[min(claim.file.attempts, len(BACKOFF) - 1)]
        outcome.put_off += _try_again(claim, State.WAITING, str(away), clock() + wait)
    except FileNotScanned as refusal:
        outcome.failed += _try_again(claim, State.FAILED, str(refusal), clock() + NEXT_DAY)
    # One bad file never stops the rest: whatever went wrong, the next one is looked at.
    except Exception as error:
        logger.exception("Evidence file %s could not be scanned.", claim.file.pk)
        why = f"{type(error).__name__}: see the log of the worker."
        outcome.failed += _try_again(claim, State.FAILED, why, clock() + NEXT_DAY)
    else:
        if virus:
            outcome.infected += _condemn(claim, virus, clock())
        else:
            settled = {"state": State.CLEAN, "checked_at": clock(), "lease_until": None}
            outcome.clean += claim.held().update(finding="", **settled)


def _scan(file: EvidenceFile, scanner: Scanner) -> str:
    """Return what the scanner found in exactly the bytes that were brought."""
    try:
        with storages[EVIDENCE].open(file.stored_as) as stored:
            content = _Hashing(stored)
            virus = scanner(content)  # type: ignore[arg-type]  # it is read, and nothing else
    except FileNotFoundError as error:
        raise FileNotScanned(NOT_THERE) from error
    if not virus and content.digest.hexdigest() != file.sha256:
        raise FileNotScanned(NOT_THE_SAME)
    return virus


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, content: Any) -> None:
        self.content = content
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk: bytes = self.content.read(size)
        self.digest.update(chunk)
        return chunk


def _try_again(claim: _Claim, state: State, why: str, at: datetime) -> int:
    return claim.held().update(
        state=state,
        finding=why[:LONGEST],
        attempts=min(claim.file.attempts + 1, 1000),
        next_attempt_at=at,
        lease_until=None,
    )


def _condemn(claim: _Claim, virus: str, now: datetime) -> int:
    """Settle the file as infected, and delete its content."""
    with transaction.atomic():
        condemned = claim.held().update(
            state=State.INFECTED,
            finding=virus[:LONGEST],
            checked_at=now,
            lease_until=None,
            stored_as="",
            gone_at=now,
            gone_because=EvidenceFile.Gone.INFECTED,
        )
        if condemned:
            delete_after_commit(storage=EVIDENCE, name=claim.file.stored_as, now=now)
    return condemned
