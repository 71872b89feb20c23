"""Files on their way to being evidence: kept as they are brought, scanned, or put away again.

Rows beside the log: what a file proves is said by `evidence_attached`, through the same path as
everything else.
"""

from tracker.services.evidence.keeping import keep_file
from tracker.services.evidence.scanning import Outcome, scan_waiting
from tracker.services.evidence.unattached import delete_unattached

__all__ = ["Outcome", "delete_unattached", "keep_file", "scan_waiting"]
