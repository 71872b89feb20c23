"""Frameworks, their bands, standards and key questions, and themes: HMIP administrators keep them.

The rules of what may change stand in `inspections.frameworks`. Nothing that a published inspection
uses is renamed or removed.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest

from inspections.admin_doors import ScopedAdmin, roles_held
from inspections.frameworks import (
    FrameworkRefused,
    check_bands,
    check_steps_are_kept,
    is_used,
    read_scale,
    write_scale,
)
from inspections.models import Framework, KeyQuestion, Membership, RatingBand, Standard, Theme
from inspections.models.inspections import RATINGS

RATING_CHOICES = [("", "Choose a rating"), *RATINGS]


def _keeps(request: HttpRequest) -> bool:
    return Membership.Role.HMIP_ADMINISTRATOR in roles_held(request)


class KeptByHMIP(ScopedAdmin[Any]):
    """A model that HMIP administrators add to and change."""

    def may_enter(self, request: HttpRequest) -> bool:
        return _keeps(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _keeps(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return _keeps(request)


class PartOfAFramework(admin.StackedInline[Any, Any]):
    """Rows of a framework; a row that is used is never removed."""

    extra = 1  # without a script nothing else adds a row

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return _keeps(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return _keeps(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002
        return _keeps(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _keeps(request) and not is_used(_framework_of(obj))


class ScaleField(forms.CharField):
    """A scale of judgements, a line for each step."""

    def prepare_value(self, value: Any) -> Any:
        return write_scale(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        try:
            return read_scale(str(value or ""))
        except FrameworkRefused as refusal:
            raise ValidationError(str(refusal)) from refusal

    def validate(self, value: Any) -> None:
        """Leave it to `read_scale`."""

    def run_validators(self, value: Any) -> None:
        """Same."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class FrameworkForm(forms.ModelForm[Framework]):
    judgements = ScaleField(
        label="Scale of judgements",
        help_text=(
            "One step per line, the lowest first: a code, a colon, the words. For example: "
            "some_progress: Some progress"
        ),
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60}),
    )

    class Meta:
        labels = {"judgement_scale": "Name of the scale", "score_max": "Highest score"}

    def clean_judgements(self) -> Any:
        """Keep every step by which somebody may have judged."""
        scale = self.cleaned_data["judgements"]
        if is_used(self.instance):
            try:
                check_steps_are_kept(self.instance.judgements, scale)
            except FrameworkRefused as refusal:
                raise ValidationError(str(refusal)) from refusal
        return scale


class FixedOnceUsed(forms.ModelForm[Any]):
    """Holds fast what past records name by it, where the framework is used."""

    fixed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and is_used(_framework_of(self.instance)):
            for name in self.fixed:
                self.fields[name].disabled = True


class BandForm(forms.ModelForm[RatingBand]):
    rating = forms.ChoiceField(choices=RATING_CHOICES)


class BandFormSet(BaseInlineFormSet[Any, Any, Any]):
    def clean(self) -> None:
        """Look at the bands together: no gap, and better ratings higher up."""
        super().clean()
        if any(self.errors):
            return
        rows = [
            form.cleaned_data
            for form in self.forms
            if form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        try:
            check_bands([(row["rating"], row["from_percent"]) for row in rows])
        except FrameworkRefused as refusal:
            raise ValidationError(str(refusal)) from refusal


class BandInline(PartOfAFramework):
    model = RatingBand
    form = BandForm
    formset = BandFormSet
    verbose_name = "band"
    fields = ("rating", "from_percent")
    ordering = ("from_percent",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return _keeps(request)  # practice that may change; the published ratings stay what they are


class StandardForm(FixedOnceUsed):
    fixed = ("code", "ordinal")


class StandardInline(PartOfAFramework):
    model = Standard
    form = StandardForm
    fields = ("code", "name", "ordinal")
    ordering = ("ordinal",)
    show_change_link = True


class KeyQuestionForm(FixedOnceUsed):
    fixed = ("ordinal",)


class KeyQuestionInline(PartOfAFramework):
    model = KeyQuestion
    form = KeyQuestionForm
    fields = ("ordinal", "topic")
    ordering = ("ordinal",)


@admin.register(Framework)
class FrameworkAdmin(KeptByHMIP):
    form = FrameworkForm
    list_display = ("name", "code", "score_max", "judgement_scale")
    search_fields = ("name", "code")
    search_help_text = "Search by name or code"
    ordering = ("name", "pk")
    fields = ("code", "name", "score_max", "panel_margin", "judgement_scale", "judgements")
    inlines = (BandInline, StandardInline)

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Framework | None = None,
    ) -> tuple[str, ...]:
        """A code is chosen once; what scores and judgements rest on stays where it is used."""
        if obj is None:
            return ()
        return ("code", "score_max", "judgement_scale") if is_used(obj) else ("code",)


@admin.register(Standard)
class StandardAdmin(KeptByHMIP):
    """The key questions of a standard; standards themselves are added with their framework."""

    list_display = ("code", "name", "framework")
    list_filter = ("framework",)
    list_select_related = ("framework",)
    allowed_lookups = ("framework__id__exact",)
    search_fields = ("code", "name")
    search_help_text = "Search by code or name"
    ordering = ("framework__name", "ordinal", "pk")
    fields = ("framework", "code", "name")
    readonly_fields = ("framework", "code")
    inlines = (KeyQuestionInline,)

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: ARG002, FBT001
        """Give each question the code that follows from its standard and place."""
        for question in formset.save(commit=False):
            question.code = f"{question.standard.code}/{question.ordinal}"
            question.save()
        for gone in formset.deleted_objects:
            gone.delete()


@admin.register(Theme)
class ThemeAdmin(KeptByHMIP):
    list_display = ("name", "code")
    search_fields = ("name", "code")
    search_help_text = "Search by name or code"
    ordering = ("name", "pk")
    fields = ("code", "name")

    def get_readonly_fields(
        self,
        request: HttpRequest,  # noqa: ARG002
        obj: Theme | None = None,
    ) -> tuple[str, ...]:
        return ("code",) if obj else ()


def _framework_of(part: Any) -> Framework | None:
    """Return the framework that a row is, or belongs to."""
    if part is None or isinstance(part, Framework):
        return part
    framework: Framework = (
        part.standard.framework if isinstance(part, KeyQuestion) else part.framework
    )
    return framework
