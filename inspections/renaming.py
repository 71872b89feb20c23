"""Keeps a provider's earlier name when it is renamed, and its succession free of circles."""

from datetime import date, timedelta

from inspections.models import Provider, ProviderAlias


def note_earlier_name(provider: Provider, *, name: str, renamed_on: date) -> None:
    """Put the name that the provider bore until the day before on record as an alias.

    A name borne before is extended: one identity bears each name once, however often it returns.
    """
    last_day = renamed_on - timedelta(days=1)
    alias, is_new = ProviderAlias.objects.get_or_create(
        provider=provider, name=name, defaults={"ends_on": last_day}
    )
    if not is_new:
        alias.ends_on = last_day
        alias.save(update_fields=["ends_on"])


def leads_back(provider: Provider, successor: Provider) -> bool:
    """Say whether the line of successors from `successor` on comes back to `provider`."""
    seen: set[int] = set()
    following: Provider | None = successor
    while following is not None and following.pk not in seen:
        if following.pk == provider.pk:
            return True
        seen.add(following.pk)
        following = following.successor
    return False
