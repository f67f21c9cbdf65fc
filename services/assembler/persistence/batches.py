"""Batches of one office, as people ask about them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.orm import Session, aliased

from kernel.errors import NotFound
from services.assembler.domain.batches import (
    LARGEST_BATCH,
    Batch,
    BatchSubject,
    BatchTerms,
    Item,
    ItemState,
    NewItem,
    Tally,
)
from services.assembler.domain.jobs import DraftPlace, JobState, told
from services.assembler.persistence.jobs import job_of
from services.assembler.persistence.models import BatchItemRow, BatchPdfRow, BatchRow, JobRow

_READ_AT_ONCE = 50
_UNSYNCHRONISED = {"synchronize_session": False}


class Batches:
    """Batches of one office; another office's rows cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def add(self, job_id: UUID, terms: BatchTerms, items: Sequence[NewItem]) -> None:
        """Keep what a new job is to make."""
        row = BatchRow(
            job_id=job_id,
            subject=terms.subject.value,
            award=terms.award,
            decision_number=terms.decision_number,
            first_entry=terms.first_entry,
            on_stock=terms.on_stock,
        )
        self._session.add(row)
        self._session.flush()
        rows = [
            {
                "job_id": job_id,
                "position": position,
                "key": item.key,
                "label": item.label,
                "kind": item.kind,
                "template_sha256": item.template_sha256,
                "state": (ItemState.FAILED if item.reason else ItemState.QUEUED).value,
                "reason": told(item.reason),
                "warning": told(item.warning),
            }
            for position, item in enumerate(items, 1)
        ]
        self._session.execute(insert(BatchItemRow), rows)

    def get(self, batch_id: UUID) -> Batch:
        """Return the batch; absent and foreign give the same NotFound."""
        found = self._session.execute(
            select(JobRow, BatchRow)
            .join(BatchRow, BatchRow.job_id == JobRow.id)
            .where(JobRow.office_id == self._office_id, JobRow.id == batch_id)
            .execution_options(populate_existing=True)
        ).one_or_none()
        if found is None:
            raise NotFound("Không có đợt này.")
        return Batch(
            job=job_of(found[0]), terms=terms_of(found[1]), tally=tally(self._session, batch_id)
        )

    def items(
        self, batch_id: UUID, *, after: int = 0, limit: int, state: ItemState | None = None
    ) -> list[Item]:
        """Return items in their order, after the one at a position; no state means all."""
        wanted = self._items(batch_id).where(BatchItemRow.position > after)
        if state is not None:
            wanted = wanted.where(BatchItemRow.state == state.value)
        ordered = wanted.order_by(BatchItemRow.position).limit(limit)
        return [_item_of(row, is_kept) for row, is_kept in self._session.execute(ordered)]

    def item(self, batch_id: UUID, position: int) -> tuple[Item, bytes | None]:
        """Return one item with its document, None where there is none (any more)."""
        found = self._session.execute(
            self._items(batch_id)
            .add_columns(BatchItemRow.docx)
            .where(BatchItemRow.position == position)
        ).one_or_none()
        if found is None:
            raise NotFound("Đợt này không có mục đó.")
        return _item_of(found[0], found[1]), found[2]

    def documents(
        self, batch_id: UUID, *, first: int = 1, last: int = LARGEST_BATCH
    ) -> Iterator[tuple[Item, bytes]]:
        """Yield what was made and is still kept, in order; only some are in memory at once."""
        at = first - 1
        while True:
            rows = self._session.execute(
                self._items(batch_id)
                .add_columns(BatchItemRow.docx)
                .where(BatchItemRow.state == ItemState.DONE.value)
                .where(BatchItemRow.docx.is_not(None))
                .where(BatchItemRow.position > at, BatchItemRow.position <= last)
                .order_by(BatchItemRow.position)
                .limit(_READ_AT_ONCE)
            ).all()
            for row, is_kept, docx in rows:
                yield _item_of(row, is_kept), docx
                at = row.position
            if len(rows) < _READ_AT_ONCE:
                return

    def hashes(self, batch_id: UUID) -> dict[int, str]:
        """Return the hashes of what was made and is still kept, by position and in order."""
        self.get(batch_id)
        rows = self._session.execute(
            select(BatchItemRow.position, BatchItemRow.sha256)
            .where(BatchItemRow.job_id == batch_id, BatchItemRow.docx.is_not(None))
            .order_by(BatchItemRow.position)
        )
        return {row[0]: row[1] for row in rows}

    def ask_again(
        self, batch_id: UUID, *, kind: str, template_sha256: str, states: Collection[ItemState]
    ) -> int:
        """Queue the items of one kind that are in these states again, for this template."""
        self.get(batch_id)
        done = self._session.execute(
            update(BatchItemRow)
            .where(BatchItemRow.job_id == batch_id, BatchItemRow.kind == kind)
            .where(BatchItemRow.state.in_([state.value for state in states]))
            .values(
                state=ItemState.QUEUED.value,
                template_sha256=template_sha256,
                attempt=0,
                reason="",
                sha256="",
                docx=None,
                finished_at=None,
            )
            .returning(BatchItemRow.position)
            .execution_options(**_UNSYNCHRONISED)
        )
        return len(done.all())

    def kinds(self, batch_id: UUID) -> list[tuple[str, str]]:
        """Return the kinds of document of the items, with the hashes of their templates."""
        self.get(batch_id)
        rows = self._session.execute(
            select(BatchItemRow.kind, BatchItemRow.template_sha256)
            .where(BatchItemRow.job_id == batch_id)
            .distinct()
            .order_by(BatchItemRow.kind)
        )
        return [(row[0], row[1]) for row in rows]

    def _items(self, batch_id: UUID) -> Select[BatchItemRow, bool]:
        return (
            select(BatchItemRow, BatchItemRow.docx.is_not(None))
            .join(JobRow, JobRow.id == BatchItemRow.job_id)
            .where(JobRow.office_id == self._office_id, JobRow.id == batch_id)
            .execution_options(populate_existing=True)
        )


