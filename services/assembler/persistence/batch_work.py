"""The items of a batch as its worker takes and returns them; every write is fenced by the claim.

Not scoped to an office: whoever holds the claim was given the job.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from services.assembler.domain.batches import (
    LOST_ITEM,
    SLICE,
    BatchTerms,
    ItemState,
    ItemWork,
    Outcome,
    Tally,
    next_slice,
)
from services.assembler.domain.jobs import Claim, told
from services.assembler.persistence.batches import tally, terms_of
from services.assembler.persistence.models import BatchItemRow, BatchRow
from services.assembler.persistence.queue import JobQueue

_UNSYNCHRONISED = {"synchronize_session": False}


class BatchWork:
    """What a worker does to the items of the job that it holds."""

    def __init__(self, session: Session, claim: Claim) -> None:
        self._session, self._claim = session, claim

    def terms(self) -> BatchTerms:
        """Return what the batch is about."""
        row = self._session.get_one(BatchRow, self._claim.job_id)
        return terms_of(row)

    def tally(self) -> Tally:
        """Return how many items are in which state."""
        return tally(self._session, self._claim.job_id)

    def take(self, *, limit: int = SLICE, now: datetime) -> Sequence[ItemWork]:
        """Return the items to make next, marked as begun; none when all have ended.

        An item that stopped its worker too often is given up on the way.
        """
        while self.give_up(now=now):
            pass
        _, items = next_slice(self._waiting(limit))
        self._mark_begun([item.position for item in items])
        self._advance()
        return items

    def give_up(self, *, now: datetime) -> bool:
        """Tell whether the next item stopped its worker too often; if so, it fails."""
        lost, _ = next_slice(self._waiting(1))
        if lost is not None:
            self._write(Outcome(position=lost.position, reason=LOST_ITEM), now)
            self._advance()
        return lost is not None

    def keep(self, outcomes: Sequence[Outcome], *, now: datetime) -> None:
        """Keep how items ended, and show the progress."""
        for outcome in outcomes:
            self._write(outcome, now)
        self._advance()

    def release(self, positions: Collection[int]) -> None:
        """Return items that were taken but not begun: nothing speaks against them."""
        self._update(positions, attempt=0)

    def _waiting(self, limit: int) -> list[ItemWork]:
        rows = self._session.execute(
            select(
                BatchItemRow.position,
                BatchItemRow.key,
                BatchItemRow.kind,
                BatchItemRow.template_sha256,
                BatchItemRow.attempt,
            )
            .where(BatchItemRow.job_id == self._claim.job_id)
            .where(BatchItemRow.state == ItemState.QUEUED.value)
            .order_by(BatchItemRow.position)
            .limit(limit)
        )
        return [ItemWork(**row._mapping) for row in rows]

    def _mark_begun(self, positions: Collection[int]) -> None:
        self._update(positions, attempt=BatchItemRow.attempt + 1)

    def _update(self, positions: Collection[int], **values: object) -> None:
        self._session.execute(
            update(BatchItemRow)
            .where(BatchItemRow.job_id == self._claim.job_id)
            .where(BatchItemRow.position.in_(positions))
            .where(BatchItemRow.state == ItemState.QUEUED.value)
            .values(**values)
            .execution_options(**_UNSYNCHRONISED)
        )

    def _write(self, outcome: Outcome, now: datetime) -> None:
        place = outcome.place
        self._update(
            [outcome.position],
            state=(ItemState.FAILED if outcome.docx is None else ItemState.DONE).value,
            reason=told(outcome.reason),
            sha256=outcome.sha256,
            docx=outcome.docx,
            finished_at=now,
            document_id=place and place.document_id,
            result_version_id=place and place.version_id,
            result_version=place and place.version,
            blockers=outcome.blockers,
        )

    def _advance(self) -> None:
        """Show the progress; raises LostClaim when somebody else has the job by now."""
        JobQueue(self._session).advance(
            self._claim, tally(self._session, self._claim.job_id).step()
        )
