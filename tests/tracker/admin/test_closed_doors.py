"""Ways round the forms: each is closed."""

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from inspections.admin_doors import MOST_WORDS, SHORTER
from tests.tracker.story import Story
from tests.visitor import LIST, Visitor, page_path
from tracker.models import Event, RecommendationProgress

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", ["history/", "delete/", "", "../add/"])
def test_nothing_is_added_deleted_or_looked_up_beside_the_record(
    story: Story, pk: int, place: str
) -> None:
    for user in (story.lead, story.inspector, story.administrator):
        assert Visitor(user).get(f"{LIST}{pk}/{place}").status_code == 404


def test_the_shortcut_to_any_object_is_closed(story: Story, pk: int) -> None:
    kind = ContentType.objects.get_for_model(RecommendationProgress)
    assert Visitor(story.lead).get(f"/admin/r/{kind.pk}/{pk}/").status_code == 404


def test_the_look_up_of_rows_by_their_texts_is_closed(story: Story) -> None:
    asked = {"app_label": "tracker", "model_name": "event", "field_name": "recommendation"}
    response = Visitor(story.lead).get("/admin/autocomplete/", **asked, term="c")
    assert response.status_code == 404


@pytest.mark.parametrize(
    "question",
    [
        "wording__startswith",
        "latest_update__icontains",
        "accountable__password__startswith",
        "provider__memberships__user__email",
        "state__contains",
    ],
)
def test_an_address_cannot_ask_about_what_the_list_does_not_show(
    story: Story, question: str
) -> None:
    assert Visitor(story.lead).get(LIST, **{question: "a"}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        f"{LIST}?unit=%00",
        "/admin/inspections/membership/?role=%00",
        "/admin/inspections/inspection/?state__exact=%00",
        "/admin/inspections/reinspectionnotice/?kind__exact=%00",
    ],
)
def test_a_filter_by_what_no_row_can_hold_is_a_bad_request(story: Story, path: str) -> None:
    assert Visitor(story.lead).get(path).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        "/admin/tracker/actionprogress/",
        "/admin/inspections/membership/",
        "/admin/inspections/inspection/",
    ],
)
def test_a_search_goes_by_so_many_words_as_anybody_types(story: Story, path: str) -> None:
    page = Visitor(story.lead).read(path, q="word " * 1500)
    assert SHORTER in page
    assert SHORTER not in Visitor(story.lead).read(path, q="word " * MOST_WORDS)


def test_a_list_changes_nothing_whatever_is_sent_to_it(story: Story, foreign: Story) -> None:
    before = Event.objects.count()
    sent = {
        "action": "delete_selected",
        "_selected_action": [foreign.recommendation.pk],
        "select_across": "1",
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-recommendation": foreign.recommendation.pk,
        "form-0-wording": "forged",
        "_save": "Save",
    }
    Visitor(story.lead).client.post(LIST, sent)
    assert Event.objects.count() == before
    assert not RecommendationProgress.objects.filter(wording="forged").exists()


def test_the_page_takes_no_post(story: Story, pk: int) -> None:
    response = Visitor(story.lead).client.post(page_path(pk), {"wording": "forged"})
    assert response.status_code == 405


def test_the_model_admin_refuses_to_save() -> None:
    door = admin.site.get_model_admin(RecommendationProgress)
    request = RequestFactory().post("/")
    with pytest.raises(PermissionDenied):
        door.save_model(request, RecommendationProgress(), None, change=True)


def test_no_door_of_the_admin_leads_to_the_log() -> None:
    registered = {model._meta.label for model in admin.site._registry}
    assert not {"tracker.Event", "tracker.EventPayload", "inspections.Recommendation"} & registered
    for door in admin.site._registry.values():
        assert not getattr(door, "list_editable", ())
