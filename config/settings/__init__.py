"""Settings: `base` for all, `embedded` (the default), `production` and `test` on top of it."""
