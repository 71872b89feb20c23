"""Finds the bodies and the framework that a report speaks of, and proposes bodies not yet known.

A name borne by several providers is never guessed. A choice made by a person rules over the names.
Proposed providers are stored here, so all of it runs inside the importing transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from inspections.models import Framework, KeyQuestion, Provider, Standard
from inspections.provider_names import (
    ProviderDirectory,
    kind_named_in,
    plain_name,
    read_provider_directory,
)
from inspections.report_import.choices import ProviderChoices, full_name
from inspections.report_import.refusals import ImportRefused
from inspections.report_parser import parsed

LONGEST_NAME = 200


class ProviderNotNamed(ImportRefused):
    """The title does not say whom the report is about."""

    def __init__(self) -> None:
        super().__init__(
            "The report does not say whom it is about; supply it as provider, "
            'for example provider="Gwent PDU".',
            at_the_field="The report does not say whom it is about. Choose the provider.",
        )


class ProviderNotDecided(ImportRefused):
    """Several providers bear the name."""

    def __init__(self, path: str, name: str, found: Sequence[Provider]) -> None:
        called = "; ".join(full_name(provider) for provider in found)
        super().__init__(
            f"Several providers are called “{name}”: {called}; supply the one that is meant "
            f'as {path}="…".',
            at_the_field=f"Several providers are called “{name}”: {called}. Choose the one meant.",
        )
        self.path, self.found = path, found


class FrameworkNotKnown(ImportRefused):
    """No methodology on record has the standards of the report."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            f"No framework here has the standards {', '.join(codes)}; "
            "add the framework in the admin first, then import the report again."
        )


@dataclass(frozen=True, slots=True)
class Bodies:
    """Whom the report is about and, by position from 1, to whom each recommendation goes."""

    provider: Provider
    addressees: Mapping[int, tuple[Provider, ...]]
    issues: tuple[parsed.ImportIssue, ...]


def match_bodies(report: parsed.ParsedReport, choices: ProviderChoices) -> Bodies:
    """Find, or propose and store, every body the report names.

    Raises:
        ProviderNotNamed: the title names nobody.
        ProviderNotDecided: several providers bear a name.
    """
    kind = choices.kind or report.provider.kind
    matching = _Matching(report, read_provider_directory(on=day_of(report)), kind)
    provider = choices.inspected or matching.find_inspected()
    addressees = {
        position: tuple(choices.addressees.get(position, ()))
        or matching.find_addressees(recommendation.addressed_to, position, provider)
        for position, recommendation in enumerate(report.recommendations, start=1)
    }
    return Bodies(provider, addressees, tuple(matching.issues))


def choose_framework(report: parsed.ParsedReport) -> Framework:
    """Return the framework that fits the report's standards and score best.

    Raises:
        FrameworkNotKnown: none has all the standards.
    """
    codes = {standard.code for standard in report.standards}
    questions = Prefetch("key_questions", KeyQuestion.objects.order_by("ordinal"))
    standards = Standard.objects.order_by("ordinal").prefetch_related(questions)
    named = Framework.objects.exclude(code=Framework.NOT_RECORDED)
    known = named.order_by("pk").prefetch_related(Prefetch("standards", standards))
    fitting = [framework for framework in known if codes <= _codes(framework)]
    if not fitting:
        raise FrameworkNotKnown(sorted(codes))
    return max(
        fitting,
        key=lambda framework: (
            codes == _codes(framework),
            framework.score_max == report.score_max,
            framework.pk,
        ),
    )


