"""The admin of the progress record: a list, a page and one short form per command.

Imports only register; whatever is written goes through `tracker.services`.
"""

from tracker.admin.actions import ActionAdmin
from tracker.admin.drafts import DraftAdmin
from tracker.admin.exchange import ExchangeJobAdmin
from tracker.admin.memberships import MembershipAdmin
from tracker.admin.practice import PracticeAdmin
from tracker.admin.recommendations import RecommendationAdmin
from tracker.admin.sign_off import SignOffAdmin

__all__ = [
    "ActionAdmin",
    "DraftAdmin",
    "ExchangeJobAdmin",
    "MembershipAdmin",
    "PracticeAdmin",
    "RecommendationAdmin",
    "SignOffAdmin",
]
