import pytest

from tests.tracker.domain import facts as f
from tests.tracker.domain.scenario import TODAY, given
from tracker.domain import commands as c
from tracker.domain import events as e
from tracker.domain.circumstances import Practice

START = c.StartReview()
ASK = c.RequestFurtherEvidence(asked="the attendance lists")


@pytest.mark.parametrize("history", [(f.published,), f.REPORTED, f.SENT_BACK])
def test_an_inspector_starts_a_review(history: tuple[e.Event, ...]) -> None:
    given(*history).when(START).then(e.ReviewStarted(occurred_on=TODAY, note=""))


def test_a_review_starts_once() -> None:
    given(*f.UNDER_REVIEW).when(START).rejected("review_already_started")


def test_further_evidence_is_asked_for_in_a_review() -> None:
    given(*f.UNDER_REVIEW).when(ASK).then(
        e.FurtherEvidenceRequested(occurred_on=TODAY, asked="the attendance lists")
    )


@pytest.mark.parametrize("history", [f.REPORTED, f.SENT_BACK])
def test_further_evidence_is_not_asked_for_outside_a_review(history: tuple[e.Event, ...]) -> None:
    given(*history).when(ASK).rejected("review_not_started")


@pytest.mark.parametrize("history", [(f.published,), f.UPDATED, f.UNDER_REVIEW, f.JUDGED])
def test_progress_is_judged_at_any_point_of_delivery(history: tuple[e.Event, ...]) -> None:
    command = c.JudgeProgress(judgement="no_progress", rationale="nothing was begun")
    given(*history).when(command).then(
        e.ProgressJudged(
            occurred_on=TODAY,
            scale="progress-3",
            judgement="no_progress",
            rationale="nothing was begun",
        )
    )


def test_a_judgement_is_one_of_the_scale() -> None:
    command = c.JudgeProgress(judgement="splendid", rationale="x")
    outcome = given(*f.UNDER_REVIEW).when(command)
    sentence = outcome.rejected("judgement_unknown", field="judgement").sentence
    assert sentence.endswith("choose one of: no progress, some progress, sufficient progress.")


def test_a_scale_of_four_points_fits() -> None:
    practice = Practice(
        judgement_scale="prisons-4", judgements=("none", "insufficient", "reasonable", "good")
    )
    command = c.JudgeProgress(judgement="reasonable", rationale="steady")
    given(*f.UNDER_REVIEW).when(command, practice=practice).then(
        e.ProgressJudged(
            occurred_on=TODAY, scale="prisons-4", judgement="reasonable", rationale="steady"
        )
    )
