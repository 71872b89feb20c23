"""The admin of the Inspectorate's record: who finds which list, and what none can do there."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from inspections.models import (
    ImportIssue,
    Inspection,
    KeyQuestion,
    KeyQuestionResult,
    Membership,
    Provider,
    ReinspectionNotice,
    ReportSource,
    Standard,
    StandardRating,
)
from tests.visitor import Visitor
from tests.world import (
    PASSWORD,
    make_inspection,
    make_provider,
    make_recommendation,
    make_user,
)
from tracker.models import Practice

pytestmark = pytest.mark.django_db
Role = Membership.Role
CANARY = "canary in the coal mine"
INSPECTIONS = "/admin/inspections/inspection/"
SOURCES = "/admin/inspections/reportsource/"
NOTICES = "/admin/inspections/reinspectionnotice/"
MEMBERSHIPS = "/admin/inspections/membership/"
PROVIDERS = "/admin/inspections/provider/"
PRACTICE = "/admin/tracker/practice/"
PEOPLE = "/admin/auth/user/"


@pytest.fixture
def unit() -> Provider:
    return make_provider("Northmarch PDU")


@pytest.fixture
def inspection(unit: Provider) -> Inspection:
    inspection = make_inspection(unit)
    make_recommendation(inspection, text="Improve supervision.")
    return inspection


@pytest.fixture
def operator() -> Visitor:
    return Visitor(User.objects.create_superuser("operator", "o@tracker.example", PASSWORD))


@pytest.fixture
def lead(unit: Provider) -> Visitor:
    return Visitor(make_user("Lena Lead", Role.PDU_LEAD, unit))


@pytest.fixture
def administrator() -> Visitor:
    return Visitor(make_user("Hal Administrator", Role.HMIP_ADMINISTRATOR))


@pytest.fixture
def lead_inspector() -> Visitor:
    return Visitor(make_user("Lia Inspector", Role.LEAD_INSPECTOR))


# --- Who finds which list -------------------------------------------------------------------------

OPEN_TO: dict[str, set[str]] = {
    INSPECTIONS: {"lead", "inspector", "administrator"},
    NOTICES: {"lead", "inspector", "administrator"},
    SOURCES: {"administrator"},
    PROVIDERS: {"operator", "administrator"},
    MEMBERSHIPS: {"operator", "lead", "administrator"},
    PRACTICE: {"operator"},
    PEOPLE: {"operator"},
}


@pytest.mark.parametrize("path", OPEN_TO)
def test_each_list_opens_for_those_whose_work_it_is(
    path: str, operator: Visitor, lead: Visitor, administrator: Visitor, lead_inspector: Visitor
) -> None:
    people = {
        "operator": operator,
        "lead": lead,
        "administrator": administrator,
        "inspector": lead_inspector,
    }
    found = {name for name, who in people.items() if who.get(path).status_code == 200}
    assert found == OPEN_TO[path]


@pytest.mark.parametrize(
    "path",
    [
        "auth/group/",
        "account/emailaddress/",
        "mfa/authenticator/",
        "socialaccount/socialtoken/",
        "knox/authtoken/",
    ],
)
def test_the_doors_that_libraries_open_are_closed(operator: Visitor, path: str) -> None:
    assert operator.get(f"/admin/{path}").status_code == 404


# --- Inspections ----------------------------------------------------------------------------------


def test_a_lead_reads_their_own_inspections_and_no_word_of_others(
    inspection: Inspection, lead: Visitor
) -> None:
    other = make_inspection(make_provider(f"The {CANARY} PDU"))
    page = lead.read(INSPECTIONS)
    assert "Northmarch PDU" in page
    assert CANARY not in page
    assert lead.get(f"{INSPECTIONS}{other.pk}/change/").status_code == 404
    assert lead.get(f"{INSPECTIONS}987654/change/").status_code == 404


def test_an_inspection_is_shown_with_its_ratings_and_results(
    inspection: Inspection, lead: Visitor
) -> None:
    standard = Standard.objects.order_by("pk").first()
    question = KeyQuestion.objects.order_by("pk").first()
    assert standard is not None
    assert question is not None
    StandardRating.objects.create(inspection=inspection, standard=standard, rating="inadequate")
    KeyQuestionResult.objects.create(
        inspection=inspection, key_question=question, text="?", percent=28
    )
    page = lead.read(f"{INSPECTIONS}{inspection.pk}/change/")
    for words in ("Improve supervision.", str(standard), "Inadequate", str(question), "28"):
        assert words in page, words
    assert "<input" not in page.partition("<main")[2].replace('<input type="hidden"', "")


def test_a_recommendation_to_somebody_else_is_not_shown_beside_ones_own(
    inspection: Inspection, lead: Visitor, administrator: Visitor
) -> None:
    elsewhere = make_provider("Southmarch PDU")
    make_recommendation(inspection, text=CANARY, addressee=elsewhere, addressed_to="Southmarch")
    address = f"{INSPECTIONS}{inspection.pk}/change/"
    assert CANARY not in lead.read(address)
    assert CANARY in administrator.read(address)


def test_drafts_are_the_administrators_alone(
    unit: Provider, administrator: Visitor, lead: Visitor, lead_inspector: Visitor
) -> None:
    draft = make_inspection(unit, state="draft", published_on=None, title=CANARY)
    make_recommendation(draft)
    address = f"{INSPECTIONS}{draft.pk}/change/"
    assert CANARY in administrator.read(address)
    for visitor in (lead, lead_inspector):
        assert visitor.get(address).status_code == 404
        assert CANARY not in visitor.read(INSPECTIONS, q="canary")


def test_nobody_edits_the_imported_record(
    inspection: Inspection, administrator: Visitor, lead_inspector: Visitor, operator: Visitor
) -> None:
    for visitor in (administrator, lead_inspector, operator):
        for path in (f"{inspection.pk}/change/", f"{inspection.pk}/delete/", "add/"):
            answer = visitor.client.post(f"{INSPECTIONS}{path}", {"title": "forged"})
            assert answer.status_code in (403, 404), path
    assert Inspection.objects.get(pk=inspection.pk).title != "forged"


def test_the_admins_own_notes_are_no_history(inspection: Inspection, lead: Visitor) -> None:
    address = f"{INSPECTIONS}{inspection.pk}/"
    assert lead.get(f"{address}history/").status_code == 404
    assert "history/" not in lead.read(f"{address}change/")


def test_an_address_cannot_ask_about_what_a_list_does_not_show(
    inspection: Inspection, lead: Visitor
) -> None:
    assert lead.get(INSPECTIONS, named_readers__password__startswith="a").status_code == 400
    assert lead.get(INSPECTIONS, caseload__gte="5").status_code == 400
    assert lead.get(INSPECTIONS, state__exact="draft").status_code == 200


def test_administrators_see_what_an_import_could_not_be_sure_of(
    inspection: Inspection, administrator: Visitor
) -> None:
    source = ReportSource.objects.create(
        sha256="ab" * 32, format="text", text="Rhagair", received_at=timezone.now()
    )
    Inspection.objects.filter(pk=inspection.pk).update(source=source)
    ImportIssue.objects.create(
        source=source, field="published_on", severity="warning", message="No date was found."
    )
    assert "Northmarch PDU" in administrator.read(SOURCES)
    assert "No date was found." in administrator.read(f"{SOURCES}{source.pk}/change/")


# --- Re-inspection notices ------------------------------------------------------------------------


def announced(visitor: Visitor, **fields: Any) -> Any:
    return visitor.client.post(f"{NOTICES}add/", fields)


@pytest.mark.parametrize("role", [Role.LEAD_INSPECTOR, Role.HMIP_ADMINISTRATOR])
def test_a_notice_is_put_on_record_with_who_and_when(unit: Provider, role: str) -> None:
    user = make_user("Ann Announcer", role)
    day = timezone.localdate() + timedelta(days=90)
    before = timezone.now()
    forged = {"noted_by": "1", "noted_at": "2020-01-01"}
    sent = {"provider": unit.pk, "kind": "announced", "starts_on": day.isoformat(), **forged}
    assert announced(Visitor(user), **sent).status_code == 302
    notice = ReinspectionNotice.objects.get()
    assert (notice.provider, notice.starts_on, notice.noted_by) == (unit, day, user)
    assert notice.noted_at >= before


def test_a_refused_notice_keeps_what_was_typed(unit: Provider, lead_inspector: Visitor) -> None:
    answer = announced(lead_inspector, provider=unit.pk, kind="paused", ends_on="", note=" ")
    assert "Say in the note why" in answer.content.decode()
    answer = announced(lead_inspector, provider=unit.pk, kind="announced", note="Typed before")
    assert "Enter the date" in answer.content.decode()
    assert "Typed before" in answer.content.decode()
    assert not ReinspectionNotice.objects.exists()


def test_others_announce_nothing(unit: Provider, lead: Visitor, operator: Visitor) -> None:
    inspector = Visitor(make_user("Ina Inspector", Role.INSPECTOR))
    for visitor in (lead, inspector, operator):
        assert visitor.get(f"{NOTICES}add/").status_code == 403
        assert announced(visitor, provider=unit.pk, kind="completed").status_code == 403
    assert not ReinspectionNotice.objects.exists()


def test_a_notice_is_never_changed_or_deleted(unit: Provider, lead_inspector: Visitor) -> None:
    announced(lead_inspector, provider=unit.pk, kind="completed", note="In March")
    notice = ReinspectionNotice.objects.get()
    assert "In March" in lead_inspector.read(f"{NOTICES}{notice.pk}/change/")
    for path in ("change/", "delete/"):
        address = f"{NOTICES}{notice.pk}/{path}"
        assert lead_inspector.client.post(address, {"note": "forged"}).status_code == 403


def test_a_lead_reads_the_notices_of_their_own_unit(
    inspection: Inspection, lead: Visitor, lead_inspector: Visitor
) -> None:
    other = make_provider(f"The {CANARY} PDU")
    announced(lead_inspector, provider=inspection.provider.pk, kind="completed", note="Ours")
    announced(lead_inspector, provider=other.pk, kind="completed", note=CANARY)
    theirs = ReinspectionNotice.objects.get(provider=other)
    page = lead.read(NOTICES)
    assert "Northmarch PDU" in page
    assert CANARY not in page
    assert lead.get(f"{NOTICES}{theirs.pk}/change/").status_code == 404


# --- What operators keep --------------------------------------------------------------------------


def test_nobody_makes_themselves_an_operator(lead: Visitor, administrator: Visitor) -> None:
    for visitor in (lead, administrator):
        user = User.objects.get(pk=visitor.client.session["_auth_user_id"])
        address = f"{PEOPLE}{user.pk}/change/"
        assert visitor.client.post(address, {"is_superuser": "on"}).status_code == 404
    assert not User.objects.filter(is_superuser=True).exists()


def test_practice_is_changed_in_plain_numbers(operator: Visitor) -> None:
    address = f"{PRACTICE}1/change/"
    page = operator.get(address)
    assert "180, 90, 60, 30, 14, 7, 1" in page.content.decode()
    form = page.context["adminform"].form
    kept = {bound.name: bound.value() for bound in form}
    kept |= {"reinspection_offsets": "100, 50", "target_date_offsets": "7", "readiness_months": "6"}
    answer = operator.client.post(address, {**kept, "target_date_offsets": "soon"})
    assert "whole numbers with commas" in answer.content.decode()
    assert operator.client.post(address, kept).status_code == 302
    assert Practice.objects.get().reinspection_offsets == [100, 50]


@pytest.mark.parametrize(
    ("name", "figure", "sentence"),
    [
        ("send_from_hour", "25", "Enter a number from 0 to 23."),
        ("send_from_hour", "-1", "Enter a number from 0 to 23."),
        ("review_rhythm_days", "0", "Enter a number from 1 to 365."),
        ("due_soon_days", "99999", "Enter a number from 1 to 365."),
        ("readiness_months", "6, 61", "Write numbers of 60 at most."),
        ("target_date_offsets", ", ".join(["1"] * 21), "Write 20 numbers at most."),
    ],
)
def test_a_figure_out_of_bounds_is_refused_in_a_sentence(
    operator: Visitor, name: str, figure: str, sentence: str
) -> None:
    address = f"{PRACTICE}1/change/"
    form = operator.get(address).context["adminform"].form
    kept = {bound.name: form[bound.name].field.prepare_value(bound.value()) for bound in form}
    answer = operator.client.post(address, {**kept, name: figure})
    assert answer.context["adminform"].form.errors == {name: [sentence]}


def test_a_provider_is_found_by_an_earlier_name(unit: Provider, administrator: Visitor) -> None:
    unit.aliases.create(name="Oldmarch LDU")
    assert "Northmarch PDU" in administrator.read(PROVIDERS, q="Oldmarch")
    assert "Oldmarch LDU" in administrator.read(f"{PROVIDERS}{unit.pk}/change/")
