"""How the write path of drafts refuses: each with a sentence for the person."""

from tracker.domain.rejection import CommandRejected


class DraftNotFound(Exception):  # noqa: N818 - what the person sees is "not found"
    """Missing or not theirs: the same words for both."""

    def __init__(self) -> None:
        super().__init__("There is no such draft, or it is not one of yours.")


class DraftSettled(CommandRejected):
    """It was given or discarded: nothing is kept under it any more."""

    def __init__(self) -> None:
        super().__init__(
            "This form was given or discarded already, so it is not kept as a draft; open the form "
            "afresh from the recommendation’s page.",
            code="draft_settled",
        )


class DraftMoved(CommandRejected):
    """Somebody took it back, returned it or gave it since the person looked."""

    def __init__(self) -> None:
        super().__init__(
            "This draft was taken back, returned or given since you opened it; open it again to "
            "see how it stands.",
            code="draft_moved",
        )


class DraftSubmitted(CommandRejected):
    """While others sign it, its words stay as they are."""

    def __init__(self) -> None:
        super().__init__(
            "This draft is submitted for sign-off; take it back first to change it.",
            code="draft_submitted",
        )
