"""Hands a part to the XML parser in pieces that cost it no more than their length.

expat before 2.6 looks at an unfinished tag or comment anew with every piece, so in small pieces a
long one takes the square of its length (CVE-2023-52425): 20 MB, packed into 120 kB, took 23 s.
"""

from typing import IO

from tracker.documents.refusal import BOMB, DocumentRefused, Limits

PIECE = 1024 * 1024


class InPieces:
    """An open part; however little is asked for, a large piece is given."""

    def __init__(self, part: IO[bytes], limits: Limits) -> None:
        self._part = part
        self._most = limits.token_bytes
        self._unfinished = 0

    def read(self, _: int = -1) -> bytes:
        """Return the next piece. Raises: DocumentRefused on a tag or comment without end."""
        piece = self._part.read(PIECE)
        end, start = piece.find(b"<"), piece.rfind(b"<")
        self._unfinished += len(piece) if end < 0 else end
        if self._unfinished > self._most:
            raise DocumentRefused(BOMB)
        if start >= 0:
            self._unfinished = len(piece) - start
        return piece
