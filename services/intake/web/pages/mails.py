"""What became of the e-mails, for the administrator."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.problems import load
from services.intake.domain.mails import MailState
from services.intake.use_cases import watching_mails
from services.intake.web.context import deps, this_call
from services.intake.web.notice_schemas import KeyFormSchema, MailQuerySchema

bp = Blueprint("mails", __name__)

_TONES = {
    MailState.QUEUED: "info",
    MailState.SENDING: "primary",
    MailState.SENT: "success",
    MailState.FAILED: "danger",
}


@bp.get("/mails")
@access(Role.ADMIN)
def show_mails() -> ResponseReturnValue:
    """List the e-mails of the office."""
    query = load(MailQuerySchema(), request.args.to_dict())
    state = MailState(query["state"]) if query["state"] else None
    found = watching_mails.list_mails(
        by=current_person(), deps=deps(), state=state, after=query["after"]
    )
    return render_template(
        "intake/mails.html",
        found=found,
        chosen=state,
        states=list(MailState),
        state_tones=_TONES,
        key=uuid4().hex,
    )


@bp.post("/mails/<uuid:mail_id>/send-again")
@access(Role.ADMIN)
def send_again(mail_id: UUID) -> ResponseReturnValue:
    """Queue one that was given up."""
    call = this_call(load(KeyFormSchema(), request.form.to_dict())["idempotency_key"])
    watching_mails.send_again(mail_id, by=current_person(), deps=deps(), call=call)
    flash("Thư sẽ được gửi lại trong ít giây.", "success")
    return redirect(url_for("mails.show_mails"), 303)


@bp.post("/mails/send-again")
@access(Role.ADMIN)
def send_all_again() -> ResponseReturnValue:
    """Queue all that were given up."""
    call = this_call(load(KeyFormSchema(), request.form.to_dict())["idempotency_key"])
    count = watching_mails.send_all_again(by=current_person(), deps=deps(), call=call)
    flash(f"{count} thư sẽ được gửi lại trong ít phút.", "success")
    return redirect(url_for("mails.show_mails"), 303)
