"""One batch: progress, items, downloads, and what to do about what failed."""

from uuid import UUID, uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from services.assembler.domain.batches import KEPT_FOR
from services.assembler.use_cases import printing, requesting_batches, viewing_batches
from services.assembler.web import batch_presenters, deps, presenters
from services.assembler.web.files import file_response
from services.assembler.web.forms import form_key

bp = Blueprint("batches", __name__, url_prefix="/batches")


@bp.get("/<uuid:batch_id>")
@access(Role.CLERK, Role.LEADER)
def show_batch(batch_id: UUID) -> ResponseReturnValue:
    """Show a batch with a page of its items."""
    after = max(request.args.get("after", default=0, type=int), 0)
    view = viewing_batches.view_batch(
        batch_id, office_id=current_office_id(), after=min(after, 100_000), deps=deps()
    )
    return render_template(
        "assembler/batch.html",
        view=view,
        batch=view.batch,
        job=view.batch.job,
        after=after,
        may_change=current_person().role is Role.CLERK,
        retry_key=uuid4().hex,
        pdf_key=uuid4().hex,
        kept_days=KEPT_FOR.days,
        present=presenters,
        present_batch=batch_presenters,
    )


@bp.post("/<uuid:batch_id>/retry")
@access(Role.CLERK)
def retry_batch(batch_id: UUID) -> ResponseReturnValue:
    """Queue what failed again."""
    requesting_batches.retry_batch(
        batch_id, office_id=current_office_id(), idempotency_key=form_key(), deps=deps()
    )
    return redirect(url_for(".show_batch", batch_id=batch_id), 303)


@bp.post("/<uuid:batch_id>/pdf")
@access(Role.CLERK)
def request_pdf(batch_id: UUID) -> ResponseReturnValue:
    """Have one PDF made of all documents."""
    printing.request_print(
        batch_id, office_id=current_office_id(), idempotency_key=form_key(), deps=deps()
    )
    return redirect(url_for(".show_batch", batch_id=batch_id), 303)


@bp.get("/<uuid:batch_id>/documents.zip")
@access(Role.CLERK, Role.LEADER)
def download_zip(batch_id: UUID) -> ResponseReturnValue:
    """Send all documents as a ZIP."""
    office_id = current_office_id()
    return file_response(viewing_batches.zip_file(batch_id, office_id=office_id, deps=deps()))


@bp.get("/<uuid:batch_id>/merged.docx")
@access(Role.CLERK, Role.LEADER)
def download_merged(batch_id: UUID) -> ResponseReturnValue:
    """Send all documents as one Word file."""
    office_id = current_office_id()
    return file_response(viewing_batches.merged_file(batch_id, office_id=office_id, deps=deps()))


@bp.get("/<uuid:batch_id>/merged.pdf")
@access(Role.CLERK, Role.LEADER)
def download_pdf(batch_id: UUID) -> ResponseReturnValue:
    """Send all documents as one PDF."""
    office_id = current_office_id()
    return file_response(viewing_batches.pdf_file(batch_id, office_id=office_id, deps=deps()))


@bp.get("/<uuid:batch_id>/items/<int(min=1, max=100000):position>.docx")
@access(Role.CLERK, Role.LEADER)
def download_item(batch_id: UUID, position: int) -> ResponseReturnValue:
    """Send the document of one item."""
    office_id = current_office_id()
    file = viewing_batches.item_file(batch_id, position, office_id=office_id, deps=deps())
    return file_response(file)
