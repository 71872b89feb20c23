"""Forms of evidence: a file or a link, the day it speaks of, and what it bears on.

A file is kept as soon as it arrives, and named in the form from then on: whatever else is refused,
nobody has to choose it again, and a draft remembers it.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.datastructures import MultiValueDict

from inspections.sensitive_text import Passage, sensitive_passages
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import EvidenceKind
from tracker.evidence.kinds import FileRefused, in_words
from tracker.forms.command_form import CommandForm
from tracker.forms.fields import (
    PERSONAL_DATA,
    Day,
    FreeText,
    SeveralOffered,
    ShortText,
    Subject,
    WholeNumber,
)
from tracker.forms.progress import AS_A_WHOLE
from tracker.forms.sharing import SharedForm
from tracker.models import EvidenceFile
from tracker.queries.offers import Offered
from tracker.queries.permitted import Situation
from tracker.services.evidence import keep_file

NEITHER = "Choose a file, or give the web address of the evidence."
BOTH = (
    "Give either a file or a web address. Take the file away, or empty this; what is left out can "
    "be attached as a second piece of evidence."
)
TAKEN_AWAY = "file-clear"
"""The box beside a kept file, as Django names it."""


class KeptFileInput(forms.ClearableFileInput):
    """Shows the file that is kept already beside the way to choose another."""

    template_name = "admin/tracker/kept_file.html"

    def is_initial(self, value: Any) -> bool:
        return isinstance(value, EvidenceFile)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002
        return files.get(name)


class KeptFile(forms.FileField):
    """A file that is kept by the time the form is cleaned: its value is the row of it."""

    def __init__(self) -> None:
        super().__init__(label="File", required=False, widget=KeptFileInput)

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ARG002 - it was received before
        return initial if isinstance(initial, EvidenceFile) else None


class AttachEvidenceForm(SharedForm):
    """`upload` names the file that is kept; what is sent as `file` is received before all else."""

    gives = c.AttachEvidence
    heading = "Attach evidence"
    button = "Attach the evidence"
    done = "The evidence is attached."

    upload = forms.UUIDField(label="Kept file", required=False, widget=forms.HiddenInput)
    title = ShortText("What it is", hint="For example: dip sample of 20 cases, June 2027.")
    file = KeptFile()
    location = ShortText("Or its web address", hint="It starts with https:// or http://.")
    effective_on = Day(
        "The day it speaks of",
        hint="The day of the sample or of the letter, not that on which you attach it.",
    )
    action_id = Subject("What it is about", offers=Offered.ACTIONS, empty=AS_A_WHOLE)
    standards = SeveralOffered(
        "Standards it bears on (optional)", offers=Offered.STANDARDS, is_folded=True
    )
    key_questions = SeveralOffered(
        "Key questions it bears on (optional)", offers=Offered.KEY_QUESTIONS, is_folded=True
    )
    findings = SeveralOffered(
        "Findings it bears on (optional)", offers=Offered.FINDINGS, coerce=int, is_folded=True
    )
    figure_n = WholeNumber(
        "A figure it shows, as cases (optional)", "For example 9 of 20: write 9 here."
    )
    figure_m = WholeNumber("Out of so many (optional)")
    figure_number = ShortText("Or as a number (optional)", hint="For example 3.5.")
    shown_as = {
        "sha256": "location",
        "file_id": "file",
        "size": "file",
        "media_type": "file",
        "figure": "figure_n",
    }

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, situation=situation, **kwargs)
        self._refusal = ""
        self.fields["file"].help_text = _hint()
        self._name_the_kept(self._raw("upload"))

    def receive(self, now: datetime) -> None:
        """Keep the file that was sent, and go on as if the form had named it all along."""
        sent = self.files.get("file")
        if TAKEN_AWAY in self.data:
            self._carry("")
        if sent is not None:
            try:
                kept = keep_file(
                    sent,
                    recommendation_id=self.situation.recommendation.pk,
                    brought_by=self.situation.user,
                    now=now,
                )
            except FileRefused as refusal:
                self._refusal = refusal.sentence
            else:
                self._carry(str(kept.pk))
        self.files = MultiValueDict()

    @property
    def received(self) -> Mapping[str, str]:
        kept = self.initial.get("file")
        return {"upload": str(kept.pk), "file": kept.name} if kept else {"upload": "", "file": ""}

    @property
    def not_received(self) -> str:
        return self._refusal

    def suspicious(self) -> Mapping[str, tuple[Passage, ...]]:
        """Look at the name of the file as well: the record shows it."""
        kept = self.initial.get("file")
        named = sensitive_passages(kept.name) if kept else ()
        return {**super().suspicious(), **({"file": named} if named else {})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file, location = cleaned.get("file"), cleaned.get("location")
        if self._refusal:
            self.add_error("file", self._refusal)
        elif file and location:
            self.add_error("location", BOTH)
        elif not (file or location):
            self.add_error("file", NEITHER)
        return cleaned

    def command(self) -> c.AttachEvidence:
        cleaned = self.cleaned_data
        shared = ("title", "effective_on", "action_id", "standards", "key_questions", "findings")
        said = {name: cleaned[name] for name in shared}
        return c.AttachEvidence(**said, **self._content(), figure=self._figure())

    def _content(self) -> dict[str, Any]:
        file, address = self.cleaned_data["file"], self.cleaned_data["location"]
        if file is None:
            sha256 = hashlib.sha256(address.encode()).hexdigest()
            return {"kind": EvidenceKind.LINK, "location": address, "sha256": sha256}
        return {
            "kind": EvidenceKind.FILE,
            "location": file.name,
            "file_id": file.pk,
            "sha256": file.sha256,
            "size": file.size,
            "media_type": file.media_type,
        }

    def _figure(self) -> MeasureValue | None:
        cleaned = self.cleaned_data
        figure = MeasureValue(
            n=cleaned["figure_n"], m=cleaned["figure_m"], number=cleaned["figure_number"] or None
        )
        return None if figure == MeasureValue() else figure

    def _carry(self, upload: str) -> None:
        """Let the form name another file than it was sent with, or none."""
        assert isinstance(self.data, QueryDict)  # noqa: S101 - the form was sent
        data = self.data.copy()
        data["upload"] = upload
        self.data = data
        self._name_the_kept(upload)

    def _name_the_kept(self, upload: Any) -> None:
        """Look the file up that is named: one that was brought for this recommendation."""
        self.initial["file"] = None
        try:
            key = self.base_fields["upload"].clean(upload)
        except forms.ValidationError:
            return
        if key is not None:
            brought = EvidenceFile.objects.filter(recommendation=self.situation.recommendation)
            self.initial["file"] = brought.filter(pk=key, gone_at=None).first()


def _hint() -> str:
    kinds, most = in_words(settings.EVIDENCE_KINDS), filesizeformat(settings.EVIDENCE_LARGEST)
    return f"{kinds}, at most {most}. {PERSONAL_DATA} Look in pictures and hidden sheets too."


class WithdrawEvidenceForm(CommandForm):
    gives = c.WithdrawEvidence
    heading = "Withdraw evidence"
    button = "Withdraw the evidence"
    done = "The evidence is withdrawn; its hash and your reason stay."

    evidence_id = Subject("Evidence", offers=Offered.EVIDENCE)
    reason = FreeText("Why it is withdrawn", rows=3)
