"""Carry out a request once, however often it arrives."""

from collections.abc import Callable
from datetime import datetime
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
        submitted_at = earlier["submitted_at"]
        return Receipt(
            submission_id=UUID(earlier["submission_id"]),
            state=earlier["state"],
            round=earlier["round"],
            code=earlier["code"],
            sha256=earlier["sha256"],
            submitted_at=datetime.fromisoformat(submitted_at) if submitted_at else None,
        )
    receipt = work()
    calls.answer(
        call,
        {
            "submission_id": str(receipt.submission_id),
            "state": receipt.state,
            "round": receipt.round,
            "code": receipt.code,
            "sha256": receipt.sha256,
            "submitted_at": receipt.submitted_at.isoformat() if receipt.submitted_at else None,
        },
    )
    return receipt
