"""Pages and the API say what a file is, what it bears on, and why it cannot be opened yet."""

import re
from typing import Any
from uuid import UUID

import pytest

from tests.evidence_files import NAME, attaching, bring
from tests.tracker.story import NOW, Story
from tests.visitor import Visitor
from tests.world import make_user
from tracker.domain import commands as c
from tracker.domain.events import MeasureValue
from tracker.domain.vocabulary import RedactionReason, Role
from tracker.models import EvidenceFile, EvidenceProgress

pytestmark = pytest.mark.django_db
PLACES = ("/recommendations/{}/", "/admin/tracker/recommendationprogress/{}/change/")
"""The page for reading, and the one for acting."""
State, Gone = EvidenceFile.State, EvidenceFile.Gone
GONE = {"gone_at": NOW, "stored_as": ""}


@pytest.fixture(autouse=True)
def _today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def story() -> Story:
    return Story()


@pytest.fixture
def file(story: Story) -> EvidenceFile:
    kept = bring(story)
    cited = {"standards": ("P 2.3",), "key_questions": ("P 2.3/1",)}
    figure = MeasureValue(n=9, m=20)
    story.tell(attaching(kept, "Dip sample", figure=figure, **cited))
    return kept


def addresses(story: Story) -> list[str]:
    return [each.format(story.recommendation.pk) for each in PLACES]


def evidence_on(visitor: Visitor, story: Story, page: str) -> str:
    """Return the words of the section on evidence."""
    pk = story.recommendation.pk
    if page == "admin":
        text = visitor.page(pk).partition('id="evidence"')[2].partition("</section>")[0]
    else:
        text = visitor.read(f"/recommendations/{pk}/").partition(">Evidence<")[2]
        text = text.partition(">Measures<")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", text).replace("\xa0", " ").split())


@pytest.mark.parametrize("page", ["admin", "reading"])
def test_it_stands_with_its_name_size_days_and_all_that_it_cites(
    story: Story, file: EvidenceFile, page: str
) -> None:
    words = evidence_on(Visitor(story.lead), story, page)
    for each in ("Dip sample", NAME, "(PDF document, 48 bytes)", "1 September 2026"):
        assert each in words
    assert "eceived" in words
    assert "24 September 2026" in words
    for each in ("standards:? P 2.3", "key questions:? P 2.3/1", "figure:? 9 of 20"):
        assert re.search(each, words), words


@pytest.mark.parametrize("page", ["admin", "reading"])
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "It is being checked for viruses"),
        ({"state": State.FAILED, "attempts": 1, "finding": "x"}, "could not check it"),
        ({"attempts": 1, "finding": "x"}, "the virus scanner does not answer"),
        ({"finding": "No virus scanner is connected."}, "this service has no virus scanner"),
        (
            {"state": State.INFECTED, "finding": "TEST", "gone_because": Gone.INFECTED, **GONE},
            "A virus was found in it (TEST), so it was deleted",
        ),
        ({"gone_because": Gone.REDACTED, **GONE}, "It was deleted: it was redacted."),
    ],
)
def test_why_a_file_cannot_be_opened_is_said_in_words(
    story: Story, file: EvidenceFile, page: str, changes: dict[str, Any], sentence: str
) -> None:
    EvidenceFile.objects.update(**changes)
    visitor = Visitor(story.lead)
    assert sentence in evidence_on(visitor, story, page)
    for address in addresses(story):
        assert f"/evidence/{file.pk}/" not in visitor.read(address)


@pytest.mark.parametrize("place", PLACES)
def test_a_clean_file_is_a_link_in_the_section_and_on_the_timeline(
    story: Story, file: EvidenceFile, place: str
) -> None:
    EvidenceFile.objects.update(state=State.CLEAN)
    page = Visitor(story.lead).read(place.format(story.recommendation.pk))
    assert page.count(f'href="/evidence/{file.pk}/">{NAME}</a>') == 2


def test_withdrawn_evidence_is_a_link_for_the_inspectorate_alone(
    story: Story, file: EvidenceFile
) -> None:
    EvidenceFile.objects.update(state=State.CLEAN)
    evidence_id = EvidenceProgress.objects.get().pk
    story.tell(c.WithdrawEvidence(evidence_id=evidence_id, reason="The wrong year"))
    for page in ("admin", "reading"):
        words = evidence_on(Visitor(story.lead), story, page)
        assert "Withdrawn evidence cannot be opened." in words
        assert "The wrong year" in words
    for address in addresses(story):
        assert f"/evidence/{file.pk}/" not in Visitor(story.lead).read(address)
        assert Visitor(story.inspector).read(address).count(f"/evidence/{file.pk}/") == 2


def test_hashes_are_for_the_inspectorate(story: Story, file: EvidenceFile) -> None:
    for address in addresses(story):
        assert file.sha256 in Visitor(story.inspector).read(address)
        for person in (story.lead, make_user("Rhys R", Role.REGIONAL_LEAD, story.unit.region)):
            assert file.sha256 not in Visitor(person).read(address)


def test_redacted_evidence_shows_neither_name_nor_link(story: Story) -> None:
    file = bring(story)
    event = story.tell(attaching(file)).event_id
    EvidenceFile.objects.update(state=State.CLEAN)
    reason = RedactionReason.PERSONAL_DATA_OF_STAFF
    story.tell(c.RedactPersonalData(event_id=event, reason=reason), by=story.administrator)
    for page in ("admin", "reading"):
        words = evidence_on(Visitor(story.inspector), story, page)
        assert "It was deleted: it was redacted." in words
        assert NAME not in words
        assert file.sha256 in words


def test_the_api_tells_how_a_file_stands_and_where_it_is(story: Story, file: EvidenceFile) -> None:
    visitor = Visitor(story.lead)
    address = f"/api/v1/recommendations/{story.recommendation.pk}/timeline/"
    first = visitor.get(address)
    assert first.json()["results"][0]["file"] == {"scan": "waiting", "address": None}
    assert first.json()["results"][1]["file"] is None
    EvidenceFile.objects.update(state=State.CLEAN)
    second = visitor.client.get(address, headers={"if-none-match": first["ETag"]})
    place = f"/evidence/{file.pk}/"
    assert second.json()["results"][0]["file"] == {"scan": "clean", "address": place}
    evidence = UUID(second.json()["results"][0]["event_id"])
    story.tell(c.WithdrawEvidence(evidence_id=evidence, reason="The wrong year"))
    entry = visitor.get(address).json()["results"][1]
    assert entry["file"] == {"scan": "clean", "address": None}
