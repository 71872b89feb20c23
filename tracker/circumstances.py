"""Gathers what a decision may know besides the state: people, codes, findings, the cited event.

Only what the command at hand needs is fetched, so that a write stays cheap.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from inspections.access import Standing, members_of, was_ever_member
from inspections.models import (
    Finding,
    Inspection,
    KeyQuestion,
    Membership,
    Provider,
    Recommendation,
    Standard,
    Theme,
)
from inspections.succession import later_inspections, latest_of, successors_of
from tracker import event_store
from tracker.domain import circumstances as domain
from tracker.domain import commands as c
from tracker.domain.sign_off import SIGNERS
from tracker.domain.vocabulary import Role
from tracker.models import Event, EvidenceFile, Practice

NEEDS_MEMBERS = (c.Assign, c.PlanAction, c.ChangeActionOwner)
NEEDS_BASIS = (c.LinkBasis, c.AttachEvidence)
CITES = (c.CorrectProgressUpdate, c.RedactPersonalData)
INSPECTING_ROLES = (Role.INSPECTOR, Role.LEAD_INSPECTOR)


def gather(
    *,
    command: c.Command,
    recommendation: Recommendation,
    provider_ids: Collection[int],
    actor: Any,
    standing: Standing,
    new_id: UUID,
    today: date,
    prepared_by: Any = None,
) -> domain.Circumstances:
    """Return the circumstances of one command on one recommendation.

    `provider_ids` are all that answer or answered for it: whoever belonged to one does not judge.
    """
    role = Role(standing.role)
    addressee = recommendation.addressee
    return domain.Circumstances(
        today=today,
        actor_id=actor.pk,
        role=role,
        new_id=new_id,
        addressed_to_region=addressee.kind == Provider.Kind.REGION,
        was_ever_member=role in INSPECTING_ROLES and was_ever_member(actor, provider_ids),
        has_spoken_for_hmpps=role in INSPECTING_ROLES
        and has_spoken_for_hmpps(actor, recommendation.pk),
        practice=practice_for(recommendation),
        file=_kept_file(command, recommendation, {actor.pk, prepared_by and prepared_by.pk}),
        **_needed_by(command, recommendation, today),
    )


def practice_for(recommendation: Recommendation) -> domain.Practice:
    """Return the figures of practice, with the judgements of the inspection's framework."""
    kept = Practice.objects.get(pk=1)
    framework = recommendation.inspection.framework
    return domain.Practice(
        response_due_after_days=kept.response_due_after_days,
        slips_decided_by_the_lead=kept.slips_decided_by_the_lead,
        region_hears_of_slips=kept.region_hears_of_slips,
        review_rhythm_days=kept.review_rhythm_days,
        due_soon_days=kept.due_soon_days,
        judgement_scale=framework.judgement_scale,
        judgements=tuple(code for code, _ in framework.judgements),
    )


def _needed_by(
    command: c.Command, recommendation: Recommendation, today: date
) -> Mapping[str, Any]:
    needed: Mapping[str, Any] = {}
    if isinstance(command, NEEDS_MEMBERS):
        needed = {"members": members_of(recommendation.addressee, today)}
    elif isinstance(command, NEEDS_BASIS):
        needed = _basis_on_offer(recommendation)
    elif isinstance(command, CITES):
        needed = {"cited": _cited(command.event_id, recommendation)}
    elif isinstance(command, c.CarryForward):
        needed = {"pointable_recommendations": _ids(later_recommendations(recommendation))}
    elif isinstance(command, c.LeaveOpen):
        needed = {"inspected_again_at": inspected_again_at(recommendation)}
    elif isinstance(command, c.ConfirmRecurrence):
        needed = {"pointable_recommendations": _published_other_than(recommendation, command)}
    elif isinstance(command, c.TransferRecommendation):
        successor_id = recommendation.addressee.successor_id
        needed = {
            "successors": frozenset({successor_id} if successor_id else ()),
            "also_addressed": _also_addressed(recommendation),
        }
    return needed


def _also_addressed(recommendation: Recommendation) -> frozenset[int]:
    same = Recommendation.objects.filter(
        inspection_id=recommendation.inspection_id, number=recommendation.number
    )
    return frozenset(same.exclude(pk=recommendation.pk).values_list("addressee", flat=True))


