"""One recommendation to several bodies, side by side, to those who see more than one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from inspections.models import Provider, Recommendation
from tests.tracker.story import NOW, TODAY, Story
from tests.visitor import LIST, Visitor, page_path
from tests.world import make_inspection, make_provider, make_recommendation, make_user
from tracker.domain import commands as c
from tracker.domain.vocabulary import Role
from tracker.services import open_streams

pytestmark = pytest.mark.django_db
TEXT = "Agree how information is shared."
UNITS = ("Northmarch PDU", "Eastmarch PDU")


@pytest.fixture
def rows(story: Story) -> list[Recommendation]:
    """One recommendation of a thematic report: to two units of a region, and to one elsewhere."""
    hmpps = make_provider("HMPPS", kind=Provider.Kind.NATIONAL)
    far = make_provider("Farmarch PDU", region=make_provider("Far", kind=Provider.Kind.REGION))
    thematic = make_inspection(hmpps, title="A thematic inspection of information sharing")
    group = uuid4()
    rows = [
        make_recommendation(thematic, number=1, text=TEXT, addressee=body, group=group)
        for body in (*map(make_provider, UNITS), far)
    ]
    open_streams(inspection=thematic, actor=story.administrator, now=NOW)
    return rows


def bodies(reader: User, row: Recommendation) -> list[str]:
    """Return the bodies on both pages, which must agree."""
    visitor = Visitor(reader)
    pages = (f"{LIST}{row.pk}/together/", f"/recommendations/{row.pk}/together/")
    found = [
        [each.row.provider_name for each in visitor.get(path).context["together"].bodies]
        for path in pages
    ]
    assert found[0] == found[1]
    return found[0]


def test_each_reader_sees_the_bodies_that_are_theirs(
    story: Story, rows: list[Recommendation], people: dict[str, User]
) -> None:
    assert bodies(people["inspector"], rows[0]) == ["Eastmarch PDU", "Farmarch PDU", UNITS[0]]
    assert bodies(people["regional lead"], rows[0]) == ["Eastmarch PDU", "Northmarch PDU"]
    assert bodies(story.lead, rows[0]) == ["Northmarch PDU"]
    for path in (f"{LIST}{rows[2].pk}/together/", f"/recommendations/{rows[2].pk}/together/"):
        assert Visitor(story.lead).get(path).status_code == 404


def test_the_link_stands_where_there_is_more_than_one_to_see(
    story: Story, rows: list[Recommendation], people: dict[str, User]
) -> None:
    row, inspection = rows[0], rows[0].inspection
    pages = {
        page_path(row.pk): f"{LIST}{row.pk}/together/",
        f"/recommendations/{row.pk}/": f"/recommendations/{row.pk}/together/",
        f"/inspections/{inspection.pk}/": f"/recommendations/{row.pk}/together/",
        f"/admin/inspections/inspection/{inspection.pk}/change/": f"{LIST}{row.pk}/together/",
    }
    region, lead = Visitor(people["regional lead"]), Visitor(story.lead)
    for path, link in pages.items():
        page = region.read(path)
        assert link in page, path
        assert "3 bodies" not in page
        assert "/together/" not in lead.read(path), path


def test_axes_actions_and_a_wording_corrected_apart_stand_side_by_side(
    story: Story, rows: list[Recommendation], people: dict[str, User]
) -> None:
    story.recommendations.insert(0, rows[0])
    story.plan(TODAY - timedelta(days=1))
    apart = c.CorrectWording(wording="Agree it with the police.", reason="Misprint")
    story.tell(apart, by=story.administrator)
    page = Visitor(people["inspector"]).read(f"{LIST}{rows[1].pk}/together/")
    assert page.count(TEXT) == 1
    assert "Worded apart: Agree it with the police." in page
    assert "Train every practitioner" in page
    assert "Overdue" in page
    assert page.count("None planned") == 2


def test_the_number_of_queries_does_not_depend_on_the_number_of_bodies(
    story: Story, rows: list[Recommendation], people: dict[str, User]
) -> None:
    visitor = Visitor(people["inspector"])
    counts = []
    for path in (f"{LIST}{rows[0].pk}/together/", f"{LIST}{story.recommendation.pk}/together/"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            visitor.read(path)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_somebody_without_a_role_finds_nothing(rows: list[Recommendation]) -> None:
    nobody = Visitor(make_user("Ned Nobody"))
    assert nobody.get(f"/recommendations/{rows[0].pk}/together/").status_code == 404
    former = make_user("Fay Former", Role.PDU_LEAD, rows[0].addressee, ends_on=TODAY)
    former.memberships.update(ends_on=TODAY - timedelta(days=1))
    assert Visitor(former).get(f"{LIST}{rows[0].pk}/together/").status_code in {302, 403, 404}
