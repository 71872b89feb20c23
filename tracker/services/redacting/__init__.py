"""Redaction for good: whatever holds a second copy of the words forgets it too.

The log deletes its own text, and the read models follow it. Every other place that can hold the
same words has a module here with one function, listed in `PLACES`: it is called in the transaction
of the redaction, just after the text has gone from the log. To add a place, write such a module
and list its function; a file is deleted by `files.delete_after_commit`, never at once.
"""

from tracker.services.redacting.places import PLACES, forget_everywhere
from tracker.services.redacting.redaction import Place, Redaction

__all__ = ["PLACES", "Place", "Redaction", "forget_everywhere"]
