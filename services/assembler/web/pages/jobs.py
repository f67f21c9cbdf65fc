"""One job: progress, steps, result, findings; and the list of all."""

from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from services.assembler.domain.jobs import JobSort
from services.assembler.use_cases import requesting, watching
from services.assembler.web import deps, presenters
from services.assembler.web.forms import form_key

bp = Blueprint(
    "jobs",
    __name__,
    static_folder="../static",
    static_url_path="/job-assets",
)


@bp.get("/jobs")
@access(Role.CLERK, Role.LEADER)
def list_jobs() -> ResponseReturnValue:
    """Show the jobs of the office, the newest first."""
    before = request.args.get("before", type=UUID)
    page = watching.list_jobs(office_id=current_office_id(), before=before, deps=deps())
    return render_template("assembler/jobs.html", page=page, before=before, present=presenters)


@bp.get("/jobs/<uuid:job_id>")
@access(Role.CLERK, Role.LEADER)
def show_job(job_id: UUID) -> ResponseReturnValue:
    """Show one job; what belongs to a batch is shown on the batch's page."""
    job = watching.view_job(job_id, office_id=current_office_id(), deps=deps())
    if job.sort in {JobSort.BATCH, JobSort.PRINT}:
        return redirect(url_for("batches.show_batch", batch_id=job.batch_id or job.id), 303)
    return render_template(
        "assembler/job.html",
        job=job,
        may_retry=current_person().role is Role.CLERK,
        idempotency_key=uuid4().hex,
        present=presenters,
    )


@bp.post("/jobs/<uuid:job_id>/retry")
@access(Role.CLERK)
def retry_job(job_id: UUID) -> ResponseReturnValue:
    """Queue a failed job again."""
    job = requesting.retry_job(
        job_id,
        office_id=current_office_id(),
        idempotency_key=form_key(),
        deps=deps(),
    )
    return redirect(url_for(".show_job", job_id=job.id), 303)
