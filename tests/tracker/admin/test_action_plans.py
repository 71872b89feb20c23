"""Action plans as files, at the doors: the list, the way out and the way in."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from inspections.models import Provider
from tests.tracker.documents.files import word_by_docx
from tests.tracker.exchange.action_plans.plans import TITLES
from tests.tracker.story import NOW, Story
from tests.visitor import LIST, Visitor, page_path
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker.documents import read_tables
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.models import ActionProgress, Event
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
PLANS = f"{LIST}action-plans/"
ROW = ("1", "Agreed", "Train everybody", "Lena Lead", "31 March 2027")


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story() -> Story:
    return Story(recommendations=2)


@pytest.fixture
def lead(story: Story) -> Visitor:
    return Visitor(story.lead)


def way(story: Story, direction: str) -> str:
    return f"{LIST}{story.recommendation.pk}/action-plan/{direction}/"


def upload(visitor: Visitor, story: Story, *rows: tuple[str, ...]) -> Any:
    """Choose a Word document with these rows and send it; return the page that comes."""
    file = SimpleUploadedFile("plan.docx", word_by_docx([TITLES, *rows]))
    return visitor.client.post(way(story, "import"), {"file": file}, follow=True)


def test_a_plan_comes_in_by_its_preview(story: Story, lead: Visitor) -> None:
    preview = upload(lead, story, ROW, ("2", "Agreed", "Hire", "Nobody", "31 March 2027"))
    text = preview.content.decode()
    assert "Record the response “agreed”." in text
    assert "Plan an action of Lena Lead, by 31 March 2027: Train everybody" in text
    assert "The responsible owner is not one of Northmarch PDU’s people" in text
    assert not Event.objects.filter(type="response_recorded").exists()
    result = lead.client.post(preview.redirect_chain[-1][0], follow=True).content.decode()
    assert "The import is done." in result
    assert ActionProgress.objects.get().description == "Train everybody"
    assert Event.objects.filter(type="response_recorded").count() == 2


@pytest.mark.parametrize("file_format", ["docx", "xlsx", "csv"])
def test_a_plan_goes_out_in_each_format(story: Story, lead: Visitor, file_format: str) -> None:
    story.plan()
    file = lead.client.post(way(story, "export"), {"file_format": file_format}, follow=True)
    name = f"Action plan, Northmarch PDU, report of 2026, 2026-11-22.{file_format}"
    assert f'filename="{name}"' in file["Content-Disposition"]
    (table,) = read_tables(name, file.content)
    assert table.rows[1].cells[4] == "Train every practitioner"


def test_a_file_that_is_no_plan_is_refused_at_its_field(story: Story, lead: Visitor) -> None:
    file = SimpleUploadedFile("prices.csv", b"Item,Price\nBread,2\n")
    page = lead.client.post(way(story, "import"), {"file": file})
    assert page.status_code == 200
    assert "No table of this file has the columns" in page.context["form"].errors["file"][0]
    nothing = lead.client.post(way(story, "import"), {})
    assert nothing.context["form"].errors["file"] == ["Choose the file that you want to import."]


def test_the_inspector_takes_a_plan_out_and_brings_none_in(story: Story) -> None:
    inspector = Visitor(story.inspector)
    assert "report of 2026" in inspector.read(way(story, "export"))
    assert inspector.get(way(story, "import")).status_code == 403
    assert upload(inspector, story, ROW).status_code == 403
    assert way(story, "import") not in inspector.read(PLANS)


def test_the_outsider_finds_nothing(story: Story) -> None:
    outsider = Visitor(Story("Southmarch PDU").lead)
    for direction in ("import", "export"):
        assert outsider.get(way(story, direction)).status_code == 404
        assert outsider.client.post(way(story, direction), {}).status_code == 404
    assert "Northmarch" not in outsider.read(PLANS)


def test_the_list_has_each_plan_with_how_far_it_is(story: Story, lead: Visitor) -> None:
    story.plan()
    withdrawn = story.tell(
        c.PlanAction(
            description="Hire",
            accountable_id=story.lead.pk,
            delivered_by="Us",
            target_on=NOW.date(),
        )
    ).event_id
    story.tell(c.WithdrawAction(action_id=withdrawn, reason="No funds"))
    (plan,) = lead.get(PLANS).context["plans"]
    assert (plan.answered, plan.recommendations, plan.actions) == (1, 2, 1)
    text = lead.read(PLANS)
    assert way(story, "export") in text
    assert way(story, "import") in text


def test_a_report_to_several_bodies_has_a_plan_for_each(story: Story) -> None:
    region = make_provider("Northern Region", kind=Provider.Kind.REGION)
    inspection = make_inspection(story.unit, title="Another")
    make_recommendation(inspection)
    make_recommendation(inspection, addressee=region, addressed_to=region.name)
    open_streams(inspection=inspection, actor=story.administrator, now=NOW)
    plans = Visitor(story.inspector).get(PLANS, inspection=str(inspection.pk)).context["plans"]
    assert sorted(plan.provider.name for plan in plans) == ["Northern Region", "Northmarch PDU"]
    regional = Visitor(make_user("Rhi Regional", Role.REGIONAL_LEAD, region))
    (own,) = [plan for plan in regional.get(PLANS).context["plans"] if plan.is_own]
    assert own.provider == region


def test_whoever_may_read_nothing_is_told_so() -> None:
    lead = Visitor(make_user("Lee Lead", Role.PDU_LEAD, make_provider("Eastmarch PDU")))
    assert "there is no action plan yet" in lead.read(PLANS)


def test_one_comes_to_the_plan_from_the_list_the_report_and_the_recommendation(
    story: Story, lead: Visitor
) -> None:
    assert PLANS in lead.read(LIST)
    assert PLANS in lead.read("/admin/tracker/exchangejob/")
    report = reverse("admin:inspections_inspection_change", args=(story.inspection.pk,))
    assert f"{PLANS}?inspection={story.inspection.pk}" in lead.read(report)
    page = lead.read(page_path(story.recommendation.pk))
    assert way(story, "export") in page
    assert way(story, "import") in page
    assert way(story, "import") not in Visitor(story.inspector).read(
        page_path(story.recommendation.pk)
    )


def test_the_list_asks_no_more_of_many_plans(
    story: Story, lead: Visitor, django_assert_num_queries: Any
) -> None:
    lead.read(PLANS)
    with django_assert_num_queries(QUERIES):
        lead.read(PLANS)
    for _ in range(3):
        make_recommendation(inspection := make_inspection(story.unit))
        open_streams(inspection=inspection, actor=story.administrator, now=NOW)
    with django_assert_num_queries(QUERIES):
        lead.read(PLANS)


QUERIES = 7
