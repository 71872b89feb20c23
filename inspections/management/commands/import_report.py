"""`manage.py import_report FILE…`: the command line's door to the import and to publishing.

    import_report FILE…                      store as a draft; print what was found and every issue
    import_report --dry-run FILE…            only print; nothing is stored, no database is needed
    import_report --dry-run --json FILE…     one JSON object a line, one per FILE
    import_report --publish --set published_on=2026-01-15 FILE
                                             store and publish, or refuse and store nothing

FILE is the text or the saved HTML of a report; `-` is the standard input. Exit code 2 where any
FILE was refused, also because the log is busy; each is named on standard error, and what the
others led to stands.
"""

import json
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.utils import timezone

from inspections.command_line_account import command_line_account
from inspections.database_lock import DatabaseLocked, refusing_when_locked
from inspections.models import ImportIssue
from inspections.publishing import (
    IssuesUnresolved,
    PublicationDateInFuture,
    PublicationDateMissing,
    PublicationRefused,
    PublishedBeforeFieldwork,
    StreamRefused,
)
from inspections.report_import import ImportedReport, ImportRefused, import_report
from inspections.report_import.matching import ProviderNotDecided, ProviderNotNamed
from inspections.report_import.supplying import ValuePrecedesFieldwork
from inspections.report_parser import ImportIssue as ParsedIssue
from inspections.report_parser import ParsedReport, ReportRefused, as_json_object, parse_report
from inspections.report_parser.source import MAX_SOURCE_BYTES
from inspections.report_summary import IssueRow, summarise

STANDARD_INPUT = "-"
REFUSED = 2
# One byte more than any report may have, so that the parser can say that it is too large.
MOST_BYTES = MAX_SOURCE_BYTES + 1
REFUSALS = (ReportRefused, ImportRefused, PublicationRefused, DatabaseLocked)
SUPPLIABLE = (
    PublicationDateMissing,
    PublicationDateInFuture,
    PublishedBeforeFieldwork,
    StreamRefused,
    ValuePrecedesFieldwork,
    IssuesUnresolved,
    ProviderNotDecided,
    ProviderNotNamed,
)
HOW_TO_SUPPLY = " Nothing was stored; run the same command with --set FIELD=VALUE added."


class FileNotRead(Exception):  # noqa: N818 - an answer to the person, not an error
    """The file is missing or cannot be read."""

    def __init__(self, file: str, reason: OSError) -> None:
        why = (reason.strerror or "unknown reason").lower()
        super().__init__(
            f"The file {file} cannot be read ({why}); check its name and its permissions."
        )


class OptionRefused(Exception):  # noqa: N818 - an answer to the person, not an error
    """The options do not go together, or one of them says nothing that can be used."""


