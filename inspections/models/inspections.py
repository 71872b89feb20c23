"""One inspection as published: ratings, results, findings, recommendations."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from inspections.govuk_dates import govuk_period
from inspections.models.frameworks import Framework, KeyQuestion, Standard
from inspections.models.providers import Provider
from inspections.models.sources import ReportSource
from inspections.ratings import Rating

RATINGS = [(rating.value, rating.label) for rating in Rating]


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def published(self) -> "InspectionQuerySet":
        return self.filter(state=Inspection.State.PUBLISHED)


class Inspection(models.Model):
    """A published or coming report. What the report does not say is null, never a default."""

    class KnownTo(models.TextChoices):
        DAY = "day", "To the day"
        MONTH = "month", "To the month"
        YEAR = "year", "To the year"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        EMBARGOED = "embargoed", "Embargoed"
        PUBLISHED = "published", "Published"

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="inspections")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="inspections")
    source = models.OneToOneField(
        ReportSource, on_delete=models.PROTECT, null=True, blank=True, related_name="inspection"
    )
    title = models.CharField(max_length=300)
    provider_name = models.CharField(max_length=200, help_text="The name the report uses.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    published_known_to = models.CharField(
        max_length=5,
        choices=KnownTo,
        default="day",
        db_default="day",
        help_text="Where the day is not known, it is the last one of the month or the year.",
    )
    is_historical = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Typed in to be on record: nothing is asked of anybody because of it.",
    )
    publish_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="scheduled_inspections",
        help_text="Who set the time: it is published in their name.",
    )
    publication_refusal = models.TextField(
        blank=True, help_text="Why it could not be published at its time; empty where nothing is."
    )
    fieldwork_starts_on = models.DateField(null=True, blank=True)
    fieldwork_month = models.CharField(max_length=7, blank=True, help_text="YYYY-MM")
    fieldwork_weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    score_max = models.PositiveSmallIntegerField(null=True, blank=True)
    overall_rating = models.CharField(max_length=30, choices=RATINGS, blank=True)
    sample_community_orders = models.PositiveIntegerField(null=True, blank=True)
    sample_licence_releases = models.PositiveIntegerField(null=True, blank=True)
    sample_interviews = models.PositiveIntegerField(null=True, blank=True)
    population = models.PositiveIntegerField(null=True, blank=True)
    caseload = models.PositiveIntegerField(null=True, blank=True)
    caseload_community = models.PositiveIntegerField(null=True, blank=True)
    caseload_licence = models.PositiveIntegerField(null=True, blank=True)
    caseload_custody = models.PositiveIntegerField(null=True, blank=True)
    previous_year = models.PositiveSmallIntegerField(null=True, blank=True)
    previous_rating = models.CharField(max_length=30, choices=RATINGS, blank=True)
    lead_inspector = models.CharField(max_length=200, blank=True)
    named_readers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="embargoed_inspections",
        help_text="Who may read it while it is under embargo.",
    )
    allocated_inspectors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="allocated_inspections",
        help_text="The inspectors who hear about this inspection.",
    )

    objects = InspectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_on__isnull=False),
                name="inspection_published_has_date",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                | Q(score_max__isnull=True)
                | Q(score__lte=F("score_max")),
                name="inspection_score_within_max",
            ),
        ]
        indexes = [models.Index(fields=["state", "published_on"], name="inspection_by_publication")]

    def __str__(self) -> str:
        day = self.published_in_words or self.fieldwork_month or "no date yet"
        return f"{self.provider_name}, {day}"

    @property
    def published_in_words(self) -> str:
        """Return the day, or the month or year where no more is known; "" while it is not out."""
        return govuk_period(self.published_on, self.published_known_to)


class StandardRating(models.Model):
    """The published rating of a standard: a fact that no computation overwrites."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="ratings")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="ratings")
    rating = models.CharField(max_length=30, choices=RATINGS, blank=True)
    wording = models.TextField(blank=True, help_text="The standard as the report words it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "standard"], name="standard_rated_once_per_inspection"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.get_rating_display()}"


class KeyQuestionResult(models.Model):
    """The percentage of inspected cases in which a key question was answered yes."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="key_question_results"
    )
    key_question = models.ForeignKey(KeyQuestion, on_delete=models.PROTECT, related_name="results")
    text = models.TextField(help_text="The question as the report words it.")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "key_question"], name="key_question_answered_once"
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100),
                name="key_question_percent_within_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key_question}: {self.percent}%"


class Finding(models.Model):
    """One bullet of the report; without a standard it belongs to diversity and inclusion."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", "Strength"
        AREA_FOR_IMPROVEMENT = "area_for_improvement", "Area for improvement"
        FINDING = "finding", "Finding"

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    standard = models.ForeignKey(
        Standard, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    kind = models.CharField(max_length=30, choices=Kind)
    ordinal = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "ordinal"], name="finding_ordinal_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def unpublished(self) -> "RecommendationQuerySet":
        """Return the few that `published` leaves out."""
        states = [state for state in Inspection.State if state != Inspection.State.PUBLISHED]
        return self.filter(inspection__state__in=states)

    def published(self) -> "RecommendationQuerySet":
        return self.filter(inspection__state=Inspection.State.PUBLISHED)


class Recommendation(models.Model):
    """A numbered recommendation to one addressee, worded exactly as published.

    One published to several bodies is one row per addressee, sharing `group`. Its progress, and
    any corrected wording, is the tracker's.
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="recommendations"
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    text_cy = models.TextField(blank=True, verbose_name="text in Welsh")
    addressed_to = models.CharField(max_length=200, help_text="As the report words it.")
    addressee = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="recommendations"
    )
    group = models.UUIDField(default=uuid.uuid4)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "number", "addressee"],
                name="recommendation_number_unique_by_addressee",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_text_not_blank"),
        ]

    def __str__(self) -> str:
        return f"{self.addressed_to} {self.number}"
