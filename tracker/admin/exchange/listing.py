"""The list of one's own imports and exports, the newest first; the way to each page of theirs."""

from typing import Any, NoReturn
from uuid import UUID

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from inspections.admin_doors import ScopedAdmin
from inspections.govuk_dates import govuk_datetime
from tracker.admin.exchange.addresses import NAME, heading_of, job_address, may_report
from tracker.admin.exchange.exporting import export_door
from tracker.admin.exchange.fetching import fetch
from tracker.admin.exchange.job import job_page
from tracker.admin.exchange.uploading import upload_door
from tracker.admin.tags import tag
from tracker.models import ExchangeJob

State, Direction = ExchangeJob.State, ExchangeJob.Direction
COLOURS = {
    State.WAITING: "yellow",
    State.PREVIEWED: "blue",
    State.CONFIRMED: "yellow",
    State.DONE: "green",
    State.REFUSED: "red",
    State.FAILED: "red",
}


@admin.register(ExchangeJob)
class ExchangeJobAdmin(ScopedAdmin[ExchangeJob]):
    list_display = ("what", "file", "asked_for", "state_tag")
    list_display_links = None
    list_per_page = 25
    ordering = ("-asked_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ExchangeJob]:
        """Only one's own: what a file holds depends on who asked for it."""
        return ExchangeJob.objects.filter(person=request.user.pk)

    def get_urls(self) -> list[URLPattern]:
        """The list, the page and the file of each, and the two ways to begin."""
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(self.changelist_view), name=f"{NAME}_changelist"),
            path("import/<slug:slug>/", wrap(self.upload), name=f"{NAME}_import"),
            path("export/<slug:slug>/", wrap(self.export), name=f"{NAME}_export"),
            path("<uuid:pk>/change/", wrap(self.page), name=f"{NAME}_change"),
            path("<uuid:pk>/file/", wrap(self.file_of), name=f"{NAME}_file"),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        known = {"may_report": may_report(request), **(extra_context or {})}
        return super().changelist_view(request, known)

    def upload(self, request: HttpRequest, slug: str) -> HttpResponse:
        return upload_door(request, slug, context=self.page_context(request))

    def export(self, request: HttpRequest, slug: str) -> HttpResponse:
        return export_door(request, slug, context=self.page_context(request))

    def page(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return job_page(request, pk, context=self.page_context(request))

    def file_of(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return fetch(request, pk)

    def save_model(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: a job moves by its own page alone."""
        raise PermissionDenied

    @admin.display(description="What")
    def what(self, job: ExchangeJob) -> SafeString:
        return format_html('<a href="{}">{}</a>', job_address(job), heading_of(job))

    @admin.display(description="File")
    def file(self, job: ExchangeJob) -> str:
        return job.file_name or "None"

    @admin.display(description="Asked for", ordering="asked_at")
    def asked_for(self, job: ExchangeJob) -> str:
        return govuk_datetime(job.asked_at)

    @admin.display(description="How it stands", ordering="state")
    def state_tag(self, job: ExchangeJob) -> SafeString:
        return tag(_in_words(job), COLOURS.get(State(job.state), "grey"))


def _in_words(job: ExchangeJob) -> str:
    if job.direction == Direction.EXPORT and job.state == State.DONE:
        return "Ready to download" if job.stored_as else "File deleted"
    return job.get_state_display()
