"""How many wrong passwords are borne, and how long the next try must wait."""

from datetime import datetime, timedelta

ALLOWED_FROM_ONE_ADDRESS = 5
ALLOWED_FOR_ONE_NAME = 30
_LONGEST = timedelta(minutes=15)
_MAX_DOUBLINGS = 10


def blocked_until(failures: int, *, allowed: int, now: datetime) -> datetime | None:
    """Return until when no further try is heard: a minute at first, doubled each time."""
    beyond = failures - allowed
    if beyond < 0:
        return None
    minutes: int = 2 ** min(beyond, _MAX_DOUBLINGS)
    return now + min(_LONGEST, timedelta(minutes=minutes))
