"""Template tags of the progress record."""
