"""What became of the office's e-mails, for the administrator's programs."""

from typing import Any
from uuid import UUID

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from services.intake.domain.mails import MailState
from services.intake.use_cases import watching_mails
from services.intake.use_cases.watching_mails import MailList
from services.intake.web.context import deps, this_call
from services.intake.web.notice_schemas import MailListSchema, MailQuerySchema, QueuedSchema

bp = ApiBlueprint("mails_api", __name__, description="Thư điện tử của đơn vị")


@bp.route("/mails", methods=["GET"])
@access(Role.ADMIN)
@bp.arguments(MailQuerySchema, location="query")
@bp.response(200, MailListSchema)
def list_mails(query: dict[str, Any]) -> MailList:
    """List the e-mails, the newest first, without what they say."""
    return watching_mails.list_mails(
        by=current_person(),
        deps=deps(),
        state=MailState(query["state"]) if query["state"] else None,
        after=query["after"],
    )


@bp.route("/mails/<uuid:mail_id>/send-again", methods=["POST"])
@access(Role.ADMIN)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, QueuedSchema)
def send_again(headers: dict[str, Any], mail_id: UUID) -> dict[str, int]:
    """Queue an e-mail that was given up, to the present address of its account."""
    call = this_call(headers["key"])
    watching_mails.send_again(mail_id, by=current_person(), deps=deps(), call=call)
    return {"queued": 1}


@bp.route("/mails/send-again", methods=["POST"])
@access(Role.ADMIN)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, QueuedSchema)
def send_all_again(headers: dict[str, Any]) -> dict[str, int]:
    """Queue all e-mails that were given up."""
    call = this_call(headers["key"])
    return {"queued": watching_mails.send_all_again(by=current_person(), deps=deps(), call=call)}
