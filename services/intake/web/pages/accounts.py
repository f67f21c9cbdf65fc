"""The administrator's pages of accounts: list, open, change, shut, reset, unlock."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import ROLE_LABELS, Role, current_person
from kernel.auth.scopes import SCOPE_LABELS
from kernel.errors import Conflict, InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.domain.accounts import AccountFacts, AccountState
from services.intake.use_cases import accounts, own_account, sessions, units
from services.intake.web.accounts_presenting import STATE_LABELS, device, role_options
from services.intake.web.accounts_schemas import (
    AccountQuerySchema,
    KeySchema,
    PageAccountFactsSchema,
    PageNewAccountSchema,
)
from services.intake.web.context import deps, this_call
from services.intake.web.typed_report import visible

bp = Blueprint("accounts", __name__, url_prefix="/accounts")


@bp.get("")
@access(Role.ADMIN)
def show_accounts() -> ResponseReturnValue:
    """List the accounts of the office."""
    typed = {name: visible(value)[:300] for name, value in request.args.items()}
    query = load(AccountQuerySchema(), typed)
    return render_template(
        "intake/accounts.html",
        accounts=accounts.list_accounts(query, by=current_person(), deps=deps()),
        query=query,
        roles=[("", "Mọi vai trò"), *role_options(_roles())],
        states=[("", "Mọi trạng thái"), *((it.value, STATE_LABELS[it][0]) for it in AccountState)],
        state_labels=STATE_LABELS,
        role_labels=ROLE_LABELS,
    )


@bp.get("/new")
@access(Role.ADMIN)
def show_new() -> ResponseReturnValue:
    """Ask whose account it will be."""
    return _new_page({}, errors={}), 200


@bp.post("/new")
@access(Role.ADMIN)
def invite_account() -> ResponseReturnValue:
    """Open the account and show its link, once."""
    typed = load(PageNewAccountSchema(), request.form.to_dict())
    command = accounts.InviteAccount(
        login_name=typed["login_name"],
        facts=AccountFacts(
            display_name=typed["display_name"],
            role=Role(typed["role"]),
            unit_code=typed["unit_code"],
            email=typed["email"],
        ),
        call=this_call(typed["idempotency_key"], *typed.values()),
    )
    return _link_page(accounts.invite_account(command, by=current_person(), deps=deps()))


@bp.get("/<uuid:account_id>")
@access(Role.ADMIN)
def show_account(account_id: UUID) -> ResponseReturnValue:
    """Show one account and what can be done with it."""
    return _page(account_id, errors={}), 200


@bp.post("/<uuid:account_id>")
@access(Role.ADMIN)
def change_account(account_id: UUID) -> ResponseReturnValue:
    """Change what is said of the account."""
    facts = load(PageAccountFactsSchema(), request.form.to_dict())
    accounts.change_account(account_id, facts, by=current_person(), deps=deps())
    return _done(account_id, "Đã lưu thay đổi.")


@bp.post("/<uuid:account_id>/deactivate")
@access(Role.ADMIN)
def deactivate_account(account_id: UUID) -> ResponseReturnValue:
    """Shut the account."""
    accounts.deactivate_account(account_id, by=current_person(), deps=deps())
    return _done(account_id, "Tài khoản đã ngừng hoạt động; mọi phiên đăng nhập đã kết thúc.")


@bp.post("/<uuid:account_id>/reactivate")
@access(Role.ADMIN)
def reactivate_account(account_id: UUID) -> ResponseReturnValue:
    """Open the account again."""
    accounts.reactivate_account(account_id, by=current_person(), deps=deps())
    return _done(account_id, "Đã mở lại tài khoản.")


@bp.post("/<uuid:account_id>/reset")
@access(Role.ADMIN)
def reset_account(account_id: UUID) -> ResponseReturnValue:
    """Take the password away and show a link for a new one, once."""
    typed = load(KeySchema(), request.form.to_dict())
    call = this_call(typed["idempotency_key"])
    return _link_page(accounts.reset_account(account_id, call, by=current_person(), deps=deps()))


@bp.post("/<uuid:account_id>/unlock")
@access(Role.ADMIN)
def unlock_account(account_id: UUID) -> ResponseReturnValue:
    """Let the owner try his password again."""
    accounts.unlock_account(account_id, by=current_person(), deps=deps())
    return _done(account_id, "Đã bỏ thời gian chờ; người dùng có thể đăng nhập ngay.")


@bp.post("/<uuid:account_id>/sessions/end")
@access(Role.ADMIN)
def end_sessions(account_id: UUID) -> ResponseReturnValue:
    """End every session of the account."""
    count = sessions.end_sessions_of(account_id, by=current_person(), deps=deps())
    return _done(account_id, f"Đã kết thúc {count} phiên đăng nhập.")


@bp.post("/<uuid:account_id>/tokens/<uuid:token_id>/revoke")
@access(Role.ADMIN)
def revoke_token(account_id: UUID, token_id: UUID) -> ResponseReturnValue:
    """Make a token of the account good for nothing."""
    own_account.revoke_token_of(account_id, token_id, by=current_person(), deps=deps())
    return _done(account_id, "Đã thu hồi thẻ truy cập.")


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the form again with what was typed; only the forms of this screen come here."""
    errors, account_id = by_field(error.errors), (request.view_args or {}).get("account_id")
    if account_id is None:
        return _new_page(request.form.to_dict(), errors=errors), 422
    return _page(account_id, errors=errors), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    flash(error.detail, "error")
    account_id = (request.view_args or {}).get("account_id")
    place = "accounts.show_account" if account_id else "accounts.show_accounts"
    return redirect(url_for(place, **(request.view_args or {} if account_id else {})), 303)