@dataclass(slots=True)
class _Matching:
    """One report's names, matched; `proposed` holds those added so far."""

    report: parsed.ParsedReport
    directory: ProviderDirectory
    kind: str | None
    proposed: dict[str, Provider] = field(default_factory=dict)
    issues: list[parsed.ImportIssue] = field(default_factory=list)

    def find_inspected(self) -> Provider:
        name = self.report.provider.name
        if not name:
            raise ProviderNotNamed
        return self._find(name, path="provider.name", kind=self.kind)

    def find_addressees(
        self, addressed_to: str | None, position: int, inspected: Provider
    ) -> tuple[Provider, ...]:
        """Return the bodies of one "X should:"; "The PDU" is the inspected provider."""
        if not addressed_to:
            return (inspected,)
        found: list[Provider] = []
        for name in self.directory.bodies_named_in(addressed_to):
            if regions := self.directory.every_region(name):
                self._note_expansion(name, position, regions)
                found += regions
            else:
                found.append(self._find_addressee(name, position, inspected))
        return tuple(dict.fromkeys(found))

    def _note_expansion(self, name: str, position: int, regions: Sequence[Provider]) -> None:
        """Have a person look at what one phrase stands for."""
        path = f"recommendations.{position}.addressed_to"
        message = (
            f"“{name}” is read as the {len(regions)} regions on record, a recommendation for each. "
            "Untick those that are not meant."
        )
        line = _first_line(self.report, path)
        self.issues.append(parsed.ImportIssue(path, parsed.Severity.WARNING, line, message))

    def _find_addressee(self, name: str, position: int, inspected: Provider) -> Provider:
        if not plain_name(name):
            return _nameless_body(name, inspected)
        if self._is_inspected(name, inspected):
            return inspected
        return self._find(name, path=f"recommendations.{position}.addressed_to", kind=None)

    def _is_inspected(self, name: str, inspected: Provider) -> bool:
        """Know the inspected provider under its own name and under the one the title uses."""
        own_names = {plain_name(inspected.name), plain_name(self.report.provider.name or "")}
        return plain_name(name) in own_names and kind_named_in(name) in {None, inspected.kind}

    def _find(self, name: str, *, path: str, kind: str | None) -> Provider:
        found = self.directory.called(name, kind=kind)
        if len(found) > 1:
            raise ProviderNotDecided(path, name, found)
        return found[0] if found else self._propose(name, path)

    def _propose(self, name: str, path: str) -> Provider:
        if known := self.proposed.get(plain_name(name)):
            return known
        kind = kind_named_in(name) or self.kind or Provider.Kind.PDU
        provider, _ = Provider.objects.get_or_create(
            name=name[:LONGEST_NAME], kind=kind, defaults={"is_proposed": True}
        )
        self.proposed[plain_name(name)] = provider
        message = _proposal(provider, self.directory.nearest(name))
        line = _first_line(self.report, path)
        self.issues.append(parsed.ImportIssue(path, parsed.Severity.WARNING, line, message))
        return provider


def _nameless_body(name: str, inspected: Provider) -> Provider:
    """Return the inspected provider for "The PDU", and its region for "the region"."""
    is_region = kind_named_in(name) == Provider.Kind.REGION
    return inspected.region if is_region and inspected.region else inspected


def _first_line(report: parsed.ParsedReport, path: str) -> int | None:
    """Return the line of the path, or of the recommendation it belongs to."""
    lines = report.lines.get(path) or report.lines.get(path.rpartition(".")[0])
    return lines[0] if lines else None


def _proposal(provider: Provider, nearest: Provider | None) -> str:
    kind = Provider.Kind(provider.kind).label
    offer = f" The nearest name on record is “{nearest.name}”." if nearest else ""
    return (
        f"No provider is called “{provider.name}”. It is added as a new {kind.lower()} without "
        f"a region, unless an existing one is chosen instead.{offer}"
    )


def _codes(framework: Framework) -> set[str]:
    return {standard.code for standard in framework.standards.all()}


def day_of(report: parsed.ParsedReport) -> date | None:
    """Return the day whose names count: publication, else fieldwork, else none."""
    month = report.fieldwork.month
    first_of_month = date.fromisoformat(f"{month}-01") if month else None
    return report.published_on or report.fieldwork.starts_on or first_of_month
