"""Begin with last period's report: look first, then fill in, and take back at one press."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict
from kernel.problems import load
from services.intake.domain.forms import Part
from services.intake.use_cases import copying
from services.intake.web.context import deps, this_call
from services.intake.web.pages.reporting import handed_in, open_
from services.intake.web.part_presenting import told_copies
from services.intake.web.part_schemas import CopyFormSchema

bp = Blueprint("copying", __name__, url_prefix="/periods/<uuid:period_id>/report/copy")


@bp.get("")
@access(Role.SECTOR_OFFICER)
def show_copy(period_id: UUID) -> ResponseReturnValue:
    """Show what the last report would fill in, part by part."""
    report = open_(period_id)
    if not report.may_be_edited:
        return handed_in(report)
    preview = copying.preview_copy(period_id, by=current_person(), deps=deps())
    wanted = request.args.get("part", "")
    return render_template(
        "intake/copy.html",
        page=report,
        preview=preview,
        parts=[it for it in told_copies(preview) if wanted in {"", it.part.value}],
        key=uuid4().hex,
    )


@bp.post("")
@access(Role.SECTOR_OFFICER)
def copy(period_id: UUID) -> ResponseReturnValue:
    """Fill in the parts that were chosen."""
    typed = load(CopyFormSchema(), request.form.to_dict())
    parts = tuple(it for it in Part if it.value in request.form.getlist("part"))
    command = copying.CopyParts(
        period_id=period_id, parts=parts, call=this_call(typed["idempotency_key"], parts)
    )
    copied = copying.copy_parts(command, by=current_person(), deps=deps())
    if not copied.parts:
        flash("Chưa chọn phần nào, hoặc không có gì mới để lấy.", "warning")
        return redirect(url_for("copying.show_copy", period_id=period_id), 303)
    names = ", ".join(it.label for it in copied.parts)
    flash(
        f"Đã lấy từ {copied.source}: {names}. Hãy sửa lại cho đúng kỳ này; "
        "muốn bỏ thì hoàn tác ở mục Các bản được giữ.",
        "success",
    )
    if len(copied.parts) == 1:
        part = copied.parts[0]
        return redirect(url_for("parts.show_part", period_id=period_id, part=part), 303)
    return redirect(url_for("reporting.show_report", period_id=period_id), 303)


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    flash(error.detail, "error")
    return redirect(url_for("reporting.show_report", **(request.view_args or {})), 303)
