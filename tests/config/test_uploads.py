"""Whatever is sent, neither memory nor disk fills up, and the form hears how large it was."""

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import load_handler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

PART = 64 * 1024
MOST = 4 * PART
HEAD = (
    b'--bound\r\nContent-Disposition: form-data; name="file"; filename="log.pdf"\r\n'
    b"Content-Type: application/pdf\r\n\r\n"
)
TAIL = b'\r\n--bound\r\nContent-Disposition: form-data; name="title"\r\n\r\nSample\r\n--bound--\r\n'


class Stream:
    """A request's body that is made while it is read."""

    def __init__(self, parts: int) -> None:
        self.left: Iterator[bytes] = iter([HEAD, *[bytes(PART)] * parts, TAIL])
        self.rest = b""

    def read(self, size: int) -> bytes:
        while len(self.rest) < size and (more := next(self.left, b"")):
            self.rest += more
        given, self.rest = self.rest[:size], self.rest[size:]
        return given


@pytest.fixture
def parsed(settings: LazySettings) -> Any:
    settings.LARGEST_UPLOAD = MOST

    def parse(parts: int) -> tuple[Any, Any]:
        stream: Any = Stream(parts)
        length = len(HEAD) + parts * PART + len(TAIL)
        meta = {"CONTENT_TYPE": "multipart/form-data; boundary=bound", "CONTENT_LENGTH": length}
        handlers = [load_handler(each, HttpRequest()) for each in settings.FILE_UPLOAD_HANDLERS]
        return MultiPartParser(meta, stream, handlers, "utf-8").parse()

    return parse


def on_disk(file: TemporaryUploadedFile) -> int:
    return Path(file.temporary_file_path()).stat().st_size


def test_a_file_arrives_on_disk_and_whole(parsed: Any) -> None:
    texts, files = parsed(4)
    with files["file"] as file:
        assert (file.size, on_disk(file)) == (MOST, MOST)
        assert file.read() == bytes(MOST)
    assert texts["title"] == "Sample"


def test_a_file_without_end_is_thrown_away_and_the_text_after_it_is_kept(parsed: Any) -> None:
    tracemalloc.start()
    try:
        texts, files = parsed(400)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    with files["file"] as file:
        assert (file.size, on_disk(file), file.read()) == (400 * PART, 0, b"")
    assert texts["title"] == "Sample"
    assert peak < 20 * PART
