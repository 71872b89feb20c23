"""Files that no address leads to: each is served by a door of its own, or by none."""

from pathlib import Path
from typing import Any


def private_folder(place: Path) -> dict[str, Any]:
    """Return the setting of a storage in a folder that only the service itself can read."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": place,
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    }
