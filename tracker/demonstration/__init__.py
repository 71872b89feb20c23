"""Demo data: an invented region with two units, its people, and two years of invented history.

Told through the same commands that people give, so that every rule holds for it too.
`people` are the accounts, `scenes` the kinds of things that happen, `valleys` and `coast` the two
units' stories, and `telling` plays them into the log.
"""

from tracker.demonstration.people import DEMO_USERS
from tracker.demonstration.telling import is_told, tell

__all__ = ["DEMO_USERS", "is_told", "tell"]
