"""How often each task ticks, in seconds. What is to be done stands in rows, never in the tick."""

from typing import Any


def _tick(task: str, *, every: float) -> dict[str, Any]:
    """Return a tick that is dropped where no worker has taken it by the time of the next."""
    return {"task": task, "schedule": every, "options": {"expires": every}}


TIMETABLE = {
    "send-reminders": _tick("tracker.tasks.send_reminders", every=60.0),
    "delete-files": _tick("tracker.tasks.delete_files", every=60.0),
    "scan-evidence": _tick("tracker.tasks.scan_evidence", every=15.0),
    "put-away-evidence": _tick("tracker.tasks.put_away_evidence", every=3600.0),
    "exchange-files": _tick("tracker.tasks.exchange_files", every=60.0),
    "publish-due-inspections": _tick("inspections.tasks.publish_due_inspections", every=60.0),
}
