"""What the Inspectorate said: plain tables. Knows nothing of what was done about it."""
