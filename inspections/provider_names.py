"""Finds the provider that a report means by a name: current names and aliases, never a guess.

"Gwent", "Gwent PDU" and "Gwent Probation Delivery Unit (PDU)" are one name. Where two providers
bear it, both are returned and a person decides. Nothing is stored here.
"""

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from inspections.models import Provider, ProviderAlias

NATIONAL_BODY = "hmpps"
# The words that say what kind of body is meant, in the form `plain_words` gives them.
KIND_WORDS: Mapping[Provider.Kind, re.Pattern[str]] = {
    Provider.Kind.PDU: re.compile(r"\b(?:probation delivery units?|pdus?)\b"),
    Provider.Kind.APPROVED_PREMISES: re.compile(r"\bapproved premises\b"),
    Provider.Kind.YOUTH_JUSTICE_SERVICE: re.compile(
        r"\b(?:youth justice services?|youth offending (?:services?|teams?)|yjs)\b"
    ),
    Provider.Kind.NATIONAL: re.compile(
        r"\b(?:hmpps|(?:hm|(?:his|her) majestys) prison and probation service)\b"
    ),
    Provider.Kind.REGION: re.compile(r"\b(?:probation )?regions?\b"),
}
EVERY_REGION = re.compile(
    r"(?:(?:all|each|every)(?: of)?(?: the)? )?(?:(?:twelve|12) )?"
    r"(?:(?:probation (?:service )?)?regions|regional probation directors)"
    r"|(?:each|every) (?:probation )?region"
)
"""How thematic reports speak of all regions, in the form that `_plain_words` gives it."""
ALL_REGIONS = "All probation regions"
SEVERAL_UNITS = re.compile(r"\b(?:pdus|units)\b")
PROBATION_SERVICE = re.compile(r"\bprobation services?\b")
# Reports name at most a handful of bodies in one breath; more would be a sentence.
MOST_SEPARATORS = 6
SEPARATOR = re.compile(r"\s*(?:;|,(?:\s+and\b)?|\band\b|&)\s*", re.IGNORECASE)


def kind_named_in(name: str) -> Provider.Kind | None:
    """Return the kind of body that the name itself states, as "Gwent PDU" does."""
    words = _plain_words(name)
    return next((kind for kind, pattern in KIND_WORDS.items() if pattern.search(words)), None)


def plain_name(name: str) -> str:
    """Return what two ways of writing one name have in common; empty for "the PDU"."""
    words = _plain_words(name)
    if KIND_WORDS[Provider.Kind.NATIONAL].fullmatch(words):
        return NATIONAL_BODY
    for pattern in (*KIND_WORDS.values(), PROBATION_SERVICE):
        words = pattern.sub(" ", words)
    return " ".join(words.split()).removesuffix(" in").removeprefix("in ")


def _plain_words(name: str) -> str:
    # NFKC turns the no-break spaces that stand inside published names into plain ones.
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    words = re.sub(r"\W+", " ", re.sub(r"['’‘]", "", text))
    return " ".join(words.split()).removeprefix("the ")


@dataclass(frozen=True, slots=True)
class ProviderDirectory:
    """Every provider under every plain name it bears; read once, asked often."""

    by_plain_name: Mapping[str, tuple[Provider, ...]]
    regions: tuple[Provider, ...] = ()
    """The regions that there are, or were on the day that is asked about."""

    def every_region(self, name: str) -> tuple[Provider, ...]:
        """Return all regions where the name means them, "All probation regions"; else none."""
        return self.regions if EVERY_REGION.fullmatch(_plain_words(name)) else ()

    def called(self, name: str, *, kind: str | None = None) -> tuple[Provider, ...]:
        """Return all providers of that name.

        The kind that the name states rules; otherwise `kind` is preferred where one matches.
        """
        found = self.by_plain_name.get(plain_name(name), ())
        stated = kind_named_in(name)
        of_kind = tuple(provider for provider in found if provider.kind == (stated or kind))
        return of_kind if stated or of_kind else found

    def nearest(self, name: str) -> Provider | None:
        """Return the provider whose name looks most alike, to be offered and never assumed."""
        wanted = _sorted_words(plain_name(name))
        known = {_sorted_words(plain): found for plain, found in self.by_plain_name.items()}
        alike = difflib.get_close_matches(wanted, known, n=1, cutoff=0.8)
        return known[alike[0]][0] if alike else None

    def bodies_named_in(self, name: str) -> tuple[str, ...]:
        """Split "Gwent PDU and Wales region" in two, but not "Cheshire East and West PDU".

        A name is split only where a word such as "PDU" shows that one body ends, or where it says
        "PDUs" and every part is the name of exactly one provider; the fewest parts win.
        """
        if self.called(name):
            return (name,)
        several = _ways_to_split(name) if SEVERAL_UNITS.search(_plain_words(name)) else ()
        for parts in several:
            if all(len(self.called(part)) == 1 for part in parts):
                return parts
        borders = [cut for cut in _borders(name) if _ends_with_kind(name[: cut.start()])]
        return _cut(name, borders)


def read_provider_directory(*, on: date | None) -> ProviderDirectory:
    """Read all names in use on the day `on`; every name ever borne where the day is unknown."""
    aliases = ProviderAlias.objects.all() if on is None else ProviderAlias.objects.borne_on(on)
    providers = Provider.objects.select_related("region").order_by("pk")
    named = providers.prefetch_related(Prefetch("aliases", aliases, to_attr="names_borne"))
    return _index(list(named), on)


def _index(providers: Sequence[Provider], on: date | None) -> ProviderDirectory:
    by_plain_name: dict[str, tuple[Provider, ...]] = {}
    for provider in providers:
        borne = [alias.name for alias in getattr(provider, "names_borne", ())]
        for plain in dict.fromkeys(plain_name(name) for name in (provider.name, *borne)):
            by_plain_name[plain] = (*by_plain_name.get(plain, ()), provider)
    regions = sorted((each for each in providers if _is_a_region(each, on)), key=str)
    return ProviderDirectory(by_plain_name, tuple(regions))


def _is_a_region(provider: Provider, on: date | None) -> bool:
    """Say whether it is one, and on the day had not gone into another."""
    ended = provider.succeeded_on is not None and (on is None or provider.succeeded_on <= on)
    is_real = not (provider.is_proposed or provider.is_demonstration)
    return provider.kind == Provider.Kind.REGION and is_real and not ended


def _sorted_words(plain: str) -> str:
    """Put the words in one order: units are renamed by turning their names round."""
    return " ".join(sorted(plain.split()))


def _borders(name: str) -> list[re.Match[str]]:
    """Return the places where a list of bodies could be cut; none when it is a whole sentence."""
    separators = list(SEPARATOR.finditer(name.strip()))
    return separators if len(separators) <= MOST_SEPARATORS else []


def _ends_with_kind(name: str) -> bool:
    words = _plain_words(name)
    kinds = (found for pattern in KIND_WORDS.values() for found in pattern.finditer(words))
    return any(found.end() == len(words) for found in kinds)


def _ways_to_split(name: str) -> Iterator[tuple[str, ...]]:
    separators = _borders(name)
    for count in range(1, len(separators) + 1):
        for chosen in itertools.combinations(separators, count):
            yield _cut(name, chosen)


def _cut(name: str, separators: Iterable[re.Match[str]]) -> tuple[str, ...]:
    parts = []
    start = 0
    for separator in separators:
        parts.append(name[start : separator.start()])
        start = separator.end()
    parts.append(name[start:])
    return tuple(part.strip() for part in parts if part.strip())
