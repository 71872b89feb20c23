"""Scenes in which somebody brings a file: invented tables, a few lines long."""

from tracker.demonstration.scenes import Moment, Scene
from tracker.domain import commands as c
from tracker.domain.vocabulary import EvidenceKind

DIP_SAMPLE = """Month,Cases read,Management oversight made a difference
March,4,3
April,4,3
May,4,3
June,4,3
July,4,3
"""


def file(day: int, number: int, title: str, brings: tuple[str, str], action: str) -> Scene:
    """Attach a file as evidence; the same scene `brings` it, by its name and its text."""

    def build(now: Moment) -> c.Command:
        kept = now.file
        assert kept is not None  # noqa: S101 - the scene brings it
        return c.AttachEvidence(
            kind=EvidenceKind.FILE,
            title=title,
            location=kept.name,
            file_id=kept.pk,
            sha256=kept.sha256,
            size=kept.size,
            media_type=kept.media_type,
            effective_on=now.today,
            action_id=now.names[action],
        )

    return Scene(day, number, "owner", build, brings=brings)
