"""The sector's form: fill in, save, check, hand in."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict, InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import reporting
from services.intake.web.context import deps, this_call
from services.intake.web.figure_rules import figure_rules
from services.intake.web.presenting import KIND_LABELS, read_report
from services.intake.web.schemas import SubmitSchema, TypedReportSchema
from services.intake.web.typed_report import (
    FormRows,
    Pairs,
    Press,
    rows_asked,
    rows_of_content,
    rows_of_typed,
    typed_data,
    without_row,
)

bp = Blueprint("reporting", __name__, url_prefix="/periods/<uuid:period_id>/report")


@bp.get("")
@access(Role.SECTOR_OFFICER)
def show_report(period_id: UUID) -> ResponseReturnValue:
    """Show the form as the unit last left it; once handed in, what was handed in."""
    report = _open(period_id)
    if not report.may_be_edited:
        return _handed_in(report)
    rows = rows_of_content(report.content, report.form, report.unit.code)
    return _page(report, rows, version=report.version), 200


@bp.post("")
@access(Role.SECTOR_OFFICER)
def write_report(period_id: UUID) -> ResponseReturnValue:
    """Save the draft, and go on to the check where "Nộp" was pressed."""
    press = Press.read(request.form.get("action", ""))
    if press.changes_rows:
        return _typed_page(period_id, press), 200
    content = load(TypedReportSchema(), typed_data(_pairs()))
    reporting.write_report(
        reporting.WriteReport(
            period_id=period_id,
            content=content,
            is_final=False,
            is_checked=press.action == "review",
            seen_version=_seen_version(),
        ),
        by=current_person(),
        deps=deps(),
    )
    if press.action == "review":
        return redirect(url_for("reporting.check_report", period_id=period_id), 303)
    flash("Đã lưu bản nháp.", "success")
    return redirect(url_for("reporting.show_report", period_id=period_id), 303)


@bp.get("/check")
@access(Role.SECTOR_OFFICER)
def check_report(period_id: UUID) -> ResponseReturnValue:
    """Show the saved draft as a reader will see it, and ask for the last word."""
    report = _open(period_id)
    if not report.may_be_edited:
        return _handed_in(report)
    return render_template(
        "intake/check.html",
        page=report,
        report=read_report(report.content, report.form, report.unit.code),
        key=uuid4().hex,
    )


@bp.post("/submit")
@access(Role.SECTOR_OFFICER)
def submit_report(period_id: UUID) -> ResponseReturnValue:
    """Hand in what was checked."""
    typed = load(SubmitSchema(), request.form.to_dict())
    receipt = reporting.submit_saved(
        reporting.SubmitSaved(
            period_id=period_id,
            seen_sha256=typed["seen_sha256"],
            call=this_call(typed["idempotency_key"], typed["seen_sha256"]),
        ),
        by=current_person(),
        deps=deps(),
    )
    return redirect(url_for("reviewing.show_receipt", submission_id=receipt.submission_id), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the form again with everything that was typed, each error beside its field."""
    return _typed_page(_period_id(), Press("draft"), errors=by_field(error.errors)), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show what was typed beside what has happened meanwhile: nothing typed is lost."""
    if request.endpoint == "reporting.submit_report":
        flash(error.detail, "error")
        return redirect(url_for("reporting.show_report", period_id=_period_id()), 303)
    return _typed_page(_period_id(), Press("draft"), alert=error.detail), 409


def _open(period_id: UUID) -> reporting.OpenReport:
    return reporting.open_report(period_id, by=current_person(), deps=deps())


def _handed_in(report: reporting.OpenReport) -> ResponseReturnValue:
    if report.submission_id is None:
        return render_template("intake/closed.html", page=report)
    return redirect(url_for("reviewing.show_submission", submission_id=report.submission_id), 303)


def _seen_version() -> int:
    """Return which save the writer had before him; a form without it did not arrive whole."""
    seen = request.form.get("version", type=int)
    if seen is None:
        raise Conflict(
            "Biểu mẫu gửi lên không đầy đủ nên chưa được lưu; bản đã lưu trước đó vẫn còn. "
            "Hãy tải lại trang rồi nhập tiếp."
        )
    return seen


def _pairs() -> Pairs:
    return list(request.form.items(multi=True))


def _period_id() -> UUID:
    period_id: UUID = (request.view_args or {})["period_id"]
    return period_id


def _typed_page(
    period_id: UUID, press: Press, *, errors: dict[str, str] | None = None, alert: str = ""
) -> str:
    report = _open(period_id)
    pairs = without_row(_pairs(), press) if press.action == "remove" else _pairs()
    asked = rows_asked(pairs, press)
    rows = rows_of_typed(typed_data(pairs), report.form, report.unit.code, asked)
    # After a conflict the writer has been told: the next save is meant to replace.
    seen = report.version if alert else request.form.get("version", type=int)
    return _page(report, rows, version=seen, errors=errors or {}, alert=alert)


def _page(
    report: reporting.OpenReport,
    rows: FormRows,
    *,
    version: int | None,
    errors: dict[str, str] | None = None,
    alert: str = "",
) -> str:
    return render_template(
        "intake/report_form.html",
        page=report,
        rows=rows,
        version=version,
        errors=errors or {},
        alert=alert,
        rules=figure_rules(report.form, report.unit.code, report.last_year),
        asked={it.code: it for it in report.form.indicators},
        kinds=[("", "— Chọn —"), *KIND_LABELS.items()],
        awards=[("", "— Chọn —"), *((it.code, it.title) for it in report.form.awards)],
    )
