"""Drafts in the admin: the list of them, and the page of each.

Its author goes on with a draft in the form it came from; others read it, and sign or return it
where that is theirs to do. Nothing is written here: see `services.drafting`.
"""

from tracker.admin.drafts.listing import DraftAdmin

__all__ = ["DraftAdmin"]
