"""“Tài khoản của tôi”: password, sessions, and tokens for programs."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth import principal
from kernel.auth.access import signed_in
from kernel.auth.principal import current_person
from kernel.auth.scopes import SCOPE_LABELS, Scope
from kernel.errors import Conflict, InvalidInput, Located
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.use_cases import own_account, sessions
from services.intake.web.accounts_presenting import device
from services.intake.web.accounts_schemas import (
    KeySchema,
    NewTokenSchema,
    PageChangePasswordSchema,
)
from services.intake.web.context import deps, this_call
from services.intake.web.typed_report import visible

bp = Blueprint("own_account", __name__, url_prefix="/me")

DAYS = (("30", "30 ngày"), ("90", "90 ngày"), ("180", "180 ngày"), ("365", "1 năm"))


@bp.get("")
@signed_in
def show() -> ResponseReturnValue:
    """Show one's password form, sessions and tokens."""
    return _page(errors={}), 200


@bp.post("/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Replace the password."""
    typed = load(PageChangePasswordSchema(), request.form.to_dict())
    if typed["new_password"] != typed["password_again"]:
        detail = "Hai lần nhập mật khẩu mới không giống nhau."
        raise InvalidInput(detail, errors=[Located("#/password_again", detail)])
    command = own_account.ChangePassword(
        old=typed["old_password"], new=typed["new_password"], address=request.remote_addr or ""
    )
    own_account.change_password(command, by=current_person(), deps=deps())
    return _done("Đã đổi mật khẩu; các phiên đăng nhập ở nơi khác đã kết thúc.")


@bp.post("/sessions/<uuid:session_id>/end")
@signed_in
def end_session(session_id: UUID) -> ResponseReturnValue:
    """End one session."""
    sessions.end_own_session(session_id, by=current_person(), deps=deps())
    if session_id == current_person().session_id:
        return _to_sign_in()
    return _done("Đã kết thúc phiên đăng nhập đó.")


@bp.post("/sessions/end")
@signed_in
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    sessions.end_all_own_sessions(by=current_person(), deps=deps())
    return _to_sign_in()


@bp.post("/tokens")
@signed_in
def issue_token() -> ResponseReturnValue:
    """Make a token and show it, once."""
    key = load(KeySchema(), request.form.to_dict())["idempotency_key"]
    typed = load(NewTokenSchema(), _typed_token())
    command = own_account.IssueToken(**typed, call=this_call(key, *typed.values()))
    made = own_account.issue_token(command, by=current_person(), deps=deps())
    if not made.token:
        flash(
            "Thẻ này đã tạo rồi và chỉ hiện một lần. Chưa kịp chép thì thu hồi rồi tạo thẻ khác.",
            "warning",
        )
        return redirect(url_for("own_account.show"), 303)
    return render_template("intake/token.html", made=made, scope_labels=SCOPE_LABELS)


@bp.post("/tokens/<uuid:token_id>/revoke")
@signed_in
def revoke_token(token_id: UUID) -> ResponseReturnValue:
    """Make a token good for nothing."""
    own_account.revoke_own_token(token_id, by=current_person(), deps=deps())
    return _done("Đã thu hồi thẻ truy cập.")


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed, except passwords."""
    return _page(errors=by_field(error.errors)), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    flash(error.detail, "error")
    return redirect(url_for("own_account.show"), 303)


def _typed_token() -> dict[str, Any]:
    return {
        "name": request.form.get("name", ""),
        "days": request.form.get("days", ""),
        "scopes": request.form.getlist("scopes"),
    }


def _page(*, errors: dict[str, str]) -> str:
    by = current_person()
    return render_template(
        "intake/own_account.html",
        sessions=sessions.list_own_sessions(by=by, deps=deps()),
        tokens=own_account.list_own_tokens(by=by, deps=deps()),
        scopes=[(scope.value, SCOPE_LABELS[scope]) for scope in Scope],
        scope_labels=SCOPE_LABELS,
        chosen=request.form.getlist("scopes"),
        name=visible(request.form.get("name", "")),
        days=request.form.get("days", "90"),
        day_options=DAYS,
        device=device,
        errors=errors,
        key=uuid4().hex,
    )


def _to_sign_in() -> ResponseReturnValue:
    principal.sign_out()
    flash("Đã đăng xuất.", "success")
    return redirect(url_for("signing_in.show_sign_in"), 303)


def _done(message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("own_account.show"), 303)
