"""The form that ends a membership: one successor for all of the work, or one for each row."""

from collections.abc import Iterator
from typing import Any

from django import forms

from inspections.warned_form import WarnedForm
from tracker.admin.memberships.leaving import Leaving, Offer
from tracker.forms.fields import Day
from tracker.services import Row

NO_SUCCESSOR = "choose who takes it over, or a later last day until which it can be handed over."
UNTIL = (
    "They can work until the end of this day. What is handed over below is the successor’s at "
    "once, also where the last day is a later one."
)
REASON_MISSING = (
    "Something is left open that you cannot hand over here: say why, or choose a later last day."
)
NO_LEAD_LEFT = "Nobody would lead there any more: say why, or choose a later last day."


class EndingForm(WarnedForm):
    """Asks for the last day, for successors, and for a reason where something is left open."""

    button = "End the membership"
    use_required_attribute = False

    key = forms.UUIDField(widget=forms.HiddenInput)
    last_day = Day("Last day", hint=UNTIL)
    everything_to = forms.TypedChoiceField(
        label="Hand all of it over to",
        coerce=int,
        empty_value=None,
        required=False,
        help_text=(
            "Or choose for each row below; a choice there goes first. Whoever leaves soon is not "
            "offered."
        ),
    )
    reason = forms.CharField(
        label="Why something is left open",
        required=False,
        max_length=500,
        help_text="Only where work, or a provider without a lead, is left. It stays on record.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, leaving: Leaving, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leaving = leaving
        self.movable = [offer for offer in leaving.offers if offer.successors]
        self.fields["last_day"].initial = leaving.membership.ends_on or leaving.today
        for offer in self.movable:
            self.fields[offer.work.key] = _successor_field(offer)
        if self.movable:
            self._offer_all()
        else:
            del self.fields["everything_to"]
        self.order_fields(["key", "last_day", "everything_to", *self._row_names(), "reason"])

    def lines(self) -> Iterator[tuple[Offer, Any]]:
        """Return each piece of work with its choice; None where there is none."""
        for offer in self.leaving.offers:
            yield offer, self[offer.work.key] if offer.successors else None

    def framing(self) -> Iterator[Any]:
        """Return the visible fields that are not those of rows."""
        rows = set(self._row_names())
        return (field for field in self.visible_fields() if field.name not in rows)

    def rows(self) -> list[Row]:
        """Return the requests that hand over what was chosen, one for each row with a successor."""
        return [
            Row(
                key=offer.work.key,
                command=offer.work.handed_to(successor, reason="Handed over"),
                recommendation_id=offer.work.recommendation_id,
                expected_version=offer.work.version,
                acting_role=offer.acting_role,
            )
            for offer in self.movable
            if (successor := self._successor(offer)) and offer.acting_role
        ]

    def clean(self) -> dict[str, Any]:
        """What leaves today is handed over today; a later day leaves time for it."""
        cleaned = super().clean() or {}
        last_day = cleaned.get("last_day")
        if last_day and last_day <= self.leaving.today:
            self._check_what_is_left()
        return cleaned

    def _check_what_is_left(self) -> None:
        if not self.leaving.other_roles:
            for offer in self.movable:
                if self._successor(offer) is None and offer.work.key not in self.errors:
                    which = f"Recommendation {offer.work.number}, {offer.kind.lower()}"
                    self.add_error(offer.work.key, f"{which}: {NO_SUCCESSOR}")
        if self.cleaned_data.get("reason") or "reason" in self.errors:
            return
        if len(self.movable) < len(self.leaving.offers) and not self.leaving.other_roles:
            self.add_error("reason", REASON_MISSING)
        elif self.leaving.is_last_lead:
            self.add_error("reason", NO_LEAD_LEFT)

    def _successor(self, offer: Offer) -> int | None:
        chosen: int | None = self.cleaned_data.get(offer.work.key)
        return chosen or self.cleaned_data.get("everything_to")

    def _offer_all(self) -> None:
        field = self.fields["everything_to"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        people = {pk: name for offer in self.movable for pk, name in offer.successors.items()}
        field.choices = [("", "Choose a person"), *people.items()]

    def _row_names(self) -> list[str]:
        return [offer.work.key for offer in self.movable]


def _successor_field(offer: Offer) -> forms.TypedChoiceField:
    named = f"Successor, {offer.kind.lower()}: {offer.words}"
    return forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "As chosen above"), *offer.successors.items()],
        widget=forms.Select(attrs={"aria-label": named}),
    )
