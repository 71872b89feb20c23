"""Measurements, not tests: `make bench` runs them, `make test` does not."""
