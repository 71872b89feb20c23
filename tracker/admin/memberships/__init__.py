"""Memberships: who acts in which role where. Given, ended with a handover, and never deleted.

What a membership once was stays as it was: past records name it, and nobody may inspect a provider
they ever belonged to. Who reaches which is the rule of `inspections.memberships`.
"""

from tracker.admin.memberships.listing import MembershipAdmin

__all__ = ["MembershipAdmin"]
