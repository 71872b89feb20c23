"""What waits for a person: one condition per category, for its count and for its list alike.

`viewpoint` says for whom and on which day, `categories` what can wait, `counting` how much of it
there is and where, `pressing` which few come first, `measured` which measures
are furthest from target.
"""

from tracker.queries.desk.categories import (
    CATEGORIES,
    FOLLOWERS,
    Category,
    category_of,
    for_the_desk,
    offered,
)
from tracker.queries.desk.counting import Counted, Group, count_by_group
from tracker.queries.desk.measured import Measured, measures_to_watch
from tracker.queries.desk.pressing import Pressing, most_pressing
from tracker.queries.desk.viewpoint import Viewpoint, viewpoint_of

__all__ = [
    "CATEGORIES",
    "FOLLOWERS",
    "Category",
    "Counted",
    "Group",
    "Measured",
    "Pressing",
    "Viewpoint",
    "category_of",
    "count_by_group",
    "for_the_desk",
    "measures_to_watch",
    "most_pressing",
    "offered",
    "viewpoint_of",
]