class Command(BaseCommand):
    help = "Import published inspection reports, from the text or the saved HTML of their page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a file, or - for stdin")
        parser.add_argument(
            "--dry-run", action="store_true", help="only print what is found; store nothing"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object a line, one per FILE"
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish each report, or store nothing of it"
        )
        parser.add_argument(
            "--set",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            help="supply a value under the field's name in the issues, for every FILE; "
            "FIELD=confirmed keeps what the report says (repeatable)",
        )
        parser.add_argument(
            "--as",
            dest="username",
            metavar="USERNAME",
            help="the HMIP administrator who publishes; without it, the command line's account",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            order = _read_order(options)
        except (OptionRefused, DatabaseLocked) as refusal:
            self.stderr.write(str(refusal))
            raise SystemExit(REFUSED) from refusal
        accepted = [self._take(file, order) for file in order.files]
        if not all(accepted):
            raise SystemExit(REFUSED)

    def _take(self, file: str, order: "_Order") -> bool:
        """Take one file in, print what came of it, and say whether it was accepted."""
        try:
            source = _read(file)
            if order.dry_run:
                self._print_parsed(parse_report(source), order)
            else:
                self._print_imported(_import(source, order), order)
        except FileNotRead as refusal:
            self.stderr.write(str(refusal))
        except REFUSALS as refusal:
            sentence = f"{refusal}{HOW_TO_SUPPLY if isinstance(refusal, SUPPLIABLE) else ''}"
            self.stderr.write(f"{file}: {sentence}" if len(order.files) > 1 else sentence)
        else:
            return True
        return False

    def _print_parsed(self, report: ParsedReport, order: "_Order") -> None:
        if order.json:
            self.stdout.write(json.dumps(as_json_object(report)))
        else:
            self._print_summary(report, [_issue_row(issue) for issue in report.issues])
            self.stdout.write("\nNothing was stored.\n")

    def _print_imported(self, imported: ImportedReport, order: "_Order") -> None:
        inspection = imported.inspection
        if order.json:
            stored = {
                "inspection": inspection.pk,
                "state": inspection.state,
                "is_new": imported.is_new,
            }
            self.stdout.write(json.dumps({**as_json_object(imported.report), "stored": stored}))
            return
        if imported.is_changed:
            issues = ImportIssue.objects.filter(source=inspection.source_id).order_by("pk")
            self._print_summary(imported.report, [_issue_row(issue) for issue in issues])
            self.stdout.write("")
        self.stdout.write(_outcome(imported))

    def _print_summary(self, report: ParsedReport, issues: list[IssueRow]) -> None:
        self.stdout.write(summarise(report, issues, width=_width()))


@dataclass(frozen=True, slots=True)
class _Order:
    """What the options ask for, in the words of the use cases."""

    files: Sequence[str]
    dry_run: bool
    json: bool
    values: Mapping[str, str]
    publish_as: Any


def _read_order(options: Mapping[str, Any]) -> _Order:
    stores = options["publish"] or options["set"]
    if options["dry_run"] and stores:
        raise OptionRefused(
            "A dry run stores nothing, so there is nothing to publish or to supply; "
            "leave out --dry-run, or leave out --publish and --set."
        )
    if options["username"] is not None and not options["publish"]:
        raise OptionRefused("--as says who publishes; add --publish, or leave --as out.")
    return _Order(
        files=options["files"],
        dry_run=options["dry_run"],
        json=options["json"],
        values=dict(_read_assignment(text) for text in options["set"]),
        publish_as=_publisher(options["username"]) if options["publish"] else None,
    )


def _read_assignment(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not field.strip():
        raise OptionRefused(
            f"--set takes FIELD=VALUE, for example --set published_on=2026-01-15; "
            f"“{text}” is not of that form."
        )
    return field.strip(), value.strip()


def _publisher(username: str | None) -> Any:
    if username is None:
        with refusing_when_locked():
            return command_line_account()
    users = get_user_model().objects
    user = users.filter(**{get_user_model().USERNAME_FIELD: username}).first()
    if user is None:
        raise OptionRefused(
            f"Nobody has the username “{username}”; give that of an HMIP administrator."
        )
    return user


def _read(file: str) -> bytes:
    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read(MOST_BYTES)
        with Path(file).open("rb") as opened:
            return opened.read(MOST_BYTES)
    except OSError as reason:
        raise FileNotRead(file, reason) from reason


def _import(source: bytes, order: _Order) -> ImportedReport:
    with refusing_when_locked():
        return import_report(
            source=source, now=timezone.now(), values=order.values, publish_as=order.publish_as
        )


def _issue_row(issue: ParsedIssue | ImportIssue) -> IssueRow:
    return IssueRow(
        field=issue.field,
        severity=str(issue.severity),
        line=issue.line,
        message=issue.message,
        supplied=issue.supplied if isinstance(issue, ImportIssue) else "",
    )


def _outcome(imported: ImportedReport) -> str:
    inspection = imported.inspection
    state = inspection.get_state_display().lower()
    if imported.is_published_now:
        return f"Published: {inspection}. Its recommendations are open to those concerned."
    if not imported.is_changed:
        return f"This report is already here as {inspection} ({state}). Nothing was changed."
    lead_in = "Stored as a draft" if imported.is_new else "The draft that was here is completed"
    date = "" if inspection.published_on else " --set published_on=YYYY-MM-DD"
    return f"{lead_in}: {inspection}. Publish it by the same command with --publish{date}."


def _width() -> int:
    return shutil.get_terminal_size().columns
