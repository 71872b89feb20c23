"""What is not published is nowhere: every text of a draft and of an embargoed inspection is a
canary, and everybody looks everywhere for it.

The permission matrix asks every address; here the reports come in by the import, and people search,
filter, follow the API and read their mail.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from inspections.embargo import share_under_embargo
from inspections.models import ImportIssue, Inspection, Membership, Provider, Recommendation
from inspections.report_import import import_report
from tests.inspections.importing.pages import LIST
from tests.permissions.addresses import addresses
from tests.reminding import at, morning, open_recommendations
from tests.world import PASSWORD, make_provider, make_user
from tracker.api_tokens import issue_token
from tracker.reminders import sweep

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Role = Membership.Role
SAMPLE = Path("inspections/sample_report/example_valleys_pdu.txt")
CANARY, PART = "zanzibarfinch", "zanzibar"
QUERIES = ("", f"?q={PART}", f"?search={PART}", "?state__exact=draft")
NO_LISTS = ("/accounts/", "/api/docs", "/api/schema", "/admin/logout", "/admin/jsi18n")


@pytest.fixture
def unit() -> Provider:
    unit = make_provider("Northmarch PDU")
    open_recommendations(unit)
    return unit


@pytest.fixture
def administrator() -> User:
    return make_user("Ada Admin", Role.HMIP_ADMINISTRATOR)


@pytest.fixture
def reader() -> User:
    return make_user("Nia Named", Role.INSPECTOR)


def full_of_canaries(unit: Provider, number: int) -> Inspection:
    """Return a draft of the unit, imported: also a provider that nothing else names is a canary."""
    text = SAMPLE.read_text(encoding="utf-8") + f"\n{number}"
    text = text.replace("Valleys", CANARY.title()).replace("September 2024", f"June 20{number}")
    draft = import_report(source=text.encode(), now=timezone.now()).inspection
    assert draft.provider.is_proposed
    Recommendation.objects.filter(inspection=draft, number=1).update(addressee=unit)
    said = {"title": CANARY, "provider_name": CANARY, "lead_inspector": CANARY}
    Inspection.objects.filter(pk=draft.pk).update(**said)
    draft.recommendations.update(text=CANARY, text_cy=CANARY, addressed_to=CANARY)
    draft.findings.update(text=CANARY)
    draft.ratings.update(wording=CANARY)
    draft.key_question_results.update(text=CANARY)
    ImportIssue.objects.of(draft).update(message=CANARY, supplied=CANARY)
    return Inspection.objects.get(pk=draft.pk)


@pytest.fixture
def draft(unit: Provider) -> Inspection:
    return full_of_canaries(unit, 23)


@pytest.fixture
def embargoed(unit: Provider, administrator: User, reader: User) -> Inspection:
    inspection = full_of_canaries(unit, 24)
    tomorrow = timezone.localdate() + timedelta(days=1)
    return share_under_embargo(
        inspection=inspection,
        published_on=tomorrow,
        hour=morning(tomorrow).time(),
        readers=[reader],
        actor=administrator,
        now=timezone.now(),
    )


@pytest.fixture
def crowd(unit: Provider) -> dict[str, User]:
    """Everybody who is neither an administrator nor named."""
    lead = make_user("Lena Lead", Role.PDU_LEAD, unit)
    return {
        "lead": lead,
        "delegate": make_user("Dee Delegate", Role.DELEGATE, unit, on_behalf_of=lead),
        "owner": make_user("Owen Owner", Role.ACTION_OWNER, unit),
        "region": make_user("Rhys Region", Role.REGIONAL_LEAD, unit.region),
        "co-ordinator": make_user("Cai Co-ordinator", Role.HMPPS_COORDINATOR),
        "inspector": make_user("Ina Inspector", Role.INSPECTOR),
        "lead inspector": make_user("Lia Inspector", Role.LEAD_INSPECTOR),
        "operator": User.objects.create_superuser("operator", "o@tracker.example", PASSWORD),
    }


def lists() -> list[str]:
    """Return every address that takes no argument."""
    found = (each.path({}) for each in addresses().values() if "<" not in each.route)
    return [path for path in found if not path.startswith(NO_LISTS)]


def everything(client: Client) -> Iterator[tuple[str, str]]:
    """Yield all that the client gets from the lists, however they are asked."""
    for path in lists():
        for query in QUERIES:
            response = client.get(f"{path}{query}")
            yield f"{path}{query}", f"{response.headers}{response.content.decode(errors='replace')}"


def arrived(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def with_token(user: User) -> Client:
    return Client(headers={"authorization": f"Bearer {issue_token(user=user)}"})


def heard(client: Client) -> list[str]:
    return [address for address, text in everything(client) if CANARY in text.lower()]


@pytest.mark.usefixtures("draft", "embargoed")
def test_nobody_meets_a_canary_in_any_list_search_filter_or_form(crowd: dict[str, User]) -> None:
    found = {name: heard(arrived(user)) for name, user in crowd.items()}
    assert {name: places for name, places in found.items() if places} == {}


@pytest.mark.usefixtures("draft", "embargoed")
def test_neither_a_stranger_nor_any_token_does(crowd: dict[str, User], administrator: User) -> None:
    assert heard(Client()) == []
    for user in (crowd["lead"], crowd["inspector"], administrator):
        assert heard(with_token(user)) == []


@pytest.mark.usefixtures("draft")
def test_a_named_reader_meets_it_among_inspections_and_nowhere_else(
    embargoed: Inspection, reader: User
) -> None:
    client = arrived(reader)
    places = {address.partition("?")[0] for address in heard(client)}
    assert places <= {LIST, "/inspections/", "/"}
    assert CANARY in client.get(f"{LIST}{embargoed.pk}/change/").content.decode()
    assert CANARY in client.get(f"/inspections/{embargoed.pk}/").content.decode()
    assert heard(with_token(reader)) == []


def test_the_administrator_meets_it(draft: Inspection, administrator: User) -> None:
    assert f"{LIST}" in heard(arrived(administrator))


def test_no_page_of_either_opens_to_anybody_else(
    draft: Inspection, embargoed: Inspection, crowd: dict[str, User]
) -> None:
    for inspection in (draft, embargoed):
        first = inspection.recommendations.order_by("pk")[0]
        pages = [
            f"{LIST}{inspection.pk}/change/",
            f"{LIST}{inspection.pk}/draft/",
            f"/inspections/{inspection.pk}/",
            f"/recommendations/{first.pk}/",
            f"/api/v1/recommendations/{first.pk}/",
            f"/api/v1/recommendations/{first.pk}/timeline/",
            f"/admin/tracker/recommendationprogress/{first.pk}/change/",
            f"/admin/inspections/provider/{inspection.provider_id}/change/",
        ]
        for user in crowd.values():
            client = arrived(user)
            assert {client.get(page).status_code for page in pages} <= {403, 404}


@pytest.mark.usefixtures("draft", "embargoed", "crowd")
def test_no_mail_tells_of_it(mailoutbox: list[EmailMultiAlternatives]) -> None:
    for day in (date(2026, 9, 22), date(2026, 9, 28), date(2026, 10, 12)):
        sweep(at(morning(day)))
    assert mailoutbox
    sent = "".join(f"{message.subject}{message.message()}" for message in mailoutbox)
    assert CANARY not in sent.lower()


@pytest.mark.usefixtures("draft")
def test_the_canaries_are_everywhere_so_that_they_could_be_heard(embargoed: Inspection) -> None:
    assert CANARY in embargoed.provider.name.lower()
    assert CANARY in str(embargoed.source.text if embargoed.source else "").lower()
    for rows in (embargoed.recommendations, embargoed.findings, embargoed.key_question_results):
        assert rows.filter(text=CANARY).exists()
    assert ImportIssue.objects.of(embargoed).filter(message=CANARY).exists()
