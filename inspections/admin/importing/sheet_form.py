"""The form of a draft: one field for each value of its sheet, and rows for what is added.

It asks and compares; whether a value fits is for `report_import` to say. What was typed is what is
shown again.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.dateparse import parse_date

from inspections.admin.importing.sheet_fields import SheetFields
from inspections.models import Framework, ImportIssue
from inspections.report_import import (
    ABSENT,
    CONFIRMED,
    ImportRefused,
    NewFinding,
    NewRecommendation,
    Revision,
)
from inspections.report_import.parts import Entry, Part, Section, Shape
from inspections.report_import.sheet import digest_of, entries_of
from inspections.sensitive_text import Passage
from inspections.warned_form import WarnedForm

NEW_RECOMMENDATION, NEW_FINDING = "new_recommendation", "new_finding"
CHANGED_MEANWHILE = (
    "Somebody changed this draft while you worked on it. What you typed is kept, and where it "
    "differs from the record, the field says what is there now. Save again to put yours in place."
)
KEEP = "Keep what the report says"
NEVER_ABSENT = {"published_on"}
"""What nothing is published without: there is no use in confirming that it is missing."""
RATED = ("standards.", "score", "overall_rating")
MANY = 3
"""So many empty ratings are worth one box for all of them: a thematic report gives none."""
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_OF_A_RECOMMENDATION: Mapping[str, tuple[str, Shape, str]] = {
    "number": ("Number", Shape.COUNT, "Left empty, it is numbered next."),
    "addressed_to": ("Addressed to", Shape.BODIES, "Left empty, it is the inspected provider."),
    "text": ("Wording", Shape.TEXT, "As published."),
    "text_cy": ("Wording in Welsh", Shape.TEXT, ""),
}
_OF_A_FINDING: Mapping[str, tuple[str, Shape, str]] = {
    "standard": ("Standard", Shape.STANDARD, ""),
    "kind": ("Kind", Shape.KIND_OF_FINDING, ""),
    "text": ("Wording", Shape.TEXT, ""),
}


class SheetForm(WarnedForm):
    """A form made from a sheet. `seen` tells what the sheet said when the form was opened."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        sections: Sequence[Section],
        framework: Framework,
        issues: Sequence[ImportIssue] = (),
        new_rows: tuple[int, int] = (1, 1),
        is_checked: bool = True,
    ) -> None:
        super().__init__(data, label_suffix="")
        self.sections = sections
        self.digest = digest_of(sections)
        self.new_rows = new_rows
        self.is_checked = is_checked
        self.entries = {entry.path: entry for entry in entries_of(sections)}
        self._parts = {part.leaves_out: part for part in _parts_of(sections) if part.leaves_out}
        in_doubt = dict.fromkeys(each.field for each in issues if not each.supplied)
        self._in_doubt = [path for path in in_doubt if path not in NEVER_ABSENT]
        self._unrated = [path for path in self._in_doubt if self._is_unrated(path)]
        self._kinds = SheetFields(framework)
        self.fields["seen"].initial = self.digest
        self._add_fields()

    def full_clean(self) -> None:
        """Complain of nothing while only more rows are asked for."""
        if self.is_checked:
            super().full_clean()
        else:
            self._errors = ErrorDict()

    def suspicious(self) -> Mapping[str, tuple[Passage, ...]]:
        """Look at what was typed, and not at what the report says."""
        as_it_was = {self.name(path): _plain(entry.value) for path, entry in self.entries.items()}
        return {
            name: passages
            for name, passages in super().suspicious().items()
            if _plain(str(self.data[name])) != as_it_was.get(name)
        }

    def name(self, path: str) -> str:
        """Return the name of the path's field: the same when others before it are left out."""
        entry = self.entries.get(path)
        return _html(entry.key if entry else path)

    def confirm_name(self, path: str) -> str:
        """Return the name of the box that keeps what the report says."""
        return f"confirm-{self.name(path)}"

    def bodies(self) -> list[str]:
        """Return the names to be offered as addressees."""
        return self._kinds.bodies()

    def revision(self) -> Revision:
        """Return what the person changed."""
        confirmed = (path for path in self._in_doubt if self._is_confirmed(path))
        return Revision(
            values={**dict.fromkeys(confirmed, CONFIRMED), **self.changed_values()},
            new_recommendations=tuple(self._new_recommendations()),
            new_findings=tuple(self._new_findings()),
            recommendations_left_out=self._left_out("recommendations"),
            findings_left_out=self._left_out("findings"),
        )

    def changed_values(self) -> dict[str, str]:
        """Return the values that are not those of the sheet, by path; an emptied one is absent."""
        sent = {path: entry for path, entry in self.entries.items() if self.name(path) in self.data}
        typed = {path: self._typed(self.name(path)) for path in sent}
        return {
            path: value or ABSENT
            for path, value in typed.items()
            if value != _plain(self.entries[path].value)
        }

    def is_stale(self) -> bool:
        """Say whether the draft has changed since the form was opened, and the form asks for more.

        A form that is sent twice asks for nothing that is not there.
        """
        return self.cleaned_data["seen"] != self.digest and self.revision() != Revision()

    def refuse_stale(self) -> None:
        """Say what is on record now, field by field, and let the next sending count."""
        self.add_error(None, CHANGED_MEANWHILE)
        for path in self.changed_values():
            said = self.entries[path].value or "nothing"
            self.add_error(self.name(path), f"On record now: {said}")
        assert isinstance(self.data, QueryDict)  # noqa: S101 - the form was sent
        data = self.data.copy()
        data["seen"] = self.digest
        for path, entry in self.entries.items():
            data.setdefault(self.name(path), entry.value)  # rows that somebody else added
        self.data = data

    def refuse(self, refused: Mapping[str, ImportRefused]) -> None:
        """Put each refusal at its field, or on top."""
        for path, refusal in refused.items():
            places = (self.name(path), self.confirm_name(path))
            at = next((name for name in places if name in self.fields), None)
            self.add_error(at, refusal.at_the_field if at else str(refusal))

    def _add_fields(self) -> None:
        for path, entry in self.entries.items():
            self.fields[self.name(path)] = self._field(entry)
        for path in self._in_doubt:
            self.fields[self.confirm_name(path)] = _box(self._words_to_confirm(path))
        if len(self._unrated) >= MANY:
            self.fields["unrated"] = _box(
                "The report gives no such ratings: leave every rating, percentage and score absent"
                " that is empty here"
            )
        for part in self._parts.values():
            label = f"Leave {part.title.lower()} out"
            self.fields[f"leave_out-{part.key}"] = _box(label)
        self._add_rows(NEW_RECOMMENDATION, _OF_A_RECOMMENDATION, self.new_rows[0])
        self._add_rows(NEW_FINDING, _OF_A_FINDING, self.new_rows[1])

    def _is_unrated(self, path: str) -> bool:
        entry = self.entries.get(path)
        return entry is not None and not entry.value and path.startswith(RATED)

    def _is_confirmed(self, path: str) -> bool:
        is_left = bool(self.cleaned_data.get("unrated")) and path in self._unrated
        return is_left or bool(self.cleaned_data[self.confirm_name(path)])

    def _words_to_confirm(self, path: str) -> str:
        entry = self.entries.get(path)
        if path == "provider.name":
            return "Accept it as a new provider"
        is_absent = entry is not None and not entry.value
        return "Leave it absent: the report does not give it" if is_absent else KEEP

    def _add_rows(self, kind: str, parts: Mapping[str, tuple[str, Shape, str]], rows: int) -> None:
        for row in range(1, rows + 1):
            for part, (label, shape, hint) in parts.items():
                field = self._kinds.field(shape, label)
                field.help_text = hint
                self.fields[f"{kind}.{row}.{part}"] = field

    def _field(self, entry: Entry) -> forms.Field:
        field = self._kinds.field(entry.shape, entry.label, entry.value)
        field.initial, field.help_text = entry.value, entry.hint or field.help_text
        return field

    def _typed(self, name: str) -> str:
        return _plain(str(self.cleaned_data.get(name) or ""))

    def _left_out(self, kind: str) -> tuple[int, ...]:
        ticked = (
            path for path, part in self._parts.items() if self.cleaned_data[f"leave_out-{part.key}"]
        )
        return tuple(int(path.split(".")[1]) for path in ticked if path.startswith(kind))

    def _new_recommendations(self) -> Iterator[NewRecommendation]:
        for path, typed in self._rows(NEW_RECOMMENDATION, _OF_A_RECOMMENDATION, self.new_rows[0]):
            if any(typed.values()):
                yield NewRecommendation(path=path, **typed)

    def _new_findings(self) -> Iterator[NewFinding]:
        for path, typed in self._rows(NEW_FINDING, _OF_A_FINDING, self.new_rows[1]):
            if typed["text"] or typed["kind"]:
                yield NewFinding(path=path, **typed)

    def _rows(
        self, kind: str, parts: Mapping[str, Any], rows: int
    ) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield what was typed in each row, but for rows that are stored already.

        A form that is sent twice, or sent again after somebody else's change, adds a row once.
        """
        is_fresh = self.cleaned_data["seen"] == self.digest
        stored = set() if is_fresh else {_plain(each.value) for each in self.entries.values()}
        for row in range(1, rows + 1):
            path = f"{kind}.{row}"
            typed = {part: self._typed(f"{path}.{part}") for part in parts}
            if not typed["text"] or typed["text"] not in stored:
                yield path, typed


def _parts_of(sections: Sequence[Section]) -> Iterator[Part]:
    for section in sections:
        yield from section.parts


def _html(key: str) -> str:
    """Return the key without a space, so that it can be an HTML id."""
    return key.replace(" ", "~")


def _box(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


def _plain(value: str) -> str:
    """Return the value without what a browser does to it; 31/03/2027 is a day as well."""
    text = value.replace("\r\n", "\n").strip()
    if day := _BRITISH_DAY.fullmatch(text):
        iso = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
        return iso if _is_day(iso) else text
    return text


def _is_day(iso: str) -> bool:
    try:
        return parse_date(iso) is not None
    except ValueError:
        return False
