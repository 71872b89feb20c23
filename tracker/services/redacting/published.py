"""What the Inspectorate published: the wording, its lines of the report's source, the findings."""

from functools import partial

from inspections.models import Recommendation
from inspections.redacting import remove_words
from tracker.domain.events import RecommendationPublished, RecommendationWordingCorrected
from tracker.services.redacting.redaction import Redaction, stands_in


def forget_in_the_report(redaction: Redaction) -> None:
    """Remove a wording from the Inspectorate's record, where it stands a second time.

    What anybody else said never stood there, even where it quotes the report.
    """
    event = redaction.event
    if not isinstance(event, RecommendationPublished | RecommendationWordingCorrected):
        return
    if not event.wording:
        return
    recommendation = Recommendation.objects.select_related("inspection__source")
    remove_words(
        recommendation=recommendation.get(pk=redaction.recommendation_id),
        holds=partial(stands_in, event.wording),
        is_the_wording=isinstance(event, RecommendationPublished),
    )
