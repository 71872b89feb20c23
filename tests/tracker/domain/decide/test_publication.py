from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Practice
from tracker.domain.vocabulary import KnownTo, Language

PUBLISH = c.PublishRecommendation(
    inspection_id=5,
    provider_id=7,
    number=1,
    framework="pdu-2024",
    published_on=f.PUBLISHED_ON,
    wording="improve the quality of assessments",
)


def test_publishing_opens_the_stream_and_fixes_the_day_the_response_is_due() -> None:
    given().when(PUBLISH).then(f.published)


def test_of_an_older_inspection_put_on_record_no_response_is_asked() -> None:
    command = replace(PUBLISH, asks_response=False, known_to=KnownTo.YEAR)
    on_record = replace(f.published, response_due_on=None, known_to=KnownTo.YEAR)
    history = given().when(command)
    history.then(on_record)
    left_open = given(on_record).when(c.LeaveOpen(inspection_id=801, reason="half of it is done"))
    now_asked = replace(f.left_open, response_due_on=TODAY + timedelta(days=28))
    left_open.then(now_asked)
    assert given(on_record, now_asked).state.response_due_on == TODAY + timedelta(days=28)


def test_the_time_to_respond_is_a_matter_of_practice() -> None:
    (event,) = given().when(PUBLISH, practice=Practice(response_due_after_days=60)).accepted()
    assert isinstance(event, e.RecommendationPublished)
    assert event.response_due_on == f.PUBLISHED_ON + timedelta(days=60)


def test_publication_is_not_of_the_future() -> None:
    command = replace(PUBLISH, published_on=TODAY + timedelta(days=1))
    given().when(command).rejected("date_in_future", field="published_on")


def test_a_recommendation_has_a_number() -> None:
    given().when(replace(PUBLISH, number=0)).rejected("number_missing", field="number")


def test_a_correction_of_wording_stands_beside_the_old_one() -> None:
    command = c.CorrectWording(wording="gwella asesiadau", reason="x", language=Language.WELSH)
    given(f.published).when(command).then(
        e.RecommendationWordingCorrected(
            occurred_on=TODAY, language=Language.WELSH, wording="gwella asesiadau", reason="x"
        )
    )


def test_the_basis_is_stated_anew_sorted_and_each_once() -> None:
    command = c.LinkBasis(
        standards=("P 2.1", "P 1.1", "P 2.1"),
        key_questions=("P 2.1.1",),
        findings=(302, 301),
        themes=("staffing",),
    )
    given(f.published).when(command).then(
        e.RecommendationBasisLinked(
            occurred_on=TODAY,
            standards=("P 1.1", "P 2.1"),
            key_questions=("P 2.1.1",),
            findings=(301, 302),
            themes=("staffing",),
        )
    )


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (c.LinkBasis(standards=("P 9.9",)), "standards"),
        (c.LinkBasis(key_questions=("P 9.9.1",)), "key_questions"),
        (c.LinkBasis(findings=(999,)), "findings"),
        (c.LinkBasis(themes=("weather",)), "themes"),
    ],
)
def test_the_basis_belongs_to_the_framework(command: c.LinkBasis, field: str) -> None:
    given(f.published).when(command).rejected("not_in_framework", field=field)


def test_the_same_basis_is_not_linked_twice() -> None:
    command = c.LinkBasis(standards=("P 2.1", "P 1.1"))
    linked = given(f.published).when(command).accepted()
    again = c.LinkBasis(standards=("P 1.1", "P 2.1"))
    given(f.published, *linked).when(again).rejected("nothing_changes")
    given(f.published).when(c.LinkBasis()).rejected("nothing_changes")


def test_a_basis_can_be_unlinked() -> None:
    linked = given(f.published).when(c.LinkBasis(standards=("P 2.1",))).accepted()
    given(f.published, *linked).when(c.LinkBasis()).accepted()


def test_a_publication_is_withdrawn_with_a_reason() -> None:
    given(*f.AGREED).when(c.WithdrawPublication(reason="recalled")).then(
        e.PublicationWithdrawn(occurred_on=TODAY, reason="recalled")
    )


def test_a_publication_is_withdrawn_once() -> None:
    command = c.WithdrawPublication(reason="recalled")
    given(*f.WITHDRAWN).when(command).rejected("publication_withdrawn")


def test_a_recommendation_passes_to_the_successor() -> None:
    command = c.TransferRecommendation(to_provider_id=72, reason="the units merged")
    given(f.published).when(command).then(
        e.RecommendationTransferred(
            occurred_on=TODAY, from_provider_id=7, to_provider_id=72, reason="the units merged"
        )
    )


def test_a_recommendation_passes_to_nobody_but_a_successor() -> None:
    command = c.TransferRecommendation(to_provider_id=73, reason="the units merged")
    given(f.published).when(command).rejected("not_a_successor", field="to_provider_id")


def test_a_recommendation_does_not_pass_to_its_own_addressee() -> None:
    command = c.TransferRecommendation(to_provider_id=7, reason="the units merged")
    outcome = given(f.published).when(command, successors=frozenset({7}))
    outcome.rejected("nothing_changes", field="to_provider_id")


def test_a_recommendation_does_not_pass_to_whoever_answers_for_the_same_one_already() -> None:
    command = c.TransferRecommendation(to_provider_id=72, reason="the units merged")
    outcome = given(f.published).when(command, also_addressed=frozenset({72}))
    outcome.rejected("successor_answers_already", field="to_provider_id")


def test_a_publication_before_living_memory_is_a_slip_of_the_keyboard() -> None:
    command = replace(PUBLISH, published_on=date(202, 6, 3))
    given().when(command).rejected("date_too_early", field="published_on")
