"""Probes, and what is answered where no view could answer."""

from typing import Any

import pytest
from django.db import DatabaseError
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest
from django.test import Client
from django.urls import get_resolver

from config import health


def test_the_process_says_that_it_lives_without_asking_the_database() -> None:
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_a_migrated_database_with_a_protected_log_is_ready() -> None:
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "faults": [], "notices": []}


@pytest.mark.django_db
def test_a_fault_of_the_protection_is_named_and_nothing_is_ready(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "protection_is_standing", lambda: ["A trigger is missing."])
    response = Client().get("/readyz")
    assert response.status_code == 503
    faults = ["A trigger is missing."]
    assert response.json() == {"ready": False, "faults": faults, "notices": []}


@pytest.mark.django_db
def test_waiting_migrations_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [("tracker", "9999")]
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: waiting)
    assert Client().get("/readyz").json()["faults"] == ["Migrations are waiting to be applied."]


def test_an_unreachable_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(connection: Any) -> None:
        raise DatabaseError("secret address of the server")

    monkeypatch.setattr(health, "MigrationExecutor", refuse)
    response = Client().get("/readyz")
    assert response.status_code == 503
    assert response.json()["faults"] == ["The database cannot be reached."]


@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/api/v1/nothing/", "application/problem+json"), ("/nothing/", "text/html; charset=utf-8")],
)
@pytest.mark.django_db
def test_an_unknown_address_is_a_page_for_people_and_a_problem_for_programs(
    path: str, media_type: str
) -> None:
    response = Client().get(path)
    assert (response.status_code, response["Content-Type"]) == (404, media_type)
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/api/v1/recommendations/", "/healthz"])
def test_an_unexpected_failure_tells_nothing_of_the_inside(path: str) -> None:
    request = HttpRequest()
    request.path = path
    response = get_resolver().resolve_error_handler(500)(request)
    assert response.status_code == 500
    expected = "problem+json" if path.startswith("/api/") else "text/html"
    assert expected in response["Content-Type"]


@pytest.mark.django_db
def test_an_unreadable_request_is_refused_in_the_form_of_its_door() -> None:
    response = Client(HTTP_HOST="evil.example").get("/api/v1/recommendations/")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    assert Client(HTTP_HOST="evil.example").get("/cookies/").status_code == 400
