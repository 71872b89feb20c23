"""Methodologies as data: frameworks, their bands, standards and key questions; themes."""

from django.core.validators import MaxValueValidator
from django.db import models


class Framework(models.Model):
    """A methodology; `judgements` is its scale of progress, codes and labels in ascending order."""

    NOT_RECORDED = "not-recorded"
    """The code of the one that stands for any: older inspections, of which too little is known."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    score_max = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Empty where inspections carry no score."
    )
    panel_margin = models.PositiveSmallIntegerField(
        default=5,
        help_text="Points from the edge of a band within which a rating panel may depart from it.",
    )
    judgement_scale = models.SlugField(max_length=40, default="progress-3")
    judgements = models.JSONField(
        help_text='Pairs in ascending order: [["no_progress", "No progress"], …].'
    )

    def __str__(self) -> str:
        return self.name


class RatingBand(models.Model):
    """From which percentage of satisfactory cases a rating starts."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="bands")
    rating = models.CharField(max_length=30)
    from_percent = models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "rating"], name="band_unique_by_rating"),
            models.UniqueConstraint(
                fields=["framework", "from_percent"], name="band_unique_by_edge"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating.replace('_', ' ').capitalize()} from {self.from_percent}%"


class Standard(models.Model):
    """One standard of a framework, for example P 2.3 Implementation and delivery."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="standards")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="standard_code_unique"),
            models.UniqueConstraint(
                fields=["framework", "ordinal"], name="standard_ordinal_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class KeyQuestion(models.Model):
    """A question of a standard; `code` is the standard's code and the ordinal, P 2.3/1."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="key_questions")
    code = models.CharField(max_length=24)
    ordinal = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=200, help_text="For example keeping other people safe.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "ordinal"], name="key_question_ordinal_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.topic}"


class Theme(models.Model):
    """What recommendations are about, across frameworks and years: a vocabulary kept as data."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
