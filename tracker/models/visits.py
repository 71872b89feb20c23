"""When people came: what is new to somebody is what others recorded since their last visit."""

from django.conf import settings
from django.db import models


class Visit(models.Model):
    """One person's present visit, and up to where in the log they have seen everything.

    The first sign-in of a day begins a visit; positions are those of the log at that time.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="visit"
    )
    began_at = models.DateTimeField()
    began_position = models.BigIntegerField()
    seen_at = models.DateTimeField()
    seen_position = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.user}, {self.began_at:%d %B %Y}"
