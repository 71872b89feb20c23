"""Words put through every form that takes any: once redacted, no dump holds them any more."""

import json
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction

from inspections.models import Recommendation, ReportSource
from inspections.redacting import REMOVED
from tests.tracker.admin.test_whole_life import make_successor, steps
from tests.tracker.story import NOW, Story
from tests.visitor import Visitor
from tests.world import PUBLISHED_ON, make_inspection, make_provider, make_recommendation, make_user
from tracker import services
from tracker.domain import commands as c
from tracker.domain.events import PersonalDataRedacted, free_text_names
from tracker.domain.stored_form import FREE_TEXT_FIELDS
from tracker.domain.vocabulary import Channel, RedactionReason, Role
from tracker.forms import FORMS
from tracker.forms.fields import FreeText, ShortText
from tracker.models import ActionProgress, Draft, DraftSignature, Event, RecommendationProgress
from tracker.queries.timeline import timeline
from tracker.verification import verify_log

CANARY = "canaryjobloggs"
WORDING = f"stop {CANARY} of 3 High Street from being named"
UPDATE = "record-progress-update"
NO_WORDS = ("_number", "partners")
"""Texts that are figures, and what is given in place of another text."""
_numbers = count(1)


def words() -> str:
    """Return words with the canary in them, other ones each time."""
    return f"{CANARY} was seen, note {next(_numbers)}"


@pytest.fixture
def story(transactional_db: None, time_machine: Any) -> Story:
    time_machine.move_to(NOW, tick=False)
    unit = make_provider("Northmarch PDU")
    source = ReportSource.objects.create(
        sha256="0" * 64,
        format=ReportSource.Format.TEXT,
        text=f"Northmarch PDU should:\n  1. {WORDING}\u202f2\nimprove\n\nFootnotes",
        lines={"recommendations.1": [2, 2], "recommendations.2": [3, 3]},
        received_at=NOW,
    )
    inspection = make_inspection(unit, source=source)
    make_recommendation(inspection, text=WORDING, text_cy=f"Welsh {WORDING}")
    make_recommendation(inspection, text="improve")
    inspection.findings.create(ordinal=1, kind="finding", text=f"They do not {WORDING}.")
    return Story(inspection=inspection)


