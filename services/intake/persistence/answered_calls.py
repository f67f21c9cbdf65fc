"""Requests already carried out: the second arrival gets the first one's answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kernel.errors import InvalidInput, Located
from services.intake.domain.receipts import Call
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import AnsweredCallRow


class AnsweredCalls:
    """One claim a key, in the transaction of the work itself: both happen, or neither."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def claim(self, call: Call, *, at: datetime) -> dict[str, Any] | None:
        """Take the key; return the answer that was given, if it was taken before."""
        row = AnsweredCallRow(
            office_id=self._office_id,
            actor=call.actor,
            key=call.key,
            fingerprint=call.fingerprint,
            answer=None,
            at=at,
        )
        if try_insert(self._session, row):
            return None
        earlier = self._taken(call)
        if earlier.fingerprint != call.fingerprint:
            detail = "Idempotency-Key này đã dùng cho một yêu cầu khác."
            raise InvalidInput(detail, errors=[Located("#/Idempotency-Key", detail)])
        return earlier.answer

    def answer(self, call: Call, answer: dict[str, Any]) -> None:
        """Keep the answer beside the key."""
        self._taken(call).answer = answer

    def _taken(self, call: Call) -> AnsweredCallRow:
        return self._session.scalars(
            select(AnsweredCallRow).where(
                AnsweredCallRow.office_id == self._office_id,
                AnsweredCallRow.actor == call.actor,
                AnsweredCallRow.key == call.key,
            )
        ).one()
