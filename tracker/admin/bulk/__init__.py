"""Many rows of a list at once: ticked there, looked at and confirmed on a page, told on another.

`choosing` is what a list offers, `confirming` the page before and what is sent from it, `results`
the page after. What is done to a row is one command, as from its own form.
"""

from tracker.admin.bulk.addresses import bulk_addresses
from tracker.admin.bulk.choosing import bulk_actions
from tracker.admin.bulk.lists import ACTIONS, RECOMMENDATIONS

__all__ = ["ACTIONS", "RECOMMENDATIONS", "bulk_actions", "bulk_addresses"]
