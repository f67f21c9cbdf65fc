"""A report that was begun under an older form: what moving it would do, and what was set aside."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict
from kernel.problems import load
from services.intake.use_cases import moving_reports
from services.intake.web.context import deps, this_call
from services.intake.web.pages.forms import EDITORS, KeySchema
from services.intake.web.presenting import read_report

bp = Blueprint("report_edition", __name__, url_prefix="/submissions/<uuid:submission_id>/edition")


@bp.get("")
@access(Role.SECTOR_OFFICER, *EDITORS)
def show_move(submission_id: UUID) -> ResponseReturnValue:
    """Show what moving the report would do."""
    return _page(submission_id), 200


@bp.post("")
@access(Role.SECTOR_OFFICER, *EDITORS)
def move_report(submission_id: UUID) -> ResponseReturnValue:
    """Move the report to the form that its period asks now."""
    typed = load(KeySchema(), request.form.to_dict())
    command = moving_reports.MoveReport(
        submission_id=submission_id,
        seen_version=typed["version"],
        call=this_call(typed["idempotency_key"], typed["version"]),
    )
    moving_reports.move_report(command, by=current_person(), deps=deps())
    flash("Đã chuyển sang biểu mẫu mới; những gì đã nhập mà còn chỗ thì giữ nguyên.", "success")
    return redirect(url_for("report_edition.show_move", submission_id=submission_id), 303)


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show where the report stands now."""
    return _page((request.view_args or {})["submission_id"], alert=error.detail), 409


def _page(submission_id: UUID, *, alert: str = "") -> str:
    person = current_person()
    plan = moving_reports.plan_move(submission_id, by=person, deps=deps())
    is_officer = person.role is Role.SECTOR_OFFICER
    aside = moving_reports.set_aside(submission_id, by=person, deps=deps()) if is_officer else ()
    return render_template(
        "intake/report_edition.html",
        plan=plan,
        is_officer=is_officer,
        displaced=read_report(plan.fitting.displaced, plan.before, plan.unit.code)
        if is_officer
        else None,
        lost=plan.fitting.displaced,
        aside=[(it, read_report(it.content, it.form, plan.unit.code)) for it in aside],
        alert=alert,
        key=uuid4().hex,
    )
