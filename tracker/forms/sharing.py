"""Forms whose command may be given for other recommendations of the inspection in the same breath.

What is said of several is typed once, and stored for all of them or for none.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.defaultfilters import pluralize
from django.utils.text import get_text_list

from inspections.whole_numbers import OF_A_VERSION, whole_number
from tracker.forms.command_form import OPEN_AFRESH, CommandForm
from tracker.queries.labels import in_short
from tracker.queries.permitted import Situation
from tracker.queries.sharing import may_be_said_of, others_of_the_inspection

ABOUT_ONE_ACTION = (
    "An action belongs to one recommendation. Choose the recommendation as a whole, or untick the "
    "other recommendations."
)
NOT_AMONG_THEM = (
    "One of the recommendations that you ticked is not there for you any more; tick the others "
    "again."
)


class OtherRecommendations(forms.TypedMultipleChoiceField):
    """Any of the inspection's others. Whether they take the command is for the rules."""

    def __init__(self) -> None:
        super().__init__(
            label="Also for these recommendations of the same inspection (optional)",
            coerce=int,
            required=False,
            help_text="It is recorded for all of them or, if one refuses it, for none.",
            widget=forms.CheckboxSelectMultiple,
        )

    def valid_value(self, value: Any) -> bool:
        return whole_number(str(value)) is not None


class SeenVersions(forms.Field):
    """The versions of the others that the person had before them, "12:3 14:5", as a mapping."""

    def __init__(self) -> None:
        label = "Versions of the others"
        super().__init__(label=label, required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> dict[int, int]:
        pairs = (each.partition(":") for each in str(value or "").split())
        seen = (
            (whole_number(pk), whole_number(version, digits=OF_A_VERSION))
            for pk, _, version in pairs
        )
        return {pk: version for pk, version in seen if pk is not None and version is not None}


class SharedForm(CommandForm):
    """A form with boxes to tick for the inspection's other recommendations, where there are any."""

    also_for = OtherRecommendations()
    also_seen = SeenVersions()

    def __init__(self, *args: Any, situation: Situation, **kwargs: Any) -> None:
        super().__init__(*args, situation=situation, **kwargs)
        self.others: Mapping[int, Situation] = {
            each.recommendation.pk: each for each in others_of_the_inspection(situation)
        }
        self._ticked = [str(each) for each in self._raw("also_for") or ()]
        self._seen = SeenVersions().clean(self._raw("also_seen"))
        offered = [
            each
            for pk, each in self.others.items()
            if str(pk) in self._ticked or may_be_said_of(each, self.gives, before=situation)
        ]
        if not (offered or self._ticked):
            del self.fields["also_for"], self.fields["also_seen"]
            return
        field = self.fields.pop("also_for")
        self.fields["also_for"] = field  # what is said comes first, for what else it stands last
        assert isinstance(field, OtherRecommendations)  # noqa: S101 - declared above
        field.choices = [(str(each.recommendation.pk), _words(each)) for each in offered]
        # A draft remembers what its author had seen; what is sent next rests on what is shown now.
        self.initial["also_seen"] = self.present_versions()

    def _raw(self, name: str) -> Any:
        """Return what was sent, or what a draft holds; without the form's memory of it."""
        if not self.is_bound:
            return self.initial.get(name)
        return self.fields[name].widget.value_from_datadict(self.data, self.files, name)

    def present_versions(self) -> str:
        return " ".join(f"{pk}:{each.progress.version}" for pk, each in self.others.items())

    def targets(self) -> dict[int, int]:
        return {**super().targets(), **self.seen_elsewhere()}

    def seen_elsewhere(self) -> dict[int, int]:
        return {pk: version for pk, version in self._seen.items() if str(pk) in self._ticked}

    def said(self) -> str:
        also = [
            str(each.recommendation.number)
            for pk, each in self.others.items()
            if str(pk) in self._ticked
        ]
        if not also:
            return super().said()
        which = f"recommendation{pluralize(also)} {get_text_list(also, 'and')}"
        return f"{super().said()} The same is recorded for {which}."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        also_for = cleaned.get("also_for") or ()
        if any(pk not in self.others for pk in also_for):
            self.add_error("also_for", NOT_AMONG_THEM)
        elif any(pk not in self._seen for pk in also_for):
            raise forms.ValidationError(OPEN_AFRESH)
        if also_for and cleaned.get("action_id"):
            self.add_error("action_id", ABOUT_ONE_ACTION)
        return cleaned


def _words(other: Situation) -> str:
    return f"{other.recommendation.number}. {in_short(other.progress.wording)}"
