"""Accounts of the office, for programs of an administrator."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.auth.scopes import Area
from services.intake.domain.accounts import AccountFacts
from services.intake.use_cases import accounts, own_account, sessions
from services.intake.web.accounts_schemas import (
    AccountDetailsSchema,
    AccountFactsSchema,
    AccountPageSchema,
    AfterSchema,
    EndedSchema,
    InvitedSchema,
    NewAccountSchema,
    SessionSchema,
    TokenSchema,
)
from services.intake.web.context import deps, this_call

bp = ApiBlueprint("accounts_api", __name__, description="Tài khoản của đơn vị")


@bp.route("/accounts", methods=["GET"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(AfterSchema, location="query")
@bp.response(200, AccountPageSchema)
def list_accounts(query: dict[str, Any]) -> dict[str, Any]:
    """List the accounts by login name, a hundred at a time."""
    items = accounts.accounts_after(query["after"], by=current_person(), deps=deps())
    is_whole = len(items) < accounts.PIECE
    return {"items": items, "next": None if is_whole else items[-1].login_name}


@bp.route("/accounts", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(NewAccountSchema)
@bp.response(201, InvitedSchema)
def invite_account(headers: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Open an account; its link is in this answer and nowhere else."""
    command = accounts.InviteAccount(
        login_name=body["login_name"],
        facts=AccountFacts(
            display_name=body["display_name"],
            role=Role(body["role"]),
            unit_code=body["unit_code"],
            email=body["email"],
        ),
        call=this_call(headers["key"], *body.values()),
    )
    return invited(accounts.invite_account(command, by=current_person(), deps=deps()))


@bp.route("/accounts/<uuid:account_id>", methods=["GET"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.response(200, AccountDetailsSchema)
def show_account(account_id: UUID) -> dict[str, Any]:
    """Show one account."""
    return _details(account_id)


@bp.route("/accounts/<uuid:account_id>", methods=["PUT"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(AccountFactsSchema)
@bp.response(200, AccountDetailsSchema)
def change_account(headers: dict[str, Any], body: AccountFacts, account_id: UUID) -> dict[str, Any]:
    """Change name, role, unit and e-mail address."""
    accounts.change_account(account_id, body, by=current_person(), deps=deps())
    return _details(account_id)


@bp.route("/accounts/<uuid:account_id>/deactivate", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(204)
def deactivate_account(headers: dict[str, Any], account_id: UUID) -> ResponseReturnValue:
    """Shut an account and end its sessions."""
    accounts.deactivate_account(account_id, by=current_person(), deps=deps())
    return ""


@bp.route("/accounts/<uuid:account_id>/reactivate", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(204)
def reactivate_account(headers: dict[str, Any], account_id: UUID) -> ResponseReturnValue:
    """Open a shut account again."""
    accounts.reactivate_account(account_id, by=current_person(), deps=deps())
    return ""


@bp.route("/accounts/<uuid:account_id>/reset", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, InvitedSchema)
def reset_account(headers: dict[str, Any], account_id: UUID) -> dict[str, Any]:
    """Take the password away and give a link for a new one, in this answer and nowhere else."""
    call = this_call(headers["key"])
    return invited(accounts.reset_account(account_id, call, by=current_person(), deps=deps()))


@bp.route("/accounts/<uuid:account_id>/unlock", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(204)
def unlock_account(headers: dict[str, Any], account_id: UUID) -> ResponseReturnValue:
    """Let the owner try his password again at once."""
    accounts.unlock_account(account_id, by=current_person(), deps=deps())
    return ""


@bp.route("/accounts/<uuid:account_id>/sessions", methods=["GET"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.response(200, SessionSchema(many=True))
def list_sessions(account_id: UUID) -> list[sessions.SessionOutline]:
    """List the sessions of an account that go on."""
    return list(sessions.list_sessions_of(account_id, by=current_person(), deps=deps()))


@bp.route("/accounts/<uuid:account_id>/sessions/end", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, EndedSchema)
def end_sessions(headers: dict[str, Any], account_id: UUID) -> dict[str, int]:
    """End every session of an account."""
    return {"ended": sessions.end_sessions_of(account_id, by=current_person(), deps=deps())}


@bp.route("/accounts/<uuid:account_id>/tokens", methods=["GET"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.response(200, TokenSchema(many=True))
def list_tokens(account_id: UUID) -> list[own_account.TokenOutline]:
    """List the tokens of an account."""
    return list(own_account.list_tokens_of(account_id, by=current_person(), deps=deps()))


@bp.route("/accounts/<uuid:account_id>/tokens/<uuid:token_id>/revoke", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(204)
def revoke_token(headers: dict[str, Any], account_id: UUID, token_id: UUID) -> ResponseReturnValue:
    """Make a token of an account good for nothing."""
    own_account.revoke_token_of(account_id, token_id, by=current_person(), deps=deps())
    return ""


def _details(account_id: UUID) -> dict[str, Any]:
    found = accounts.show_account(account_id, by=current_person(), deps=deps())
    return {
        **asdict(found.account),
        "blocked_until": found.blocked_until,
        "invited_until": found.invited_until,
        "live_sessions": found.live_sessions,
    }


def invited(made: accounts.Invited) -> dict[str, Any]:
    """Return the account with the address of its link."""
    link = url_for("invitations.show_invitation", secret=made.secret, _external=True)
    return {
        "account": made.account,
        "link": link if made.secret else None,
        "expires_at": made.expires_at,
    }
