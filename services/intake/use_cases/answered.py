"""Carry out a request once and answer its repetitions with the same JSON."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.domain.receipts import Call
from services.intake.persistence.answered_calls import AnsweredCalls


def answered(
    session: Session,
    call: Call,
    work: Callable[[], dict[str, Any]],
    *,
    office_id: UUID,
    at: datetime,
) -> dict[str, Any]:
    """Return the answer of the work, or that of the first time it was done under this key."""
    calls = AnsweredCalls(session, office_id=office_id)
    earlier = calls.claim(call, at=at)
    if earlier is not None:
        return earlier
    answer = work()
    calls.answer(call, answer)
    return answer
