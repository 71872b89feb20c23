"""The Inspectorate's arithmetic: points, scores, sixths of the maximum, bands and edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.ratings import (
    CURRENT_BANDS,
    CURRENT_PRACTICE,
    Band,
    Rating,
    distance_to_nearest_edge,
    distance_to_rating,
    maximum_score,
    next_band_up,
    overall_rating,
    rating_of_percentage,
    score_of,
)

INADEQUATE, IMPROVE, GOOD, OUTSTANDING = Rating


def test_ratings_are_stored_and_published_under_fixed_names() -> None:
    assert [(rating.value, rating.label, rating.points) for rating in Rating] == [
        ("inadequate", "Inadequate", 0),
        ("requires_improvement", "Requires improvement", 1),
        ("good", "Good", 2),
        ("outstanding", "Outstanding", 3),
    ]


@pytest.mark.parametrize(
    ("maximum", "last_scores"),
    [(21, (3, 10, 17, 21)), (27, (4, 13, 22, 27)), (30, (5, 15, 25, 30)), (36, (6, 18, 30, 36))],
)
def test_overall_rating_changes_at_a_sixth_a_half_and_five_sixths(
    maximum: int, last_scores: tuple[int, ...]
) -> None:
    rated = [overall_rating(score, maximum) for score in range(maximum + 1)]
    lasts = tuple(max(s for s, each in enumerate(rated) if each is rating) for rating in Rating)
    assert lasts == last_scores
    assert rated == sorted(rated, key=lambda rating: rating.points)


@pytest.mark.parametrize(("score", "maximum"), [(-1, 21), (22, 21), (0, 0), (1, -3)])
def test_a_score_outside_its_range_has_no_overall_rating(score: int, maximum: int) -> None:
    with pytest.raises(ValueError, match="not a score out of"):
        overall_rating(score, maximum)


def test_score_is_the_sum_of_points() -> None:
    assert score_of([GOOD, IMPROVE, IMPROVE, INADEQUATE, OUTSTANDING]) == 7
    assert score_of([]) == 0
    assert maximum_score(7) == 21


@pytest.mark.parametrize(
    ("percent", "rating", "to_edge"),
    [
        (0, INADEQUATE, 50), (49, INADEQUATE, 1), (50, IMPROVE, 0), (53, IMPROVE, 3),
        (64, IMPROVE, 1), (65, GOOD, 0), (73, GOOD, 7), (79, GOOD, 1), (79.5, GOOD, 0.5),
        (80, OUTSTANDING, 0), (100, OUTSTANDING, 20),
    ],
)  # fmt: skip
def test_a_percentage_lies_in_its_band(percent: float, rating: Rating, to_edge: float) -> None:
    assert rating_of_percentage(percent, CURRENT_BANDS) is rating
    assert distance_to_nearest_edge(percent, CURRENT_BANDS) == to_edge


@pytest.mark.parametrize("percent", [-1, 101])
def test_what_is_no_percentage_has_no_band(percent: int) -> None:
    with pytest.raises(ValueError, match="not a percentage"):
        rating_of_percentage(percent, CURRENT_BANDS)


@pytest.mark.parametrize(
    ("percent", "rating", "distance"),
    [
        (53, IMPROVE, 0),
        (53, INADEQUATE, 3),
        (53, GOOD, 12),
        (48, IMPROVE, 2),
        (48, OUTSTANDING, 32),
    ],
)
def test_distance_to_a_rating_is_measured_to_its_near_edge(
    percent: int, rating: Rating, distance: int
) -> None:
    assert distance_to_rating(percent, rating, CURRENT_BANDS) == distance


def test_bands_are_data_in_any_order() -> None:
    pass_or_fail = [Band(GOOD, 60), Band(INADEQUATE, 0)]
    assert rating_of_percentage(59, pass_or_fail) is INADEQUATE
    assert rating_of_percentage(60, pass_or_fail) is GOOD
    assert distance_to_rating(59, GOOD, pass_or_fail) == 1


@given(st.integers(0, 100), st.sampled_from(list(Rating)))
def test_the_distance_to_a_rating_is_nothing_exactly_inside_its_band(
    percent: int, rating: Rating
) -> None:
    inside = rating_of_percentage(percent, CURRENT_PRACTICE.bands) is rating
    distance = distance_to_rating(percent, rating, CURRENT_PRACTICE.bands)
    # A percentage just under an edge counts as below it; at the edge it is 0 away from both.
    assert inside <= (distance == 0)
    assert distance >= 0


@pytest.mark.parametrize(
    ("percent", "above"),
    [(0, IMPROVE), (49, IMPROVE), (50, GOOD), (64.5, GOOD), (65, OUTSTANDING), (79, OUTSTANDING)],
)
def test_the_next_band_up_is_the_one_that_starts_above(percent: float, above: Rating) -> None:
    found = next_band_up(percent, CURRENT_BANDS)
    assert found is not None
    assert found.rating is above


@pytest.mark.parametrize("percent", [80, 100])
def test_above_the_highest_band_there_is_none(percent: int) -> None:
    assert next_band_up(percent, CURRENT_BANDS) is None
