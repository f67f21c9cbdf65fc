"""What the outbox holds is told to the other services, now or later."""

import logging
from dataclasses import dataclass
from uuid import UUID

from kernel.contracts.renditions import ConversionRequest
from kernel.errors import Failure
from services.archive.persistence.models import OutboxRow
from services.archive.persistence.outbox import Outbox
from services.archive.use_cases.deps import Deps

logger = logging.getLogger("thidua.archive.outbox")

BATCH = 50
# Once it has not answered, the rest of the batch would only wait for the same silence.
_GIVE_UP_AFTER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PushResult:
    """How many were taken and how many were not."""

    sent: int
    failed: int


def push_outbox(*, deps: Deps, version_id: UUID | None = None) -> PushResult:
    """Send what is unsent: of every office, or of one version only.

    Calls happen outside any transaction. Two pushers at once send the same thing twice, which the
    receiver allows for.
    """
    with deps.sessions.read() as session:
        waiting = Outbox(session).unsent(limit=BATCH, version_id=version_id)
    sent = failed = 0
    for row in waiting:
        if failed >= _GIVE_UP_AFTER:
            break
        reason = _send(row, deps)
        with deps.sessions.begin() as session:
            if reason is None:
                Outbox(session).note_sent(row.id, now=deps.now())
            else:
                Outbox(session).note_failure(row.id, reason)
        sent, failed = sent + (reason is None), failed + (reason is not None)
    return PushResult(sent=sent, failed=failed)


def _send(row: OutboxRow, deps: Deps) -> str | None:
    """Return why the other service did not take it, or None.

    What was committed before must not look failed because of what comes after it, so nothing is
    raised from here: the row keeps the reason and is sent again.
    """
    request = ConversionRequest(version_id=row.version_id, sha256=row.sha256)
    try:
        deps.converter.ask(request, office_id=row.office_id)
    except Failure as exc:
        return exc.detail
    except Exception as exc:
        logger.exception("outbox", extra={"outbox_id": str(row.id)})
        return type(exc).__name__
    return None
