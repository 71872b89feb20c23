"""What a person decided about the bodies of a report, and how names given by hand are read.

Names given by hand must be on record: a person who names a body means one that exists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inspections.models import Provider
from inspections.provider_names import ProviderDirectory
from inspections.report_import.refusals import ImportRefused


class ProviderNotOnRecord(ImportRefused):
    """A name given by hand is nobody's, or several providers'."""

    def __init__(self, path: str, name: str, found: Sequence[Provider], nearest: str) -> None:
        reason = (
            "several providers are called so: " + "; ".join(full_name(each) for each in found)
            if found
            else "no provider is called so" + (f"; the nearest is “{nearest}”" if nearest else "")
        )
        super().__init__(
            f"{path} cannot be “{name}”: {reason}. Supply the full name of a provider on record, "
            "or add the provider in the admin first.",
            at_the_field=f"“{name}” is not decided: {reason}. Give the full name of a provider on "
            "record.",
        )


@dataclass(frozen=True, slots=True)
class ProviderChoices:
    """What a person decided: the inspected provider, and addressees by recommendation, from 1.

    `kind` is the kind of the inspected provider where the report leaves it open.
    """

    inspected: Provider | None = None
    kind: str | None = None
    addressees: Mapping[int, Sequence[Provider]] = field(default_factory=dict)


def choose_provider(directory: ProviderDirectory, path: str, name: str) -> Provider:
    """Return the one provider of that name; its current name, exactly written, decides.

    Raises:
        ProviderNotOnRecord: none bears the name, or several do.
    """
    found = directory.called(name)
    exact = [provider for provider in found if provider.name == name]
    match exact or found:
        case [provider]:
            return provider
    nearest = directory.nearest(name)
    raise ProviderNotOnRecord(path, name, found, nearest.name if nearest else "")


def choose_providers(directory: ProviderDirectory, path: str, names: str) -> tuple[Provider, ...]:
    """Return the providers named in one breath, "Gwent PDU and North Wales PDU".

    Full names may be told apart by semicolons; "All probation regions" is every one of them.

    Raises:
        ProviderNotOnRecord: one of them is not on record, or not one.
    """
    several = [name.strip() for name in names.split(";") if name.strip()]
    named = several if len(several) > 1 else directory.bodies_named_in(names)
    chosen: list[Provider] = []
    for name in named:
        chosen += directory.every_region(name) or (choose_provider(directory, path, name),)
    return tuple(dict.fromkeys(chosen))


def full_name(provider: Provider) -> str:
    """Return the name with kind and region, to tell namesakes apart."""
    kind = Provider.Kind(provider.kind).label.lower()
    return f"{provider.name} ({kind}{f', {provider.region}' if provider.region else ''})"
