"""When something that must happen again and again happened last."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from services.assembler.persistence.models import PulseRow

HEARTBEAT = "heartbeat"
RECONCILE = "reconcile"
FORGET = "forget"
SOUND_PDFS = "sound-pdfs"


class Pulses:
    """The last beat of each name."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def beat(self, name: str, now: datetime, *, unless_within: timedelta = timedelta(0)) -> bool:
        """Record a beat; False when the last one is more recent than allowed."""
        row = self._session.get(PulseRow, name, with_for_update=True)
        if row is None:
            return self._first(name, now)
        if now - row.beat_at < unless_within:
            return False
        row.beat_at = now
        return True

    def last(self, name: str) -> datetime | None:
        """Return the last beat."""
        row = self._session.get(PulseRow, name)
        return row.beat_at if row else None

    def _first(self, name: str, now: datetime) -> bool:
        try:
            with self._session.begin_nested():
                self._session.add(PulseRow(name=name, beat_at=now))
        except IntegrityError:
            return False
        return True
