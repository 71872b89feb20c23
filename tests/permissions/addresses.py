"""Every address of the project, found by walking the URLconf: nothing is listed by hand here."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>(?![^()]*\))|\(\?P<(\w+)>[^)]*\)")
"""As in `<int:pk>`, and as in `(?P<key>.+)`."""


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern. `key` is its name, or its route where the name is missing or not its own."""

    key: str
    route: str
    parameters: tuple[str, ...]

    def path(self, arguments: Mapping[str, Any]) -> str:
        """Return the address with its arguments filled in, by name."""

        def fill(match: re.Match[str]) -> str:
            return str(arguments[match[1] or match[2]])

        return "/" + PARAMETER.sub(fill, self.route).replace("^", "").rstrip("$")


@cache
def addresses() -> Mapping[str, Address]:
    """Return every address by its key; a pattern that an earlier one hides is not there."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for route, name, parameters in _walk(get_resolver().url_patterns):
        found.setdefault(route, (name, parameters))
    times = Counter(name for name, _ in found.values())
    keys = {
        route: name if name and times[name] == 1 else route for route, (name, _) in found.items()
    }
    return {key: Address(key, route, found[route][1]) for route, key in keys.items()}


def _walk(
    patterns: Iterable[Any], spaces: tuple[str, ...] = (), before: str = ""
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each pattern's route, its name (empty where there is none) and its parameters."""
    for each in patterns:
        route = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from _walk(each.url_patterns, inner, route)
        elif isinstance(each, URLPattern):
            name = ":".join([*spaces, each.name]) if each.name else ""
            yield route, name, tuple(each.pattern.regex.groupindex)
