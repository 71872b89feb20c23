"""How a command is refused: one sentence for the user, a code for machines, the field at fault."""


class CommandRejected(Exception):  # noqa: N818 - a rule that did its work is no error
    """A rule refused the command; nothing happened.

    `sentence` says what happened and what to do next. `code` is permanent, for the API and the
    tests. `field` is the command's field at fault, where there is one.
    """

    def __init__(self, sentence: str, *, code: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
        self.field = field

    def of(self, subject: str) -> "CommandRejected":
        """Say of which of several it is; code and field stay."""
        self.sentence = f"{subject}: {self.sentence}"
        self.args = (self.sentence,)
        return self


class NotPermitted(CommandRejected):
    """The person may not give this command in this role, whatever the state."""