def _filled(slug: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Put the canary into every text of the form that can hold words."""
    texts = {
        name: words()
        for name, field in FORMS[slug].base_fields.items()
        if isinstance(field, FreeText | ShortText) and not name.endswith(NO_WORDS)
    }
    if "location" in texts:
        texts["location"] = f"https://intranet.example/{CANARY}/{next(_numbers)}"
    return {**fields, **texts}


def _live(story: Story) -> None:
    """Send every form, with the canary in all of its texts."""
    pk = story.recommendation.pk
    people = {
        "lead": Visitor(story.lead),
        "region": Visitor(make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region)),
        "inspector": Visitor(story.inspector),
        "administrator": Visitor(story.administrator),
    }
    make_successor(story)
    for who, slug, fields in steps(story):
        if fields.get("action_id"):
            fields["action_id"] = ActionProgress.objects.get(recommendation=pk).pk
        people[who].give(pk, slug, **_filled(slug, fields))


def _live_elsewhere(story: Story) -> None:
    """Give what needs another inspection or recommendation, on the second one."""
    later = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=20))
    new = make_recommendation(later)
    with transaction.atomic():
        services.open_streams(inspection=later, actor=story.administrator, now=NOW)
    inspector, pk = Visitor(story.inspector), story.recommendations[1].pk
    inspector.give(pk, "leave-open", inspection_id=later.pk, reason=words())
    inspector.give(pk, "confirm-recurrence", other_recommendation_id=new.pk, rationale=words())
    inspector.give(pk, "carry-forward", carried_into=[new.pk], reason=words())


def _keep_a_draft(story: Story) -> None:
    """Keep what was said in a draft as well, and return it with a reason that repeats it."""
    said = " ".join(
        text
        for event in _events(story)
        for text in (getattr(event.event, name) for name in free_text_names(type(event.event)))
    )
    draft = Draft.objects.create(
        recommendation=story.recommendation,
        author=story.lead,
        form=UPDATE,
        command="RecordProgressUpdate",
        acting_role="pdu_lead",
        values={"text": [said]},
        idempotency_key="kept",
        expected_version=1,
        created_at=NOW,
        changed_at=NOW,
    )
    DraftSignature.objects.create(
        draft=draft,
        submission=1,
        person=story.lead,
        role="pdu_lead",
        verdict=DraftSignature.Verdict.RETURNED,
        reason=said,
        signed_at=NOW,
    )


def _events(story: Story) -> list[Any]:
    visible = Recommendation.objects.all()
    return [
        entry.recorded
        for each in story.recommendations
        for entry in reversed(timeline(each.pk, visible=visible))
    ]


def _redact_everything(story: Story) -> None:
    named = Event.objects.filter(payload__body__contains=CANARY).order_by("position")
    for nth, event in enumerate(list(named)):
        progress = RecommendationProgress.objects.get(pk=event.recommendation_id)
        services.execute(
            c.RedactPersonalData(
                event_id=event.event_id, reason=RedactionReason.PERSONAL_DATA_OF_STAFF
            ),
            recommendation_id=event.recommendation_id,
            expected_version=progress.version,
            actor=story.administrator,
            acting_role=Role.HMIP_ADMINISTRATOR,
            channel=Channel.ADMIN,
            now=NOW,
            idempotency_key=str(nth),
        )


def test_nothing_of_the_words_is_left_anywhere(story: Story) -> None:
    _live(story)
    _live_elsewhere(story)
    _keep_a_draft(story)
    assert _types_without_the_canary() == set(), "every text of every type of event held it"
    assert _is_held_somewhere()
    _redact_everything(story)
    assert not _is_held_somewhere()
    assert verify_log().holds
    call_command("rebuild_projections", check=True)
    redactions = Event.objects.filter(type=PersonalDataRedacted.type)
    assert {each.actor_name for each in redactions} == {"Hal Administrator"}
    source = story.inspection.source
    assert source is not None
    source.refresh_from_db()
    assert source.text == f"Northmarch PDU should:\n{REMOVED}\nimprove\n\nFootnotes"
    assert source.sha256 == "0" * 64


def _types_without_the_canary() -> set[tuple[str, str]]:
    """Return the texts of events, by type and field, that never held the canary."""
    wanted = {
        (type_, name)
        for type_, names in FREE_TEXT_FIELDS.items()
        for name in names - {"accountable_name"}  # comes from the account, not from a form
    }
    held = {
        (recorded.type, name)
        for recorded in Event.objects.select_related("payload")
        for name, text in json.loads(recorded.payload.body).items()
        if CANARY in text
    }
    return wanted - held - {(PersonalDataRedacted.type, "authority")}


def _is_held_somewhere() -> bool:
    return CANARY in _dump()


def _dump() -> str:
    """Return all that the database holds, as a dump of it would, and what lies in its files."""
    sessions = "".join(str(each.get_decoded()) for each in Session.objects.all())
    return sessions + (_sqlite_dump() if connection.vendor == "sqlite" else _postgresql_dump())


def _sqlite_dump() -> str:
    connection.ensure_connection()
    dumped = "\n".join(connection.connection.iterdump())
    name = connection.settings_dict["NAME"]
    files = [path for path in (Path(name), Path(f"{name}-wal")) if path.exists()]
    return dumped + "".join(path.read_bytes().decode("latin-1") for path in files)


def _postgresql_dump() -> str:
    with connection.cursor() as cursor:
        return "\n".join(
            str(row)
            for table in connection.introspection.table_names(cursor)
            for row in _rows(cursor, table)
        )


def _rows(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f'SELECT * FROM "{table}"')
    rows: list[Any] = cursor.fetchall()
    return rows
