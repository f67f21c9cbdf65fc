"""What every use case is handed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kernel.clock import HANOI, utc_now
from kernel.database import Database
from kernel.files import FileStore
from services.intake.domain.attachments import USUAL_LIMITS, AttachmentLimits
from services.intake.domain.mails import MailRoute
from services.intake.gateways.mail import Mailer
from services.intake.gateways.passwords import Passwords


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """The collaborators of intake, chosen in app.py; tests choose others."""

    database: Database
    passwords: Passwords
    files: FileStore
    attachment_limits: AttachmentLimits = USUAL_LIMITS
    now: Callable[[], datetime] = utc_now
    session_lifetime: timedelta = timedelta(hours=10)
    """How long a session lives without being seen; the cookie's own lifetime."""
    mail: MailRoute | None = None
    """None: no mail server was named, and no e-mail is made."""
    mailer: Mailer | None = None
    """Only a worker has one; `mail` says whether there is any."""
    heartbeat_limit: timedelta = timedelta(minutes=1)

    def today(self) -> date:
        """Return the calendar day in Viet Nam."""
        return self.now().astimezone(HANOI).date()
