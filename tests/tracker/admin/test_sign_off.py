"""Who sets how often a provider signs off; every change stays readable."""

import pytest
from django.contrib.auth.models import User

from tests.tracker.admin.conftest import CANARY
from tests.tracker.story import NOW, Story
from tests.visitor import Visitor
from tests.world import make_provider, make_user
from tracker.domain.rejection import CommandRejected
from tracker.domain.vocabulary import Role
from tracker.models import SignOffLevel
from tracker.services.sign_off import set_sign_off

pytestmark = pytest.mark.django_db
SIGN_OFF = "/admin/tracker/signofflevel/"


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("operator", "operator@tracker.example", "pass phrase")


@pytest.mark.parametrize("who", ["lead", "regional lead", "operator"])
def test_those_who_answer_for_a_provider_set_its_sign_off(
    story: Story, people: dict[str, User], operator: User, who: str
) -> None:
    person = {**people, "operator": operator}[who]
    visitor = Visitor(person)
    make_user("Sara Second", Role.PDU_LEAD, story.unit)
    assert "Set the sign-off" in visitor.read(f"{SIGN_OFF}add/")
    sent = {"provider": story.unit.pk, "levels": "2"}
    for _ in range(2):
        assert visitor.client.post(f"{SIGN_OFF}add/", sent)["Location"] == SIGN_OFF
    kept = SignOffLevel.objects.get()
    assert (kept.levels, kept.set_by, kept.set_at) == (2, person, NOW)
    assert "Northmarch PDU" in visitor.read(SIGN_OFF)


@pytest.mark.parametrize(
    "who",
    ["owner", "delegate", "co-ordinator", "inspector", "lead inspector", "administrator"],
)
def test_nobody_else_does(story: Story, people: dict[str, User], who: str) -> None:
    visitor = Visitor(people[who])
    assert visitor.get(SIGN_OFF).status_code == 403
    assert visitor.get(f"{SIGN_OFF}add/").status_code == 403
    sent = {"provider": story.unit.pk, "levels": "2"}
    assert visitor.client.post(f"{SIGN_OFF}add/", sent).status_code == 403
    with pytest.raises(CommandRejected):
        set_sign_off(provider=story.unit, levels=1, by=people[who], now=NOW)
    assert not SignOffLevel.objects.exists()


def test_a_foreign_provider_is_neither_seen_nor_set(story: Story, foreign: Story) -> None:
    theirs = SignOffLevel.objects.create(
        provider=foreign.unit, levels=1, set_by=foreign.lead, set_at=NOW
    )
    elsewhere = make_provider("Another Region", kind="region")
    foreign.unit.region = elsewhere
    foreign.unit.save()
    visitor = Visitor(story.lead)
    page = visitor.read(SIGN_OFF) + visitor.read(f"{SIGN_OFF}add/")
    assert CANARY not in page
    assert visitor.get(f"{SIGN_OFF}{theirs.pk}/change/").status_code == 404
    sent = {"provider": foreign.unit.pk, "levels": "0"}
    assert visitor.client.post(f"{SIGN_OFF}add/", sent).status_code == 200
    assert list(SignOffLevel.objects.all()) == [theirs]


def test_what_was_set_stays_readable_and_as_it_was(story: Story) -> None:
    for levels in (1, 2):
        set_sign_off(provider=story.unit, levels=levels, by=story.lead, now=NOW, despite_few=True)
    visitor = Visitor(story.lead)
    assert len(visitor.get(SIGN_OFF).context["cl"].result_list) == 2
    page = visitor.read(SIGN_OFF)
    assert page.index("Holds now") < page.index("Earlier")
    assert (page.count("Holds now"), page.count("Earlier")) == (1, 1)
    assert "Set the sign-off of a provider" in page
    assert "Add sign-off" not in page
    assert "2 sign-off settings" in page
    first = SignOffLevel.objects.order_by("pk")[0]
    place = f"{SIGN_OFF}{first.pk}/change/"
    assert "Lena Lead" in visitor.read(place)
    assert visitor.client.post(place, {"levels": "0"}).status_code == 403
    assert visitor.get(f"{SIGN_OFF}{first.pk}/delete/").status_code == 403
    first.refresh_from_db()
    assert first.levels == 1


@pytest.mark.parametrize(("who", "left"), [("lead", 2), ("regional lead", 0)])
def test_whose_words_are_signed_off_does_not_lower_it_for_themselves(
    story: Story, people: dict[str, User], who: str, left: int
) -> None:
    """Else one person lifts it, says what they like alone, and puts it back."""
    set_sign_off(provider=story.unit, levels=2, by=story.lead, now=NOW, despite_few=True)
    sent = {"provider": story.unit.pk, "levels": "0"}
    answer = Visitor(people[who]).client.post(f"{SIGN_OFF}add/", sent, follow=True)
    assert ("ask your regional lead" in answer.content.decode()) is bool(left)
    assert SignOffLevel.objects.asked_by(story.unit.pk) == left


def test_a_region_has_its_sign_off_lowered_by_an_operator(
    story: Story, people: dict[str, User], operator: User
) -> None:
    region = story.unit.region
    assert region is not None
    regional = people["regional lead"]
    set_sign_off(provider=region, levels=1, by=regional, now=NOW, despite_few=True)
    with pytest.raises(CommandRejected, match="ask an operator") as refusal:
        set_sign_off(provider=region, levels=0, by=regional, now=NOW)
    assert refusal.value.code == "own_sign_off"
    set_sign_off(provider=region, levels=0, by=operator, now=NOW)
    assert SignOffLevel.objects.asked_by(region.pk) == 0


def test_what_too_few_could_sign_is_said_before_it_is_set(
    story: Story, people: dict[str, User]
) -> None:
    visitor = Visitor(story.lead)
    assert "Set it all the same" not in visitor.read(f"{SIGN_OFF}add/")
    sent = {"provider": story.unit.pk, "levels": "2"}
    page = visitor.client.post(f"{SIGN_OFF}add/", sent).content.decode()
    assert "What Lena Lead prepares for Northmarch PDU would need 2 other people" in page
    assert "who could sign is 1, and 0 of them could sign last" in page  # the regional lead
    assert "Set it all the same" in page
    assert not SignOffLevel.objects.exists()
    again = {**sent, "despite_few": "on"}
    assert visitor.client.post(f"{SIGN_OFF}add/", again).status_code == 302
    assert SignOffLevel.objects.asked_by(story.unit.pk) == 2


def test_whoever_asks_for_fewer_is_not_held_up_by_too_few(
    story: Story, people: dict[str, User]
) -> None:
    set_sign_off(provider=story.unit, levels=2, by=story.lead, now=NOW, despite_few=True)
    set_sign_off(provider=story.unit, levels=1, by=people["regional lead"], now=NOW)
    assert SignOffLevel.objects.asked_by(story.unit.pk) == 1


@pytest.mark.parametrize("levels", [-1, 3])
def test_there_are_two_levels_at_most(story: Story, levels: int) -> None:
    with pytest.raises(CommandRejected) as refusal:
        set_sign_off(provider=story.unit, levels=levels, by=story.lead, now=NOW)
    assert refusal.value.code == "levels_out_of_range"


def test_an_empty_form_is_answered_with_sentences(story: Story) -> None:
    page = Visitor(story.lead).client.post(f"{SIGN_OFF}add/", {"provider": ""}).content.decode()
    assert "Choose the provider." in page
    assert "Choose how many sign." in page
