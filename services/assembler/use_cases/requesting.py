"""Asking for a document or a PDF: the dossier is frozen, the job committed, a worker called."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.contracts.renditions import ConversionRequest
from kernel.errors import Conflict, InvalidInput, Located, NotFound
from services.assembler.domain.jobs import Job, JobSort, JobState
from services.assembler.persistence.jobs import Jobs, NewJob
from services.assembler.rendering.templates import Template
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.waking import wake


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDocument:
    """Make a document of this kind for this period, drafted under the law of the day `on`."""

    period_id: UUID
    kind: str
    on: date


def request_document(
    command: RequestDocument,
    *,
    office_id: UUID,
    requested_by: UUID,
    idempotency_key: str,
    deps: Deps,
) -> Job:
    """Return the job; the same key gives the same job, however often it is sent."""
    with deps.database.read() as session:
        first = Jobs(session, office_id=office_id).find_by_key(idempotency_key)
    if first is not None:
        return _same(first, command)
    template = _template(command.kind, deps)
    dossier = deps.intake.freeze_dossier(
        command.period_id, office_id=office_id, idempotency_key=idempotency_key
    )
    new = NewJob(
        sort=JobSort.ASSEMBLE,
        idempotency_key=idempotency_key,
        created_at=deps.now(),
        created_by=requested_by,
        kind=command.kind,
        title=template.manifest.title,
        period_id=command.period_id,
        period_title=dossier.content.period.title,
        dossier_id=dossier.id,
        dossier_sha256=dossier.sha256,
        intended_on=command.on,
    )
    with deps.database.begin() as session:
        job, is_new = Jobs(session, office_id=office_id).add_once(new)
    if not is_new:
        return _same(job, command)
    wake(job.sort, job.id, deps=deps)
    return job


def request_conversion(
    command: ConversionRequest, *, office_id: UUID, idempotency_key: str, deps: Deps
) -> Job:
    """Return the one job that makes the PDF of this version; a failed one is queued again."""
    now = deps.now()
    new = NewJob(
        sort=JobSort.CONVERT,
        # Repeating is harmless by the version itself, whatever key the caller chose.
        idempotency_key=f"version:{command.version_id}",
        created_at=now,
        version_id=command.version_id,
        version_sha256=command.sha256,
    )
    with deps.database.begin() as session:
        jobs = Jobs(session, office_id=office_id)
        job, is_new = jobs.add_once(new)
        if job.version_sha256 != command.sha256:
            raise Conflict("Phiên bản này đã được yêu cầu với một mã băm khác.")
        is_woken = is_new or jobs.requeue(job.id, now=now, retry_key=idempotency_key)
        job = jobs.get(job.id)
    if is_woken:
        wake(job.sort, job.id, deps=deps)
    return job


def retry_job(job_id: UUID, *, office_id: UUID, idempotency_key: str, deps: Deps) -> Job:
    """Queue a failed job again; one that is under way already is returned as it is."""
    with deps.database.begin() as session:
        jobs = Jobs(session, office_id=office_id)
        job = jobs.get(job_id)
        if job.retry_key == idempotency_key:
            return job
        if job.state is JobState.DONE:
            raise Conflict("Việc này đã xong, không cần thử lại.")
        is_woken = jobs.requeue(job_id, now=deps.now(), retry_key=idempotency_key)
        job = jobs.get(job_id)
    if is_woken:
        wake(job.sort, job.id, deps=deps)
    return job


def _same(first: Job, command: RequestDocument) -> Job:
    if (first.period_id, first.kind, first.on) != (command.period_id, command.kind, command.on):
        raise Conflict("Yêu cầu với mã này đã được gửi trước đó với nội dung khác.")
    return first


def _template(kind: str, deps: Deps) -> Template:
    where = Located("#/kind", "Hãy chọn một loại văn bản trong danh sách.")
    try:
        template = deps.templates.get(kind)
    except NotFound as exc:
        raise InvalidInput(exc.detail, errors=[where]) from exc
    if template.manifest.is_per_awardee:
        title = template.manifest.title
        raise InvalidInput(f"{title} in riêng cho từng người, từng tập thể.", errors=[where])
    return template
