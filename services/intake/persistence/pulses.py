"""When something that must happen again and again happened last."""

from datetime import datetime

from sqlalchemy.orm import Session

from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import PulseRow

HEARTBEAT = "heartbeat"


class Pulses:
    """The last beat of each name."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def beat(self, name: str, now: datetime) -> None:
        """Record a beat."""
        row = self._session.get(PulseRow, name, with_for_update=True)
        if row is not None:
            row.beat_at = now
        else:  # the first of two at once is as good as the second
            try_insert(self._session, PulseRow(name=name, beat_at=now))

    def last(self, name: str) -> datetime | None:
        """Return the last beat."""
        row = self._session.get(PulseRow, name)
        return row.beat_at if row else None
