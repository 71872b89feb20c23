"""Keeping what somebody typed, whatever state it is in; changing, taking back, discarding it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from inspections.models import Provider, Recommendation
from tracker import event_store
from tracker.domain import commands as c
from tracker.domain.deeds import DEEDS
from tracker.domain.rejection import NotPermitted
from tracker.domain.roles import may_give
from tracker.domain.sign_off import may_prepare
from tracker.domain.vocabulary import Role
from tracker.event_store import refusing_when_busy
from tracker.models import Draft
from tracker.services.asking import find_recommendations, standing_of
from tracker.services.drafting.refusals import (
    DraftMoved,
    DraftNotFound,
    DraftSettled,
    DraftsTooMany,
    DraftSubmitted,
    DraftTooLong,
    KeptElsewhere,
)
from tracker.services.ending_drafts import end_drafts
from tracker.services.request import LONDON, event_id

State = Draft.State
MOST_CHARACTERS = 100_000
"""Ten times the longest text that a command takes."""
MOST_DRAFTS = 50
"""Of one person on one recommendation. A page lists them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One form as it was typed: `values` maps fields to the texts sent, none of them judged.

    `window` is the opened form, `opened_from` the one whose words it was opened with.
    """

    recommendation_id: int
    form: str
    command_type: type[c.Command]
    acting_role: Role
    values: Mapping[str, Sequence[str]]
    idempotency_key: str
    expected_version: int
    window: str = ""
    opened_from: str = ""


def keep(typed: Typed, *, author: Any, now: datetime) -> Draft:
    """Keep the form on the server, as a new draft or in place of what the same form held before.

    Raises:
        RecommendationNotFound: it does not exist, or not for this person.
        NotPermitted: the role neither holds the command nor prepares it.
        DraftSettled, DraftSubmitted: its words are not the author's to change any more.
        KeptElsewhere: another window kept other words since this one was opened.
        DraftTooLong, DraftsTooMany: no person types that much.
        LogBusy: the database could not be reached in time.
    """
    with refusing_when_busy(), transaction.atomic():
        draft = draft_to_change(typed, author=author, now=now)
        if draft.state == State.SUBMITTED:
            raise DraftSubmitted
        return put_down(draft, typed, now=now)


def kept_elsewhere(typed: Typed, *, author: Any) -> Draft | None:
    """Return the form's draft where another window kept it since this one was opened."""
    draft = (
        Draft.objects.pending()
        .filter(
            author=author,
            recommendation=typed.recommendation_id,
            idempotency_key=typed.idempotency_key,
        )
        .first()
    )
    return draft if draft is not None and _is_overtaken(typed, draft) else None


def discard(draft_id: int, *, author: Any, now: datetime) -> Draft:
    """Put the author's draft away. Raises: DraftNotFound, DraftSettled (it was given), LogBusy."""
    with refusing_when_busy(), transaction.atomic():
        draft = locked_draft(draft_id, author=author)
        if draft.state == State.GIVEN:
            raise DraftSettled
        if draft.state != State.DISCARDED:
            end_drafts(Draft.objects.filter(pk=draft.pk), State.DISCARDED, now)
            draft.refresh_from_db()
        return draft


def take_back(draft_id: int, *, author: Any, now: datetime) -> Draft:
    """Let the author change what was submitted; signatures under it count no more.

    Raises: DraftNotFound, DraftMoved (it was given or discarded meanwhile), LogBusy.
    """
    with refusing_when_busy(), transaction.atomic():
        draft = locked_draft(draft_id, author=author)
        if draft.settled_at is not None:
            raise DraftMoved
        if draft.state == State.SUBMITTED:
            draft.state, draft.changed_at = State.PREPARING, now
            draft.save(update_fields=["state", "changed_at"])
        return draft


def draft_to_change(typed: Typed, *, author: Any, now: datetime) -> Draft:
    """Return the draft of this form, new or locked, for whoever may prepare the command.

    Raises: as `keep`, but for DraftSubmitted.
    """
    _require_size(typed)
    today = now.astimezone(LONDON).date()
    (recommendation,) = find_recommendations([typed.recommendation_id], author, today)
    standing_of(author, recommendation, typed.acting_role, today)
    _require_preparer(typed, recommendation)
    key = {
        "author": author,
        "recommendation": recommendation,
        "idempotency_key": typed.idempotency_key,
    }
    first = {"created_at": now, **_words(typed, now)}
    draft, is_new = Draft.objects.select_for_update().get_or_create(**key, defaults=first)
    if draft.settled_at is not None or (is_new and _is_recorded(author, typed)):
        raise DraftSettled
    if is_new:
        _require_room(draft)
    return draft


def put_down(draft: Draft, typed: Typed, *, now: datetime) -> Draft:
    """Store what was typed in the draft's place. Raises: KeptElsewhere."""
    if _is_overtaken(typed, draft):
        raise KeptElsewhere
    for name, value in _words(typed, now).items():
        setattr(draft, name, value)
    draft.save()
    return draft


def locked_draft(draft_id: int, **condition: Any) -> Draft:
    """Return the draft, locked until the transaction ends. Raises: DraftNotFound."""
    found = Draft.objects.select_for_update().filter(pk=draft_id, **condition).first()
    if found is None:
        raise DraftNotFound
    return found


def storable(values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return the values as PostgreSQL can keep them: it has no place for a null character."""
    return {
        name: [text.replace("\x00", "\N{REPLACEMENT CHARACTER}") for text in texts]
        for name, texts in values.items()
    }


def _words(typed: Typed, now: datetime) -> dict[str, Any]:
    return {
        "form": typed.form,
        "command": typed.command_type.__name__,
        "acting_role": typed.acting_role,
        "values": storable(typed.values),
        "expected_version": typed.expected_version,
        "window": typed.window,
        "changed_at": now,
    }


def _is_overtaken(typed: Typed, draft: Draft) -> bool:
    """Say whether the draft holds words that whoever typed these has not seen.

    An answer may be lost on its way: what a window kept itself is its own to write over.
    """
    is_known = draft.window in {typed.window, typed.opened_from}
    return not is_known and draft.values != storable(typed.values)


def _require_preparer(typed: Typed, recommendation: Recommendation) -> None:
    command_type, role = typed.command_type, typed.acting_role
    to_region = recommendation.addressee.kind == Provider.Kind.REGION
    if not (
        may_give(command_type, role=role, addressed_to_region=to_region)
        or may_prepare(command_type, role=role, addressed_to_region=to_region)
    ):
        raise NotPermitted(
            f"You may not {DEEDS[command_type]} in this role, nor prepare it for others.",
            code="not_permitted",
        )


def _require_size(typed: Typed) -> None:
    if sum(len(text) for texts in typed.values.values() for text in texts) > MOST_CHARACTERS:
        raise DraftTooLong(MOST_CHARACTERS)


def _require_room(new: Draft) -> None:
    pending = Draft.objects.pending().filter(
        author=new.author_id, recommendation=new.recommendation_id
    )
    if pending.count() > MOST_DRAFTS:
        raise DraftsTooMany(MOST_DRAFTS)


def _is_recorded(author: Any, typed: Typed) -> bool:
    """Say whether the form was sent already: what is kept too late would come back as a draft."""
    first = event_id(author.pk, typed.recommendation_id, typed.idempotency_key)
    return bool(event_store.read_request(first))
