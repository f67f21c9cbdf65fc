"""Remind the units that are late: see who and how, change the words, send, look back."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.domain.reminders import DAYS_BEFORE
from services.intake.use_cases import reminding
from services.intake.use_cases.reminding import PlanReminders, SendReminders
from services.intake.use_cases.sending_reminders import RemindersSent
from services.intake.web.context import deps, this_call
from services.intake.web.notice_schemas import (
    PageQuerySchema,
    PlanRemindersFormSchema,
    SendRemindersFormSchema,
)
from services.intake.web.typed_report import visible

bp = Blueprint("reminders", __name__)


@bp.get("/periods/<uuid:period_id>/reminders")
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
def show_reminders(period_id: UUID) -> ResponseReturnValue:
    """Show who would be reminded and in which words, and what was sent before."""
    return _page(period_id, errors={})


@bp.post("/periods/<uuid:period_id>/reminders")
@access(Role.CLERK)
def send_reminders(period_id: UUID) -> ResponseReturnValue:
    """Send what was previewed; or show it again with the words that were typed."""
    chosen = request.form.getlist("unit_ids")
    if request.form.get("action") == "preview":
        return _page(period_id, errors={}, text=_typed_text(), chosen=chosen)
    try:
        typed = load(SendRemindersFormSchema(), {**request.form.to_dict(), "unit_ids": chosen})
        if not typed["unit_ids"]:
            raise InvalidInput("Chọn ít nhất một ngành để nhắc.")
        sent = reminding.send_reminders(
            SendReminders(
                period_id=period_id,
                text=typed["text"],
                unit_ids=typed["unit_ids"],
                call=this_call(typed["idempotency_key"], typed["text"], *typed["unit_ids"]),
            ),
            by=current_person(),
            deps=deps(),
        )
    except InvalidInput as error:
        return _page(period_id, errors=_by_field(error), text=_typed_text(), chosen=chosen), 422
    flash(_told(sent), "success" if sent.reminded else "warning")
    return redirect(url_for("reminders.show_reminders", period_id=period_id), 303)


@bp.post("/periods/<uuid:period_id>/reminder-plan")
@access(Role.CLERK)
def plan_reminders(period_id: UUID) -> ResponseReturnValue:
    """Set when the period reminds by itself."""
    try:
        typed = load(PlanRemindersFormSchema(), request.form.to_dict())
    except InvalidInput as error:
        return _page(period_id, errors=by_field(error.errors)), 422
    plan = PlanReminders(period_id=period_id, days_before=typed["days_before"])
    days = reminding.plan_reminders(plan, by=current_person(), deps=deps())
    flash(
        f"Hệ thống sẽ tự nhắc {days} ngày trước hạn." if days else "Đã tắt tự động nhắc.",
        "success",
    )
    return redirect(url_for("reminders.show_reminders", period_id=period_id), 303)


def _page(
    period_id: UUID,
    *,
    errors: dict[str, str],
    text: str | None = None,
    chosen: Sequence[str] | None = None,
) -> str:
    query = load(PageQuerySchema(), request.args.to_dict())
    person = current_person()
    preview = reminding.preview_reminders(period_id, by=person, deps=deps(), after=query["after"])
    remindable = {str(it.unit_id) for it in preview.remindable}
    return render_template(
        "intake/reminders.html",
        preview=preview,
        text=preview.text if text is None else text,
        chosen=remindable if chosen is None else remindable & set(chosen),
        is_clerk=person.role is Role.CLERK,
        is_first=query["after"] is None,
        plans=[(0, "Không tự động nhắc"), *((it, f"{it} ngày trước hạn") for it in DAYS_BEFORE)],
        key=uuid4().hex,
        errors=errors,
    )


def _by_field(error: InvalidInput) -> dict[str, str]:
    """Return the errors by field; what is wrong with one unit stands at the list of units."""
    found = by_field(error.errors) or {"unit_ids": error.detail}
    return {name.partition("-")[0]: detail for name, detail in found.items()}


def _typed_text() -> str:
    return visible(request.form.get("text", ""))


def _told(sent: RemindersSent) -> str:
    if not sent.reminded:
        return "Không nhắc ngành nào: các ngành này đã được nhắc hôm nay hoặc đã nộp báo cáo."
    told = f"Đã nhắc {sent.reminded} ngành: {sent.people} người nhận thông báo"
    told += f", {sent.mails} thư điện tử đang chờ gửi." if sent.mails else "."
    if sent.left_out:
        told += f" {sent.left_out} ngành để lại vì đã nhắc hôm nay hoặc đã nộp."
    return told
