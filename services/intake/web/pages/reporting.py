"""The sector's report: its list of parts, the check before the end, handing in."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict, InvalidInput
from kernel.problems import load
from services.intake.use_cases import opening, reporting, round_history, setting_aside
from services.intake.web.context import deps, this_call
from services.intake.web.part_presenting import PART_TONES, read_parts
from services.intake.web.schemas import SubmitSchema

bp = Blueprint("reporting", __name__, url_prefix="/periods/<uuid:period_id>/report")


@bp.get("")
@access(Role.SECTOR_OFFICER)
def show_report(period_id: UUID) -> ResponseReturnValue:
    """Show the parts of the form and how far each has come; once handed in, what was handed in."""
    report = open_(period_id)
    if not report.may_be_edited:
        return handed_in(report)
    return render_template(
        "intake/report_tasks.html",
        page=report,
        part_tones=PART_TONES,
        kept=setting_aside.list_set_asides(period_id, by=current_person(), deps=deps()),
    )


@bp.get("/check")
@access(Role.SECTOR_OFFICER)
def check_report(period_id: UUID) -> ResponseReturnValue:
    """Show the saved draft as a reader will see it, and ask for the last word."""
    report = open_(period_id)
    if not report.may_be_edited:
        return handed_in(report)
    return _check_page(report), 200


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


@bp.get("/rounds")
@access(Role.SECTOR_OFFICER)
def show_rounds(period_id: UUID) -> ResponseReturnValue:
    """Show every round that was handed in, and what changed from one to another."""
    report = open_(period_id)
    history = round_history.show_history(
        period_id,
        by=current_person(),
        deps=deps(),
        old=request.args.get("old", type=int),
        new=request.args.get("new", type=int),
    )
    return render_template("intake/rounds.html", page=report, history=history)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the check again, with what is wrong by part."""
    report = open_((request.view_args or {})["period_id"])
    if not report.may_be_edited:
        return handed_in(report)
    return _check_page(report, alert=error.detail), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Lead to what there is now, and say what has happened meanwhile."""
    flash(error.detail, "error")
    return redirect(url_for("reporting.show_report", **(request.view_args or {})), 303)


def open_(period_id: UUID) -> opening.OpenReport:
    """Return the report of the officer's unit."""
    return opening.open_report(period_id, by=current_person(), deps=deps())


def handed_in(report: opening.OpenReport) -> ResponseReturnValue:
    """Lead away from a report that cannot be changed: to what was handed in, if anything was."""
    if not report.begun:
        return render_template("intake/closed.html", page=report)
    return redirect(url_for("reviewing.show_submission", submission_id=report.submission_id), 303)


def _check_page(report: opening.OpenReport, *, alert: str = "") -> str:
    return render_template(
        "intake/check.html",
        page=report,
        parts=read_parts(report),
        alert=alert,
        key=uuid4().hex,
    )
