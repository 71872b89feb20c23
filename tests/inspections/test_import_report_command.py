import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command

from inspections.models import ImportIssue, Inspection, Membership, Provider, ReportSource
from inspections.report_parser import as_json_object, parse_report
from inspections.signals import inspection_published
from tests.inspections.report_parser.report_texts import (
    GWENT,
    NORTH_WALES,
    PROJECT,
    SAMPLE,
    SAMPLE_REPORT,
    doctored,
    text_of,
)
from tests.world import make_user

PUBLISH = ("--publish", "--set", "published_on=2026-02-10")


@pytest.fixture(autouse=True)
def _a_day_after_the_publication() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False):
        yield


class Answer(SimpleNamespace):
    """Exit code, standard output and standard error of one run."""

    code: int
    out: str
    err: str


def _run(*arguments: object) -> Answer:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_report", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as ended:
        return Answer(code=ended.code, out=out.getvalue(), err=err.getvalue())
    return Answer(code=0, out=out.getvalue(), err=err.getvalue())


@pytest.fixture
def no_report(tmp_path: Path) -> Path:
    file = tmp_path / "list.txt"
    file.write_text("A shopping list: tea, milk, bread.\n", encoding="utf-8")
    return file


def _saved(tmp_path: Path, text: str, name: str = "report.txt") -> Path:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


# --- Dry runs: none of these tests may touch a database ------------------------------------------


def test_a_dry_run_prints_one_json_object_a_line_and_needs_no_database(tmp_path: Path) -> None:
    copy = _saved(tmp_path, text_of(SAMPLE).replace("\n", "\r\n"))
    answer = _run("--dry-run", "--json", SAMPLE_REPORT, copy)
    assert (answer.code, answer.err) == (0, "")
    first, second = (json.loads(line) for line in answer.out.splitlines())
    assert first == as_json_object(parse_report(SAMPLE_REPORT.read_bytes()))
    assert first["source"].pop("sha256") != second["source"].pop("sha256")
    assert first == second


def test_standard_input_is_read_for_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = SimpleNamespace(buffer=io.BytesIO(SAMPLE_REPORT.read_bytes()))
    monkeypatch.setattr(sys, "stdin", stdin)
    answer = _run("--dry-run", "--json", "-")
    assert answer.code == 0
    assert json.loads(answer.out)["provider"]["name"] == SAMPLE


def test_a_dry_run_prints_a_table_that_a_person_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    answer = _run("--dry-run", SAMPLE_REPORT)
    assert answer.code == 0
    for line in (
        "An inspection of probation services in Example Valleys PDU",
        "  Published on         not stated",
        "  Score                8 of 21",
        "  Caseload             1,846: 874 community, 603 licence, 369 custody",
        "  P 2.1 Assessment                   Requires improvement; 81% 70% 55%;",
        "Recommendations (6)",
        "  Example Valleys PDU should:",
        "  warning, line 7, published_on",
        "Nothing was stored.",
    ):
        assert line in answer.out.splitlines()
    assert max(map(len, answer.out.splitlines())) <= 72


def test_of_several_files_the_good_ones_are_printed_and_the_refused_one_named(
    no_report: Path,
) -> None:
    answer = _run("--dry-run", "--json", no_report, SAMPLE_REPORT)
    assert answer.code == 2
    assert json.loads(answer.out)["provider"]["name"] == SAMPLE
    assert answer.err.startswith(f"{no_report}: ")
    assert answer.err.count("\n") == 1


def test_one_refused_page_is_answered_in_one_line_on_standard_error(no_report: Path) -> None:
    answer = _run("--dry-run", "--json", no_report)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.strip()
    assert answer.err.count("\n") == 1


def test_a_file_that_cannot_be_read_is_a_sentence_and_no_traceback(tmp_path: Path) -> None:
    for file, why in [(tmp_path / "none.txt", "no such file"), (tmp_path, "is a directory")]:
        answer = _run("--dry-run", file)
        assert (answer.code, answer.out) == (2, "")
        assert why in answer.err
        assert str(file) in answer.err


