"""Tells a story for the tests that read it: people, and one command after another."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import transaction

from inspections.models import Inspection, Recommendation
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.vocabulary import Channel, EvidenceKind, Response, Role
from tracker.event_store import RecordedEvent
from tracker.models import RecommendationProgress

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


class Story:
    """One unit's inspection with its recommendations, and the people who act on them.

    An `inspection` that is given brings its own recommendations.
    """

    def __init__(
        self,
        unit: str = "Northmarch PDU",
        *,
        recommendations: int = 1,
        inspection: Inspection | None = None,
        lead: str = "Lena Lead",
    ) -> None:
        self.unit = make_provider(unit)
        if inspection is None:
            inspection = make_inspection(self.unit)
            for _ in range(recommendations):
                make_recommendation(inspection)
        self.inspection = inspection
        self.recommendations: list[Recommendation] = list(
            inspection.recommendations.order_by("number", "pk")
        )
        self.administrator = make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR)
        self.lead = make_user(lead, Role.PDU_LEAD, self.unit)
        self.inspector = make_user("Ines Inspector", Role.LEAD_INSPECTOR)
        self.now = NOW - timedelta(days=60)
        with transaction.atomic():
            services.open_streams(
                inspection=self.inspection, actor=self.administrator, now=self.now
            )

    @property
    def recommendation(self) -> Recommendation:
        return self.recommendations[0]

    @property
    def roles(self) -> dict[int, Role]:
        return {
            self.administrator.pk: Role.HMIP_ADMINISTRATOR,
            self.lead.pk: Role.PDU_LEAD,
            self.inspector.pk: Role.LEAD_INSPECTOR,
        }

    def tell(self, command: c.Command, *, by: User | None = None, **envelope: Any) -> RecordedEvent:
        """Give the command to the first recommendation, a day after the last."""
        return self.tell_of([self.recommendation], command, by=by, **envelope)

    def tell_of(
        self,
        recommendations: list[Recommendation],
        command: c.Command,
        *,
        by: User | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """Give one command to several recommendations at once."""
        self.now += timedelta(days=1)
        actor = by or self.lead
        versions = RecommendationProgress.objects.in_bulk([each.pk for each in recommendations])
        receipts = services.execute_together(
            [command],
            targets={pk: progress.version for pk, progress in versions.items()},
            actor=actor,
            acting_role=envelope.pop("acting_role", self.roles.get(actor.pk, Role.PDU_LEAD)),
            channel=Channel.ADMIN,
            now=self.now,
            idempotency_key=str(uuid4()),
            **envelope,
        )
        return receipts[0].events[0]

    def plan(self, target_on: date | None = None) -> UUID:
        """Agree, and plan an action; return its id."""
        self.tell(c.Respond(response=Response.AGREED))
        planned = self.tell(
            c.PlanAction(
                description="Train every practitioner",
                accountable_id=self.lead.pk,
                delivered_by="Quality team",
                target_on=target_on or self.now.date() + timedelta(days=90),
            )
        )
        return planned.event_id

    def update(self, text: str) -> RecordedEvent:
        return self.tell(c.RecordProgressUpdate(text=text, occurred_on=self.now.date()))

    def attach(self, title: str = "Audit summary") -> RecordedEvent:
        return self.tell(
            c.AttachEvidence(
                kind=EvidenceKind.LINK,
                title=title,
                location="https://intranet.example/audit",
                sha256="0" * 64,
                effective_on=self.now.date(),
            )
        )
