"""Drafts as a browser keeps them, opens them again and sends what is pressed."""

from typing import Any

from tests.visitor import Visitor
from tracker.models import Draft

TEXT = "Half a sentence about <b>plans</b>"
DRAFTS = "/admin/tracker/draft/"


def draft_path(draft: Draft) -> str:
    return f"{DRAFTS}{draft.pk}/change/"


def kept(visitor: Visitor, pk: int, slug: str, **fields: Any) -> Draft:
    """Press "Keep as draft" on a form; return the draft."""
    response = visitor.fill_in(pk, slug, _keep="Keep as draft", **fields)
    draft = Draft.objects.latest("pk")
    assert (response.status_code, response["Location"]) == (302, draft_path(draft))
    return draft


def fields_of(visitor: Visitor, draft: Draft) -> dict[str, Any]:
    """Return what the draft's form holds when it is opened again."""
    response = visitor.get(draft_path(draft))
    values = {bound.name: bound.value() for bound in response.context["form"]}
    return {name: value for name, value in values.items() if value not in (None, "")}


def presses(visitor: Visitor, draft: Draft, **fields: Any) -> Any:
    return visitor.client.post(draft_path(draft), fields)
