"""The form of a batch: certificates of one decision, or all decisions of a period."""

from collections.abc import Mapping
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from kernel.errors import Conflict, Failure, InvalidInput, UpstreamUnavailable
from kernel.problems import load
from kernel.web.forms import by_field
from services.assembler.domain.batches import BatchSubject
from services.assembler.use_cases import requesting_batches, watching
from services.assembler.web import batch_presenters, deps, presenters
from services.assembler.web.batch_schemas import RequestBatchSchema
from services.assembler.web.forms import form_key

bp = Blueprint("new_batches", __name__, url_prefix="/batches/new")

_FIELDS = {
    BatchSubject.CERTIFICATES: (
        "period_id", "kind", "on", "decision_number", "first_entry", "on_stock",
    ),
    BatchSubject.DECISIONS: ("period_id", "on"),
}  # fmt: skip
_PATH = f"/<any({', '.join(subject.value for subject in BatchSubject)}):subject>"


@bp.get(_PATH)
@access(Role.CLERK)
def show_form(subject: str) -> ResponseReturnValue:
    """Show the form with a fresh key; an earlier batch may fill it in by its link."""
    given = {name: request.args.get(name, "") for name in _FIELDS[BatchSubject(subject)]}
    known = {name: value for name, value in given.items() if value}
    return _page({**known, "idempotency_key": uuid4().hex})


@bp.post(_PATH)
@access(Role.CLERK)
def request_batch(subject: str) -> ResponseReturnValue:
    """Ask for a batch; a second click on the same form leads to the same one."""
    typed = {
        name: request.form[name] for name in _FIELDS[BatchSubject(subject)] if name in request.form
    }
    batch = requesting_batches.request_batch(
        load(RequestBatchSchema(), {"subject": subject, **typed}),
        office_id=current_office_id(),
        requested_by=current_person().account_id,
        idempotency_key=form_key(),
        deps=deps(),
    )
    return redirect(url_for("batches.show_batch", batch_id=batch.job.id), 303)


@bp.errorhandler(InvalidInput)
@bp.errorhandler(Conflict)
@bp.errorhandler(UpstreamUnavailable)
def show_refusal(error: Failure) -> ResponseReturnValue:
    """Show the form again as it was filled in, with what is wrong next to its field."""
    return _page(request.form, refusal=error), error.status


def _page(form: Mapping[str, str], refusal: Failure | None = None) -> str:
    subject = BatchSubject((request.view_args or {})["subject"])
    desk = watching.view_desk(office_id=current_office_id(), deps=deps())
    return render_template(
        "assembler/new_batch.html",
        subject=subject.value,
        heading=batch_presenters.HEADINGS[subject],
        desk=desk,
        periods=presenters.period_options(desk, form),
        kinds=batch_presenters.kind_options(desk),
        form=form,
        errors=by_field(refusal.errors) if refusal else {},
        refusal=refusal,
    )
