"""The one custom signal of the house: news that travels from the record to the tracker."""

from django.dispatch import Signal

# Sent inside the publishing transaction with `inspection`, `actor` and `now`.
inspection_published = Signal()