def test_a_file_of_any_size_is_read_only_as_far_as_a_report_may_reach(tmp_path: Path) -> None:
    file = tmp_path / "large.html"
    with file.open("wb") as opened:
        opened.truncate(10**10)  # sparse: ten gigabytes that take no room
    answer = _run("--dry-run", file)
    assert answer.code == 2
    assert "larger than 2 MB" in answer.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--dry-run", "--publish"), "A dry run stores nothing"),
        (("--dry-run", "--set", "score=3"), "A dry run stores nothing"),
        (("--as", "ada"), "--as says who publishes"),
        (("--set", "score"), "--set takes FIELD=VALUE"),
        (("--set", "=3"), "--set takes FIELD=VALUE"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    arguments: tuple[str, ...], sentence: str
) -> None:
    answer = _run(SAMPLE_REPORT, *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert sentence in answer.err


def test_the_program_itself_ends_with_code_2_and_one_sentence(
    tmp_path: Path, no_report: Path
) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "import_report", "--dry-run", "--json", no_report],
        cwd=PROJECT,
        env={
            **os.environ,
            "DATA_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 1
    assert "Traceback" not in answer.stderr


# --- Storing --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_draft_is_stored_and_said_to_be_one_with_every_issue() -> None:
    answer = _run(SAMPLE_REPORT)
    assert (answer.code, answer.err) == (0, "")
    inspection = Inspection.objects.get()
    assert inspection.state == Inspection.State.DRAFT
    said = " ".join(answer.out.split())
    for issue in ImportIssue.objects.all():
        assert issue.message in said
    assert "Stored as a draft: Example Valleys PDU" in said
    assert "--publish --set published_on=YYYY-MM-DD" in said


@pytest.mark.django_db
def test_the_same_bytes_twice_are_said_to_be_here_already() -> None:
    _run(SAMPLE_REPORT)
    answer = _run(SAMPLE_REPORT)
    assert answer.code == 0
    assert answer.out == (
        "This report is already here as Example Valleys PDU, 2024-09 (draft). "
        "Nothing was changed.\n"
    )
    assert ReportSource.objects.count() == 1


@pytest.mark.django_db
def test_json_without_a_dry_run_says_what_was_stored() -> None:
    for is_new in (True, False):
        answer = _run("--json", SAMPLE_REPORT)
        printed = json.loads(answer.out)
        inspection = Inspection.objects.get()
        stored = {"inspection": inspection.pk, "state": "draft", "is_new": is_new}
        assert printed.pop("stored") == stored
        assert printed == as_json_object(parse_report(SAMPLE_REPORT.read_bytes()))


@pytest.mark.django_db
def test_publishing_without_a_date_is_refused_and_stores_nothing() -> None:
    answer = _run("--publish", SAMPLE_REPORT)
    assert (answer.code, answer.out) == (2, "")
    assert "no publication date; supply it as published_on" in answer.err
    assert "--set FIELD=VALUE" in answer.err
    assert not ReportSource.objects.exists()
    assert not Provider.objects.filter(name=SAMPLE).exists()


@pytest.mark.django_db
def test_a_date_ahead_is_refused() -> None:
    answer = _run("--publish", "--set", "published_on=2999-01-01", SAMPLE_REPORT)
    assert answer.code == 2
    assert "1 January 2999, lies in the future" in answer.err


@pytest.mark.django_db
def test_both_real_reports_are_published_in_one_call_and_again_without_effect(
    tmp_path: Path,
) -> None:
    files = [_saved(tmp_path, text_of(name), f"{name}.txt") for name in (GWENT, NORTH_WALES)]
    answer = _run(*PUBLISH, *files)
    assert (answer.code, answer.err) == (0, "")
    published = Inspection.objects.order_by("pk")
    assert [(each.provider.name, str(each.provider.region)) for each in published] == [
        (GWENT, "Wales"),
        (NORTH_WALES, "Wales"),
    ]
    assert {each.state for each in published} == {Inspection.State.PUBLISHED}
    assert {each.published_on for each in published} == {date(2026, 2, 10)}

    again = _run(*PUBLISH, *files)
    assert again.code == 0
    assert [line.endswith("Nothing was changed.") for line in again.out.splitlines()] == [True] * 2
    assert published.count() == 2


@pytest.mark.django_db
def test_an_error_is_named_until_it_is_resolved(tmp_path: Path) -> None:
    file = _saved(tmp_path, doctored(SAMPLE, ("Score 8/21", "Score 9/21")))
    answer = _run(*PUBLISH, file)
    assert answer.code == 2
    assert "(score)" in answer.err
    assert _run(*PUBLISH, "--set", "score=8", file).code == 0
    assert Inspection.objects.get().score == 8


@pytest.mark.django_db
def test_an_unknown_field_is_answered_with_those_there_are() -> None:
    answer = _run("--set", "colour=red", SAMPLE_REPORT)
    assert answer.code == 2
    assert "“colour” is not a field" in answer.err
    assert "standards.CODE.rating" in answer.err
    assert not Inspection.objects.exists()


@pytest.mark.django_db
def test_an_existing_provider_is_named_at_the_command_line() -> None:
    assert _run("--set", "provider=Gwent PDU", SAMPLE_REPORT).code == 0
    assert Inspection.objects.get().provider.name == GWENT
    assert not Provider.objects.filter(name=SAMPLE).exists()


@pytest.mark.django_db
def test_what_other_files_led_to_stands_when_one_is_refused(no_report: Path) -> None:
    answer = _run(no_report, SAMPLE_REPORT)
    assert answer.code == 2
    assert str(no_report) in answer.err
    assert Inspection.objects.count() == 1


# --- What the record refuses ----------------------------------------------------------------------

BEFORE_FIELDWORK_OF_THE_PAST = (
    *("--set", "published_on=1980-01-01"),
    *("--set", "fieldwork.starts_on=1979-11-05"),
    *("--set", "fieldwork.month=1979-11"),
)
FIRST_TEXT = "recommendations.1.text"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (BEFORE_FIELDWORK_OF_THE_PAST, "1 January 1980 is too long ago to be right"),
        ((*PUBLISH[1:], "--set", f"{FIRST_TEXT}={'x' * 10_050}"), "shorten it to 10,000 or fewer"),
        (
            (*PUBLISH[1:], "--set", f"{FIRST_TEXT}=write\x01down"),
            "characters that cannot be stored",
        ),
    ],
    ids=["too long ago", "too long", "control character"],
)
def test_what_the_record_refuses_is_a_sentence_about_the_recommendation_and_stores_nothing(
    arguments: tuple[str, ...], sentence: str
) -> None:
    answer = _run("--publish", *arguments, SAMPLE_REPORT)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Recommendation 1 cannot be published as it stands. ")
    assert sentence in answer.err
    assert "--set FIELD=VALUE" in answer.err
    assert not ReportSource.objects.exists()


