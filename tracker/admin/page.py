"""One page per recommendation: where it stands, what was said, and what one may do now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspections.access import visible_recommendations
from tracker.domain.vocabulary import ActionStatus, EvidenceKind
from tracker.forms import GROUPS, CommandForm
from tracker.models import ActionProgress, EvidenceProgress, MeasureProgress
from tracker.queries.detail import WEB_ADDRESSES
from tracker.queries.figures import stored_figure_in_words, stored_target_in_words
from tracker.queries.lists import person_name, rows
from tracker.queries.permitted import Situation, find_situation
from tracker.queries.standing import current_rhythm
from tracker.queries.timeline import timeline

LATEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A command the person may give now, and where its form is."""

    words: str
    address: str


Links = Callable[[str, UUID], Sequence[Link]]
"""Looks up the commands that could be about one thing: by its field in a form, and its id."""


@require_safe
def show(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the recommendation, or "not found" for whoever may not see it."""
    today = timezone.localdate()
    situation = find_situation(request.user, pk, today)
    if situation is None:
        raise Http404
    (row,) = rows([situation.recommendation], today=today, rhythm=current_rhythm())
    entries = timeline(pk, visible=visible_recommendations(request.user, today))
    details = {
        "title": heading(situation),
        "situation": situation,
        "row": row,
        "progress": situation.progress,
        "scale": dict(situation.recommendation.inspection.framework.judgements),
        "menu": menu(situation),
        "entries": entries[:LATEST],
        "entries_left": max(0, len(entries) - LATEST),
        **_tables(situation),
    }
    template = "admin/tracker/recommendation.html"
    return TemplateResponse(request, template, {**context, **details})


def heading(situation: Situation) -> str:
    """Return how the recommendation is called on its page."""
    return f"Recommendation {situation.recommendation.number}, {situation.progress.provider.name}"


def menu(situation: Situation) -> Mapping[str, Sequence[Link]]:
    """Return the forms of the commands that may be given now, by group; empty groups left out."""
    links = {
        group: [_link(form, situation) for form in forms if situation.roles_open_to(form.gives)]
        for group, forms in GROUPS.items()
    }
    return {group: of_group for group, of_group in links.items() if of_group}


def page_address(pk: int) -> str:
    """Return where the page of a recommendation is."""
    return reverse("admin:tracker_recommendationprogress_change", args=(pk,))


def _link(form: type[CommandForm], situation: Situation, query: str = "") -> Link:
    address = reverse(
        "admin:tracker_recommendationprogress_give",
        args=(situation.recommendation.pk, form.slug()),
    )
    return Link(words=form.heading, address=f"{address}{query}")


def _tables(situation: Situation) -> Mapping[str, Any]:
    pk = situation.recommendation.pk
    actions = ActionProgress.objects.filter(recommendation=pk).select_related("accountable")
    evidence = EvidenceProgress.objects.filter(recommendation=pk)
    measures = MeasureProgress.objects.filter(recommendation=pk)
    links, today = _links_by_subject(situation), situation.today
    return {
        "actions": [
            _action(row, today, links) for row in actions.order_by("planned_version", "pk")
        ],
        "evidence": [_evidence(row, links) for row in evidence.order_by("-attached_version", "pk")],
        "measures": [_measure(row, links) for row in measures.order_by("defined_version", "pk")],
    }


def _action(row: ActionProgress, today: date, links: Links) -> Mapping[str, Any]:
    return {
        "row": row,
        "owner": person_name(row.accountable),
        "is_overdue": row.status == ActionStatus.OPEN and row.target_on < today,
        "links": links("action_id", row.pk),
    }


def _evidence(row: EvidenceProgress, links: Links) -> Mapping[str, Any]:
    return {"row": row, "href": _href(row), "links": links("evidence_id", row.pk)}


def _href(row: EvidenceProgress) -> str | None:
    """Only a web address may become a link: any other scheme could run a script."""
    is_address = row.location.lower().startswith(WEB_ADDRESSES)
    return row.location if row.kind == EvidenceKind.LINK and is_address else None


def _measure(row: MeasureProgress, links: Links) -> Mapping[str, Any]:
    return {
        "row": row,
        "baseline": stored_figure_in_words(row.baseline),
        "latest": stored_figure_in_words(row.latest),
        "target": stored_target_in_words(row.target),
        "links": links("measure_id", row.pk),
    }


def _links_by_subject(situation: Situation) -> Links:
    """Return a lookup of the commands that could be about one action, evidence or measure."""
    forms = list(_open_forms(situation))
    subjects = {form: situation.subjects(form.gives) for form in forms}

    def links(name: str, subject: UUID) -> Sequence[Link]:
        return [
            _link(form, situation, f"?{name}={subject}")
            for form in forms
            if name in form.base_fields and subject in subjects[form]
        ]

    return links


def _open_forms(situation: Situation) -> Iterable[type[CommandForm]]:
    for forms in GROUPS.values():
        yield from (form for form in forms if situation.roles_open_to(form.gives))
