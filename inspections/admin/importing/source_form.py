"""The form that takes a report in: an uploaded file or pasted text, and whom it means if asked."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from inspections.models import Provider
from inspections.report_import import ProviderChoices
from inspections.report_import.choices import full_name
from inspections.report_parser.source import MAX_SOURCE_BYTES

# One byte more than any report may have, so that the parser can say that it is too large.
MOST_BYTES = MAX_SOURCE_BYTES + 1

_ADDRESSEE = re.compile(r"recommendations\.(?P<place>[0-9]{1,3})\.addressed_to")


class _FullName(forms.ModelChoiceField[Provider]):
    def label_from_instance(self, obj: Provider) -> str:
        return full_name(obj)


class SourceForm(forms.Form):
    """Asks for one source; what it is, is for the parser to say."""

    use_required_attribute = False

    file = forms.FileField(
        label="A file: the text or the saved web page",
        required=False,
        allow_empty_file=True,
        help_text="A .txt or .html file of at most 2 MB. Not a PDF.",
    )
    text = forms.CharField(
        label="Or the text of the page, pasted",
        required=False,
        strip=False,
        help_text="Open the report’s page, select all, copy, and paste it here.",
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    provider = _FullName(
        Provider.objects.none(),
        label="Provider (optional)",
        required=False,
        empty_label="As the report says",
        help_text="Only where the name in the report does not say which provider is meant.",
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="")
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = Provider.objects.order_by("name", "pk")
        for name in data or ():
            if _ADDRESSEE.fullmatch(name):
                self.fields[name] = _addressee(name)

    def choices(self) -> ProviderChoices:
        """Return which bodies the person says are meant."""
        decided = {
            int(match["place"]): (provider,)
            for name, provider in self.cleaned_data.items()
            if provider and (match := _ADDRESSEE.fullmatch(name))
        }
        return ProviderChoices(inspected=self.cleaned_data["provider"], addressees=decided)

    def ask(self, path: str, found: Sequence[Provider], sentence: str) -> None:
        """Ask which of the providers found is meant; a file has to be chosen again."""
        name = "provider" if path == "provider.name" else path
        if name not in self.fields:
            self.fields[name] = _addressee(name)
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - made so
        field.queryset = Provider.objects.filter(pk__in=[each.pk for each in found])
        again = " Then choose the file again." if self.given == "file" else ""
        self.add_error(name, f"{sentence}{again}")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_file, has_text = bool(cleaned.get("file")), bool(cleaned.get("text", "").strip())
        if has_file and has_text:
            self.add_error("file", "Give a file or pasted text, not both.")
        elif not has_file and not has_text:
            self.add_error("file", "Choose the file of a report, or paste its text below.")
        return cleaned

    @property
    def given(self) -> str:
        """Name the field that holds the source."""
        return "file" if self.cleaned_data.get("file") else "text"

    def source(self) -> bytes:
        """Return the bytes; pasted text has the line ends it had before the browser changed them.

        So the same text, pasted or in a file, is the same source.
        """
        if self.given == "file":
            read: bytes = self.cleaned_data["file"].read(MOST_BYTES)
            return read
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").encode()


def _addressee(name: str) -> forms.ModelChoiceField[Provider]:
    match = _ADDRESSEE.fullmatch(name)
    place = match["place"] if match else ""
    return _FullName(
        Provider.objects.order_by("name", "pk"),
        label=f"To whom recommendation {place} of the report goes",
        required=False,
        empty_label="Choose one",
    )
