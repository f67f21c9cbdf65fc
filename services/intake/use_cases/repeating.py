"""Carry out a call once, whatever it answers, however often it arrives."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.domain.receipts import Call
from services.intake.use_cases.once import Memory, remembered

Answer = dict[str, Any]
_AS_IT_IS: Memory[Answer] = Memory(dict, dict)


def answer_once(
    session: Session,
    call: Call | None,
    work: Callable[[], Answer],
    *,
    office_id: UUID,
    at: datetime,
) -> Answer:
    """Return what the work answers, or what it answered the first time under this key.

    The answer is kept as JSON. Without a call the work is done each time.
    """
    if call is None:
        return work()
    return remembered(session, call, work, _AS_IT_IS, office_id=office_id, at=at)
