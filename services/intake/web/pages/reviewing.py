"""A submission as a reader sees it, and what the clerk decides about it."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import reading, reviewing
from services.intake.web.context import deps, this_call
from services.intake.web.presenting import STATE_TONES, read_report
from services.intake.web.schemas import AcceptSchema, ReturnSchema
from services.intake.web.typed_report import visible

bp = Blueprint("reviewing", __name__)


@bp.get("/submissions/<uuid:submission_id>")
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
def show_submission(submission_id: UUID) -> ResponseReturnValue:
    """Show everything as a reader sees it."""
    return _page(submission_id, errors={}), 200


@bp.get("/submissions/<uuid:submission_id>/receipt")
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
def show_receipt(submission_id: UUID) -> ResponseReturnValue:
    """Show code, time and sha256 of what was handed in."""
    submission = reading.read_submission(submission_id, by=current_person(), deps=deps())
    return render_template("intake/receipt.html", submission=submission)


@bp.post("/submissions/<uuid:submission_id>/accept")
@access(Role.CLERK)
def accept_report(submission_id: UUID) -> ResponseReturnValue:
    """Accept the round that was read."""
    review = _review(submission_id, load(AcceptSchema(), request.form.to_dict()))
    reviewing.accept_report(review, by=current_person(), deps=deps())
    return _done(submission_id, "Đã duyệt báo cáo.")


@bp.post("/submissions/<uuid:submission_id>/return")
@access(Role.CLERK)
def return_report(submission_id: UUID) -> ResponseReturnValue:
    """Return the round that was read, with the reason."""
    review = _review(submission_id, load(ReturnSchema(), request.form.to_dict()))
    reviewing.return_report(review, by=current_person(), deps=deps())
    return _done(submission_id, "Đã trả lại báo cáo; ngành sẽ thấy lý do ở đầu biểu mẫu.")


@bp.post("/submissions/<uuid:submission_id>/reopen")
@access(Role.CLERK)
def reopen_report(submission_id: UUID) -> ResponseReturnValue:
    """Open an accepted report again, with the reason."""
    review = _review(submission_id, load(ReturnSchema(), request.form.to_dict()))
    reviewing.reopen_report(review, by=current_person(), deps=deps())
    return _done(submission_id, "Đã mở lại báo cáo để ngành sửa.")


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed; only the routes of this screen come here."""
    return _page((request.view_args or {})["submission_id"], errors=by_field(error.errors)), 422


def _page(submission_id: UUID, *, errors: dict[str, str]) -> str:
    person = current_person()
    submission = reading.read_submission(
        submission_id, by=person, deps=deps(), round_number=request.args.get("round", type=int)
    )
    return render_template(
        "intake/submission.html",
        submission=submission,
        report=read_report(submission.content, submission.form, submission.unit.code),
        may_review=person.role is Role.CLERK and submission.shows_current_round,
        key=uuid4().hex,
        typed_reason=visible(request.form.get("reason", "")),
        typed_findings_reason=visible(request.form.get("findings_reason", "")),
        errors=errors,
        tones=STATE_TONES,
    )


def _review(submission_id: UUID, typed: dict[str, object]) -> reviewing.Review:
    reason = str(typed.get("reason", "") or typed.get("findings_reason", ""))
    return reviewing.Review(
        submission_id=submission_id,
        call=this_call(str(typed["idempotency_key"]), typed["round"], reason),
        seen_round=typed["round"],  # type: ignore[arg-type]
        reason=reason,
    )


def _done(submission_id: UUID, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("reviewing.show_submission", submission_id=submission_id), 303)
