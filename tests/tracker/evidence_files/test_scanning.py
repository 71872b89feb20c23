"""Each file is looked at once, under a lease; an infected one is deleted, no other is given up."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import IO, Any

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.evidence_files import attaching, bring, path_of
from tests.tracker.story import NOW, Story
from tests.virus_scanner import FOUND, VIRUS, clam_daemon
from tracker.evidence.scanner import FileNotScanned
from tracker.models import EvidenceFile, FileToDelete
from tracker.services.evidence import Outcome, scan_waiting
from tracker.tasks import scan_evidence

pytestmark = pytest.mark.django_db
State = EvidenceFile.State
SCANNERS = "tests.evidence_files"
LINE = b"%PDF-1.7\n" + VIRUS


@pytest.fixture(scope="module")
def daemon() -> Iterator[str]:
    with clam_daemon() as address:
        yield address


@pytest.fixture
def story() -> Story:
    return Story()


Scan = Callable[..., Outcome]


@pytest.fixture
def scan(settings: LazySettings) -> Scan:
    def scan_with(scanner: str = "finds_nothing", *, at: datetime = NOW) -> Outcome:
        settings.EVIDENCE_SCANNER = f"{SCANNERS}.{scanner}"
        return scan_waiting(lambda: at)

    return scan_with


def test_clamav_tells_the_clean_from_the_infected(
    story: Story,
    settings: LazySettings,
    daemon: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    clean, infected = bring(story), bring(story, LINE)
    place = path_of(infected)
    settings.EVIDENCE_SCANNER = daemon
    with django_capture_on_commit_callbacks(execute=True):
        outcome = scan_waiting(lambda: NOW)
    assert (outcome.clean, outcome.infected) == (1, 1)
    clean.refresh_from_db()
    assert (clean.state, clean.checked_at, clean.finding) == (State.CLEAN, NOW, "")
    assert path_of(clean).exists()
    infected.refresh_from_db()
    assert (infected.state, infected.finding, infected.stored_as) == (State.INFECTED, FOUND, "")
    assert (infected.gone_because, len(infected.sha256)) == ("infected", 64)
    assert not place.exists()


def test_an_infected_file_that_a_crash_left_is_deleted_by_the_sweep(
    story: Story, scan: Scan
) -> None:
    place = path_of(bring(story))
    scan("finds_a_virus")
    assert place.exists(), "what follows the commit never came"
    assert FileToDelete.objects.get().storage == "evidence"


def test_a_scanner_that_is_away_is_asked_again_for_ever(story: Story, scan: Scan) -> None:
    file, now = bring(story), NOW
    for wait in (1, 5, 15, 60, 60, 60):
        assert scan("is_away", at=now).put_off == 1
        assert not scan("finds_nothing", at=now).has_news, "not before its time"
        file.refresh_from_db()
        assert (file.state, file.finding) == (State.WAITING, "The virus scanner gave no answer.")
        assert file.next_attempt_at == now + timedelta(minutes=wait)
        now = file.next_attempt_at
    assert scan(at=now).clean == 1


def refuses(_: IO[bytes]) -> str:
    raise FileNotScanned("Too deep")


def breaks(_: IO[bytes]) -> str:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("scanner", "finding"),
    [(refuses, "Too deep"), (breaks, "ZeroDivisionError: see the log of the worker.")],
)
def test_a_file_that_cannot_be_scanned_stops_no_other_and_is_tried_the_next_day(
    story: Story,
    settings: LazySettings,
    scanner: Callable[[IO[bytes]], str],
    finding: str,
) -> None:
    file = bring(story)
    settings.EVIDENCE_SCANNER = f"{__name__}.{scanner.__name__}"
    assert scan_waiting(lambda: NOW).failed == 1
    file.refresh_from_db()
    assert (file.state, file.finding) == (State.FAILED, finding)
    assert file.next_attempt_at == NOW + timedelta(days=1)
    settings.EVIDENCE_SCANNER = f"{SCANNERS}.finds_nothing"
    assert scan_waiting(lambda: NOW + timedelta(days=1)).clean == 1


def test_bytes_that_are_not_those_that_were_brought_are_not_clean(story: Story, scan: Scan) -> None:
    changed, missing = bring(story), bring(story)
    path_of(changed).write_bytes(b"%PDF-1.7 something else")
    path_of(missing).unlink()
    assert scan().failed == 2
    findings = {EvidenceFile.objects.get(pk=each.pk).finding for each in (changed, missing)}
    assert findings == {
        "The file is not the one that was brought: its SHA-256 is another.",
        "The file is not where it was put.",
    }


def test_a_scanner_that_does_not_read_to_the_end_says_nothing_of_the_file(
    story: Story, settings: LazySettings
) -> None:
    bring(story)
    settings.EVIDENCE_SCANNER = f"{__name__}.looks_away"
    assert scan_waiting(lambda: NOW).failed == 1


def looks_away(_: IO[bytes]) -> str:
    return ""


def test_a_scan_that_broke_off_is_taken_up_when_its_lease_ends(story: Story, scan: Scan) -> None:
    file = bring(story)
    taken = {"state": State.CLAIMED, "claimed_by": file.pk, "lease_until": NOW}
    EvidenceFile.objects.filter(pk=file.pk).update(**taken)
    assert not scan(at=NOW - timedelta(seconds=1)).has_news
    assert scan(at=NOW).clean == 1


def test_a_scan_that_was_overtaken_changes_nothing_any_more(
    story: Story, settings: LazySettings
) -> None:
    file = bring(story)
    settings.EVIDENCE_SCANNER = f"{__name__}.is_overtaken"
    assert not scan_waiting(lambda: NOW).has_news
    file.refresh_from_db()
    assert (file.state, path_of(file).exists()) == (State.CLEAN, True)


def is_overtaken(content: IO[bytes]) -> str:
    content.read()
    EvidenceFile.objects.update(state=State.CLEAN)
    return "HARMLESS-TEST"


def test_without_a_scanner_files_wait_and_say_why(story: Story) -> None:
    file = bring(story)
    assert scan_waiting(lambda: NOW).put_off == 1
    assert not scan_waiting(lambda: NOW).has_news, "it is said once"
    file.refresh_from_db()
    assert (file.state, file.next_attempt_at) == (State.WAITING, NOW)
    assert file.finding == "No virus scanner is connected to this service."


def test_the_tick_and_the_command_scan_what_waits(story: Story, settings: LazySettings) -> None:
    settings.EVIDENCE_SCANNER = f"{SCANNERS}.finds_nothing"
    story.tell(attaching(bring(story)))
    scan_evidence()
    bring(story)
    said = StringIO()
    call_command("scan_evidence", stdout=said)
    assert said.getvalue() == "1 clean, 0 infected, 0 that cannot be scanned, 0 put off.\n"
    assert set(EvidenceFile.objects.values_list("state", flat=True)) == {State.CLEAN}


def test_the_command_asks_again_at_once_when_an_operator_has_mended_the_scanner(
    story: Story, scan: Scan, settings: LazySettings
) -> None:
    bring(story)
    scan("is_away")
    settings.EVIDENCE_SCANNER = f"{SCANNERS}.finds_nothing"
    said = StringIO()
    call_command("scan_evidence", "--now", stdout=said)
    assert said.getvalue().startswith("1 clean")


def test_an_operator_hears_of_files_that_wait_and_the_service_stays_ready(
    story: Story, time_machine: Any
) -> None:
    bring(story)
    time_machine.move_to(NOW + timedelta(minutes=14), tick=False)
    assert Client().get("/readyz").json()["notices"] == []
    time_machine.move_to(NOW + timedelta(minutes=16), tick=False)
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    sentence = (
        "1 file of evidence has not been scanned for viruses; see that EVIDENCE_SCANNER answers."
    )
    assert answer.json()["notices"] == [sentence]
