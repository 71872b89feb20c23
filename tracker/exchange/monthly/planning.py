"""Says what one row would do: record an update, record a figure, both, or nothing, and why.

What changed since the export is not written over: the row is flagged, with who changed what, and is
done only when the person has seen that and wants it all the same.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.text import get_text_list

from inspections.govuk_dates import govuk_date
from tracker.documents.headings import HeadedRow
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.decide import decide
from tracker.domain.rejection import CommandRejected
from tracker.domain.roles import figure_sources
from tracker.domain.vocabulary import FigureSource, MeasureUnit, Role
from tracker.event_store import RecordedEvent
from tracker.exchange.kinds import Deed, PlannedRow, Verdict
from tracker.exchange.monthly import sheet
from tracker.exchange.monthly.figures import FigureUnclear, read_figure
from tracker.exchange.monthly.measures import MeasureUnclear, meant
from tracker.exchange.monthly.reading import Figure, FilledIn, RowUnclear, filled_in
from tracker.exchange.monthly.sheet import plain
from tracker.exchange.monthly.surroundings import Subject
from tracker.exchange.warning import numbers_of_persons
from tracker.queries.figures import figure_in_words
from tracker.queries.labels import SHORT, in_short
from tracker.queries.wording import Names, word

FORM_OF_AN_UPDATE, FORM_OF_A_FIGURE = "record-progress-update", "record-measure-figure"
NO_SUCH_ACTION = (
    "There is no such action, or it is not one of yours; take the row from a fresh export."
)
NOT_YOURS = "Updates on this action are recorded by the people of its unit."
OTHER_ACTION = (
    "The reference in this row belongs to another action than the one named here: the sheet may "
    "have been sorted in part. Take the row from a fresh export."
)
ALREADY = "What this row says is recorded already."
AGE_UNKNOWN = (
    "The row has lost its reference, or it is to a version that is not there, so nobody can tell "
    "whether the action has changed since the export; look at it before you include the row."
)
MOST_CHANGES = 3


def plan_row(row: HeadedRow, subject: Subject | None) -> PlannedRow:
    """Return what the row would do; `subject` is None where there is nothing of the kind."""
    about = subject.situation.recommendation.pk if subject else None
    try:
        filled = filled_in(row)
        if filled is None:
            return PlannedRow(number=row.number, verdict=Verdict.NOTHING, recommendation_id=about)
        return _planned(row, _the_same_action(row, subject), filled)
    except (RowUnclear, FigureUnclear, MeasureUnclear) as unclear:
        why = str(unclear)
    except CommandRejected as rejection:
        why = rejection.sentence
    return PlannedRow(
        number=row.number,
        verdict=Verdict.CANNOT,
        says=[_on(subject)] if subject else [],
        why=why,
        recommendation_id=about,
    )


def _planned(row: HeadedRow, subject: Subject, filled: FilledIn) -> PlannedRow:
    role = _role(subject)
    commands = list(_commands(subject, filled, role))
    _rehearse(commands, subject, role)
    found: dict[str, Any] = {
        "number": row.number,
        "recommendation_id": subject.situation.recommendation.pk,
        "version": subject.situation.progress.version,
        "says": [_on(subject), *_in_words(commands, subject)],
    }
    if _is_recorded(commands, subject.changes or ()):
        return PlannedRow(**found, verdict=Verdict.NOTHING, why=ALREADY)
    flag = _changed(subject)
    return PlannedRow(
        **found,
        verdict=Verdict.FLAGGED if flag else Verdict.READY,
        why=flag,
        warnings=list(numbers_of_persons([filled.text])),
        acting_role=role,
        deeds=[_deed(each, subject, role) for each in commands],
    )


def _on(subject: Subject) -> str:
    return f"Action: {in_short(subject.name, SHORT)}"


def _the_same_action(row: HeadedRow, subject: Subject | None) -> Subject:
    """Return what the row is about, unless its words name another action than its reference.

    Words that were deleted since the export cannot be compared. Raises: RowUnclear.
    """
    if subject is None:
        raise RowUnclear(NO_SUCH_ACTION)
    said, number = plain(row.text(sheet.ACTION)), plain(row.text(sheet.RECOMMENDATION))
    is_named_otherwise = said and subject.action.description and said != plain(subject.name)
    is_elsewhere = number and number != plain(subject.situation.progress.number_of_year)
    if is_named_otherwise or is_elsewhere:
        raise RowUnclear(OTHER_ACTION)
    return subject


def _role(subject: Subject) -> Role:
    """Return the role in which the person speaks here. Raises: RowUnclear."""
    held = subject.situation.roles_that_hold(c.RecordProgressUpdate)
    if not held:
        raise RowUnclear(NOT_YOURS)
    return next(role for role in Role if role in held)


def _commands(subject: Subject, filled: FilledIn, role: Role) -> Iterator[c.Command]:
    if filled.text and filled.occurred_on:
        yield c.RecordProgressUpdate(
            text=filled.text,
            occurred_on=filled.occurred_on,
            action_id=subject.action.action_id,
        )
    if filled.figure:
        yield _figure(subject, filled.figure, role)


def _figure(subject: Subject, figure: Figure, role: Role) -> c.RecordMeasureFigure:
    measure = meant(subject.measures, figure.measure)
    to_region = subject.situation.capacities[role].addressed_to_region
    own = figure_sources(role=role, addressed_to_region=to_region)
    return c.RecordMeasureFigure(
        measure_id=measure.measure_id,
        value=read_figure(figure.value, MeasureUnit(measure.unit)),
        period_from=figure.period_from,
        period_to=figure.period_to,
        source=FigureSource.DIP_SAMPLE if FigureSource.DIP_SAMPLE in own else min(own),
    )


def _rehearse(commands: Sequence[c.Command], subject: Subject, role: Role) -> None:
    """Ask the rules what they would say now. Raises: CommandRejected."""
    for command in commands:
        decide(command, subject.situation.state, subject.situation.capacities[role])


def _changed(subject: Subject) -> str:
    """Return who changed what since the export; "" where nobody did."""
    if subject.changes is None:
        return AGE_UNKNOWN
    told = dict.fromkeys(map(_change, subject.changes))
    if not told:
        return ""
    shown = [*list(told)[-MOST_CHANGES:]]
    earlier = f"{len(told) - MOST_CHANGES} earlier changes; " if len(told) > MOST_CHANGES else ""
    return f"Changed since the export: {earlier}{get_text_list(shown, 'and')}."


def _change(recorded: RecordedEvent) -> str:
    title = word(recorded.event, Names()).title
    day = govuk_date(recorded.recorded_at)
    return f"{title[:1].lower()}{title[1:]} by {recorded.actor_name} on {day}"


def _is_recorded(commands: Sequence[c.Command], changes: Sequence[RecordedEvent]) -> bool:
    """Say whether everything that the row asks for was recorded since the export."""
    recorded = [each.event for each in changes]
    return all(any(_is_the_same(command, event) for event in recorded) for command in commands)


def _is_the_same(command: c.Command, event: e.Event) -> bool:
    match command, event:
        case c.RecordProgressUpdate(), e.ProgressUpdateRecorded():
            same_day = command.occurred_on == event.occurred_on
            return same_day and plain(command.text) == plain(event.text or "")
        case c.RecordMeasureFigure(), e.MeasureFigureRecorded():
            said = (command.measure_id, command.value, command.period_from, command.period_to)
            return said == (event.measure_id, event.value, event.period_from, event.period_to)
    return False


def _in_words(commands: Sequence[c.Command], subject: Subject) -> Iterator[str]:
    measures = {each.measure_id: each.wording for each in subject.measures}
    for command in commands:
        match command:
            case c.RecordProgressUpdate():
                yield f"Record the update of {govuk_date(command.occurred_on)}: {command.text}"
            case c.RecordMeasureFigure():
                period = f"{govuk_date(command.period_from)} to {govuk_date(command.period_to)}"
                name = in_short(measures[command.measure_id] or None)
                yield f"Record the figure {figure_in_words(command.value)} for {period}: {name}"


def _deed(command: c.Command, subject: Subject, role: Role) -> Deed:
    """Return the command, as a draft to be submitted where the provider signs off what it says."""
    if not subject.situation.signatures_needed(type(command), role):
        return Deed(command=command)
    match command:
        case c.RecordProgressUpdate():
            values = {
                "text": [command.text],
                "occurred_on": [command.occurred_on.isoformat()],
                "action_id": [str(command.action_id)],
            }
            return Deed(command=command, form=FORM_OF_AN_UPDATE, values=values)
        case c.RecordMeasureFigure():
            return Deed(command=command, form=FORM_OF_A_FIGURE, values=_values(command))
    raise AssertionError(command)


def _values(command: c.RecordMeasureFigure) -> dict[str, list[str]]:
    value = command.value
    typed = {
        "measure_id": command.measure_id,
        "value_n": value.n,
        "value_m": value.m,
        "value_number": value.number,
        "value_day": value.on,
        "period_from": command.period_from,
        "period_to": command.period_to,
        "source": command.source.value,
        "note": "",
    }
    return {name: ["" if each is None else str(each)] for name, each in typed.items()}
