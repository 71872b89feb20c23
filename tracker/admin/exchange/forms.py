"""The two small forms: which file is brought in, and in which format one is asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import get_text_list

from tracker.documents.writing import Format
from tracker.exchange import asking

CHOOSE = "Choose the file that you want to import."


class UploadForm(forms.Form):
    """Asks for one file; what it is, is found out by reading it."""

    use_required_attribute = False

    file = forms.FileField(
        label="File",
        error_messages={"required": CHOOSE, "missing": CHOOSE, "empty": "The file is empty."},
    )

    def __init__(self, *args: Any, formats: Sequence[Format], button: str, guidance: str) -> None:
        kwargs: dict[str, Any] = {"label_suffix": ""}
        super().__init__(*args, **kwargs)
        self.button, self.guidance = button, guidance
        endings = get_text_list([f"{each.label} (.{each.value})" for each in formats], "or")
        self.fields["file"].help_text = f"{endings}, at most {asking.largest()}."
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{each.value}" for each in formats)

    def clean_file(self) -> Any:
        """Refuse by the size that was sent: of what is far too large nothing has arrived."""
        file = self.cleaned_data["file"]
        if file.size > settings.EXCHANGE_LARGEST_UPLOAD:
            raise forms.ValidationError(asking.too_large())
        return file


class ExportForm(forms.Form):
    """Asks for the format; kinds that have a choice to make ask more."""

    button = "Export"
    use_required_attribute = False

    file_format = forms.ChoiceField(
        label="Format",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose a format."),
    )

    def __init__(self, *args: Any, formats: Sequence[Format]) -> None:
        kwargs: dict[str, Any] = {"label_suffix": ""}
        super().__init__(*args, **kwargs)
        field = self.fields["file_format"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [(each.value, each.label) for each in formats]
        field.initial = formats[0].value

    def parameters(self) -> Mapping[str, Any]:
        """Return what was chosen besides the format."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file_format"}


class OpenActionsForm(ExportForm):
    """Asks whose actions as well, and says how many each choice means."""

    field_order = ("whose", "file_format")
    guidance = (
        "Beside each action the sheet has columns to fill in: what was done and on which day, and "
        "a figure with its period where the recommendation has a measure. Leave the last column as "
        "it is, then bring the sheet back under “Import monthly updates”."
    )
    whose = forms.ChoiceField(
        label="Whose actions",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose whose actions."),
    )

    def offer(self, counts: Mapping[str, int]) -> None:
        """Fill in the choices, each with its number of actions; one's own first, if there are."""
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        mine, everybodys = counts["mine"], counts["all"]
        field.choices = [
            ("mine", f"Those I own ({mine})"),
            ("all", f"All on which I may record updates ({everybodys})"),
        ]
        field.initial = "mine" if mine else "all"
