"""Somebody who ticks rows of a list in the admin, looks at the page that comes, and confirms it."""

from collections.abc import Iterable
from typing import Any

from tests.visitor import Visitor

ACTIONS = "/admin/tracker/actionprogress/"


def offered(visitor: Visitor, path: str) -> list[str]:
    """Return the deeds that a list offers for its rows."""
    form = visitor.get(path).context["action_form"]
    return [name for name, _ in form.fields["action"].choices if name] if form else []


def tick(visitor: Visitor, path: str, deed: str, ids: Iterable[Any], **extra: Any) -> Any:
    """Tick rows, choose a deed, press Go; return what came."""
    sent = {"action": deed, "index": 0, "_selected_action": [str(each) for each in ids], **extra}
    return visitor.client.post(path, sent)


def filled(response: Any, **fields: Any) -> dict[str, Any]:
    """Return the form of the page that came, filled in as a browser would send it."""
    form = response.context["form"]
    values = {bound.name: bound.value() for bound in form}
    return {name: value for name, value in {**values, **fields}.items() if value not in (None, "")}


def send(visitor: Visitor, response: Any, values: dict[str, Any]) -> Any:
    return visitor.client.post(response.context["form_address"], values)


def confirm(visitor: Visitor, response: Any, **fields: Any) -> Any:
    """Fill in the page that came and send it; return the page that tells what was done."""
    answer = send(visitor, response, filled(response, **fields))
    assert answer.status_code == 302, answer.context["form"].errors
    return visitor.client.get(answer["Location"])


def reasons(response: Any) -> dict[str, str]:
    """Return, for the rows of the page before, why each will be skipped; "" if it will not."""
    return {each.row.words: each.reason for each in response.context["rows"]}


def done(response: Any) -> list[str]:
    """Return the rows that the page after calls done."""
    return [each.row.words for each in response.context["done"]]


def skipped(response: Any) -> dict[str, str]:
    """Return, for the rows that the page after calls skipped, the reason of each."""
    return {each.row.words if each.row else "": each.reason for each in response.context["skipped"]}
