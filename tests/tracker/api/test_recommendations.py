"""Recommendations and their timelines over HTTP: rows, scope, filters, tags of the state."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from tests.tracker.api.conftest import bearer
from tests.tracker.story import NOW, TODAY, Story
from tests.world import make_provider, make_user
from tracker.api.shapes import (
    InspectionSerializer,
    ProviderSerializer,
    RecommendationSerializer,
    TimelineEventSerializer,
)
from tracker.domain import commands as c
from tracker.domain.vocabulary import RedactionReason

LIST = "/api/v1/recommendations/"


def one(story: Story) -> str:
    return f"{LIST}{story.recommendation.pk}/"


def ids(response: Any) -> list[int]:
    assert response.status_code == 200, response.json()
    return [row["id"] for row in response.json()["results"]]


def test_rows_are_flat_and_typed_and_absent_values_are_null(api: APIClient, story: Story) -> None:
    row = api.get(LIST).json()["results"][0]
    assert row.keys() == RecommendationSerializer().fields.keys()
    assert row["id"] == story.recommendation.pk
    assert (row["published_on"], row["closure"], row["overdue"]) == ("2026-09-01", None, True)
    assert "" not in row.values()
    assert not any(isinstance(value, dict | list) for value in row.values())


def test_the_lead_reads_their_own_and_the_inspector_all(story: Story, foreign: Story) -> None:
    own = [each.pk for each in story.recommendations]
    assert ids(bearer(story.lead).get(LIST)) == own
    assert ids(bearer(story.inspector).get(LIST)) == [*own, foreign.recommendation.pk]


@pytest.mark.parametrize("suffix", ["", "timeline/"])
def test_what_is_foreign_answers_as_what_does_not_exist(
    suffix: str, story: Story, foreign: Story
) -> None:
    client = bearer(story.lead)
    refused = client.get(f"{one(foreign)}{suffix}")
    missing = client.get(f"{LIST}987654321/{suffix}")
    assert refused.status_code == missing.status_code == 404
    assert refused.json() == missing.json()
    assert "canary" not in refused.content.decode()


def test_nothing_foreign_is_in_any_list(story: Story, foreign: Story) -> None:
    client = bearer(story.lead)
    for path in (LIST, "/api/v1/inspections/", "/api/v1/providers/"):
        assert "canary" not in client.get(path).content.decode()
    assert ids(client.get(LIST, {"provider": foreign.unit.pk})) == []


def test_a_membership_that_ends_takes_its_sight_with_it(story: Story) -> None:
    client = bearer(story.lead)
    assert client.get(one(story)).status_code == 200
    story.lead.memberships.update(ends_on=TODAY - timedelta(days=1))
    assert client.get(one(story)).status_code == 404


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({"number": 2}, [2]),
        ({"response": "agreed"}, [1]),
        ({"overdue": "true"}, [2, 3]),
        ({"overdue": "false"}, [1]),
        ({"is_open": "true", "due_soon": "true"}, [1]),
        ({"silent": "true"}, [1, 2, 3]),
        ({"judgement": "not_judged"}, [1, 2, 3]),
        ({"closure": "achieved"}, []),
        ({"published_from": "2026-09-01", "published_to": "2026-09-01"}, [1, 2, 3]),
        ({"published_from": "2026-09-02"}, []),
    ],
)
def test_filters_narrow_the_list(
    query: dict[str, Any], numbers: list[int], api: APIClient, story: Story
) -> None:
    story.plan(target_on=TODAY + timedelta(days=5))
    response = api.get(LIST, query)
    assert [row["number"] for row in response.json()["results"]] == numbers


def test_filters_by_provider_region_and_inspection(api: APIClient, story: Story) -> None:
    own = [each.pk for each in story.recommendations]
    region = story.unit.region
    assert region is not None
    elsewhere = make_provider("Elsewhere", kind="region")
    assert ids(api.get(LIST, {"provider": story.unit.pk})) == own
    assert ids(api.get(LIST, {"region": region.pk})) == own
    assert ids(api.get(LIST, {"region": elsewhere.pk})) == []
    assert ids(api.get(LIST, {"inspection": story.inspection.pk})) == own


def test_the_timeline_gives_facts_and_text_apart_newest_first(api: APIClient, story: Story) -> None:
    action_id = story.plan()
    body = api.get(f"{one(story)}timeline/").json()
    assert (body["recommendation_id"], body["version"]) == (story.recommendation.pk, 3)
    newest, answered, first = body["results"]
    assert newest.keys() == TimelineEventSerializer().fields.keys()
    assert [newest["version"], answered["version"], first["version"]] == [3, 2, 1]
    assert (newest["type"], newest["title"]) == ("action_planned", "Action planned")
    assert newest["facts"]["action_id"] == str(action_id)
    assert newest["text"]["description"] == "Train every practitioner"
    assert newest["recorded_at"] == story.now.isoformat().replace("+00:00", "Z")
    assert (newest["actor_name"], newest["actor_role"]) == ("Lena Lead", "pdu_lead")
    assert answered["text"] == {"reason": None}
    assert first["position"] < answered["position"] < newest["position"]


def test_removed_text_is_null_and_facts_and_hash_stay(api: APIClient, story: Story) -> None:
    story.plan()
    update = story.update("canary")
    story.tell(
        c.RedactPersonalData(event_id=update.event_id, reason=RedactionReason.COURT_ORDER),
        by=story.administrator,
    )
    response = api.get(f"{one(story)}timeline/")
    redaction, redacted, *_ = response.json()["results"]
    assert "canary" not in response.content.decode()
    assert (redacted["is_redacted"], redacted["text"]) == (True, {"text": None})
    assert redacted["redaction_reason"] == "court_order"
    assert redacted["payload_hash"] == update.payload_hash
    assert redaction["cites"] == redacted["event_id"]


@pytest.mark.parametrize("suffix", ["", "timeline/"])
def test_an_unchanged_answer_is_not_sent_again(
    suffix: str, api: APIClient, story: Story, time_machine: Any
) -> None:
    path = f"{one(story)}{suffix}"
    first = api.get(path)
    tag = first["ETag"]
    assert tag.startswith('"1-')
    assert first["Cache-Control"] == "private, no-cache"
    again = api.get(path, HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)

    story.plan()
    changed = api.get(path, HTTP_IF_NONE_MATCH=tag)
    assert (changed.status_code, changed["ETag"][:3]) == (200, '"3-')

    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    assert api.get(path, HTTP_IF_NONE_MATCH=changed["ETag"]).status_code == 200


def test_a_tag_is_good_for_one_reader_only(api: APIClient, story: Story) -> None:
    mine, other = api.get(one(story))["ETag"], bearer(story.lead).get(one(story))["ETag"]
    assert mine != other


def test_a_new_name_makes_a_new_tag(api: APIClient, story: Story) -> None:
    tag = api.get(one(story))["ETag"]
    story.unit.name = "Northmarch and Westmarch PDU"
    story.unit.save()
    assert api.get(one(story), HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_inspections_and_providers_are_listed(api: APIClient, story: Story) -> None:
    (inspection,) = api.get("/api/v1/inspections/").json()["results"]
    (provider,) = api.get("/api/v1/providers/").json()["results"]
    assert inspection.keys() == InspectionSerializer().fields.keys()
    assert (inspection["recommendations"], inspection["recommendations_open"]) == (3, 3)
    assert provider.keys() == ProviderSerializer().fields.keys()
    assert (provider["name"], provider["region_name"]) == ("Northmarch PDU", "Invented Region")


@pytest.mark.parametrize("path", ["", "one", "timeline"])
def test_queries_are_bounded(
    path: str, api: APIClient, story: Story, django_assert_max_num_queries: Any
) -> None:
    story.plan()
    for number in range(5):
        story.update(f"Update {number}")
    where = {"one": one(story), "timeline": f"{one(story)}timeline/"}.get(path, LIST)
    with django_assert_max_num_queries(8):
        assert api.get(where).status_code == 200


def test_a_signed_in_person_may_read_by_session(story: Story) -> None:
    client = Client()
    client.force_login(story.lead)
    assert client.get(one(story)).status_code == 200


def test_who_has_no_role_reads_empty_lists(story: Story) -> None:
    assert ids(bearer(make_user("Nora Nobody")).get(LIST)) == []
