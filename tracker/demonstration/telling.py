"""Plays the demo stories into the log: all scenes of both units in the order of their days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from inspections.models import Inspection, Provider, ReinspectionNotice
from inspections.notices import announce_reinspection
from tracker import services
from tracker.demonstration import coast, valleys
from tracker.demonstration.drafts import prepare_drafts
from tracker.demonstration.people import (
    COAST,
    DEMO_USERS,
    VALLEYS,
    make_people,
    make_providers,
)
from tracker.demonstration.reports import publish_coast, publish_older, publish_valleys
from tracker.demonstration.scenes import Moment, Scene
from tracker.domain.vocabulary import Channel
from tracker.models import EvidenceFile, RecommendationProgress
from tracker.services.evidence import keep_file

HOUR_OF_PUBLICATION = time(9, 30)
HOUR_OF_SCENES = time(10, 0)
DAYS_TO_REINSPECTION = 30
YEARS_TO_THE_OLDER_INSPECTION = 5
ROLES = {person.username: person.role for person in DEMO_USERS if person.role is not None}


@dataclass(slots=True)
class Story:
    """One unit's story: its scenes, who plays the lead's part there, what scenes created."""

    unit: Provider
    published_on: date
    scenes: list[Scene]
    parts: Mapping[str, str]
    publish: Callable[..., Inspection]
    recommendations: dict[int, int] = field(default_factory=dict)
    names: dict[str, UUID] = field(default_factory=dict)


def is_told() -> bool:
    """Say whether the demo data is here already."""
    return User.objects.filter(email="lead@demonstration.example").exists()


def tell(*, password: str, now: datetime) -> None:
    """Load the people, both reports and their stories in one transaction; once only."""
    if is_told():
        return
    today = now.astimezone(services.LONDON).date()
    with transaction.atomic():
        providers = make_providers()
        people = make_people(providers=providers, password=password, today=today)
        stories = _stories(providers, today)
        for story, scene in _in_order_of_days(stories):
            if scene is None:
                _publish(story, people)
            else:
                _play(story, scene, people)
        publish_older(
            unit=providers[COAST],
            year=today.year - YEARS_TO_THE_OLDER_INSPECTION,
            actor=people["hmip-admin"],
            now=now,
        )
        prepare_drafts(recommendations=stories[0].recommendations, people=people, now=now)
        announce_reinspection(
            provider=providers[VALLEYS],
            kind=ReinspectionNotice.Kind.ANNOUNCED,
            starts_on=today + timedelta(days=DAYS_TO_REINSPECTION),
            ends_on=None,
            note="Announced to the head of the unit.",
            actor=people["lead-inspector"],
            now=now,
        )


def _stories(providers: Mapping[str, Provider], today: date) -> list[Story]:
    return [
        Story(
            unit=providers[VALLEYS],
            published_on=today - timedelta(days=valleys.PUBLISHED_DAYS_AGO),
            scenes=valleys.SCENES,
            parts={},
            publish=publish_valleys,
        ),
        Story(
            unit=providers[COAST],
            published_on=today - timedelta(days=coast.PUBLISHED_DAYS_AGO),
            scenes=coast.SCENES,
            parts={"lead": "coast-lead", "owner": "coast-owner"},
            publish=publish_coast,
        ),
    ]


def _in_order_of_days(stories: list[Story]) -> list[tuple[Story, Scene | None]]:
    """Return each publication (None) and scene of all stories, the earliest day first."""
    beats: list[tuple[date, Story, Scene | None]] = []
    for story in stories:
        beats.append((story.published_on, story, None))
        beats += [
            (story.published_on + timedelta(days=scene.day), story, scene) for scene in story.scenes
        ]
    return [(story, scene) for _, story, scene in sorted(beats, key=lambda beat: beat[0])]


def _publish(story: Story, people: Mapping[str, User]) -> None:
    inspection = story.publish(
        unit=story.unit,
        published_on=story.published_on,
        actor=people["hmip-admin"],
        now=_moment(story.published_on, HOUR_OF_PUBLICATION),
    )
    story.recommendations = dict(inspection.recommendations.values_list("number", "pk"))


def _play(story: Story, scene: Scene, people: Mapping[str, User]) -> None:
    today = story.published_on + timedelta(days=scene.day)
    part = {name: people[story.parts.get(name, name)] for name in people}
    recommendation_id = story.recommendations[scene.number]
    moment = Moment(
        today=today,
        names=story.names,
        people={name: user.pk for name, user in part.items()},
        file=_bring(scene, recommendation_id, part[scene.by], today),
    )
    receipt = services.execute(
        scene.build(moment),
        recommendation_id=recommendation_id,
        expected_version=RecommendationProgress.objects.get(pk=recommendation_id).version,
        actor=part[scene.by],
        acting_role=ROLES[part[scene.by].username],
        channel=Channel.ADMIN,
        now=_moment(today, HOUR_OF_SCENES),
        idempotency_key=f"demonstration/{scene.day}/{scene.number}/{story.scenes.index(scene)}",
    )
    if scene.keep:
        story.names[scene.keep] = receipt.events[0].event_id


def _bring(scene: Scene, recommendation_id: int, by: User, day: date) -> EvidenceFile | None:
    if scene.brings is None:
        return None
    name, content = scene.brings
    return keep_file(
        SimpleUploadedFile(name, content.encode()),
        recommendation_id=recommendation_id,
        brought_by=by,
        now=_moment(day, HOUR_OF_SCENES),
    )


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=services.LONDON)
