"""Carry out a request once whose answer is JSON already."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.domain.receipts import Call
from services.intake.use_cases.once import Memory, remembered

_AS_IT_IS: Memory[dict[str, Any]] = Memory(keep=dict, find=dict)


def answered(
    session: Session,
    call: Call,
    work: Callable[[], dict[str, Any]],
    *,
    office_id: UUID,
    at: datetime,
) -> dict[str, Any]:
    """Return the answer of the work, or that of the first time it was done under this key."""
    return remembered(session, call, work, _AS_IT_IS, office_id=office_id, at=at)