def _roles() -> tuple[Role, ...]:
    return accounts.roles_to_give(by=current_person(), deps=deps())


def _unit_options() -> list[tuple[str, str]]:
    found = units.list_units(by=current_person(), deps=deps())
    return [("", "— Không thuộc ngành nào —"), *((it.code, it.name) for it in found if it.is_live)]


def _new_page(typed: dict[str, str], *, errors: dict[str, str]) -> str:
    return render_template(
        "intake/account_new.html",
        typed={name: visible(value) for name, value in typed.items()},
        errors=errors,
        roles=role_options(_roles()),
        units=_unit_options(),
        key=uuid4().hex,
    )


def _page(account_id: UUID, *, errors: dict[str, str]) -> str:
    by = current_person()
    found = accounts.show_account(account_id, by=by, deps=deps())
    shown: dict[str, Any] = {
        "display_name": found.account.display_name,
        "role": found.account.role.value,
        "unit_code": found.account.unit_code,
        "email": found.account.email,
    }
    if errors:
        shown |= {name: visible(value) for name, value in request.form.items() if name in shown}
    return render_template(
        "intake/account.html",
        found=found,
        account=found.account,
        typed=shown,
        errors=errors,
        state=STATE_LABELS[found.account.state],
        roles=role_options(_roles()),
        units=_unit_options(),
        sessions=sessions.list_sessions_of(account_id, by=by, deps=deps()),
        tokens=own_account.list_tokens_of(account_id, by=by, deps=deps()),
        device=device,
        scope_labels=SCOPE_LABELS,
        key=uuid4().hex,
    )


def _link_page(made: accounts.Invited) -> ResponseReturnValue:
    if not made.secret:
        flash(
            "Việc này đã làm rồi; liên kết chỉ hiện một lần. Chưa kịp chép thì tạo liên kết mới.",
            "warning",
        )
        return redirect(url_for("accounts.show_account", account_id=made.account.id), 303)
    link = url_for("invitations.show_invitation", secret=made.secret, _external=True)
    return render_template("intake/invitation_link.html", made=made, link=link)


def _done(account_id: UUID, message: str) -> ResponseReturnValue:
    flash(message, "success")
    return redirect(url_for("accounts.show_account", account_id=account_id), 303)
