"""Action plans as tests hand them in: a few rows under the titles of the form."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User

from tests.tracker.documents.files import written
from tests.tracker.story import TODAY, Story
from tracker import services
from tracker.documents import Value, read_tables
from tracker.documents.formats import Format
from tracker.documents.writing import write_document
from tracker.domain.vocabulary import Channel
from tracker.exchange.action_plans.kind import ActionPlanExport, ActionPlanImport
from tracker.exchange.action_plans.scope import Scope
from tracker.exchange.kinds import PlannedRow, Verdict
from tracker.models import RecommendationProgress

TITLES = (
    "1. Rec No",
    "Agreed/Partly Agreed/Not Agreed",
    "Response Action Taken / Planned",
    "Responsible Owner (including role)",
    "Target Date",
)
TRAIN = (1, "Agreed", "Train everybody", "Lena Lead, head of unit", "31 March 2027")


def scope(story: Story) -> dict[str, Any]:
    where = Scope(inspection_id=story.inspection.pk, provider_id=story.unit.pk)
    return where.as_parameters()


def planned(
    story: Story,
    *rows: Sequence[Value],
    titles: Sequence[str] = TITLES,
    by: User | None = None,
) -> list[PlannedRow]:
    """Return what a workbook with these rows would do."""
    return planned_of(story, f"plan.{Format.EXCEL}", written(rows, Format.EXCEL, titles), by=by)


def planned_of(
    story: Story, name: str, content: bytes, *, by: User | None = None
) -> list[PlannedRow]:
    kind, parameters = ActionPlanImport(), scope(story)
    rows = kind.read(read_tables(name, content), parameters)
    person = by or story.lead
    return list(kind.plan(rows, person=person, parameters=parameters, today=TODAY))


def exported(story: Story, to: Format, *, by: User | None = None) -> bytes:
    gathered = ActionPlanExport().gather(
        by or story.lead, scope(story), TODAY, progress=lambda _: None
    )
    return write_document(gathered.sheet, to=to)


def verdicts(rows: Sequence[PlannedRow]) -> list[Verdict]:
    return [row.verdict for row in rows]


def only(rows: Sequence[PlannedRow]) -> PlannedRow:
    (row,) = rows
    return row


def give(story: Story, rows: Sequence[PlannedRow]) -> None:
    """Give the commands of the rows that are ready, as the import does."""
    for row in rows:
        if row.deeds:
            assert row.recommendation_id is not None
            assert row.acting_role is not None
            services.execute_together(
                [deed.command for deed in row.deeds],
                targets={row.recommendation_id: version(row.recommendation_id)},
                actor=story.lead,
                acting_role=row.acting_role,
                channel=Channel.ADMIN,
                now=story.now,
                idempotency_key=f"row-{row.number}",
            )


def version(recommendation_id: int) -> int:
    return RecommendationProgress.objects.get(pk=recommendation_id).version
