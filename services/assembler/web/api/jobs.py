"""Jobs: ask for a document or a PDF, look, try again."""

from typing import Any
from uuid import UUID

from flask import url_for

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, Service, current_office_id, current_person
from kernel.contracts.renditions import ConversionRequest, ConversionRequestSchema
from services.assembler.domain.jobs import Job
from services.assembler.use_cases import requesting, watching
from services.assembler.use_cases.requesting import RequestDocument
from services.assembler.web import deps
from services.assembler.web.presenters import job_facts
from services.assembler.web.schemas import (
    JobSchema,
    RequestDocumentSchema,
)

bp = ApiBlueprint("jobs_api", __name__, description="Việc soạn thảo và tạo PDF")

_Accepted = tuple[dict[str, Any], int, dict[str, str]]


@bp.post("/jobs")
@access(Role.CLERK)
@bp.arguments(RequestDocumentSchema)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(202, JobSchema)
def request_document(command: RequestDocument, headers: dict[str, str]) -> _Accepted:
    """Freeze the dossier of a period and queue the making of a document."""
    job = requesting.request_document(
        command,
        office_id=current_office_id(),
        requested_by=current_person().account_id,
        idempotency_key=headers["key"],
        deps=deps(),
    )
    return _accepted(job)


@bp.get("/jobs/<uuid:job_id>")
@access(Role.CLERK, Role.LEADER, services=(Service.ARCHIVE,))
@bp.response(200, JobSchema)
def show_job(job_id: UUID) -> dict[str, Any]:
    """Return a job as it is now."""
    job = watching.view_job(job_id, office_id=current_office_id(), deps=deps())
    return job_facts(job)


@bp.post("/jobs/<uuid:job_id>/retry")
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(202, JobSchema)
def retry_job(headers: dict[str, str], job_id: UUID) -> _Accepted:
    """Queue a failed job again."""
    job = requesting.retry_job(
        job_id,
        office_id=current_office_id(),
        idempotency_key=headers["key"],
        deps=deps(),
    )
    return _accepted(job)


@bp.post("/conversions")
@access(services=(Service.ARCHIVE,))
@bp.arguments(ConversionRequestSchema)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(202, JobSchema)
def request_conversion(command: ConversionRequest, headers: dict[str, str]) -> _Accepted:
    """Queue the making of a version's PDF; one job a version, a failed one is queued again."""
    job = requesting.request_conversion(
        command,
        office_id=current_office_id(),
        idempotency_key=headers["key"],
        deps=deps(),
    )
    return _accepted(job)


def _accepted(job: Job) -> _Accepted:
    return job_facts(job), 202, {"Location": url_for(".show_job", job_id=job.id)}
