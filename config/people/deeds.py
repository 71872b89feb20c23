"""What operators do to accounts, each on a small page: invite, deactivate, reactivate."""

from collections.abc import Callable, Mapping
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from config.people.forms import ConfirmForm, InvitationForm, ReasonForm
from inspections import accounts
from inspections.accounts import AccountRefused, InvitationNotSent
from inspections.person_names import person_name
from tracker.queries.open_work import open_work_of

SLOWER = "The invitation was sent several times within an hour; wait a while before the next."
NO_ADDRESS = "There is no email address on record, so no link was sent; enter one first."
Context = Mapping[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, *, context: Context) -> HttpResponse:
    """Show the form of an invitation, or make the account and send the link."""
    form = InvitationForm(request.POST if request.method == "POST" else None, label_suffix="")

    def invited() -> HttpResponse:
        person = accounts.invite(**form.cleaned_data, actor=request.user, now=timezone.now())
        _send(request, person, again=False)
        return HttpResponseRedirect(_page(person))

    return _serve(request, form, invited, {**context, "title": "Invite a person"})


@require_http_methods(["GET", "HEAD", "POST"])
def invite_again(request: HttpRequest, person: User, *, context: Context) -> HttpResponse:
    """Ask whether the link is to be sent again, or send it."""
    form = _confirmation(request, "Send the invitation again")

    def sent() -> HttpResponse:
        if not ratelimit.consume(request, action="invite_again", key=str(person.pk)):
            raise AccountRefused(SLOWER)
        _send(request, person, again=True)
        return HttpResponseRedirect(_page(person))

    details = {
        "title": f"Invite again: {person_name(person)}",
        "words": f"A new link goes to {person.email}.",
    }
    return _serve(request, form, sent, {**context, **details})


@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: HttpRequest, person: User, *, context: Context) -> HttpResponse:
    """Show what hangs on the person and ask for a reason, or shut them out."""
    form = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")

    def deactivated() -> HttpResponse:
        reason = form.cleaned_data["reason"]
        accounts.deactivate(person=person, reason=reason, actor=request.user, now=timezone.now())
        messages.success(
            request, f"{person_name(person)} is signed out and cannot sign in any more."
        )
        return HttpResponseRedirect(_page(person))

    today = timezone.localdate()
    details = {
        "title": f"Deactivate: {person_name(person)}",
        "template": "admin/auth/user/deactivate.html",
        "work": open_work_of(person, at=None, reader=request.user, today=today),
    }
    return _serve(request, form, deactivated, {**context, **details})


@require_http_methods(["GET", "HEAD", "POST"])
def reactivate(request: HttpRequest, person: User, *, context: Context) -> HttpResponse:
    """Ask whether the person is to be let in again, or do so and send a link."""
    form = _confirmation(request, "Reactivate the account")

    def reactivated() -> HttpResponse:
        accounts.reactivate(person=person, actor=request.user, now=timezone.now())
        person.refresh_from_db()
        _send(request, person, again=True)
        return HttpResponseRedirect(_page(person))

    details = {
        "title": f"Reactivate: {person_name(person)}",
        "words": (
            f"A link to choose a new password goes to {person.email}. The roles that still run "
            "hold again from then on; look through them first."
        ),
    }
    return _serve(request, form, reactivated, {**context, **details})


def _serve(
    request: HttpRequest, form: forms.Form, deed: Callable[[], HttpResponse], context: Context
) -> HttpResponse:
    """Do the deed where the form is sent and complete; show it, with a refusal, where not."""
    if form.is_valid():
        try:
            return deed()
        except AccountRefused as refusal:
            form.add_error(refusal.field, str(refusal))
    template = context.get("template", "admin/auth/user/deed.html")
    return TemplateResponse(request, template, {**context, "form": form})


def _confirmation(request: HttpRequest, button: str) -> ConfirmForm:
    return ConfirmForm(request.POST if request.method == "POST" else None, button=button)


def _send(request: HttpRequest, person: User, *, again: bool) -> None:
    """Send the link, and say so; say as well when the mail did not leave.

    Raises: AccountRefused.
    """
    now = timezone.now()
    if not person.email:
        messages.warning(request, NO_ADDRESS)
        return
    try:
        accounts.send_invitation(person=person, actor=request.user, now=now, again=again)
    except InvitationNotSent as failure:
        messages.warning(request, str(failure))
    else:
        messages.success(request, f"An invitation is on its way to {person.email}.")


def _page(person: User) -> str:
    return reverse("admin:auth_user_change", args=(person.pk,))
