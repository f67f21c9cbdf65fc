"""What waits for the reader and what he was told; how he wants it by e-mail."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import signed_in
from kernel.auth.principal import current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.domain.awaiting import Awaited
from services.intake.domain.mails import MailMode
from services.intake.use_cases import awaiting, notice_preferences, reading_notices
from services.intake.use_cases.notice_preferences import ChangePreference
from services.intake.web.context import deps
from services.intake.web.notice_schemas import (
    NoticeQuerySchema,
    PreferenceFormSchema,
    ReadAllFormSchema,
)
from services.intake.web.typed_report import visible

bp = Blueprint("notices", __name__)


@bp.get("/notices")
@signed_in
def show_notices() -> ResponseReturnValue:
    """Show what waits for the reader, and what he was told."""
    query = load(NoticeQuerySchema(), request.args.to_dict())
    by = current_person()
    found = reading_notices.list_notices(
        by=by, deps=deps(), after=query["after"], is_unread=query["unread"]
    )
    return render_template(
        "intake/notices.html",
        found=found,
        is_unread=query["unread"],
        is_first=query["after"] is None,
        shown_at=deps().now(),
    )


@bp.post("/notices/<uuid:notice_id>/open")
@signed_in
def open_notice(notice_id: UUID) -> ResponseReturnValue:
    """Note that it was read, and go to what it is about."""
    notice = reading_notices.read_notice(notice_id, by=current_person(), deps=deps())
    return redirect(request.script_root + notice.subject.path, 303)


@bp.post("/notices/<uuid:notice_id>/read")
@signed_in
def read_notice(notice_id: UUID) -> ResponseReturnValue:
    """Note that it was read, and stay."""
    reading_notices.read_notice(notice_id, by=current_person(), deps=deps())
    return redirect(url_for("notices.show_notices"), 303)


@bp.post("/notices/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """Note that all were read that the page could have shown."""
    typed = load(ReadAllFormSchema(), request.form.to_dict())
    count = reading_notices.read_all(until=typed["until"], by=current_person(), deps=deps())
    flash(f"Đã đánh dấu {count} thông báo là đã đọc.", "success")
    return redirect(url_for("notices.show_notices"), 303)


@bp.get("/notices/settings")
@signed_in
def show_settings() -> ResponseReturnValue:
    """Show where and how often the reader gets e-mail."""
    shown = notice_preferences.show_preference(by=current_person(), deps=deps())
    return _settings(email=shown.email, mode=shown.mode.value, errors={})


@bp.post("/notices/settings")
@signed_in
def change_settings() -> ResponseReturnValue:
    """Keep what the reader wants."""
    try:
        typed = load(PreferenceFormSchema(), request.form.to_dict())
        change = ChangePreference(email=typed["email"], mode=MailMode(typed["mode"]))
        notice_preferences.change_preference(change, by=current_person(), deps=deps())
    except InvalidInput as error:
        typed = {name: visible(request.form.get(name, "")) for name in ("email", "mode")}
        return _settings(**typed, errors=by_field(error.errors)), 422
    flash("Đã lưu cách nhận thư.", "success")
    return redirect(url_for("notices.show_settings"), 303)


def _settings(*, email: str, mode: str, errors: dict[str, str]) -> str:
    return render_template(
        "intake/notice_settings.html",
        email=email,
        mode=mode,
        modes=[(it.value, it.label) for it in MailMode],
        is_mail_on=deps().mail is not None,
        errors=errors,
    )


@bp.app_context_processor
def _shared() -> dict[str, Any]:
    """Let every page of intake show how many notices are unread, and what waits."""
    return {"unread_notices": _unread, "things_awaited": _things}


def _unread() -> int:
    return reading_notices.count_unread(by=current_person(), deps=deps())


def _things() -> tuple[Awaited, ...]:
    return awaiting.list_awaited(by=current_person(), deps=deps())
