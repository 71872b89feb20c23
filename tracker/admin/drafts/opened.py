"""A draft as one person has it before them at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from tracker.admin.giving import find
from tracker.domain.sign_off import Submission
from tracker.domain.vocabulary import Role
from tracker.forms import FORMS, CommandForm
from tracker.forms.drafted import as_prepared
from tracker.models import Draft
from tracker.queries.drafts import find_draft
from tracker.queries.permitted import Situation
from tracker.services.drafting import submission_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The draft, how its reader stands before the recommendation, and the moment."""

    request: HttpRequest
    draft: Draft
    situation: Situation
    form_class: type[CommandForm]
    now: datetime
    context: Mapping[str, Any]

    @property
    def is_author(self) -> bool:
        return self.draft.author_id == self.request.user.pk

    @property
    def is_in_work(self) -> bool:
        """Say whether its author may change it, and still holds or prepares the command."""
        changes = self.draft.state in {Draft.State.PREPARING, Draft.State.RETURNED}
        return self.is_author and changes and bool(self.form_class.roles_offered(self.situation))

    def submission(self) -> Submission:
        """Return how its sign-off stands."""
        return submission_of(self.draft, timezone.localdate(self.now))

    def prepared_form(self, **versions: Any) -> CommandForm:
        """Return the form as its author sent it, against the versions its reader has seen."""
        role = Role(self.draft.acting_role)
        return as_prepared(self.form_class, self.draft.values, self.situation, role, **versions)


def open_draft(request: HttpRequest, pk: int, context: Mapping[str, Any]) -> Opened:
    """Return the draft for a person who may read it. Raises: Http404."""
    now = timezone.now()
    draft = find_draft(request.user, pk, timezone.localdate(now))
    if draft is None or draft.form not in FORMS:
        raise Http404
    return Opened(
        request=request,
        draft=draft,
        situation=find(request, draft.recommendation_id, now),
        form_class=FORMS[draft.form],
        now=now,
        context=context,
    )
