"""A submission as a reader sees it, and what the office decides about it."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Person, Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.domain.moves import State
from services.intake.use_cases import comparing, reading, reviewing
from services.intake.web.context import deps, this_call
from services.intake.web.presenting import STATE_TONES
from services.intake.web.review_presenting import review_page
from services.intake.web.schemas import AcceptSchema, ReturnSchema
from services.intake.web.typed_report import visible

bp = Blueprint("reviewing", __name__)


@bp.get("/submissions/<uuid:submission_id>")
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
def show_submission(submission_id: UUID) -> ResponseReturnValue:
    """Show everything as a reader sees it."""
    return page_of(submission_id, errors={}), 200


@bp.get("/submissions/<uuid:submission_id>/receipt")
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
def show_receipt(submission_id: UUID) -> ResponseReturnValue:
    """Show code, time and sha256 of what was handed in."""
    submission = reading.read_submission(
        submission_id,
        by=current_person(),
        deps=deps(),
        round_number=request.args.get("round", type=int),
    )
    return render_template("intake/receipt.html", submission=submission)


@bp.post("/submissions/<uuid:submission_id>/accept")
@access(Role.CLERK)
def accept_report(submission_id: UUID) -> ResponseReturnValue:
    """Accept the round that was read; under four eyes: propose it."""
    review = _review(submission_id, load(AcceptSchema(), request.form.to_dict()))
    receipt = reviewing.accept_report(review, by=current_person(), deps=deps())
    if receipt.state == State.PROPOSED:
        return _done(submission_id, "Đã đề nghị duyệt; báo cáo chờ người thứ hai xác nhận.")
    return _done(submission_id, "Đã duyệt báo cáo.")


@bp.post("/submissions/<uuid:submission_id>/confirm")
@access(Role.CLERK, Role.LEADER)
def confirm_report(submission_id: UUID) -> ResponseReturnValue:
    """Confirm what another person proposed."""
    review = _review(submission_id, load(AcceptSchema(), request.form.to_dict()))
    reviewing.confirm_report(review, by=current_person(), deps=deps())
    return _done(submission_id, "Đã xác nhận; báo cáo đã được duyệt.")


@bp.post("/submissions/<uuid:submission_id>/return")
@access(Role.CLERK)
def return_report(submission_id: UUID) -> ResponseReturnValue:
    """Return the round that was read, with the reasons."""
    review = _review(submission_id, load(ReturnSchema(), request.form.to_dict()))
    reviewing.return_report(review, by=current_person(), deps=deps())
    return _done(submission_id, "Đã trả lại báo cáo; ngành sẽ thấy lý do ở đầu biểu mẫu.")


@bp.post("/submissions/<uuid:submission_id>/reopen")
@access(Role.CLERK)
def reopen_report(submission_id: UUID) -> ResponseReturnValue:
    """Open an accepted report again, with the reason."""
    review = _review(submission_id, load(ReturnSchema(), request.form.to_dict()))
    reviewing.reopen_report(review, by=current_person(), deps=deps())
    return _done(submission_id, "Đã mở lại báo cáo để ngành sửa. Hồ sơ đã chốt không thay đổi.")


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed; only the routes of this screen come here."""
    return page_of((request.view_args or {})["submission_id"], errors=by_field(error.errors)), 422


def page_of(submission_id: UUID, *, errors: dict[str, str]) -> str:
    """Return the page, also with what was typed into one of its forms and refused."""
    person = current_person()
    sheet = comparing.read_review(
        submission_id, by=person, deps=deps(), round_number=request.args.get("round", type=int)
    )
    submission = sheet.submission
    return render_template(
        "intake/submission.html",
        submission=submission,
        sheet=sheet,
        page=review_page(sheet),
        actions=_actions(sheet, person),
        may_comment=person.role in {Role.CLERK, Role.SECTOR_OFFICER}
        and submission.receipt.submitted_at is not None
        and submission.shows_current_round,
        is_marked=request.args.get("marks") != "0",
        key=uuid4().hex,
        typed={name: visible(text) for name, text in request.form.items()},
        errors=errors,
        tones=STATE_TONES,
    )


def _actions(sheet: comparing.ReviewSheet, person: Person) -> frozenset[str]:
    """Return what this person may decide now about the round that is shown."""
    submission = sheet.submission
    if not submission.shows_current_round:
        return frozenset()
    may = {
        (Role.CLERK, State.SUBMITTED): {"accept", "return"},
        (Role.CLERK, State.PROPOSED): {"confirm", "return"},
        (Role.LEADER, State.PROPOSED): {"confirm"},
        (Role.CLERK, State.ACCEPTED): {"reopen"},
    }
    found = may.get((person.role, submission.state), set())
    return frozenset(found - ({"confirm"} if sheet.proposed_by == person.account_id else set()))


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