@pytest.mark.django_db
def test_a_text_too_long_for_the_record_is_named_by_its_number_until_a_shorter_one_is_supplied(
    tmp_path: Path,
) -> None:
    text = next(each.text for each in parse_report(SAMPLE_REPORT.read_bytes()).recommendations[1:2])
    file = _saved(tmp_path, doctored(SAMPLE, (text, f"{text} {'very ' * 2_100}")))
    answer = _run(*PUBLISH, file)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Recommendation 2 cannot be published as it stands. ")
    assert not ReportSource.objects.exists()
    assert _run(*PUBLISH, "--set", "recommendations.2.text=Write it down.", file).code == 0


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["title", FIRST_TEXT, "standards.P 2.1.wording"])
@pytest.mark.parametrize("value", ["a\x00b", "a\udcffb", "\x00", "\udcff"])
def test_what_no_database_keeps_is_refused_in_a_sentence(path: str, value: str) -> None:
    answer = _run("--set", f"{path}={value}", SAMPLE_REPORT)
    assert (answer.code, answer.out) == (2, "")
    assert f"What is supplied for {path} holds characters" in answer.err
    assert not ReportSource.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", [SAMPLE, NORTH_WALES])
@pytest.mark.parametrize("day", ["1980-01-01", "2001-01-05"])
def test_a_day_before_the_fieldwork_is_refused_and_stores_nothing(
    tmp_path: Path, name: str, day: str
) -> None:
    file = _saved(tmp_path, text_of(name))
    for options in ((), ("--publish",)):
        answer = _run(*options, "--set", f"published_on={day}", file)
        assert (answer.code, answer.out) == (2, "")
        assert "lies before the start of the fieldwork" in answer.err
        assert "--set FIELD=VALUE" in answer.err
        assert not ReportSource.objects.exists()


# --- In whose name --------------------------------------------------------------------------------


@pytest.fixture
def publishers() -> Iterator[list[User]]:
    heard: list[User] = []

    def listen(*, actor: User, **_: Any) -> None:
        heard.append(actor)

    inspection_published.connect(listen)
    yield heard
    inspection_published.disconnect(listen)


@pytest.mark.django_db
def test_without_a_name_the_account_of_the_command_line_publishes(publishers: list[User]) -> None:
    assert _run(*PUBLISH, SAMPLE_REPORT).code == 0
    (account,) = publishers
    assert (account.get_username(), account.is_active) == ("command-line", False)


@pytest.mark.django_db
def test_an_administrator_publishes_in_their_own_name(publishers: list[User]) -> None:
    administrator = make_user("Ada Admin", Membership.Role.HMIP_ADMINISTRATOR)
    assert _run(*PUBLISH, "--as", administrator.username, SAMPLE_REPORT).code == 0
    assert publishers == [administrator]


@pytest.mark.django_db
def test_anybody_else_is_refused_and_stores_nothing() -> None:
    inspector = make_user("Ida Inspector", Membership.Role.INSPECTOR)
    for username, sentence in [
        (inspector.username, "Only an HMIP administrator"),
        ("nobody", "Nobody has the username “nobody”"),
    ]:
        answer = _run(*PUBLISH, "--as", username, SAMPLE_REPORT)
        assert answer.code == 2
        assert sentence in answer.err
    assert not Inspection.objects.exists()
