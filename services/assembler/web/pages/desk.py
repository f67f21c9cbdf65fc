"""The desk (bàn soạn thảo): choose a period and a kind of document, see what was made lately."""

from collections.abc import Mapping
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from kernel.errors import Conflict, Failure, InvalidInput, UpstreamUnavailable
from kernel.problems import load
from kernel.web.forms import by_field
from services.assembler.use_cases import requesting, watching
from services.assembler.web import deps, presenters
from services.assembler.web.forms import form_key
from services.assembler.web.schemas import RequestDocumentSchema

bp = Blueprint("desk", __name__)

_FIELDS = ("period_id", "kind", "on")


@bp.get("/")
@access(Role.CLERK, Role.LEADER)
def show_desk() -> ResponseReturnValue:
    """Show the desk, with a fresh key for the form."""
    return _page({"idempotency_key": uuid4().hex})


@bp.post("/jobs")
@access(Role.CLERK)
def request_document() -> ResponseReturnValue:
    """Ask for a document; a second click on the same form leads to the same job."""
    typed = {name: request.form.get(name, "") for name in _FIELDS}
    job = requesting.request_document(
        load(RequestDocumentSchema(), typed),
        office_id=current_office_id(),
        requested_by=current_person().account_id,
        idempotency_key=form_key(),
        deps=deps(),
    )
    return redirect(url_for("jobs.show_job", job_id=job.id), 303)


@bp.errorhandler(InvalidInput)
@bp.errorhandler(Conflict)
@bp.errorhandler(UpstreamUnavailable)
def show_refusal(error: Failure) -> ResponseReturnValue:
    """Show the form again as it was filled in, with what is wrong next to its field."""
    return _page(request.form, refusal=error), error.status


def _page(form: Mapping[str, str], refusal: Failure | None = None) -> str:
    desk = watching.view_desk(office_id=current_office_id(), deps=deps())
    return render_template(
        "assembler/desk.html",
        desk=desk,
        periods=presenters.period_options(desk, form),
        kinds=presenters.kind_options(desk),
        form=form,
        errors=by_field(refusal.errors) if refusal else {},
        refusal=refusal,
        may_request=current_person().role is Role.CLERK,
        present=presenters,
    )
