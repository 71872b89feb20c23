from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import KEPT, NEW, TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import EvidenceKind

DAY = date(2026, 8, 31)
FILE = c.AttachEvidence(
    kind=EvidenceKind.FILE,
    title="training log",
    location="evidence/5f/log.pdf",
    sha256=f.SHA,
    effective_on=DAY,
    file_id=KEPT.file_id,
    size=2048,
    media_type="application/pdf",
)
LINK = c.AttachEvidence(
    kind=EvidenceKind.LINK,
    title="training log",
    location="https://intranet.example/log",
    sha256=f.SHA,
    effective_on=DAY,
)
WITHDRAW = c.WithdrawEvidence(evidence_id=f.EVIDENCE, reason="wrong year")


def test_evidence_is_of_its_effective_date_and_cites_what_it_bears_on() -> None:
    command = replace(
        FILE,
        sha256=f.SHA.upper(),
        media_type="Application/PDF",
        action_id=f.ACTION,
        standards=("P 2.1",),
        key_questions=("P 2.1.1", "P 2.1.1"),
        findings=(302, 301),
        figure=MeasureValue(n=9, m=10),
    )
    given(*f.PLANNED).when(command).then(
        e.EvidenceAttached(
            occurred_on=DAY,
            evidence_id=NEW,
            kind=EvidenceKind.FILE,
            file_id=KEPT.file_id,
            sha256=f.SHA,
            size=2048,
            media_type="application/pdf",
            action_id=f.ACTION,
            standards=("P 2.1",),
            key_questions=("P 2.1.1",),
            findings=(301, 302),
            figure=MeasureValue(n=9, m=10),
            title="training log",
            location="evidence/5f/log.pdf",
        )
    )


@pytest.mark.parametrize(
    "location",
    [
        "https://intranet.example/log?year=2026#top",
        "http://127.0.0.1:8000/",
        "HTTPS://intranet.example",
    ],
)
def test_a_link_leads_to_a_web_page(location: str) -> None:
    given(f.published).when(replace(LINK, location=location)).accepted()


@pytest.mark.parametrize(
    "location",
    [
        "intranet.example/log",
        "javascript:alert(1)",
        "ftp://intranet.example/log",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://",
        "https:///log",
        "https://intranet.example/a b",
        "https://[::1",
        "//intranet.example/log",
    ],
)
def test_a_link_leads_nowhere_else(location: str) -> None:
    command = replace(LINK, location=location)
    given(f.published).when(command).rejected("link_not_web", field="location")


@pytest.mark.parametrize("sha256", ["", "ab" * 31, "ab" * 33, "zz" * 32])
def test_evidence_has_its_hash(sha256: str) -> None:
    command = replace(FILE, sha256=sha256)
    given(f.published).when(command).rejected("hash_malformed", field="sha256")


def test_evidence_is_not_of_the_future() -> None:
    command = replace(FILE, effective_on=TODAY + timedelta(days=1))
    given(f.published).when(command).rejected("date_in_future", field="effective_on")


def test_a_file_is_one_that_is_kept_here() -> None:
    elsewhere = replace(KEPT, file_id=UUID(int=77))
    for kept in (None, elsewhere):
        given(f.published).when(FILE, file=kept).rejected("file_unknown", field="file_id")
    unnamed = replace(FILE, file_id=None)
    given(f.published).when(unnamed).rejected("file_unknown", field="file_id")


@pytest.mark.parametrize(
    "change", [{"sha256": "cd" * 32}, {"size": 2049}, {"media_type": "text/plain"}]
)
def test_nothing_is_said_of_a_file_but_what_it_is(change: dict[str, Any]) -> None:
    command = replace(FILE, **change)
    given(f.published).when(command).rejected("file_differs", field="file_id")


def test_evidence_is_no_file_and_link_at_once() -> None:
    command = replace(LINK, file_id=KEPT.file_id)
    given(f.published).when(command).rejected("file_and_link", field="file_id")


def test_an_empty_file_is_no_evidence() -> None:
    given(f.published).when(replace(FILE, size=0)).rejected("file_empty", field="size")


@pytest.mark.parametrize("media_type", ["", "pdf", "text/plain; written by Joe Bloggs"])
def test_nobody_writes_free_text_into_the_media_type(media_type: str) -> None:
    command = replace(FILE, media_type=media_type)
    given(f.published).when(command).rejected("media_type_malformed", field="media_type")


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (replace(FILE, standards=("P 9.9",)), "standards"),
        (replace(FILE, key_questions=("P 9.9.1",)), "key_questions"),
        (replace(FILE, findings=(999,)), "findings"),
    ],
)
def test_evidence_cites_the_framework_of_the_inspection(
    command: c.AttachEvidence, field: str
) -> None:
    given(f.published).when(command).rejected("not_in_framework", field=field)


@pytest.mark.parametrize(
    "figure",
    [MeasureValue(n=9, m=10), MeasureValue(number="9.5"), MeasureValue(on=DAY)],
)
def test_evidence_may_bring_a_figure_of_any_unit(figure: MeasureValue) -> None:
    given(f.published).when(replace(FILE, figure=figure)).accepted()


@pytest.mark.parametrize(
    "figure", [MeasureValue(), MeasureValue(n=9), MeasureValue(n=1, m=2, on=DAY)]
)
def test_evidence_brings_no_muddled_figure(figure: MeasureValue) -> None:
    command = replace(FILE, figure=figure)
    given(f.published).when(command).rejected("figure_not_in_unit", field="figure")


def test_evidence_bears_on_an_action_that_stands() -> None:
    command = replace(FILE, action_id=f.ACTION)
    given(f.published).when(command).rejected("action_unknown", field="action_id")
    withdrawn = given(*f.PLANNED, f.action_withdrawn)
    withdrawn.when(command).rejected("action_withdrawn", field="action_id")


def test_withdrawn_evidence_leaves_hash_and_reason() -> None:
    given(*f.EVIDENCED).when(WITHDRAW).then(
        e.EvidenceWithdrawn(
            occurred_on=TODAY, evidence_id=f.EVIDENCE, sha256=f.SHA, reason="wrong year"
        )
    )


def test_evidence_is_withdrawn_once() -> None:
    given(f.published).when(WITHDRAW).rejected("evidence_unknown", field="evidence_id")
    gone = given(*f.EVIDENCED).when(WITHDRAW).accepted()
    outcome = given(*f.EVIDENCED, *gone).when(WITHDRAW)
    outcome.rejected("evidence_unknown", field="evidence_id")


def test_a_claim_keeps_its_last_evidence() -> None:
    given(*f.REPORTED).when(WITHDRAW).rejected("last_evidence", field="evidence_id")
    other = replace(f.evidenced, evidence_id=UUID(int=66))
    given(*f.REPORTED, other).when(WITHDRAW).accepted()
