"""What every refusal of an import has in common; each module names its own below it."""


class ImportRefused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Nothing was stored or changed; the message says what happened and what to do next.

    `at_the_field` says the same beside the field in question, whose name it leaves out.
    """

    def __init__(self, sentence: str, *, at_the_field: str = "") -> None:
        super().__init__(sentence)
        self.at_the_field = at_the_field or sentence
