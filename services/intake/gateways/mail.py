"""E-mails over SMTP: what a server says is told apart by what follows from it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.utils import format_datetime, formataddr, parseaddr
from typing import Protocol, Self
from urllib.parse import unquote, urlsplit

from services.intake.domain.mails import Mail, is_address, one_line

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_PATIENCE_SECONDS = 15
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP  # readable in a mail server's log, unlike base64


class Refused(Exception):
    """The server will never take this e-mail; its message says why, for the administrator."""


class NotNow(Exception):
    """The server does not take this e-mail now; another one it may take."""


class ServerAway(Exception):
    """The server takes nothing at all now: not reached, or it does not accept us."""


class Line(Protocol):
    """A connection to the server."""

    def send(self, mail: Mail) -> None:
        """Hand the e-mail over; raises Refused, NotNow or ServerAway."""


class Mailer(Protocol):
    """Opens connections; raises ServerAway."""

    def opened(self) -> AbstractContextManager[Line]:
        """Yield a connection for some e-mails."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where the server is, and how one speaks with it.

    `smtp://` speaks in the clear, for a relay on the same machine or network; `smtp+starttls://`
    refuses to; `smtps://` encrypts from the first byte. A password is never sent in the clear.
    """

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read an address such as ``smtps://user:secret@mail.example.vn:465``."""
        parts = urlsplit(url)
        scheme = parts.scheme.casefold()
        if scheme not in _PORTS or not parts.hostname or parts.path not in {"", "/"}:
            raise ValueError("must be smtp://, smtp+starttls:// or smtps:// and a host")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if user and scheme == "smtp":
            scheme = "smtp+starttls"
        port = parts.port or _PORTS[scheme]
        return cls(scheme=scheme, host=parts.hostname, port=port, user=user, password=password)


class SmtpMailer:
    """Sends through one server, by one sender's name."""

    def __init__(
        self, server: SmtpServer, *, sender: str, tls: ssl.SSLContext | None = None
    ) -> None:
        self._server, self._sender = server, sender
        self._tls = tls or ssl.create_default_context()

    @contextmanager
    def opened(self) -> Iterator[Line]:
        """Yield a connection; its end is the server's business, what was taken is taken."""
        client = self._connected()
        try:
            yield _SmtpLine(client, self._sender)
        finally:
            with suppress(smtplib.SMTPException, OSError):  # the e-mails have gone by now
                client.quit()
            client.close()

    def _connected(self) -> smtplib.SMTP:
        try:
            client = self._called()
        except (OSError, smtplib.SMTPException) as exc:
            raise ServerAway(f"Không kết nối được máy chủ thư: {_said(exc)}") from exc
        try:
            if self._server.scheme == "smtp+starttls":
                client.starttls(context=self._tls)
            if self._server.user:
                client.login(self._server.user, self._server.password)
        except (OSError, smtplib.SMTPException) as exc:
            client.close()
            raise ServerAway(f"Máy chủ thư không chấp nhận đăng nhập: {_said(exc)}") from exc
        return client

    def _called(self) -> smtplib.SMTP:
        server, own_name = self._server, address_of(self._sender).rpartition("@")[2]
        if server.scheme == "smtps":
            return smtplib.SMTP_SSL(
                server.host, server.port, own_name, timeout=_PATIENCE_SECONDS, context=self._tls
            )
        return smtplib.SMTP(server.host, server.port, own_name, timeout=_PATIENCE_SECONDS)


class _SmtpLine:
    def __init__(self, client: smtplib.SMTP, sender: str) -> None:
        self._client, self._sender = client, sender

    def send(self, mail: Mail) -> None:
        """Hand the e-mail over."""
        if not is_address(mail.address):
            raise Refused("Địa chỉ thư điện tử không đúng dạng.")
        message = message_of(mail, sender=self._sender)
        try:
            self._client.send_message(message, address_of(self._sender), [mail.address])
        except smtplib.SMTPRecipientsRefused as exc:
            code, said = exc.recipients[mail.address]
            raise _verdict(code, said, "Máy chủ thư từ chối địa chỉ người nhận") from exc
        except smtplib.SMTPDataError as exc:
            raise _verdict(exc.smtp_code, exc.smtp_error, "Máy chủ thư từ chối thư") from exc
        except (smtplib.SMTPException, OSError) as exc:
            raise ServerAway(f"Máy chủ thư không nhận thư: {_said(exc)}") from exc


def message_of(mail: Mail, *, sender: str) -> Message:
    """Return the e-mail as it is sent; the same e-mail has the same Message-ID every time."""
    message = Message()
    message.set_payload(mail.body, _UTF8)
    name, address = parseaddr(sender)
    message["From"] = formataddr((name, address), "utf-8")
    message["To"] = mail.address
    # Encoded as a whole: where only some words are, Python 3.11 loses spaces between them.
    message["Subject"] = Header(one_line(mail.subject), "utf-8", header_name="Subject").encode()
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{address.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = "vi"
    return message


def address_of(sender: str) -> str:
    """Return the bare address of ``Name <address>``; ValueError where there is none."""
    address = parseaddr(sender)[1]
    if not is_address(address) or one_line(sender) != sender:
        raise ValueError("must be an address, or a name and <address>")
    return address


def _verdict(code: int, said: bytes | str, what: str) -> Refused | NotNow:
    reason = f"{what} ({code}): {_text(said)}"
    return Refused(reason) if 500 <= code < 600 else NotNow(reason)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(said: bytes | str) -> str:
    return one_line(said if isinstance(said, str) else said.decode("utf-8", "replace"))
