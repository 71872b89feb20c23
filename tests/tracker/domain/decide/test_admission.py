from collections.abc import Iterable
from typing import get_args

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.examples import EXAMPLES, Example
from tests.tracker.domain.scenario import given
from tracker.domain import commands as c
from tracker.domain.deeds import DEEDS
from tracker.domain.rejection import NotPermitted
from tracker.domain.roles import MAY_GIVE

EVERY = set(get_args(c.Command))
WHEN_CLOSED = {
    c.ReopenRecommendation,
    c.ConfirmRecurrence,
    c.CorrectWording,
    c.WithdrawPublication,
    c.TransferRecommendation,
    c.RedactPersonalData,
}
INSPECTION = {
    c.StartReview,
    c.RequestFurtherEvidence,
    c.JudgeProgress,
    c.CloseRecommendation,
    c.ReopenRecommendation,
    c.CarryForward,
    c.LeaveOpen,
    c.ConfirmRecurrence,
}


def examples(types: Iterable[type[c.Command]]) -> list[object]:
    found = sorted(types, key=lambda type_: type_.__name__)
    return [pytest.param(EXAMPLES[type_], id=type_.__name__) for type_ in found]


def test_every_command_has_an_example_a_holder_and_a_name_for_its_deed() -> None:
    assert set(EXAMPLES) == set(MAY_GIVE) == set(DEEDS) == EVERY


@pytest.mark.parametrize("example", examples(EVERY))
def test_every_example_is_accepted(example: Example) -> None:
    assert len(example.when().accepted()) == 1


@pytest.mark.parametrize("example", examples(EVERY - {c.PublishRecommendation}))
def test_nothing_happens_before_publication(example: Example) -> None:
    given().when(example.command, **example.changes).rejected("not_published")


def test_a_recommendation_is_published_once() -> None:
    command = EXAMPLES[c.PublishRecommendation].command
    given(f.published).when(command).rejected("already_published")


@pytest.mark.parametrize(
    "example", examples(EVERY - {c.PublishRecommendation, c.RedactPersonalData})
)
def test_nothing_is_added_to_a_withdrawn_publication(example: Example) -> None:
    history = given(*example.history or f.AGREED, f.withdrawn)
    history.when(example.command, **example.changes).rejected("publication_withdrawn")


@pytest.mark.parametrize("example", examples(EVERY - WHEN_CLOSED - {c.PublishRecommendation}))
def test_a_closed_recommendation_takes_no_more_work(example: Example) -> None:
    history = given(*example.history, f.closed)
    history.when(example.command, **example.changes).rejected("closed")


@pytest.mark.parametrize("example", examples(WHEN_CLOSED))
def test_what_is_not_work_goes_on_after_closing(example: Example) -> None:
    given(*f.CLOSED).when(example.command, **example.changes).accepted()


def test_personal_data_can_be_redacted_in_a_withdrawn_publication() -> None:
    example = EXAMPLES[c.RedactPersonalData]
    given(*f.UPDATED, f.withdrawn).when(example.command, **example.changes).accepted()


@pytest.mark.parametrize("example", examples(INSPECTION))
def test_nobody_inspects_a_provider_they_ever_belonged_to(example: Example) -> None:
    assert isinstance(example.when(was_ever_member=True).rejected("own_homework"), NotPermitted)


@pytest.mark.parametrize("example", examples(INSPECTION))
def test_nobody_inspects_what_they_answered_for_hmpps(example: Example) -> None:
    answered = example.when(has_spoken_for_hmpps=True)
    assert isinstance(answered.rejected("own_homework"), NotPermitted)


@pytest.mark.parametrize("example", examples(EVERY - INSPECTION))
def test_a_membership_bars_nobody_from_anything_else(example: Example) -> None:
    example.when(was_ever_member=True).accepted()
