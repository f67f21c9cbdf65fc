"""Carry out a request once, however often it arrives."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.domain.receipts import Call, Receipt
from services.intake.persistence.answered_calls import AnsweredCalls


def once(
    session: Session,
    call: Call,
    work: Callable[[], Receipt],
    *,
    office_id: UUID,
    at: datetime,
) -> Receipt:
    """Return the receipt of the work, or of the first time it was done under this key."""
    calls = AnsweredCalls(session, office_id=office_id)
    earlier = calls.claim(call, at=at)
    if earlier is not None:
        return _remembered(earlier)
    receipt = work()
    calls.answer(call, _memory(receipt))
    return receipt


def _memory(receipt: Receipt) -> dict[str, Any]:
    at = receipt.submitted_at
    return {
        **asdict(receipt),
        "submission_id": str(receipt.submission_id),
        "submitted_at": at.isoformat() if at else None,
    }


def _remembered(memory: dict[str, Any]) -> Receipt:
    at = memory["submitted_at"]
    return Receipt(
        **{
            **memory,
            "submission_id": UUID(memory["submission_id"]),
            "submitted_at": datetime.fromisoformat(at) if at else None,
        }
    )
