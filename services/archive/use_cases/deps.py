"""What the use cases work with; chosen once, in app.py, and handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from kernel.auth.credentials import Credentials
from kernel.clock import hanoi_today, utc_now
from kernel.database import Database
from kernel.files import FileStore
from services.archive.gateways.assembler import Converter


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """The archive's collaborators."""

    sessions: Database
    files: FileStore
    converter: Converter
    credentials: Credentials
    now: Callable[[], datetime] = utc_now
    today: Callable[[], date] = hanoi_today
