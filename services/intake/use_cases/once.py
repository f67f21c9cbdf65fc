"""Carry out a request once, however often it arrives: the one place for every unsafe call."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from services.intake.domain.receipts import Call, Receipt
from services.intake.persistence.answered_calls import AnsweredCalls

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Memory(Generic[T]):
    """How an answer is kept as JSON, and found again."""

    keep: Callable[[T], dict[str, Any]]
    find: Callable[[dict[str, Any]], T]


def once(
    session: Session,
    call: Call,
    work: Callable[[], Receipt],
    *,
    office_id: UUID,
    at: datetime,
) -> Receipt:
    """Return the receipt of the work, or of the first time it was done under this key."""
    return remembered(session, call, work, RECEIPTS, office_id=office_id, at=at)


def remembered(
    session: Session,
    call: Call,
    work: Callable[[], T],
    memory: Memory[T],
    *,
    office_id: UUID,
    at: datetime,
) -> T:
    """Return what the work gave, or what it gave the first time it was done under this key."""
    calls = AnsweredCalls(session, office_id=office_id)
    earlier = calls.claim(call, at=at)
    if earlier is not None:
        return memory.find(earlier)
    answer = work()
    calls.answer(call, memory.keep(answer))
    return answer


def _kept(receipt: Receipt) -> dict[str, Any]:
    at = receipt.submitted_at
    return {
        **asdict(receipt),
        "submission_id": str(receipt.submission_id),
        "submitted_at": at.isoformat() if at else None,
    }


def _found(kept: dict[str, Any]) -> Receipt:
    at = kept["submitted_at"]
    return Receipt(
        **{
            **kept,
            "submission_id": UUID(kept["submission_id"]),
            "submitted_at": datetime.fromisoformat(at) if at else None,
        }
    )


RECEIPTS = Memory(_kept, _found)
