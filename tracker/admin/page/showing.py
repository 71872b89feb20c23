"""Puts the page of one recommendation together, in a constant number of queries."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from inspections.admin_doors import memberships_held
from inspections.models import Inspection
from inspections.succession import later_inspections, latest_of
from tracker.admin.page.links import heading, link_to, links_by_entry, links_by_subject, menu
from tracker.admin.page.rows import rows_of_sections
from tracker.admin.pending import drafts_on
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.day import Rhythm
from tracker.domain.roles import INSPECTORATE
from tracker.domain.vocabulary import ActionStatus, Role
from tracker.exchange.action_plans.scope import may_answer
from tracker.queries.basis import basis_sheet
from tracker.queries.evidence_files import OPENS_WITHDRAWN
from tracker.queries.lists import RecommendationRow, row_of
from tracker.queries.permitted import Situation, find_situation
from tracker.queries.relatives import relatives_of
from tracker.queries.timeline import TimelineEntry, timeline
from tracker.queries.wording import Line

NEWEST = 50
ALL = "all"
SEES_FULL_TIMELINE = INSPECTORATE
"""Whom the full timeline, with its clocks and hashes, is for."""


@require_safe
def show(request: HttpRequest, pk: int, *, context: Mapping[str, Any]) -> HttpResponse:
    """Show the recommendation, or "not found" for whoever may not see it."""
    today = timezone.localdate()
    situation = find_situation(request.user, pk, today, held=memberships_held(request))
    if situation is None:
        raise Http404
    scale = dict(situation.recommendation.inspection.framework.judgements)
    entries = timeline(pk, visible=situation.visible, scale=scale)
    links = links_by_subject(situation)
    sections = rows_of_sections(situation.recommendation, entries=entries, today=today, links=links)
    details = {
        "title": heading(situation),
        "situation": situation,
        "row": _row(situation, [each["row"].status for each in sections["actions"]]),
        "progress": situation.progress,
        "scale": scale,
        "menu": menu(situation),
        "drafts": drafts_on(situation),
        "relatives": relatives_of(pk, situation.visible),
        "answers_plan": may_answer(situation),
        "is_one_of_several": situation.is_one_of_several,
        "inspected_again": _inspected_again(situation),
        **_basis(situation, entries),
        **sections,
        **_timeline(situation, entries, shows_all=request.GET.get("timeline") == ALL),
    }
    template = "admin/tracker/recommendation.html"
    return TemplateResponse(request, template, {**context, **details})


def _inspected_again(situation: Situation) -> Inspection | None:
    """Return the later inspection after which nobody has said what becomes of what is open."""
    if not situation.state.is_open:
        return None
    latest = situation.inspected_again
    if Role.LEAD_INSPECTOR not in situation.standings:  # of the others it was not asked
        latest = latest_of(later_inspections(situation.recommendation.inspection))
    is_settled = latest is not None and latest.pk == situation.state.left_open_at
    return None if is_settled else latest


def _row(situation: Situation, actions: Sequence[str]) -> RecommendationRow:
    practice = situation.practice
    standing = [status for status in actions if status != ActionStatus.WITHDRAWN]
    return row_of(
        situation.recommendation,
        (len(standing), standing.count(ActionStatus.OPEN)),
        today=situation.today,
        rhythm=Rhythm(
            due_soon_days=practice.due_soon_days, review_rhythm_days=practice.review_rhythm_days
        ),
    )


def _basis(situation: Situation, entries: Sequence[TimelineEntry]) -> Mapping[str, Any]:
    return {
        "basis": basis_sheet(situation.recommendation.inspection, situation.state.basis),
        "basis_lines": _basis_lines(entries),
        "link_basis": link_to(c.LinkBasis, situation),
    }


def _basis_lines(entries: Sequence[TimelineEntry]) -> Sequence[Line]:
    """Return the findings and themes of the basis, in the words of the entry that linked them."""
    linked = (
        each for each in entries if isinstance(each.recorded.event, e.RecommendationBasisLinked)
    )
    newest = next(linked, None)
    shown = ("Findings", "Themes")
    return [line for line in newest.lines if line.label in shown] if newest else ()


def _timeline(
    situation: Situation, entries: Sequence[TimelineEntry], *, shows_all: bool
) -> Mapping[str, Any]:
    shown = entries if shows_all else entries[:NEWEST]
    return {
        "entries": shown,
        "entries_left": len(entries) - len(shown),
        "entry_links": links_by_entry(situation, shown),
        "shows_full_timeline": bool(SEES_FULL_TIMELINE & set(situation.standings)),
        "opens_withdrawn": bool(OPENS_WITHDRAWN & set(situation.standings)),
    }
