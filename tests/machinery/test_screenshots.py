"""The pictures of the main pages: whose they are, and those that stand in the docs."""

from machinery.screenshots import IN_THE_DOCS, LARGEST, PICTURES
from machinery.steps import ROOT
from tracker.demonstration import DEMO_USERS

SHOWN = [each for each in PICTURES if each.is_in_the_docs]


def test_every_picture_has_a_name_of_its_own_and_is_taken_as_a_demo_user() -> None:
    assert len({each.name for each in PICTURES}) == len(PICTURES)
    assert {each.user for each in PICTURES} <= {person.username for person in DEMO_USERS}


def test_the_pictures_of_the_docs_stand_there_and_are_small() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(SHOWN) == 2
    for each in SHOWN:
        file = IN_THE_DOCS / f"{each.name}.png"
        assert f"docs/images/{file.name}" in readme
        assert file.stat().st_size < LARGEST
