"""Who sees which recommendation in the admin; all others learn nothing of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from inspections.models import Membership
from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import TODAY, Story
from tests.visitor import LIST, Visitor, form_path, page_path

pytestmark = pytest.mark.django_db


def everything(visitor: Visitor, *pks: int) -> str:
    """Return all that the person can open, in one text."""
    paths = ["/admin/", LIST, f"{LIST}?q=e", "/admin/tracker/", "/admin/inspections/"]
    paths += ["/admin/inspections/inspection/", "/admin/inspections/reinspectionnotice/"]
    paths += [page_path(pk) for pk in pks]
    return "".join(visitor.get(path).content.decode() for path in paths)


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
def test_the_region_hmpps_and_the_inspectorate_read_it(
    people: dict[str, User], pk: int, who: str
) -> None:
    visitor = Visitor(people[who])
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
