"""What is not said yet at the end of the story: a draft waits for the lead, who keeps another.

The fields are those of the forms, as a browser would send them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.contrib.auth.models import User

from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import RecommendationProgress
from tracker.services.drafting import Typed, keep, submit
from tracker.services.request import LONDON

DAYS_TO_TARGET = 90
COMMANDS: Mapping[str, type[c.Command]] = {
    "record-progress-update": c.RecordProgressUpdate,
    "plan-action": c.PlanAction,
}


def prepare_drafts(
    *, recommendations: Mapping[int, int], people: Mapping[str, User], now: datetime
) -> None:
    """Keep an update that the lead has begun, and submit an action that the owner prepared.

    `recommendations` maps the numbers of the lead's unit to ids.
    """
    today = now.astimezone(LONDON).date()
    begun = {"text": "Sixteen of twenty in the November sample.", "occurred_on": today.isoformat()}
    update = _typed("record-progress-update", recommendations[4], Role.PDU_LEAD, begun)
    keep(update, author=people["lead"], now=now)
    action = c.PlanAction(
        description="Let managers’ diaries hold two hours a week for reading cases",
        accountable_id=people["owner"].pk,
        delivered_by="Valleys managers",
        target_on=today + timedelta(days=DAYS_TO_TARGET),
    )
    values = {
        "description": action.description,
        "accountable_id": str(action.accountable_id),
        "delivered_by": action.delivered_by,
        "target_on": action.target_on.isoformat(),
    }
    prepared = _typed("plan-action", recommendations[4], Role.ACTION_OWNER, values)
    submit(
        prepared,
        commands=[action],
        targets={prepared.recommendation_id: prepared.expected_version},
        author=people["owner"],
        now=now,
    )


def _typed(form: str, recommendation_id: int, role: Role, values: Mapping[str, str]) -> Typed:
    version = RecommendationProgress.objects.get(pk=recommendation_id).version
    key = str(uuid5(NAMESPACE_URL, f"urn:demonstration:{form}/{recommendation_id}"))
    carried = {
        "expected_version": str(version),
        "idempotency_key": key,
        "acting_role": role.value,
    }
    return Typed(
        recommendation_id=recommendation_id,
        form=form,
        command_type=COMMANDS[form],
        acting_role=role,
        values={name: [text] for name, text in {**values, **carried}.items()},
        idempotency_key=key,
        expected_version=version,
    )
