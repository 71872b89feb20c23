"""Sign-off by provider: what is asked for now and was before, and the form that changes it.

A row is never changed: another is added, and the latest rules.
"""

from typing import Any, NoReturn

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from inspections.admin_doors import ScopedAdmin, is_operator, roles_held
from inspections.govuk_dates import govuk_date
from inspections.models import Provider
from inspections.person_names import person_name
from tracker.admin.tags import tag
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Role
from tracker.models import SignOffLevel
from tracker.services.sign_off import TOO_FEW, providers_to_set, set_sign_off

SETTERS = frozenset({Role.PDU_LEAD, Role.REGIONAL_LEAD})
LEVELS = (
    ("0", "None: what is sent is recorded at once."),
    ("1", "One: another person signs, who could have recorded it alone."),
    ("2", "Two: two other people sign, and the last could have recorded it alone."),
)
DONE = "The sign-off is set, and holds from now on."


class SignOffForm(forms.Form):
    button = "Set the sign-off"
    guidance = (
        "Nobody signs what they prepared. Where only one PDU lead is named, nothing that the lead "
        "prepares could be signed: name a second one first. You are told if too few could sign."
    )
    use_required_attribute = False

    provider = forms.ModelChoiceField(
        Provider.objects.none(),
        empty_label="Choose a provider",
        error_messages={"required": "Choose the provider."},
    )
    levels = forms.TypedChoiceField(
        label="How many sign before it is recorded",
        coerce=int,
        choices=LEVELS,
        widget=forms.RadioSelect,
        help_text="It holds for what PDU leads, delegates and action owners say for the provider.",
        error_messages={"required": "Choose how many sign."},
    )

    despite_few = forms.BooleanField(
        label="Set it all the same",
        required=False,
        help_text="Until more people can sign, what this lead says can only be kept as a draft.",
    )

    def __init__(self, sent: QueryDict | None, *, providers: QuerySet[Provider]) -> None:
        super().__init__(sent, label_suffix="")
        field = self.fields["provider"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = providers.order_by("name", "pk")
        only = list(providers[:2])
        if len(only) == 1:
            field.initial = only[0].pk
        self._despite_few = self.fields["despite_few"]
        if not (sent and sent.get("despite_few")):
            del self.fields["despite_few"]

    def refuse(self, rejection: CommandRejected) -> None:
        """Show the refusal; where too few could sign, offer to set it nevertheless."""
        if rejection.code == TOO_FEW:
            self.fields["despite_few"] = self._despite_few
        self.add_error(rejection.field, rejection.sentence)


@admin.register(SignOffLevel)
class SignOffAdmin(ScopedAdmin[SignOffLevel]):
    list_display = ("provider_name", "levels", "standing", "set_on", "setter")
    list_per_page = 25
    ordering = ("-pk",)
    fields = ("provider", "levels", "set_on", "setter")
    readonly_fields = fields
    list_select_related = ("provider", "set_by")

    def may_enter(self, request: HttpRequest) -> bool:
        return is_operator(request) or bool(roles_held(request) & SETTERS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_enter(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignOffLevel]:
        own = providers_to_set(request.user, timezone.localdate())
        latest = SignOffLevel.objects.filter(provider=OuterRef("provider")).order_by("-pk")
        rows = super().get_queryset(request).filter(provider__in=own.values("pk"))
        return rows.annotate(latest=Subquery(latest.values("pk")[:1]))

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form, or set what was sent."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        now = timezone.now()
        providers = providers_to_set(request.user, timezone.localdate(now))
        form = SignOffForm(request.POST or None, providers=providers)
        if form.is_valid() and _is_set(request, form):
            messages.success(request, DONE)
            return HttpResponseRedirect(reverse("admin:tracker_signofflevel_changelist"))
        details = {"title": "Set the sign-off of a provider", "form": form}
        context = {**self.page_context(request), **details, **(extra_context or {})}
        return TemplateResponse(request, "admin/short_form.html", context)

    def save_model(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: what was set stays as it was."""
        raise PermissionDenied

    @admin.display(description="Provider", ordering="provider__name")
    def provider_name(self, level: SignOffLevel) -> str:
        return level.provider.name

    @admin.display(description="Standing")
    def standing(self, level: SignOffLevel) -> SafeString:
        is_latest = level.pk == getattr(level, "latest")  # noqa: B009 - annotated above
        return tag("Holds now", "green") if is_latest else tag("Earlier")

    @admin.display(description="Set on", ordering="set_at")
    def set_on(self, level: SignOffLevel) -> str:
        return govuk_date(level.set_at)

    @admin.display(description="Set by", ordering="set_by__last_name")
    def setter(self, level: SignOffLevel) -> str:
        return person_name(level.set_by)


def _is_set(request: HttpRequest, form: SignOffForm) -> bool:
    try:
        set_sign_off(**form.cleaned_data, by=request.user, now=timezone.now())
    except CommandRejected as rejection:
        form.refuse(rejection)
        return False
    return True
