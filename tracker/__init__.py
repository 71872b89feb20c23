"""What was done about each recommendation: an append-only event log, and views of it."""
