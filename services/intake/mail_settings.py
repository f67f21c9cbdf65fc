"""What intake reads of e-mail from its environment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from environs import Env, EnvValidationError

from services.intake.domain.mails import MailRoute
from services.intake.gateways.mail import SmtpServer, address_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """Through which server e-mails go, by whose name, and where their links lead."""

    smtp_url: str = field(repr=False)
    sender: str
    public_url: str

    @classmethod
    def from_env(cls, env: Env) -> Self | None:
        """Read the three variables; None where no server is named: then no e-mail is made."""
        url, sender, public_url = (
            env.str(name, None) or "" for name in ("SMTP_URL", "MAIL_FROM", "PUBLIC_URL")
        )
        if not url:
            return None
        settings = cls(smtp_url=url, sender=sender, public_url=public_url.rstrip("/"))
        settings.check()
        return settings

    def check(self) -> None:
        """Raise with the name of the variable that cannot be right."""
        _demand("SMTP_URL", lambda: SmtpServer.from_url(self.smtp_url))
        _demand("MAIL_FROM", lambda: address_of(self.sender))
        parts = urlsplit(self.public_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
            raise EnvValidationError(
                "INTAKE_PUBLIC_URL must be the address of the site, without a path", []
            )

    def route(self) -> MailRoute:
        """Return what the texts of e-mails need to know."""
        return MailRoute(sender=self.sender, public_url=self.public_url)

    def server(self) -> SmtpServer:
        """Return where e-mails are handed over."""
        return SmtpServer.from_url(self.smtp_url)


def _demand(name: str, read: Callable[[], object]) -> None:
    try:
        read()
    except ValueError as exc:
        # Never the value itself: it may hold a password.
        raise EnvValidationError(f"INTAKE_{name} {exc}", []) from None