def terms_of(row: BatchRow) -> BatchTerms:
    """Return a row as the value that leaves persistence."""
    return BatchTerms(
        subject=BatchSubject(row.subject),
        award=row.award,
        decision_number=row.decision_number,
        first_entry=row.first_entry,
        on_stock=row.on_stock,
    )


def tally(session: Session, batch_id: UUID) -> Tally:
    """Return how many items are in which state."""
    rows = session.execute(
        select(BatchItemRow.state, func.count())
        .where(BatchItemRow.job_id == batch_id)
        .group_by(BatchItemRow.state)
    )
    return Tally(**{row[0]: row[1] for row in rows})


def forget(session: Session, *, finished_before: datetime) -> int:
    """Drop the working copies of batches and prints that ended long ago; return how many.

    A PDF stays for as long as the documents that it shows: its print is never asked for again.
    """
    ended = _ended(JobRow, finished_before)
    of_old_batches = _ended(aliased(JobRow), finished_before)
    copies = session.execute(
        update(BatchItemRow)
        .where(BatchItemRow.docx.is_not(None), BatchItemRow.job_id.in_(ended))
        .values(docx=None)
        .returning(BatchItemRow.position)
        .execution_options(**_UNSYNCHRONISED)
    ).all()
    pdfs = session.execute(
        delete(BatchPdfRow)
        .where(BatchPdfRow.job_id.in_(ended.where(JobRow.batch_id.in_(of_old_batches))))
        .returning(BatchPdfRow.part)
        .execution_options(**_UNSYNCHRONISED)
    ).all()
    return len(copies) + len(pdfs)


def _ended(job: type[JobRow], before: datetime) -> Select[UUID]:
    return (
        select(job.id)
        .where(job.state.in_((JobState.DONE.value, JobState.FAILED.value)))
        .where(job.finished_at < before)
    )


def _item_of(row: BatchItemRow, is_kept: bool) -> Item:
    return Item(
        position=row.position,
        key=row.key,
        label=row.label,
        kind=row.kind,
        template_sha256=row.template_sha256,
        state=ItemState(row.state),
        reason=row.reason,
        warning=row.warning,
        sha256=row.sha256,
        is_kept=bool(is_kept),
        attempt=row.attempt,
        place=_place_of(row),
        blockers=row.blockers,
    )


def _place_of(row: BatchItemRow) -> DraftPlace | None:
    if row.document_id is None or row.result_version_id is None or row.result_version is None:
        return None
    return DraftPlace(
        document_id=row.document_id,
        version_id=row.result_version_id,
        version=row.result_version,
        sha256=row.sha256,
    )