def _basis_on_offer(recommendation: Recommendation) -> Mapping[str, Any]:
    framework_id = recommendation.inspection.framework_id
    standards = Standard.objects.filter(framework_id=framework_id)
    questions = KeyQuestion.objects.filter(standard__framework_id=framework_id)
    findings = Finding.objects.filter(inspection_id=recommendation.inspection_id)
    return {
        "codes": frozenset(standards.values_list("code", flat=True))
        | frozenset(questions.values_list("code", flat=True)),
        "findings": frozenset(findings.values_list("pk", flat=True)),
        "themes": frozenset(Theme.objects.values_list("code", flat=True)),
    }


def _kept_file(
    command: c.Command, recommendation: Recommendation, brought_by: Collection[int | None]
) -> domain.KeptFile | None:
    """Return the file that the command names, if one of these people brought it for the inspection.

    Its row is locked until the command is carried out: nobody puts it away meanwhile.
    """
    if not isinstance(command, c.AttachEvidence) or command.file_id is None:
        return None
    of_the_report = Recommendation.objects.filter(inspection_id=recommendation.inspection_id)
    found = EvidenceFile.objects.select_for_update(of=("self",)).filter(
        pk=command.file_id, recommendation__in=of_the_report, gone_at=None
    )
    file = found.filter(brought_by__in=brought_by).first()
    if file is None:
        return None
    return domain.KeptFile(
        file_id=file.pk, sha256=file.sha256, size=file.size, media_type=file.media_type
    )


def _cited(event_id: UUID, recommendation: Recommendation) -> domain.CitedEvent | None:
    """Return the event the command names, if it belongs to this recommendation's stream."""
    recorded = event_store.fetch(event_id)
    if recorded is None or recorded.recommendation_id != recommendation.pk:
        return None
    return domain.CitedEvent(
        event_id=recorded.event_id,
        event=recorded.event,
        redacted=recorded.redacted,
        payload_hash=recorded.payload_hash,
    )


def has_spoken_for_hmpps(user: Any, recommendation_id: int) -> bool:
    """Say whether the person answered or decided something there as the HMPPS co-ordinator."""
    said = Event.objects.filter(recommendation_id=recommendation_id, actor_id=user.pk)
    return said.filter(actor_role=Role.HMPPS_COORDINATOR).exists()


def signing_memberships(today: date) -> QuerySet[Membership]:
    """Return the memberships in which people sign off drafts: of leads, delegates and regions."""
    current = Membership.objects.current(today)
    return current.filter(role__in=SIGNERS, user__is_active=True)


def later_recommendations(recommendation: Recommendation) -> QuerySet[Recommendation]:
    """Return the published recommendations of later reports: to the addressee, or on the provider.

    What a report on a unit asked of its region may go on as one to the unit, and the other way.
    """
    inspection = recommendation.inspection
    on_the_provider = later_inspections(inspection).values("pk")
    return Recommendation.objects.published().filter(
        Q(addressee_id=recommendation.addressee_id) | Q(inspection__in=on_the_provider),
        inspection__published_on__gt=inspection.published_on,
    )


def following_inspections(recommendation: Recommendation) -> tuple[Inspection | None, bool]:
    """Return the latest inspection of the provider since, and whether it can be carried forward.

    The second asks whether any later report could take it up; one query for both.
    """
    inspection = recommendation.inspection
    provider = inspection.provider
    is_inspected_again = provider.kind != Provider.Kind.NATIONAL
    line = successors_of(provider) if is_inspected_again else ()
    to_the_addressee = Recommendation.objects.filter(addressee=recommendation.addressee_id)
    later = Inspection.objects.published().filter(
        Q(provider__in=line) | Q(pk__in=to_the_addressee.values("inspection")),
        published_on__gt=inspection.published_on,
    )
    found = list(later.order_by("-published_on", "-pk"))
    return next((each for each in found if each.provider_id in line), None), bool(found)


def inspected_again_at(recommendation: Recommendation) -> int | None:
    """Return the id of the latest inspection of the provider since; None where there is none."""
    latest = latest_of(later_inspections(recommendation.inspection))
    return latest.pk if latest else None


def _published_other_than(
    recommendation: Recommendation, command: c.ConfirmRecurrence
) -> frozenset[int]:
    others = Recommendation.objects.published().exclude(pk=recommendation.pk)
    named = others.filter(pk=command.other_recommendation_id)
    return _ids(named)


def _ids(recommendations: QuerySet[Recommendation]) -> frozenset[int]:
    return frozenset(recommendations.values_list("pk", flat=True))
