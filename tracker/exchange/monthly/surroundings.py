"""What a batch of rows is about, looked up at once: actions, measures, and what changed since.

Only what the person may read is found; of all else a row learns nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from tracker import event_store
from tracker.documents.headings import HeadedRow
from tracker.event_store import RecordedEvent
from tracker.exchange.monthly import sheet
from tracker.exchange.monthly.measures import Measures, measures_of_each
from tracker.exchange.monthly.sheet import plain
from tracker.models import ActionProgress
from tracker.queries.actions import actions_to_report, visible_actions
from tracker.queries.names import action_name
from tracker.queries.permitted import Situation, find_situations


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The action of a row, and how the person stands before its recommendation.

    `changes` are what was recorded since the export about this action or the recommendation as a
    whole; None where the row does not say when it was exported.
    """

    action: ActionProgress
    situation: Situation
    measures: Measures
    changes: Sequence[RecordedEvent] | None

    @property
    def name(self) -> str:
        """What the action is called."""
        return action_name(self.action.description, self.action.delivered_by)


@dataclass(kw_only=True)
class Surroundings:
    """Looks rows up for one person and day, batch by batch."""

    person: Any
    today: date

    def of(self, rows: Sequence[HeadedRow]) -> Sequence[Subject | None]:
        """Return the subject of each row; None where it is about nothing that is there.

        The number of queries does not depend on how many rows there are.
        """
        references = [self._reference(row) for row in rows]
        wanted = {each.action_id for each in references if each}
        actions = visible_actions(self.person, self.today).in_bulk(list(wanted))
        recommendations = {each.recommendation_id for each in actions.values()}
        situations = find_situations(self.person, recommendations, self.today)
        measures = measures_of_each(recommendations)
        later = _recorded_later(references, actions, situations)
        return [
            Subject(
                action=(action := actions[reference.action_id]),
                situation=situations[action.recommendation_id],
                measures=measures.get(action.recommendation_id, ()),
                changes=_concerning(action, _known(reference, situations, action), later),
            )
            if reference and reference.action_id in actions
            else None
            for reference in references
        ]

    def _reference(self, row: HeadedRow) -> sheet.Reference | None:
        """Return the row's reference; one without a version where it names the action in words."""
        text = row.text(sheet.REFERENCE)
        if text.strip():
            return sheet.read_reference(text)
        action_id = self._named.get(_words_of(row))
        return sheet.Reference(action_id, UNKNOWN) if action_id else None

    @cached_property
    def _named(self) -> Mapping[tuple[str, ...], UUID | None]:
        """Map the words of the person's open actions to the action; to None where several fit."""
        actions = actions_to_report(self.person, self.today).select_related(
            "recommendation__progress__provider"
        )
        named: dict[tuple[str, ...], UUID | None] = {}
        for each in actions.defer("recommendation__progress__state").order_by("pk"):
            words = words_of(each)
            named[words] = None if words in named else each.action_id
        return named


UNKNOWN = 0
"""The version of a reference that was lost."""


def words_of(action: ActionProgress) -> tuple[str, str, str]:
    """Return the words by which a row names its action; needs the progress and provider joined."""
    progress = action.recommendation.progress
    name = action_name(action.description, action.delivered_by)
    return plain(progress.provider.name), plain(progress.number_of_year), plain(name)


def _words_of(row: HeadedRow) -> tuple[str, str, str]:
    unit, number, action = (
        row.text(key) for key in (sheet.UNIT, sheet.RECOMMENDATION, sheet.ACTION)
    )
    return plain(unit), plain(number), plain(action)


def _recorded_later(
    references: Sequence[sheet.Reference | None],
    actions: Mapping[UUID, ActionProgress],
    situations: Mapping[int, Situation],
) -> Mapping[int, Sequence[RecordedEvent]]:
    """Return what was recorded above the lowest version that any row saw, by recommendation."""
    lowest: dict[int, int] = {}
    for each in filter(None, references):
        if each.version and each.action_id in actions:
            pk = actions[each.action_id].recommendation_id
            lowest[pk] = min(each.version, lowest.get(pk, each.version))
    changed = {
        pk: version for pk, version in lowest.items() if situations[pk].progress.version > version
    }
    return event_store.read_later(changed)


def _known(
    reference: sheet.Reference, situations: Mapping[int, Situation], action: ActionProgress
) -> int:
    """Return the version that the row saw; none where there is no such version, or not any more.

    A sheet may be older than a backup that was put back, or made up.
    """
    there = situations[action.recommendation_id].progress.version
    return reference.version if reference.version <= there else UNKNOWN


def _concerning(
    action: ActionProgress, version: int, later: Mapping[int, Sequence[RecordedEvent]]
) -> Sequence[RecordedEvent] | None:
    if version == UNKNOWN:
        return None
    return [
        each
        for each in later.get(action.recommendation_id, ())
        if each.version > version
        and getattr(each.event, "action_id", None) in {None, action.action_id}
    ]
