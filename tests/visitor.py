"""Somebody at the admin: opens pages and forms as they are given, fills them in, sends them."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

LIST = "/admin/tracker/recommendationprogress/"


class Visitor:
    """A person who is signed in."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def get(self, path: str, **query: str) -> Any:
        return self.client.get(path, query)

    def read(self, path: str, **query: str) -> str:
        """Return the page, which must be there."""
        response = self.get(path, **query)
        assert response.status_code == 200, (path, response.status_code)
        return str(response.content.decode())

    def page(self, pk: int) -> str:
        return self.read(page_path(pk))

    def menu(self, pk: int) -> set[str]:
        """Return the places of the forms that the page offers in its menu."""
        groups = self.get(page_path(pk)).context["menu"]
        return {
            link.address.rstrip("/").split("/")[-1] for each in groups.values() for link in each
        }

    def opened(self, pk: int, slug: str, **query: str) -> dict[str, Any]:
        """Return what the form holds when it is opened, as a browser would send it."""
        response = self.get(form_path(pk, slug), **query)
        assert response.status_code == 200, (slug, response.status_code)
        form = response.context["form"]
        values = {bound.name: bound.value() for bound in form}
        return {name: value for name, value in values.items() if value not in (None, "")}

    def post(self, pk: int, slug: str, fields: dict[str, Any]) -> Any:
        return self.client.post(form_path(pk, slug), fields)

    def fill_in(self, pk: int, slug: str, **fields: Any) -> Any:
        """Open the form, fill it in, send it; return what came back."""
        return self.post(pk, slug, {**self.opened(pk, slug), **fields})

    def give(self, pk: int, slug: str, **fields: Any) -> None:
        """Fill the form in and send it; it must be accepted."""
        response: HttpResponse = self.fill_in(pk, slug, **fields)
        assert response.status_code == 302, said(response)


def page_path(pk: int) -> str:
    return f"{LIST}{pk}/change/"


def form_path(pk: int, slug: str) -> str:
    return f"{LIST}{pk}/give/{slug}/"


def said(response: Any) -> dict[str, list[str]]:
    """Return what the form came back with, by field; "__all__" is the top."""
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}
