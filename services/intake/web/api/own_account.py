"""One's own password, sessions and API tokens: for people who have signed in, not for tokens."""

from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from services.intake.use_cases import own_account, sessions
from services.intake.web.accounts_schemas import (
    ChangePasswordSchema,
    EndedSchema,
    IssuedTokenSchema,
    NewTokenSchema,
    SessionSchema,
    TokenSchema,
)
from services.intake.web.context import deps, this_call

bp = ApiBlueprint("own_account_api", __name__, description="Tài khoản của tôi")


@bp.route("/me/password", methods=["PUT"])
@access(*Role, by_token=False)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ChangePasswordSchema)
@bp.response(204)
def change_password(headers: dict[str, Any], body: dict[str, Any]) -> ResponseReturnValue:
    """Replace one's password; every other session ends."""
    command = own_account.ChangePassword(
        old=body["old_password"], new=body["new_password"], address=request.remote_addr or ""
    )
    own_account.change_password(command, by=current_person(), deps=deps())
    return ""


@bp.route("/me/sessions", methods=["GET"])
@access(*Role, by_token=False)
@bp.response(200, SessionSchema(many=True))
def list_sessions() -> list[sessions.SessionOutline]:
    """List one's sessions."""
    return list(sessions.list_own_sessions(by=current_person(), deps=deps()))


@bp.route("/me/sessions/<uuid:session_id>/end", methods=["POST"])
@access(*Role, by_token=False)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(204)
def end_session(headers: dict[str, Any], session_id: UUID) -> ResponseReturnValue:
    """End one of one's sessions."""
    sessions.end_own_session(session_id, by=current_person(), deps=deps())
    return ""


@bp.route("/me/sessions/end", methods=["POST"])
@access(*Role, by_token=False)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, EndedSchema)
def end_sessions(headers: dict[str, Any]) -> dict[str, int]:
    """End all of one's sessions, this one too."""
    return {"ended": sessions.end_all_own_sessions(by=current_person(), deps=deps())}


@bp.route("/me/tokens", methods=["GET"])
@access(*Role, by_token=False)
@bp.response(200, TokenSchema(many=True))
def list_tokens() -> list[own_account.TokenOutline]:
    """List one's tokens."""
    return list(own_account.list_own_tokens(by=current_person(), deps=deps()))


@bp.route("/me/tokens", methods=["POST"])
@access(*Role, by_token=False)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(NewTokenSchema)
@bp.response(201, IssuedTokenSchema)
def issue_token(headers: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Make a token; it is in this answer and nowhere else."""
    command = own_account.IssueToken(**body, call=this_call(headers["key"], *body.values()))
    made = own_account.issue_token(command, by=current_person(), deps=deps())
    return {"token": made.token or None, "outline": made.outline}


@bp.route("/me/tokens/<uuid:token_id>/revoke", methods=["POST"])
@access(*Role, by_token=False)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(204)
def revoke_token(headers: dict[str, Any], token_id: UUID) -> ResponseReturnValue:
    """Make one of one's tokens good for nothing."""
    own_account.revoke_own_token(token_id, by=current_person(), deps=deps())
    return ""
