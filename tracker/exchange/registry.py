"""Every kind of import and export, by the name that addresses and rows know it by."""

from collections.abc import Mapping
from typing import Any

from tracker.exchange.kinds import ExportKind, ImportKind

IMPORTS: Mapping[str, ImportKind[Any]] = {}
EXPORTS: Mapping[str, ExportKind] = {}
