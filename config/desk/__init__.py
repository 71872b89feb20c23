"""The desk as a page: what waits for the signed-in person, each count linked to its list.

What waits is for `tracker.queries.desk`; here it gets its words, its links and its order.
"""

from config.desk.laying_out import lay_out, see_all

__all__ = ["lay_out", "see_all"]
