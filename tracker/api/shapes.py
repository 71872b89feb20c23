"""What comes out, declared for the schema, which names each type without "Serializer".

Rows are built elsewhere; a test compares the two.
"""

from enum import StrEnum
from typing import Any

from rest_framework import serializers

from inspections.models import Provider
from inspections.models.inspections import RATINGS
from tracker.domain.vocabulary import Channel, Closure, Delivery, KnownTo, Response, Review
from tracker.models import EvidenceFile
from tracker.queries.labels import label

KNOWN_TO = "How exactly the day is known; else it is the last day of the month or the year."


def _axis(axis: type[StrEnum], **options: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField([(value.value, label(value)) for value in axis], **options)


class ProviderSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(Provider.Kind.choices)
    region_id = serializers.IntegerField(
        allow_null=True, help_text="A region belongs to itself, so that sums miss nothing."
    )
    region_name = serializers.CharField(allow_null=True)


class InspectionSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    provider_id = serializers.IntegerField()
    provider_name = serializers.CharField(help_text="As the report names it.")
    title = serializers.CharField()
    framework = serializers.CharField()
    published_on = serializers.DateField()
    published_known_to = serializers.ChoiceField(list(KnownTo), help_text=KNOWN_TO)
    fieldwork_starts_on = serializers.DateField(allow_null=True)
    overall_rating = serializers.ChoiceField(RATINGS, allow_null=True)
    score = serializers.IntegerField(allow_null=True)
    score_max = serializers.IntegerField(allow_null=True)
    recommendations = serializers.IntegerField(help_text="Those that the token may read.")
    recommendations_open = serializers.IntegerField()


class RecommendationSerializer(serializers.Serializer[Any]):
    """One recommendation as it stands today. What is absent is null, never an empty text."""

    id = serializers.IntegerField()
    inspection_id = serializers.IntegerField()
    published_on = serializers.DateField()
    published_known_to = serializers.ChoiceField(list(KnownTo), help_text=KNOWN_TO)
    provider_id = serializers.IntegerField(help_text="Who answers for it now.")
    provider_name = serializers.CharField()
    provider_kind = serializers.ChoiceField(Provider.Kind.choices)
    region_id = serializers.IntegerField(allow_null=True)
    region_name = serializers.CharField(allow_null=True)
    number = serializers.IntegerField()
    addressed_to = serializers.CharField(help_text="As the report words it.")
    wording = serializers.CharField()
    wording_cy = serializers.CharField(allow_null=True, help_text="In Welsh.")
    response = _axis(Response)
    delivery = _axis(Delivery, help_text="The provider's claim, not a judgement.")
    review = _axis(Review)
    judgement = serializers.CharField(help_text="A code of the framework's scale, or not_judged.")
    closure = _axis(Closure, allow_null=True)
    is_open = serializers.BooleanField()
    is_withdrawn = serializers.BooleanField(help_text="Its publication was withdrawn.")
    is_blocked = serializers.BooleanField()
    overdue = serializers.BooleanField(help_text="Computed for today.")
    due_soon = serializers.BooleanField(help_text="Computed for today.")
    silent = serializers.BooleanField(help_text="Computed for today.")
    due_on = serializers.DateField(allow_null=True, help_text="When something is next due.")
    response_due_on = serializers.DateField(
        allow_null=True, help_text="Null where no response was asked for."
    )
    next_target_on = serializers.DateField(allow_null=True)
    accountable_id = serializers.IntegerField(allow_null=True)
    accountable_name = serializers.CharField(allow_null=True)
    last_said_on = serializers.DateField(
        allow_null=True, help_text="The latest day that the provider spoke of."
    )
    closed_on = serializers.DateField(allow_null=True)
    actions = serializers.IntegerField(help_text="Planned and not withdrawn.")
    actions_open = serializers.IntegerField()
    version = serializers.IntegerField(help_text="How many events it has.")


class EvidenceFileSerializer(serializers.Serializer[Any]):
    """How a file stands that was attached as evidence; what it is stands in `facts`."""

    scan = serializers.ChoiceField(EvidenceFile.State.choices, help_text="For viruses.")
    address = serializers.CharField(
        allow_null=True, help_text="Where people fetch it; null while it is not served."
    )


class TimelineEventSerializer(serializers.Serializer[Any]):
    """One event of the log in today's form. Text is null where it was removed; facts stay."""

    position = serializers.IntegerField(help_text="Its place in the whole log.")
    event_id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="Its place among the recommendation's events.")
    type = serializers.CharField()
    schema_version = serializers.IntegerField(help_text="The form of `facts` and `text`.")
    title = serializers.CharField(help_text="In plain English.")
    occurred_on = serializers.DateField(help_text="When it was true.")
    recorded_at = serializers.DateTimeField(help_text="When we learnt it, UTC.")
    actor_id = serializers.IntegerField()
    actor_name = serializers.CharField()
    actor_role = serializers.CharField()
    on_behalf_of_name = serializers.CharField(allow_null=True)
    prepared_by_name = serializers.CharField(allow_null=True)
    channel = serializers.ChoiceField([(value.value, label(value)) for value in Channel])
    correlation_id = serializers.UUIDField(
        help_text="The same for all events of one command, on whichever recommendation."
    )
    facts = serializers.DictField(help_text="Values, dates, ids; by type and schema_version.")
    text = serializers.DictField(
        child=serializers.CharField(allow_null=True),
        help_text="What people wrote; null where they wrote nothing, or it was removed.",
    )
    is_redacted = serializers.BooleanField()
    redaction_reason = serializers.CharField(allow_null=True)
    cites = serializers.UUIDField(
        allow_null=True, help_text="The event that it corrects, withdraws or removes text of."
    )
    corrected_by = serializers.UUIDField(allow_null=True)
    withdrawn_by = serializers.UUIDField(allow_null=True)
    shared_with = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Other recommendations for which the same was said at once.",
    )
    file = EvidenceFileSerializer(allow_null=True)
    payload_hash = serializers.CharField()
    hash = serializers.CharField()


class TimelineSerializer(serializers.Serializer[Any]):
    """The whole story of one recommendation, newest first by version."""

    recommendation_id = serializers.IntegerField()
    version = serializers.IntegerField()
    results = TimelineEventSerializer(many=True)


class _PageSerializer(serializers.Serializer[Any]):
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    next_cursor = serializers.CharField(
        allow_null=True, help_text="For clients that keep the address and send `cursor` alone."
    )


class ProviderPageSerializer(_PageSerializer):
    results = ProviderSerializer(many=True)


class InspectionPageSerializer(_PageSerializer):
    results = InspectionSerializer(many=True)


class RecommendationPageSerializer(_PageSerializer):
    results = RecommendationSerializer(many=True)


class ProblemErrorSerializer(serializers.Serializer[Any]):
    detail = serializers.CharField()
    pointer = serializers.CharField(help_text="What it is about: #/page_size")
    parameter = serializers.CharField(required=False, help_text="The query parameter.")


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details, RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]
