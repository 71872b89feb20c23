"""One kind of form field for each shape of a value.

The fields take any words: whether they fit is for `report_import` to say, in a sentence.
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from inspections.models import Finding, Framework, Provider
from inspections.provider_names import ALL_REGIONS
from inspections.ratings import Rating
from inspections.report_import.parts import BODIES_APART, Shape

Choices = list[tuple[str, Any]]
DIVERSITY = "Diversity and inclusion"
BODIES_LIST = "bodies"
RATINGS: Choices = [("", "Not given"), *((rating.value, rating.label) for rating in Rating)]


class TickBoxes(forms.CheckboxSelectMultiple):
    """Boxes for several names that are kept as one text."""

    def format_value(self, value: Any) -> list[str]:
        return _apart(value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return _apart(super().value_from_datadict(data, files, name))


class Ticked(forms.MultipleChoiceField):
    """Names to be ticked; the ticked ones are cleaned into one text."""

    widget = TickBoxes

    def __init__(self, label: str, names: list[str]) -> None:
        super().__init__(
            label=label,
            choices=[(name, name) for name in names],
            required=False,
            error_messages={"invalid_choice": "Tick names of the list."},
        )

    def clean(self, value: Any) -> Any:
        return BODIES_APART.join(super().clean(value))


def _apart(value: Any) -> list[str]:
    """Take names apart, whether they come as one text or as several."""
    texts = [value] if isinstance(value, str) else list(value or ())
    return [name for text in texts for name in text.split(BODIES_APART) if name]


class SheetFields:
    """Makes the field for each shape; the providers are read once, for all of them."""

    def __init__(self, framework: Framework) -> None:
        providers = Provider.objects.select_related("region").order_by("name", "pk")
        self.providers = list(providers)
        standards = framework.standards.order_by("ordinal")
        self.standards: Choices = [("", DIVERSITY), *((each.code, str(each)) for each in standards)]

    def field(self, shape: Shape, label: str, value: str = "") -> forms.Field:
        """Return the field; the choices hold the present value, whatever it is."""
        match shape:
            case Shape.RATING:
                return _choice(label, RATINGS)
            case Shape.PROVIDER | Shape.REGION:
                is_region = shape is Shape.REGION
                known = self._regions() if is_region else self._providers(is_chosen=bool(value))
                return _choice(label, known)
            case Shape.STANDARD:
                return _choice(label, self.standards)
            case Shape.KIND_OF_FINDING:
                return _choice(label, [("", "Choose a kind"), *Finding.Kind.choices])
            case Shape.MANY_BODIES:
                return Ticked(label, self._present_and_regions(value))
        return _line(shape, label, value)

    def bodies(self) -> list[str]:
        """Return the names that an addressee may have."""
        return [ALL_REGIONS, *(provider.name for provider in self.providers)]

    def _present_and_regions(self, value: str) -> list[str]:
        """Return the names of the present bodies, and every region that could be ticked besides."""
        regions = [name for name, _ in self._regions() if name]
        return list(dict.fromkeys([*value.split(BODIES_APART), *regions]))

    def _providers(self, *, is_chosen: bool) -> Choices:
        """Group the providers by region, for a list of more than a hundred."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for provider in self.providers:
            region = str(provider.region) if provider.region else provider.get_kind_display()
            name = f"{provider.name} (new)" if provider.is_proposed else provider.name
            groups.setdefault(region, []).append((provider.name, name))
        empty: Choices = [] if is_chosen else [("", "Choose a provider")]
        return [*empty, *sorted(groups.items())]

    def _regions(self) -> Choices:
        regions = (each.name for each in self.providers if each.kind == Provider.Kind.REGION)
        return [("", "Choose a region"), *((name, name) for name in regions)]


def _choice(label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        error_messages={"invalid_choice": "Choose one from the list."},
    )


def _line(shape: Shape, label: str, value: str) -> forms.Field:
    widgets: Mapping[Shape, forms.Widget] = {
        Shape.TEXT: forms.Textarea(attrs={"rows": min(8, 2 + len(value) // 80)}),
        Shape.DATE: forms.DateInput(attrs={"type": "date"}),
        Shape.COUNT: forms.TextInput(attrs={"inputmode": "numeric", "class": "count"}),
        Shape.MONTH: forms.TextInput(attrs={"class": "count"}),
        Shape.BODIES: forms.TextInput(attrs={"list": BODIES_LIST}),
    }
    hint = "For example 2026-01." if shape is Shape.MONTH else ""
    widget = widgets.get(shape, forms.TextInput())
    return forms.CharField(label=label, required=False, widget=widget, help_text=hint)
