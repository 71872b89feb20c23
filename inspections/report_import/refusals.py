"""What every refusal of an import has in common; each module names its own below it."""


class ImportRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Nothing was stored or changed; the message says what happened and what to do next."""
