"""A form as it was typed: put down as texts for a draft, filled in from one, and read in words.

Nothing here judges what was typed: what makes no sense is kept as it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from inspections.govuk_dates import govuk_date
from inspections.whole_numbers import OF_A_VERSION
from tracker.domain.vocabulary import Role
from tracker.forms.command_form import OF_THE_WINDOW, CommandForm
from tracker.forms.fields import OfferedField
from tracker.models import EvidenceFile
from tracker.queries.permitted import Situation
from tracker.services.drafting import Typed

Values = Mapping[str, Sequence[str]]
OPTIONAL = " (optional)"
"""For whoever fills the form in; it says nothing to those who read it."""
NOT_OFFERED = "Something that cannot be chosen any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field as it was filled in, in words; no words where it was left empty."""

    label: str
    text: str
    file: EvidenceFile | None = None


def as_typed(form: CommandForm) -> Typed:
    """Return what the form was sent with; what its hidden part lacks is made good.

    What is no field of the form is not kept: nothing would ever read it.
    """
    data = form.data
    assert isinstance(data, QueryDict)  # noqa: S101 - the form was sent
    return Typed(
        recommendation_id=form.situation.recommendation.pk,
        form=form.slug(),
        command_type=form.gives,
        acting_role=_cleaned(form, "acting_role", form.roles[0]),
        values={
            name: [str(text) for text in texts]
            for name, texts in data.lists()
            if name in form.base_fields and name not in OF_THE_WINDOW
        },
        idempotency_key=str(_cleaned(form, "idempotency_key", uuid4())),
        expected_version=_version(form),
        window=str(_cleaned(form, "window", None) or ""),
        opened_from=str(_cleaned(form, "opened_from", None) or ""),
    )


def filled_in(
    form_class: type[CommandForm], values: Values, situation: Situation, *, opened_from: str
) -> CommandForm:
    """Return the form with every field as it was typed, to go on with in a window of its own."""
    data = as_data(values)
    initial: dict[str, Any] = {
        name: field.widget.value_from_datadict(data, data, name)
        for name, field in form_class.base_fields.items()
        if name not in OF_THE_WINDOW
    }
    others = {name: texts for name, texts in values.items() if name not in initial}
    role = initial.pop("acting_role")
    if role in form_class.roles_offered(situation):
        initial["acting_role"] = role
    carried = {"expected_version": situation.progress.version, "opened_from": opened_from}
    return form_class(situation=situation, initial={**initial, **others, **carried})


def as_data(values: Values, **changes: Any) -> QueryDict:
    """Return the values as a browser would send them."""
    data = QueryDict(mutable=True)
    for name, texts in values.items():
        data.setlist(name, list(texts))
    for name, value in changes.items():
        data[name] = str(value)
    return data


def as_prepared(
    form_class: type[CommandForm],
    values: Values,
    situation: Situation,
    role: Role,
    **versions: Any,
) -> CommandForm:
    """Return the form as its author sent it in `role`, for whoever reads or signs it now.

    `versions` are those the reader has seen, in the fields that carry them.
    """
    data = as_data(values, acting_role=role.value, **versions)
    form = form_class(data, situation=situation.seen_as(role))
    form.warns = False  # its author was warned, and whoever signs it reads the same words
    return form


def lines(form: CommandForm) -> Iterator[Line]:
    """Yield what a sent form says, field by field."""
    for bound in form.visible_fields():
        if bound.name != "acting_role":
            label = str(bound.label).removesuffix(OPTIONAL)
            value = bound.value()
            file = value if isinstance(value, EvidenceFile) else None
            yield Line(label=label, text=_text(bound.field, value), file=file)


def _text(field: forms.Field, value: Any) -> str:
    """Return the value in the words in which it was chosen or typed."""
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        words = {str(key): str(text) for key, text in choices}
        chosen = value if isinstance(value, list | tuple) else [value]
        said = ", ".join(words.get(str(each), NOT_OFFERED) for each in chosen if each)
        return said or (field.empty if isinstance(field, OfferedField) else "")
    if isinstance(field, forms.BooleanField):
        return "Yes" if value else "No"
    if isinstance(field, forms.DateField):
        return _day(field, value)
    return str(value or "")


def _day(field: forms.DateField, value: Any) -> str:
    try:
        day = field.to_python(value)
    except forms.ValidationError:
        return str(value)
    return govuk_date(day) if isinstance(day, date) else ""


def _cleaned(form: CommandForm, name: str, otherwise: Any) -> Any:
    """Return one field as the form understands it, or something else where it does not."""
    try:
        return form.fields[name].clean(form.data.get(name))
    except forms.ValidationError:
        return otherwise


def _version(form: CommandForm) -> int:
    present = form.situation.progress.version
    version: int = _cleaned(form, "expected_version", present)
    return version if len(str(version)) <= OF_A_VERSION else present
