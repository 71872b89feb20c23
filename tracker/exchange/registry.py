"""Every kind of import and export, by the name that addresses and rows know it by."""

from collections.abc import Mapping
from typing import Any

from tracker.exchange.action_plans import ActionPlanExport, ActionPlanImport
from tracker.exchange.kinds import ExportKind, ImportKind
from tracker.exchange.monthly import MonthlyUpdates, OpenActions

_IMPORTS: tuple[ImportKind[Any], ...] = (ActionPlanImport(), MonthlyUpdates())
_EXPORTS: tuple[ExportKind, ...] = (ActionPlanExport(), OpenActions())

IMPORTS: Mapping[str, ImportKind[Any]] = {each.slug: each for each in _IMPORTS}
EXPORTS: Mapping[str, ExportKind] = {each.slug: each for each in _EXPORTS}
