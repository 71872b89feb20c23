"""The refusal of giving and ending memberships."""


class MembershipRefused(Exception):  # noqa: N818 - named as what the person meets
    """Carries a sentence for the person, and the field at fault where there is one."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field
