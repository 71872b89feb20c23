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
            "This form was recorded or discarded already, so it is not kept as a draft; open the "
            "form afresh from the recommendation’s page.",
            code="draft_settled",
        )


class DraftMoved(CommandRejected):
    """Somebody took it back, returned it or gave it since the person looked."""

    def __init__(self) -> None:
        super().__init__(
            "This draft was taken back, returned or recorded since you opened it; open it again "
            "to see how it stands.",
            code="draft_moved",
        )


class DraftSubmitted(CommandRejected):
    """While others sign it, its words stay as they are."""

    def __init__(self) -> None:
        super().__init__(
            "This draft is submitted for sign-off; take it back first to change it.",
            code="draft_submitted",
        )


class KeptElsewhere(CommandRejected):
    """Another window of the same person kept other words meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "This draft was kept in another window since you opened it here, so the text kept "
            "there was not replaced by yours.",
            code="draft_kept_elsewhere",
        )


class DraftTooLong(CommandRejected):
    """More than any form could ever give."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"This is longer than {most:,} characters, far more than can be recorded, so it was "
            "not kept as a draft; shorten it, then keep it again.",
            code="draft_too_long",
        )


class DraftsTooMany(CommandRejected):
    """More than one person can have in hand."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"You have {most} drafts on this recommendation, so no further one was kept; record or "
            "discard some of them first.",
            code="drafts_too_many",
        )
