"""The plain English of every event: its title and what it says, for pages, mails and the API.

Titles hold no free text and no names, so that they stand after a redaction. One module per axis,
as the events have; each `match` ends in assert_never, so that a new event cannot go unworded.
"""

from typing import assert_never

from tracker.domain import events as e
from tracker.queries.wording.actions import word_action
from tracker.queries.wording.judgement import word_judgement
from tracker.queries.wording.measures import word_measure
from tracker.queries.wording.obstacles import word_obstacle
from tracker.queries.wording.parts import Line, Names, Wording
from tracker.queries.wording.progress import word_progress
from tracker.queries.wording.publication import word_publication
from tracker.queries.wording.response import word_response

__all__ = ["Line", "Names", "Wording", "word"]


def word(event: e.Event, names: Names) -> Wording:
    """Return the title and the labelled lines of an event."""
    if isinstance(event, e.PublicationEvent):
        wording = word_publication(event, names)
    elif isinstance(event, e.ResponseEvent):
        wording = word_response(event)
    elif isinstance(event, e.ActionEvent):
        wording = word_action(event, names)
    elif isinstance(event, e.ObstacleEvent):
        wording = word_obstacle(event, names)
    elif isinstance(event, e.MeasureEvent):
        wording = word_measure(event, names)
    elif isinstance(event, e.ProgressEvent):
        wording = word_progress(event, names)
    elif isinstance(event, e.JudgementEvent):
        wording = word_judgement(event, names)
    else:
        assert_never(event)
    return wording
