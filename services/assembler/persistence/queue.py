"""The queue kept in the database: who holds which job until when, and what must be woken again.

Not scoped to an office: a message holds nothing but a job's id, and the reconciler serves all.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_, select, update
from sqlalchemy.orm import Session

from services.assembler.domain.findings import Finding
from services.assembler.domain.jobs import (
    Claim,
    DraftPlace,
    Job,
    JobSort,
    JobState,
    LostClaim,
    Patience,
    Step,
    told,
)
from services.assembler.persistence.jobs import job_of
from services.assembler.persistence.models import JobRow

_UNSYNCHRONISED = {"synchronize_session": False}


@dataclass(frozen=True, slots=True)
class DueJob:
    """A job whose worker must be woken, and how often that was tried in vain."""

    id: UUID
    sort: JobSort
    publications: int


class JobQueue:
    """Moves jobs between states by compare-and-set; every write of a worker names its claim."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, job_id: UUID, *, worker: str, now: datetime, patience: Patience) -> Job | None:
        """Give the job to this worker, or return None: held, finished, too early, exhausted."""
        lease_until = now + patience.lease
        ripe = or_(JobRow.not_before.is_(None), JobRow.not_before <= now)
        queued = and_(JobRow.state == JobState.QUEUED.value, ripe)
        lost = and_(JobRow.state == JobState.RUNNING.value, JobRow.lease_until < now)
        row = self._session.scalar(
            update(JobRow)
            .where(JobRow.id == job_id, or_(queued, lost))
            .where(JobRow.attempt < patience.max_attempts)
            .values(
                state=JobState.RUNNING.value,
                worker=worker,
                attempt=JobRow.attempt + 1,
                lease_until=lease_until,
                wake_at=lease_until,
                publications=0,
                not_before=None,
                started_at=now,
                # What a job of many items has done stays done.
                progress=case((_has_items(), JobRow.progress), else_=0),
                step=case((_has_items(), JobRow.step), else_=""),
                reason="",
            )
            .returning(JobRow)
            .execution_options(**_UNSYNCHRONISED)
        )
        return job_of(row) if row else None

    def advance(self, claim: Claim, step: Step) -> None:
        """Record that a step begins; a lease is never made longer by it."""
        self._write(claim, step=step.text, progress=step.progress)

    def note_findings(self, claim: Claim, findings: Sequence[Finding]) -> None:
        """Keep what the checks found, whether or not the rest goes well."""
        self._write(claim, findings=[_stored(finding) for finding in findings])

    def finish(self, claim: Claim, *, now: datetime, place: DraftPlace | None = None) -> None:
        """Record success."""
        result: dict[str, Any] = {}
        if place is not None:
            result = {
                "document_id": place.document_id,
                "result_version_id": place.version_id,
                "result_version": place.version,
                "result_sha256": place.sha256,
            }
        self._end(claim, JobState.DONE, now, progress=100, step="Xong", **result)

    def fail(self, claim: Claim, reason: str, *, now: datetime, must_tell: bool) -> None:
        """Record a failure that trying again by itself would not mend."""
        self._end(claim, JobState.FAILED, now, reason=told(reason), is_failure_told=not must_tell)

    def put_back(self, claim: Claim, reason: str, *, not_before: datetime) -> None:
        """Queue the job for another attempt after a pause; the reconciler will wake it."""
        self._write(
            claim,
            state=JobState.QUEUED.value,
            reason=told(reason),
            not_before=not_before,
            wake_at=not_before,
            lease_until=None,
            worker="",
        )

    def give_way(self, claim: Claim, *, now: datetime) -> None:
        """Queue the job for its next turn; attempts count anew: something went well."""
        self._write(
            claim,
            state=JobState.QUEUED.value,
            attempt=0,
            wake_at=now,
            publications=0,
            lease_until=None,
            worker="",
        )

    def assert_held(self, claim: Claim) -> None:
        """Raise LostClaim unless the job is still this worker's; held on to until the commit."""
        self._write(claim, worker=claim.worker)

    def held(self, job_id: UUID, *, worker: str) -> tuple[Claim, Job] | None:
        """Return the claim under which this worker runs the job at this moment."""
        row = self._session.scalar(
            select(JobRow)
            .where(JobRow.id == job_id, JobRow.worker == worker)
            .where(JobRow.state == JobState.RUNNING.value)
        )
        if row is None:
            return None
        return Claim(job_id=row.id, worker=worker, attempt=row.attempt), job_of(row)

    def due(self, *, now: datetime, limit: int) -> Sequence[DueJob]:
        """Return the unfinished jobs whose time to be woken has come, the longest waiting first."""
        rows = self._session.execute(
            select(JobRow.id, JobRow.sort, JobRow.publications)
            .where(JobRow.state.in_((JobState.QUEUED.value, JobState.RUNNING.value)))
            .where(JobRow.wake_at <= now)
            .order_by(JobRow.wake_at)
            .limit(limit)
        )
        return [DueJob(row.id, JobSort(row.sort), row.publications) for row in rows]

    def note_published(self, job_id: UUID, *, now: datetime, patience: Patience) -> None:
        """Record that a wake-up call was sent, and when it counts as lost."""
        row = self._session.get(JobRow, job_id, with_for_update=True)
        unfinished = {JobState.QUEUED.value, JobState.RUNNING.value}
        # A worker may have been quicker than this note; what it wrote stands.
        if row is None or row.state not in unfinished or _is_held(row, now):
            return
        row.wake_at = now + patience.republish_after(row.publications)
        row.publications += 1
        row.published_at = now

    def fail_exhausted(self, reason: str, *, now: datetime, max_attempts: int) -> Sequence[UUID]:
        """Fail the jobs whose last allowed attempt was lost with its worker."""
        failed = self._session.scalars(
            update(JobRow)
            .where(JobRow.state == JobState.RUNNING.value)
            .where(JobRow.lease_until < now, JobRow.attempt >= max_attempts)
            .values(
                state=JobState.FAILED.value,
                reason=reason,
                finished_at=now,
                lease_until=None,
                wake_at=None,
                is_failure_told=JobRow.sort != JobSort.CONVERT.value,
            )
            .returning(JobRow.id)
            .execution_options(**_UNSYNCHRONISED)
        )
        return list(failed)

    def untold_failures(self, *, limit: int) -> Sequence[Job]:
        """Return failed conversions of which the archive has not heard yet."""
        rows = self._session.scalars(
            select(JobRow)
            .where(JobRow.state == JobState.FAILED.value, JobRow.is_failure_told.is_(False))
            .order_by(JobRow.finished_at)
            .limit(limit)
        )
        return [job_of(row) for row in rows]

    def note_told(self, job_id: UUID) -> None:
        """Record that the archive knows of the failure."""
        self._session.execute(
            update(JobRow)
            .where(JobRow.id == job_id, JobRow.state == JobState.FAILED.value)
            .values(is_failure_told=True)
            .execution_options(**_UNSYNCHRONISED)
        )

    def _end(self, claim: Claim, state: JobState, now: datetime, **values: Any) -> None:
        self._write(
            claim, state=state.value, finished_at=now, lease_until=None, wake_at=None, **values
        )

    def _write(self, claim: Claim, **values: Any) -> None:
        written = self._session.execute(
            update(JobRow)
            .where(JobRow.id == claim.job_id, JobRow.state == JobState.RUNNING.value)
            .where(JobRow.worker == claim.worker, JobRow.attempt == claim.attempt)
            .values(**values)
            .returning(JobRow.id)
            .execution_options(**_UNSYNCHRONISED)
        )
        if written.scalar_one_or_none() is None:
            raise LostClaim(str(claim.job_id))


def _has_items() -> ColumnElement[bool]:
    return JobRow.sort.in_((JobSort.BATCH.value, JobSort.PRINT.value))


def _is_held(row: JobRow, now: datetime) -> bool:
    is_running = row.state == JobState.RUNNING.value
    return is_running and row.lease_until is not None and row.lease_until >= now


def _stored(finding: Finding) -> dict[str, str]:
    return {name: str(value) for name, value in asdict(finding).items()}
