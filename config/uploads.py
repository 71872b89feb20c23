"""How files arrive: never in memory, and never more of them on disk than any form takes."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes what arrives to a temporary file, up to the largest that any form takes.

    What comes beyond is read and thrown away, so that the form can say what is wrong and keeps what
    was typed: the file has the size that was sent and no content. The bound is for all files of a
    request together.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.arrived += len(raw_data)
        if self.arrived <= settings.LARGEST_UPLOAD:
            super().receive_data_chunk(raw_data, start)
        elif self.file.tell():
            self.file.seek(0)
            self.file.truncate()
