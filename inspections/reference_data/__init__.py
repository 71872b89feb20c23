"""Regions, units and the framework that are there from the start, loaded after every migration.

Idempotent: what an administrator changed since is left alone. `providers.csv` has one row a unit;
`framework` holds the current methodology for probation delivery units.
"""

from inspections.reference_data.loading import load_reference_data

__all__ = ["load_reference_data"]
