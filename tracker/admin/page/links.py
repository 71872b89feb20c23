"""The commands that a person may give now on a recommendation, each with its form's address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.forms import GROUPS, CommandForm
from tracker.forms.choosing import RedactPersonalDataForm
from tracker.forms.progress import CorrectProgressUpdateForm
from tracker.queries.names import recommendation_name
from tracker.queries.permitted import Situation
from tracker.queries.redaction import deletable_texts
from tracker.queries.timeline import TimelineEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A command the person may give now, and where its form is."""

    words: str
    address: str


Links = Callable[[str, UUID], Sequence[Link]]
"""Looks up the commands that could be about one thing: by its field in a form, and its id."""


def heading(situation: Situation) -> str:
    """Return how the recommendation is called on its page."""
    return recommendation_name(situation.recommendation)


def page_address(pk: int) -> str:
    """Return where the page of a recommendation is."""
    return reverse("admin:tracker_recommendationprogress_change", args=(pk,))


def menu(situation: Situation) -> Mapping[str, Sequence[Link]]:
    """Return the forms of what may be given or prepared now, by group; empty groups left out."""
    links = {
        group: [_link(form, situation) for form in forms if situation.is_offered(form.gives)]
        for group, forms in GROUPS.items()
    }
    return {group: of_group for group, of_group in links.items() if of_group}


def links_by_subject(situation: Situation) -> Links:
    """Return a lookup of the commands that could be about one action, blocker, evidence …"""
    forms = list(_open_forms(situation))
    subjects = {form: situation.subjects(form.gives) for form in forms}

    def links(name: str, subject: UUID) -> Sequence[Link]:
        return [
            _link(form, situation, f"?{name}={subject}")
            for form in forms
            if name in form.base_fields and subject in subjects[form]
        ]

    return links


def link_to(command_type: type[c.Command], situation: Situation) -> Link | None:
    """Return the link to the form of one command; None where it cannot be given now."""
    forms = (form for form in _open_forms(situation) if form.gives is command_type)
    return next((_link(form, situation) for form in forms), None)


def links_by_entry(
    situation: Situation, entries: Iterable[TimelineEntry]
) -> Mapping[UUID, Sequence[Link]]:
    """Return, by event, what may be done about an entry: correct an update, redact a text."""
    can_correct = bool(situation.roles_open_to(c.CorrectProgressUpdate))
    can_redact = bool(situation.roles_open_to(c.RedactPersonalData))
    links: dict[UUID, list[Link]] = {}
    for entry in entries:
        query, recorded = f"?event_id={entry.event_id}", entry.recorded
        of_entry = links.setdefault(entry.event_id, [])
        if can_correct and isinstance(recorded.event, e.ProgressUpdateRecorded):
            of_entry.append(_link(CorrectProgressUpdateForm, situation, query))
        if can_redact and deletable_texts(recorded):
            of_entry.append(_link(RedactPersonalDataForm, situation, query))
    return links


def _open_forms(situation: Situation) -> Iterable[type[CommandForm]]:
    for forms in GROUPS.values():
        yield from (form for form in forms if situation.is_offered(form.gives))


def _link(form: type[CommandForm], situation: Situation, query: str = "") -> Link:
    address = reverse(
        "admin:tracker_recommendationprogress_give",
        args=(situation.recommendation.pk, form.slug()),
    )
    words = form.heading
    if form.goes_to_sign_off(situation):
        words = f"{words}, for sign-off"
    return Link(words=words, address=f"{address}{query}")
