"""Pages on which several rows are filled in and sent at once, each row a form of its own.

Each row is carried out for itself: one that is refused keeps its text, on the present version of
its recommendation, and stops no other. What a row asks, and what it says, is for its form.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from tracker.admin.bulk.results import refusal_in_words
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Channel
from tracker.queries.permitted import Situation
from tracker.services import Outcome, Row, execute_each


class RowForm(Protocol):
    """A row; its hidden field `version` is the recommendation's that the person saw."""

    situation: Situation

    def add_prefix(self, field_name: str) -> str:
        """Return what the row's field is called among those of all rows."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Show the sentence at the field, or on top of the row."""

    def refuse(self, rejection: CommandRejected) -> None:
        """Show the refusal at the field at fault, or on top of the row."""


def carry_out(request: HttpRequest, rows: Sequence[Row], now: datetime) -> Sequence[Outcome]:
    """Carry out each row for itself; of a page that is sent twice, each is done once."""
    return execute_each(
        rows,
        actor=request.user,
        channel=Channel.ADMIN,
        now=now,
        idempotency_key=_key(request),
    )


def on_present_versions(request: HttpRequest, fresh: Iterable[RowForm]) -> QueryDict:
    """Return what was sent, with the versions that fresh forms of the rows have seen."""
    data = request.POST.copy()
    for form in fresh:
        data[form.add_prefix("version")] = str(form.situation.progress.version)
    return data


def refuse(form: RowForm, outcome: Outcome) -> None:
    """Show on the row why it was refused."""
    if isinstance(outcome.refusal, CommandRejected):
        form.refuse(outcome.refusal)
    else:
        form.add_error(None, refusal_in_words(outcome))


def tell_what_is_left(request: HttpRequest, count: int, what: str) -> None:
    """Say that so many rows are `what`, such as "not settled", and where the reasons stand."""
    if count:
        beside = "it" if count == 1 else "each"
        messages.warning(request, f"{count} {what}: see the reason beside {beside}.")


def _key(request: HttpRequest) -> str:
    try:
        return str(UUID(request.POST.get("key", "")))
    except ValueError:
        return str(uuid4())
