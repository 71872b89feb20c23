"""Ratings, bands and scores: the Inspectorate's arithmetic, pure.

What lives here: the four ratings, the score they add up to, the overall rating of a score, and
where a key question's percentage lies among the bands. What must not: a database, Django, or a
rating that overwrites a published one; a published rating is a fact, and these figures are shown
beside it.

Bands and the panel's margin are practice that may change, so every function takes them as data;
`CURRENT_PRACTICE` only names the ones in use now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Rating(StrEnum):
    INADEQUATE = "inadequate"
    REQUIRES_IMPROVEMENT = "requires_improvement"
    GOOD = "good"
    OUTSTANDING = "outstanding"

    @property
    def points(self) -> int:
        """Give the points this rating adds to the score, 0 to 3."""
        return tuple(Rating).index(self)

    @property
    def label(self) -> str:
        """Give the rating as it is published, "Requires improvement"."""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Band:
    """The percentages from `lowest` up to the next band's, and the rating they stand for."""

    rating: Rating
    lowest: float


Bands = Sequence[Band]


@dataclass(frozen=True, slots=True)
class RatingPractice:
    """How key questions are rated: the bands, and how near an edge a panel may depart from them."""

    bands: tuple[Band, ...]
    panel_margin: float


CURRENT_BANDS: tuple[Band, ...] = (
    Band(Rating.INADEQUATE, 0),
    Band(Rating.REQUIRES_IMPROVEMENT, 50),
    Band(Rating.GOOD, 65),
    Band(Rating.OUTSTANDING, 80),
)
CURRENT_PRACTICE = RatingPractice(bands=CURRENT_BANDS, panel_margin=5)


def rating_of_percentage(percent: float, bands: Bands) -> Rating:
    """Say which band a percentage of 0 to 100 lies in.

    Raises: ValueError if the percentage is outside 0 to 100.
    """
    if not 0 <= percent <= 100:  # noqa: PLR2004 - the ends of a percentage
        raise ValueError(f"{percent} is not a percentage from 0 to 100.")
    reached = [band for band in bands if percent >= band.lowest]
    return max(reached, key=lambda band: band.lowest).rating


def next_band_up(percent: float, bands: Bands) -> Band | None:
    """Find the band that starts next above a percentage; None where it lies in the highest."""
    above = [band for band in bands if band.lowest > percent]
    return min(above, key=lambda band: band.lowest) if above else None


def distance_to_nearest_edge(percent: float, bands: Bands) -> float:
    """Measure the percentage points between a percentage and the nearest edge between two bands."""
    floor = min(band.lowest for band in bands)
    return min(abs(percent - band.lowest) for band in bands if band.lowest > floor)


def distance_to_rating(percent: float, rating: Rating, bands: Bands) -> float:
    """Measure the percentage points from a percentage to a rating's band; 0 inside it."""
    ordered = sorted(bands, key=lambda band: band.lowest)
    position = next(i for i, band in enumerate(ordered) if band.rating is rating)
    if percent < ordered[position].lowest:
        return ordered[position].lowest - percent
    above = ordered[position + 1 : position + 2]
    return max(0, percent - above[0].lowest) if above else 0


def score_of(ratings: Iterable[Rating]) -> int:
    """Add up the points of the standards' ratings."""
    return sum(rating.points for rating in ratings)


def maximum_score(standards: int) -> int:
    """Give the highest score that a number of standards can reach."""
    return standards * Rating.OUTSTANDING.points


def overall_rating(score: int, maximum: int) -> Rating:
    """Give the overall rating of a score: the Inspectorate's sixths of the maximum.

    For 21: 0 to 3 inadequate, 4 to 10 requires improvement, 11 to 17 good, 18 to 21 outstanding.

    Raises: ValueError if the score is not between 0 and a maximum above 0.
    """
    if maximum <= 0 or not 0 <= score <= maximum:
        raise ValueError(f"{score} is not a score out of {maximum}.")
    if 6 * score <= maximum:
        return Rating.INADEQUATE
    if 2 * score <= maximum:
        return Rating.REQUIRES_IMPROVEMENT
    if 6 * score <= 5 * maximum:
        return Rating.GOOD
    return Rating.OUTSTANDING
