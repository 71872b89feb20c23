"""An older inspection is typed in, in three fields, and published with one more button."""

import pytest
from django.contrib.auth.models import User

from inspections.models import Inspection, Provider
from tests.inspections.importing.pages import LIST, errors_of, fill_in, page_of
from tests.visitor import Visitor
from tracker.models import RecommendationProgress

pytestmark = pytest.mark.django_db
OLDER = f"{LIST}import/older/"
TEXT = "Improve management oversight.\nTrain all practitioners.\nShare information."


def typed(unit: Provider, **fields: str) -> dict[str, object]:
    return {"provider": unit.pk, "published": "2022", "recommendations": TEXT, **fields}


def test_three_fields_and_a_button_put_it_on_record(administrator: Visitor, unit: Provider) -> None:
    answer = fill_in(administrator, OLDER, typed(unit))
    inspection = Inspection.objects.get()
    assert answer.url == page_of("publish", inspection)
    opened = administrator.get(answer.url)
    page = opened.content.decode()
    assert "nobody is asked for a response" in page
    assert "3 recommendations for Example Valleys PDU" in page
    assert "Share under embargo" not in page
    administrator.client.post(answer.url, {"seen": opened.context["seen"]})
    inspection.refresh_from_db()
    assert (inspection.state, inspection.published_in_words) == ("published", "2022")
    assert inspection.overall_rating == ""
    assert inspection.score is None
    streams = RecommendationProgress.objects.order_by("pk")
    assert [each.due_on for each in streams] == [None] * 3
    assert [each.recommendation.text for each in streams] == TEXT.splitlines()


def test_the_start_of_the_import_leads_there(administrator: Visitor) -> None:
    assert OLDER in administrator.read(f"{LIST}import/")


def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_stored(
    administrator: Visitor, unit: Provider
) -> None:
    answer = fill_in(administrator, OLDER, typed(unit, published="lately"))
    assert list(errors_of(answer)) == ["published"]
    assert TEXT.splitlines()[0] in answer.content.decode()
    answer = fill_in(administrator, OLDER, typed(unit, recommendations="1. A\n1. B"))
    assert list(errors_of(answer)) == ["recommendations"]
    assert list(errors_of(administrator.client.post(OLDER, {}))) == [
        "provider",
        "published",
        "recommendations",
    ]
    assert not Inspection.objects.exists()


def test_sent_twice_it_is_there_once(administrator: Visitor, unit: Provider) -> None:
    fill_in(administrator, OLDER, typed(unit))
    again = fill_in(administrator, OLDER, typed(unit, recommendations="Something else."))
    inspection = Inspection.objects.get()
    assert again.url == page_of("publish", inspection)
    assert inspection.recommendations.count() == 3


def test_the_draft_says_that_only_the_year_is_known_until_a_day_is_given(
    administrator: Visitor, unit: Provider
) -> None:
    fill_in(administrator, OLDER, typed(unit))
    inspection = Inspection.objects.get()
    draft = page_of("draft", inspection)
    assert "Only the year is known; this is its last day." in administrator.read(draft)
    fill_in(administrator, draft, {"title": "An inspection of Example Valleys"})
    inspection.refresh_from_db()
    assert inspection.published_known_to == "year"
    fill_in(administrator, draft, {"published_on": "2022-06-07"})
    inspection.refresh_from_db()
    assert inspection.published_in_words == "7 June 2022"


def test_nobody_else_gets_there(inspector: User, unit: Provider) -> None:
    visitor = Visitor(inspector)
    assert visitor.get(OLDER).status_code == 403
    assert visitor.client.post(OLDER, typed(unit)).status_code == 403
    assert not Inspection.objects.exists()


def test_its_methodology_is_offered_to_nobody_else(administrator: Visitor, unit: Provider) -> None:
    fill_in(administrator, OLDER, typed(unit))
    assert "Methodology not recorded" not in administrator.read(f"{LIST}import/by-hand/")
