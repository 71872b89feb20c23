"""The schema: valid, without a warning, and true to what is answered."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client


def test_the_schema_is_valid_and_without_a_warning(tmp_path: Path) -> None:
    written = tmp_path / "schema.yml"
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(written))
    assert written.read_text().startswith("openapi: 3.1")


@pytest.fixture
def schema(db: None) -> Any:
    response = Client().get("/api/schema/", HTTP_ACCEPT="application/vnd.oai.openapi+json")
    assert response.status_code == 200
    return response.json()


def test_the_schema_names_every_path_and_how_to_come_in(schema: Any) -> None:
    assert "/api/v1/recommendations/{recommendation_id}/timeline/" in schema["paths"]
    listed = schema["paths"]["/api/v1/recommendations/"]["get"]
    assert {each["name"] for each in listed["parameters"]} >= {"cursor", "overdue", "region"}
    assert {"token": []} in listed["security"]
    assert "application/problem+json" in listed["responses"]["400"]["content"]


def test_the_docs_are_a_page_of_our_own_with_our_own_scripts(db: None) -> None:
    page = Client().get("/api/docs/")
    assert page.status_code == 200
    assert "http://" not in page.content.decode().replace("http://testserver", "")
    script = Client().get("/api/docs/?script=")
    assert script["Content-Type"] == "application/javascript"
