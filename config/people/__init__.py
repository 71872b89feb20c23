"""The admin of accounts: operators invite people and deactivate them; nobody deletes one.

What a person may do follows from memberships alone, so Django's groups, permissions and staff flag
are not shown. Nobody sets another person's password.
"""

from config.people.listing import put_people_in_charge

__all__ = ["put_people_in_charge"]
