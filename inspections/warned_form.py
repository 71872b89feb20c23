"""Forms that warn before they save what looks like a number of a person.

The form comes back once, with the passage named and a box to tick: whoever typed it decides. A tick
holds for the very passages that it was shown for, and is kept nowhere.
"""

import hashlib
from collections.abc import Iterable, Mapping

from django import forms

from inspections.sensitive_text import Passage, sensitive_passages

ALL_THE_SAME = "This is not about a person on probation: save it all the same"
BOX = "all_the_same_"
WHAT_TO_DO = (
    "Take it out, or tick the box above the button if it is not about a person on probation."
)


class WarnedForm(forms.Form):
    """A form of which every text is looked at; `warns` is off where it was answered before."""

    warns = True

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.warns:
            self._warn()

    def suspicious(self) -> Mapping[str, tuple[Passage, ...]]:
        """Map the names of fields to what looks like a number of a person in them."""
        texts = {
            name: str(self.data.get(self.add_prefix(name)) or "")
            for name, field in self.fields.items()
            if isinstance(field, forms.CharField) and not field.widget.is_hidden
        }
        found = {name: sensitive_passages(text) for name, text in texts.items()}
        return {name: passages for name, passages in found.items() if passages}

    @property
    def box(self) -> forms.BoundField | None:
        """Return the box that answers the warning, for a page that lays out its own fields."""
        name = next((each for each in self.fields if each.startswith(BOX)), None)
        return None if name is None else self[name]

    def _warn(self) -> None:
        """Put the warnings at their fields and the box below all, unless it is ticked."""
        suspicious = self.suspicious()
        if not suspicious:
            return
        name = box_of(passage for passages in suspicious.values() for passage in passages)
        self.fields[name] = forms.BooleanField(
            label=ALL_THE_SAME, required=False, template_name="admin/tick.html"
        )
        if self.add_prefix(name) in self.data:
            return
        for field, passages in suspicious.items():
            self.add_error(field, warning(passages))


def box_of(passages: Iterable[Passage]) -> str:
    """Return the name of the box that stands for these passages and no others."""
    texts = "\n".join(sorted(passage.text for passage in passages))
    return f"{BOX}{hashlib.sha256(texts.encode()).hexdigest()[:12]}"


def warning(passages: Iterable[Passage]) -> str:
    """Return the sentence that names the passages and says what to do."""
    named = " ".join(each.in_words for each in passages)
    return f"{named} {WHAT_TO_DO}"
