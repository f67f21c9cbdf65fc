"""Jobs of one office, as people and services ask about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.assembler.domain.findings import Finding, Severity
from services.assembler.domain.jobs import DraftPlace, Job, JobSort, JobState
from services.assembler.persistence.models import JobRow


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """What is known of a job when it is asked for."""

    sort: JobSort
    idempotency_key: str
    created_at: datetime
    created_by: UUID | None = None
    kind: str = ""
    title: str = ""
    period_id: UUID | None = None
    period_title: str = ""
    dossier_id: UUID | None = None
    dossier_sha256: str = ""
    intended_on: date | None = None
    version_id: UUID | None = None
    version_sha256: str = ""
    batch_id: UUID | None = None


class Jobs:
    """Jobs of one office; another office's rows cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def add_once(self, new: NewJob) -> tuple[Job, bool]:
        """Return the job and whether it is new: the same key or version gives the first one."""
        values = {name: getattr(new, name) for name in NewJob.__slots__}
        row = JobRow(office_id=self._office_id, wake_at=new.created_at, **values)
        try:
            with self._session.begin_nested():
                self._session.add(row)
                self._session.flush()
        except IntegrityError:
            same = and_(JobRow.version_id == new.version_id, JobRow.version_id.is_not(None))
            first = or_(JobRow.idempotency_key == new.idempotency_key, same)
            return job_of(self._session.scalars(self._visible().where(first)).one()), False
        return job_of(row), True

    def get(self, job_id: UUID) -> Job:
        """Return the job; absent and foreign give the same NotFound."""
        row = self._session.scalar(self._visible().where(JobRow.id == job_id))
        if row is None:
            raise NotFound("Không có việc soạn thảo này.")
        return job_of(row)

    def find_by_key(self, idempotency_key: str) -> Job | None:
        """Return the job that this key once asked for."""
        wanted = self._visible().where(JobRow.idempotency_key == idempotency_key)
        row = self._session.scalar(wanted)
        return job_of(row) if row else None

    def newest(
        self, *, limit: int, before: UUID | None = None, sorts: Collection[JobSort] = ()
    ) -> Sequence[Job]:
        """Return jobs, the newest first, after the one named by `before`; no sort means all."""
        wanted = self._visible()
        if sorts:
            wanted = wanted.where(JobRow.sort.in_([sort.value for sort in sorts]))
        if before is not None:
            last = self.get(before)
            older = JobRow.created_at < last.created_at
            same = and_(JobRow.created_at == last.created_at, JobRow.id < last.id)
            wanted = wanted.where(or_(older, same))
        wanted = wanted.order_by(JobRow.created_at.desc(), JobRow.id.desc()).limit(limit)
        return [job_of(row) for row in self._session.scalars(wanted)]

    def print_of(self, batch_id: UUID, digest: str) -> Job | None:
        """Return the job that prints a batch as it is, told by the digest of its items."""
        wanted = self._visible().where(JobRow.batch_id == batch_id)
        row = self._session.scalar(wanted.where(JobRow.version_sha256 == digest))
        return job_of(row) if row else None

    def requeue(
        self, job_id: UUID, *, now: datetime, retry_key: str, state: JobState = JobState.FAILED
    ) -> bool:
        """Put a failed job back with all its attempts; False when it is not in that state."""
        done = self._session.execute(
            update(JobRow)
            .where(JobRow.office_id == self._office_id, JobRow.id == job_id)
            .where(JobRow.state == state.value)
            .values(
                state=JobState.QUEUED.value,
                attempt=0,
                progress=0,
                step="",
                reason="",
                not_before=None,
                finished_at=None,
                wake_at=now,
                publications=0,
                retry_key=retry_key,
                is_failure_told=True,
            )
            .returning(JobRow.id)
            .execution_options(synchronize_session=False)
        )
        return done.scalar_one_or_none() is not None

    def _visible(self) -> Select[JobRow]:
        fresh = {"populate_existing": True}
        return select(JobRow).where(JobRow.office_id == self._office_id).execution_options(**fresh)


def job_of(row: JobRow) -> Job:
    """Return a row as the value that leaves persistence."""
    return Job(
        id=row.id,
        office_id=row.office_id,
        sort=JobSort(row.sort),
        state=JobState(row.state),
        progress=row.progress,
        step=row.step,
        attempt=row.attempt,
        created_at=row.created_at,
        created_by=row.created_by,
        started_at=row.started_at,
        finished_at=row.finished_at,
        not_before=row.not_before,
        reason=row.reason,
        kind=row.kind,
        title=row.title,
        period_id=row.period_id,
        period_title=row.period_title,
        dossier_id=row.dossier_id,
        dossier_sha256=row.dossier_sha256,
        on=row.intended_on,
        version_id=row.version_id,
        version_sha256=row.version_sha256,
        batch_id=row.batch_id,
        result=_result_of(row),
        findings=tuple(_finding_of(stored) for stored in row.findings),
        retry_key=row.retry_key,
    )


def _result_of(row: JobRow) -> DraftPlace | None:
    if row.document_id is None or row.result_version_id is None or row.result_version is None:
        return None
    return DraftPlace(
        document_id=row.document_id,
        version_id=row.result_version_id,
        version=row.result_version,
        sha256=row.result_sha256,
    )


def _finding_of(stored: dict[str, str]) -> Finding:
    return Finding(
        severity=Severity(stored["severity"]),
        rule=stored["rule"],
        place=stored["place"],
        message=stored["message"],
        suggestion=stored["suggestion"],
    )
