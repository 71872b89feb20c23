"""The list and the page of the admin: who sees which recommendation, and what each may do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from inspections.models import Membership
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import LIST, Visitor, form_path, page_path
from tests.world import PUBLISHED_ON, make_inspection, make_recommendation, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Closure, Role
from tracker.models import Event, RecommendationProgress
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
CANARY = "canary in the coal mine"
Count = Callable[..., Any]


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


@pytest.fixture
def pk(story: Story) -> int:
    return story.recommendation.pk


@pytest.fixture
def foreign() -> Story:
    """Another unit, whose every word holds the canary."""
    story = Story(f"The {CANARY} PDU")
    wording = c.CorrectWording(wording=CANARY, reason=CANARY)
    story.tell(wording, by=story.administrator)
    action = story.plan(TODAY - timedelta(days=1))
    story.tell(c.Assign(accountable_id=story.lead.pk))
    story.tell(c.RecordProgressUpdate(text=CANARY, occurred_on=story.now.date(), action_id=action))
    return story


def everything(visitor: Visitor, *pks: int) -> str:
    """Return all that the person can open, in one text."""
    paths = ["/admin/", LIST, f"{LIST}?q=e", "/admin/tracker/", "/admin/inspections/"]
    paths += ["/admin/inspections/inspection/", "/admin/inspections/reinspectionnotice/"]
    paths += [page_path(pk) for pk in pks]
    return "".join(visitor.get(path).content.decode() for path in paths)


def people(story: Story) -> dict[str, User]:
    return {
        "lead": story.lead,
        "owner": make_user("Owen Owner", Role.ACTION_OWNER, story.unit),
        "delegate": make_user("Dee Delegate", Role.DELEGATE, story.unit, on_behalf_of=story.lead),
        "regional lead": make_user("Rhys Region", Role.REGIONAL_LEAD, story.unit.region),
        "co-ordinator": make_user("Cai Coordinator", Role.HMPPS_COORDINATOR),
        "inspector": make_user("Ina Inspector", Role.INSPECTOR),
        "lead inspector": story.inspector,
        "administrator": story.administrator,
    }


# --- Who sees what --------------------------------------------------------------------------------


def test_a_lead_sees_their_own_unit_and_no_word_of_another(
    story: Story, foreign: Story, pk: int
) -> None:
    text = everything(Visitor(story.lead), pk, foreign.recommendation.pk)
    assert "Northmarch PDU" in text
    assert CANARY not in text


def test_what_is_not_theirs_is_answered_as_what_is_missing(
    story: Story, foreign: Story, pk: int
) -> None:
    visitor = Visitor(story.lead)
    missing, theirs = 987_654, foreign.recommendation.pk
    for place in (page_path, lambda pk: form_path(pk, "respond"), lambda pk: f"{LIST}{pk}/delete/"):
        answers = [visitor.get(place(each)) for each in (missing, theirs)]
        assert [answer.status_code for answer in answers] == [404, 404]
        bodies = [answer.content for answer in answers]
        assert bodies[0] == bodies[1]
    assert visitor.post(theirs, "respond", {"response": "agreed"}).status_code == 404


@pytest.mark.parametrize(
    "who", ["regional lead", "co-ordinator", "inspector", "lead inspector", "administrator"]
)
def test_the_region_hmpps_and_the_inspectorate_read_it(story: Story, pk: int, who: str) -> None:
    visitor = Visitor(people(story)[who])
    assert "Northmarch PDU" in visitor.read(LIST)
    assert "Improve the quality" in visitor.page(pk)


def test_nobody_sees_what_is_not_published(story: Story) -> None:
    story.inspection.state = "draft"
    story.inspection.save(update_fields=["state"])
    for user in (story.lead, story.inspector, story.administrator):
        assert Visitor(user).get(page_path(story.recommendation.pk)).status_code == 404


def test_an_operator_without_a_role_sees_no_recommendation(story: Story, pk: int) -> None:
    operator = User.objects.create_superuser("operator", "operator@tracker.example", "pass phrase")
    visitor = Visitor(operator)
    assert visitor.get("/admin/").status_code == 200
    assert visitor.get(LIST).status_code == 403
    assert visitor.get(page_path(pk)).status_code == 404
    assert visitor.get(form_path(pk, "respond")).status_code == 404
    assert "Northmarch" not in everything(visitor, pk)


def test_an_operator_with_a_role_sees_what_the_role_sees(story: Story, pk: int) -> None:
    User.objects.filter(pk=story.lead.pk).update(is_superuser=True)
    visitor = Visitor(User.objects.get(pk=story.lead.pk))
    assert "Northmarch PDU" in visitor.read(LIST)
    assert "judge-progress" not in visitor.menu(pk)


@pytest.mark.parametrize("path", [LIST, page_path(1), form_path(1, "respond"), "/admin/"])
def test_a_stranger_is_sent_to_sign_in(story: Story, path: str) -> None:
    response = Client().get(path, follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")
    assert "Northmarch" not in response.content.decode()


def test_an_ended_membership_closes_the_door_at_once(story: Story) -> None:
    visitor = Visitor(story.lead)
    assert visitor.get(LIST).status_code == 200
    Membership.objects.filter(user=story.lead).update(ends_on=TODAY - timedelta(days=1))
    assert visitor.client.get(LIST, follow=True).status_code == 403


def test_a_move_to_another_unit_takes_the_old_one_away(story: Story, foreign: Story) -> None:
    Membership.objects.filter(user=story.lead).update(provider=foreign.unit)
    visitor = Visitor(story.lead)
    assert visitor.get(page_path(story.recommendation.pk)).status_code == 404
    assert visitor.get(page_path(foreign.recommendation.pk)).status_code == 200


# --- Doors that are closed ------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["history/", "delete/", "", "../add/"])
def test_nothing_is_added_deleted_or_looked_up_beside_the_record(
    story: Story, pk: int, place: str
) -> None:
    for user in (story.lead, story.inspector, story.administrator):
        assert Visitor(user).get(f"{LIST}{pk}/{place}").status_code == 404


def test_the_shortcut_to_any_object_is_closed(story: Story, pk: int) -> None:
    kind = ContentType.objects.get_for_model(RecommendationProgress)
    assert Visitor(story.lead).get(f"/admin/r/{kind.pk}/{pk}/").status_code == 404


def test_autocomplete_tells_nothing(story: Story, foreign: Story) -> None:
    asked = {"app_label": "tracker", "model_name": "event", "field_name": "recommendation"}
    response = Visitor(story.lead).get("/admin/autocomplete/", **asked, term="c")
    assert response.status_code == 403
    assert CANARY not in response.content.decode()


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


# --- What the list says ---------------------------------------------------------------------------


def test_the_list_says_in_words_where_each_recommendation_stands(story: Story) -> None:
    story.plan(TODAY - timedelta(days=3))
    story.tell(c.Assign(accountable_id=story.lead.pk))
    page = Visitor(story.lead).read(LIST)
    for words in ("Agreed", "Not started", "Review: Not started", "Not judged", "Overdue"):
        assert words in page, words
    assert "19 November 2026" in page
    assert "Lena Lead" in page


def test_overdue_is_a_matter_of_the_day(story: Story, time_machine: Any) -> None:
    story.plan(TODAY)
    visitor = Visitor(story.lead)
    shown = visitor.get(LIST, due="overdue").context["cl"].result_count
    time_machine.move_to(NOW + timedelta(days=1), tick=False)
    assert visitor.get(LIST, due="overdue").context["cl"].result_count == shown + 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"response": "agreed"}, 1),
        ({"response": "awaiting"}, 1),
        ({"delivery": "not_started"}, 2),
        ({"q": "risk"}, 2),
        ({"q": "nowhere"}, 0),
        ({"unit": "not a number"}, 2),
        ({"response": "no such answer"}, 2),
        ({"due": "overdue"}, 1),
        ({"due": "soon"}, 1),
    ],
)
def test_the_list_can_be_narrowed(story: Story, query: dict[str, str], count: int) -> None:
    story.plan(TODAY + timedelta(days=10))
    assert Visitor(story.lead).get(LIST, **query).context["cl"].result_count == count


def test_the_filters_offer_only_what_the_person_may_see(story: Story, foreign: Story) -> None:
    story.plan()
    lead, inspector = Visitor(story.lead), Visitor(story.inspector)
    assert "By unit" not in lead.read(LIST)
    assert "By unit" in inspector.read(LIST)
    assert CANARY in inspector.read(LIST)
    judged = c.JudgeProgress(judgement="some_progress", rationale="We looked")
    foreign.tell(judged, by=foreign.inspector)
    assert "judgement=some_progress" in inspector.read(LIST)
    assert "judgement=some_progress" not in lead.read(LIST)


def test_the_list_costs_the_same_for_one_recommendation_and_for_many(
    story: Story, django_assert_max_num_queries: Count
) -> None:
    many = make_inspection(story.unit, published_on=PUBLISHED_ON + timedelta(days=1))
    for _ in range(30):
        make_recommendation(many)
    open_streams(inspection=many, actor=story.administrator, now=NOW)
    for user in (story.lead, story.inspector, story.administrator):
        visitor = Visitor(user)
        with django_assert_max_num_queries(12):
            visitor.read(LIST)
        with django_assert_max_num_queries(12):
            visitor.read("/admin/")


# --- What the page says ---------------------------------------------------------------------------


def test_the_page_tells_the_whole_and_ends_in_the_timeline(story: Story, pk: int) -> None:
    story.plan(TODAY - timedelta(days=3))
    story.update("Half the staff are trained.")
    story.attach("Audit summary")
    page = Visitor(story.lead).page(pk)
    for words in (
        "Improve the quality of risk assessment.",
        "An inspection of Northmarch PDU",
        "Train every practitioner",
        "delivered by Quality team",
        "Overdue",
        "Audit summary",
        "Half the staff are trained.",
        f'href="/recommendations/{pk}/"',
    ):
        assert words in page, words


def test_a_lead_is_spared_hashes_and_versions(story: Story, pk: int) -> None:
    story.attach("Audit summary")
    page = Visitor(story.lead).page(pk)
    assert "0" * 64 not in page
    assert "SHA-256" not in page


def test_what_people_type_is_shown_as_text_and_never_run(story: Story, pk: int) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    story.plan()
    story.update(attack)
    story.attach(attack)
    for page in (
        Visitor(story.lead).page(pk),
        Visitor(story.lead).read(form_path(pk, "correct-progress-update")),
        Visitor(story.lead).read(form_path(pk, "withdraw-evidence")),
    ):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;" in page


MENUS = {
    "lead": {"respond", "assign", "record-progress-update", "attach-evidence", "record-blocker"},
    "owner": {"record-progress-update", "attach-evidence", "record-blocker"},
    "delegate": {"record-progress-update", "attach-evidence", "review-without-change"},
    "regional lead": {"define-measure"},
    "co-ordinator": {"respond"},
    "inspector": {"start-review", "judge-progress", "define-measure"},
    "lead inspector": {"start-review", "judge-progress", "define-measure"},
    "administrator": set[str](),
}


@pytest.mark.parametrize("who", MENUS)
def test_the_page_offers_only_what_the_person_may_do_now(story: Story, pk: int, who: str) -> None:
    offered = Visitor(people(story)[who]).menu(pk)
    assert MENUS[who] <= offered
    if who in ("regional lead", "co-ordinator", "inspector", "lead inspector", "administrator"):
        assert offered == MENUS[who]
    assert "close-recommendation" not in offered
    assert "plan-action" not in offered
    assert "report-recommendation-complete" not in offered


def test_everything_the_page_offers_opens(story: Story, pk: int) -> None:
    action = story.plan()
    day = story.now.date()
    story.tell(c.RecordProgressUpdate(text="Begun", occurred_on=day, action_id=action))
    story.attach()
    for user in people(story).values():
        visitor = Visitor(user)
        for slug in visitor.menu(pk):
            assert visitor.opened(pk, slug)["expected_version"] == 5, slug


def test_a_closed_recommendation_offers_nothing_but_reopening(story: Story, pk: int) -> None:
    judged = c.JudgeProgress(judgement="some_progress", rationale="We looked")
    story.tell(judged, by=story.inspector)
    closed = c.CloseRecommendation(closure=Closure.NO_LONGER_RELEVANT, reason="Moved on")
    story.tell(closed, by=story.inspector)
    assert Visitor(story.inspector).menu(pk) == {"reopen-recommendation"}
    assert Visitor(story.lead).menu(pk) == set()
    assert "Nothing at present" in Visitor(story.lead).page(pk)
