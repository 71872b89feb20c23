"""One value on its way to a draft, and why it may be refused there."""

from dataclasses import dataclass

from inspections.models import Inspection
from inspections.provider_names import ProviderDirectory
from inspections.report_import.fields import COLUMNS, COUNT, Form, Value
from inspections.report_import.refusals import ImportRefused

PATTERNS = (
    "provider.name",
    "provider.kind",
    "provider.region",
    "providers.ID.region",
    "standards.CODE.rating",
    "standards.CODE.wording",
    "standards.CODE.key_questions.N.percent",
    "standards.CODE.key_questions.N.text",
    "recommendations.N.number",
    "recommendations.N.addressed_to",
    "recommendations.N.text",
    "recommendations.N.text_cy",
    "findings.N.text",
    "findings.N.kind",
    "findings.N.standard",
)
# The word instead of a value that says: the report does not give it.
ABSENT = "absent"


class FieldNotKnown(ImportRefused):
    """There is no such field, or the report has no such part."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"“{path}” is not a field of this report; these can be supplied: "
            f"{', '.join((*COLUMNS, *PATTERNS))}."
        )


class ValueNotUnderstood(ImportRefused):
    """The value does not suit the field."""

    def __init__(self, path: str, value: str, expected: str) -> None:
        super().__init__(
            f"{path} cannot be “{value}”; supply {expected}.",
            at_the_field=f"“{value}” does not fit here; give {expected}."
            if value
            else f"Fill this in: give {expected}.",
        )


@dataclass(frozen=True, slots=True)
class Supply:
    """One value on its way to the draft."""

    inspection: Inspection
    directory: ProviderDirectory
    path: str
    value: str

    @property
    def is_absent(self) -> bool:
        return self.value == ABSENT

    def read(self, form: Form) -> Value:
        if self.is_absent:
            raise ValueNotUnderstood(self.path, "", f"{form.expected}; it cannot be left out")
        try:
            return form.read(self.value)
        except ValueError:
            raise ValueNotUnderstood(self.path, self.value, form.expected) from None

    def read_words(self, form: Form) -> str:
        return str(self.read(form))

    def read_count(self, highest: int) -> int:
        count = self.read(COUNT)
        if not isinstance(count, int) or count > highest:
            raise ValueNotUnderstood(self.path, self.value, f"a whole number up to {highest}")
        return count
