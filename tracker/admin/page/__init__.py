"""One page per recommendation: where it stands, what was said, and what one may do now.

`showing` puts the page together, `rows` are the lines of its sections, and `links` say which
commands may be given, and about what.
"""

from tracker.admin.page.links import heading, page_address
from tracker.admin.page.showing import show

__all__ = ["heading", "page_address", "show"]
