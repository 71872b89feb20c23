"""A real SMTP server on loopback that keeps what it takes and refuses what it is told to."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 OK"
logging.getLogger("mail.log").setLevel(logging.WARNING)  # it tells every line of every session
Answer = Callable[[str], str]


def take_all(_: str) -> str:
    return TAKEN


@dataclass
class MailServer:
    """`on_recipient` answers each RCPT and `on_message` each DATA, given the address."""

    on_recipient: Answer = take_all
    on_message: Answer = take_all
    port: int = 0
    received: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, _: SMTP, __: Session, envelope: Envelope, address: str, ___: list[str]
    ) -> str:
        answer = self.on_recipient(address)
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 - the name that aiosmtpd calls
        self, _: SMTP, __: Session, envelope: Envelope
    ) -> str:
        answer = self.on_message(envelope.rcpt_tos[0])
        if answer == TAKEN and isinstance(envelope.content, bytes):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.received.append(message)
        return answer

    def addresses(self) -> list[str]:
        """Return who got a message, in order of names."""
        return sorted(str(message["To"]) for message in self.received)


class _OnAFreePort(Controller):
    """aiosmtpd asks for a port number; a socket that is bound already cannot be taken meanwhile."""

    def __init__(self, handler: MailServer, listening: socket.socket) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=listening.getsockname()[1])
        self.listening = listening

    def _create_server(self) -> Any:
        return self.loop.create_server(self._factory_invoker, sock=self.listening)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Serve on a free port of loopback until the end."""
    server = MailServer()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        controller = _OnAFreePort(server, listening)
        server.port = controller.port
        controller.start()
        try:
            yield server
        finally:
            controller.stop()
