"""Who gets to the pages of the import: HMIP administrators alone."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from inspections.models import Inspection, Membership, ReportSource
from tests.inspections.importing.pages import BY_HAND, IMPORT, page_of
from tests.visitor import Visitor
from tests.world import PASSWORD, make_inspection, make_user

pytestmark = pytest.mark.django_db
Role = Membership.Role
PAGES = ("draft", "publish", "embargo", "take-back")


def somebody(role: str, draft: Inspection) -> User:
    provider = draft.provider if role in Membership.AT_A_PROVIDER else None
    details = {}
    if role == Role.DELEGATE:
        details = {"on_behalf_of": make_user("Lou Lead", Role.PDU_LEAD, draft.provider)}
    return make_user("Rae Role", role, provider, **details)


OTHERS = [role for role in Role if role != Role.HMIP_ADMINISTRATOR]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_takes_a_report_in(role: str, draft: Inspection, sample: str) -> None:
    visitor = Visitor(somebody(role, draft))
    for address in (IMPORT, BY_HAND):
        assert visitor.get(address).status_code == 403
        assert visitor.client.post(address, {"text": sample}).status_code == 403
    assert ReportSource.objects.count() == 1


@pytest.mark.parametrize("role", OTHERS)
def test_to_all_others_a_draft_is_as_good_as_missing(role: str, draft: Inspection) -> None:
    visitor = Visitor(somebody(role, draft))
    for name in PAGES:
        theirs = page_of(name, draft)
        missing = theirs.replace(f"/{draft.pk}/", "/987654/")
        for address in (theirs, missing):
            assert visitor.client.post(address, {"title": "forged"}).status_code == 404
        if name != "take-back":
            answers = [visitor.get(address) for address in (theirs, missing)]
            assert [answer.status_code for answer in answers] == [404, 404]
            assert answers[0].content == answers[1].content
    draft.refresh_from_db()
    assert (draft.state, draft.title != "forged") == ("draft", True)


def test_who_reads_a_published_inspection_does_no_more_than_read(inspector: User) -> None:
    published = make_inspection()
    for name in PAGES:
        assert Visitor(inspector).client.post(page_of(name, published), {}).status_code == 403


def test_an_operator_and_somebody_whose_role_has_ended_find_nothing(draft: Inspection) -> None:
    operator = Visitor(User.objects.create_superuser("operator", "o@tracker.example", PASSWORD))
    assert operator.get(IMPORT).status_code == 403
    assert operator.get(page_of("draft", draft)).status_code == 404


def test_a_stranger_is_sent_to_sign_in(draft: Inspection) -> None:
    for address in (IMPORT, BY_HAND, page_of("draft", draft)):
        response = Client().get(address, follow=True)
        assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")
        assert "Example Valleys" not in response.content.decode()


def test_no_deed_without_the_forms_token(ada: User, draft: Inspection) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    for name in PAGES:
        assert client.post(page_of(name, draft), {}).status_code == 403
    assert client.post(IMPORT, {"text": "x"}).status_code == 403
