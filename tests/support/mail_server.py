"""A real SMTP server in the test's own process, which can be asked to refuse, to sulk, to stop."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope

HOST = "127.0.0.1"
USER, PASSWORD = "thidua@anphu.gov.vn", "a/b:c@d e"


@dataclass
class Postbox:
    """What arrived; `refusals` answer recipients, `troubles` answer messages, each once."""

    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, or refuse him."""
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        """Take the message, or answer what was asked for."""
        if self.troubles:
            return self.troubles.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(message_from_bytes(content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        """Return the Message-ID of each message that arrived."""
        return [str(it["Message-ID"]) for it in self.received]


@dataclass(frozen=True)
class MailServer:
    """A running server: where it is, what arrived."""

    port: int
    postbox: Postbox

    def url(self, scheme: str = "smtp", who: str = "") -> str:
        """Return its address as a setting."""
        return f"{scheme}://{who}{HOST}:{self.port}"


@contextmanager
def a_mail_server(*, port: int = 0, postbox: Postbox | None = None) -> Iterator[MailServer]:
    """Yield a server that speaks in the clear and lets everybody in; port 0 takes any free one."""
    with _running(Controller(postbox or Postbox(), HOST, port or free_port())) as server:
        yield server


@contextmanager
def a_starttls_server(tls: ssl.SSLContext) -> Iterator[MailServer]:
    """Yield a server that wants encryption, then name and password."""
    options = {"auth_required": True, "authenticator": _authenticate, "require_starttls": True}
    with _running(Controller(Postbox(), HOST, free_port(), tls_context=tls, **options)) as server:
        yield server


@contextmanager
def a_smtps_server(tls: ssl.SSLContext) -> Iterator[MailServer]:
    """Yield a server that encrypts from the first byte."""
    with _running(Controller(Postbox(), HOST, free_port(), ssl_context=tls)) as server:
        yield server


@contextmanager
def _running(controller: Controller) -> Iterator[MailServer]:
    controller.start()
    try:
        yield MailServer(controller.port, controller.handler)
    finally:
        controller.stop()


def an_authority() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Return what a server proves itself by, and what a client that believes it trusts."""
    authority = trustme.CA()
    of_server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(of_server)
    of_client = ssl.create_default_context()
    authority.configure_trust(of_client)
    return of_server, of_client


def free_port() -> int:
    """Return a port at which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _authenticate(server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
    is_known = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
    return AuthResult(success=is_known, handled=False)
