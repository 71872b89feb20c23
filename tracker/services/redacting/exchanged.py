"""Imports and exports that may hold the words: their files, the rows of imports, and reasons.

An export that held the recommendation goes whole, for its file cannot be mended; one that is being
made is made anew. So goes an import that is not carried out to its end: what lies in its file is
known only where it was read.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from inspections.redacting import REMOVED
from tracker.models import ExchangeJob, ExportedRecommendation, ImportRow
from tracker.services.redacting.letting_go import delete_export, end_pending
from tracker.services.redacting.redaction import Redaction

State = ExchangeJob.State
QUOTED = "“"
EXPORT_GONE = "It held a text that was deleted from the record since; ask for the export again."
IMPORT_GONE = (
    "It may have held a text that is deleted from the record since, so its file and its rows were "
    "deleted; upload a file without that text."
)


def forget_in_exchange(redaction: Redaction) -> None:
    """Delete exports that hold the words and imports that may; replace reasons that repeat them.

    First the claims on exports in the making are taken away: whoever finished before that is found
    among those that are made, whoever did not finds out and starts again.
    """
    exports = ExchangeJob.objects.filter(direction=ExchangeJob.Direction.EXPORT)
    exports.filter(state=State.WAITING).update(claimed_by=None, lease_until=None)
    held = ExportedRecommendation.objects.filter(recommendation=redaction.recommendation_id)
    for job in exports.exclude(stored_as="").filter(pk__in=held.values("job")).order_by("pk"):
        delete_export(job, because=EXPORT_GONE, now=redaction.now)
    _end_imports(redaction)
    _mend_reasons(redaction)


def _end_imports(redaction: Redaction) -> None:
    imports = ExchangeJob.objects.pending().filter(direction=ExchangeJob.Direction.IMPORT)
    about_it = ImportRow.objects.filter(
        job=OuterRef("pk"), recommendation=redaction.recommendation_id
    )
    is_concerned = Q(Exists(about_it)) | Q(state=State.WAITING)
    others = imports.exclude(is_concerned).values_list("pk", flat=True)
    repeating = [pk for pk in others if _repeats(pk, redaction)]
    concerned = imports.filter(is_concerned | Q(pk__in=repeating))
    end_pending(concerned, State.DELETED, reason=IMPORT_GONE, now=redaction.now)


def _repeats(job_id: UUID, redaction: Redaction) -> bool:
    rows = ImportRow.objects.filter(job=job_id).values_list("says", "warnings", "deeds")
    return any(redaction.is_in(text) for row in rows.iterator() for text in _texts(row))


def _texts(stored: object) -> list[str]:
    """Return every text of what a row keeps, however deep it lies."""
    match stored:
        case str():
            return [stored]
        case dict():
            return [text for each in stored.values() for text in _texts(each)]
        case list() | tuple():
            return [text for each in stored for text in _texts(each)]
    return []


def _remove_quotes(redaction: Redaction) -> None:
    """Remove what quotes the file, in settled imports about the recommendation.

    A cell is quoted in part, so nobody can tell whether the part belongs to the words that go.
    """
    about_it = ImportRow.objects.filter(recommendation=redaction.recommendation_id)
    rows = ImportRow.objects.filter(job__in=about_it.values("job"))
    rows.filter(why__contains=QUOTED).update(why=REMOVED)


def _mend_reasons(redaction: Redaction) -> None:
    _remove_quotes(redaction)
    rows = ImportRow.objects.exclude(why="").values_list("pk", "why")
    repeating = [pk for pk, why in rows.iterator() if redaction.is_in(why)]
    ImportRow.objects.filter(pk__in=repeating).update(why=REMOVED)
    jobs = ExchangeJob.objects.exclude(reason="").values_list("pk", "reason")
    refused = [pk for pk, reason in jobs.iterator() if redaction.is_in(reason)]
    ExchangeJob.objects.filter(pk__in=refused).update(reason=REMOVED)
    names = ExchangeJob.objects.exclude(file_name="").values_list("pk", "file_name")
    named = [pk for pk, name in names.iterator() if redaction.is_in(name)]
    ExchangeJob.objects.filter(pk__in=named).update(file_name="")
