"""The drafts that stand on a recommendation's page: the reader's own and those of colleagues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from inspections.person_names import person_name
from tracker.admin.keeping import draft_address
from tracker.forms import FORMS
from tracker.models import Draft
from tracker.queries.drafts import awaiting_signature_of, visible_drafts, with_people
from tracker.queries.permitted import Situation

COLOURS: Mapping[str, str] = {Draft.State.SUBMITTED: "blue", Draft.State.RETURNED: "orange"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One draft as its row shows it."""

    row: Draft
    words: str
    address: str
    author: str
    colour: str
    is_own: bool
    awaits_me: bool


def drafts_on(situation: Situation) -> list[Pending]:
    """Return the pending drafts on the recommendation that the reader may see, newest first."""
    visible = visible_drafts(situation.user, situation.today, visible=situation.visible)
    own = visible.filter(recommendation=situation.recommendation.pk)
    rows = with_people(own).defer("values")
    drafts = list(rows.order_by("-changed_at", "-pk"))
    mine = _awaiting_me(situation, drafts)
    return [
        Pending(
            row=row,
            words=what(row),
            address=draft_address(row),
            author=person_name(row.author),
            colour=colour_of(row),
            is_own=row.author_id == situation.user.pk,
            awaits_me=row.pk in mine,
        )
        for row in drafts
    ]


def _awaiting_me(situation: Situation, drafts: Sequence[Draft]) -> frozenset[int]:
    """Return those that wait for the reader's signature; asked only where one was submitted."""
    submitted = [each.pk for each in drafts if each.state == Draft.State.SUBMITTED]
    if not submitted:
        return frozenset()
    awaiting = awaiting_signature_of(situation.user, situation.today).filter(pk__in=submitted)
    return frozenset(awaiting.values_list("pk", flat=True))


def what(draft: Draft) -> str:
    """Return what the draft would do, in the words of its form."""
    form = FORMS.get(draft.form)
    return form.heading if form else draft.form


def colour_of(draft: Draft) -> str:
    """Return the colour of the tag that says how the draft stands."""
    return COLOURS.get(draft.state, "grey")
