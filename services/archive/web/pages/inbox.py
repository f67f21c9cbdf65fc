"""What a superior office sees: the documents that were sent to it, of every commune."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role
from kernel.problems import load
from services.archive.domain.listing import Query
from services.archive.use_cases import receiving
from services.archive.web.pages.redisplaying import BLANK, Form, redisplays
from services.archive.web.presenters import moment
from services.archive.web.request import actor, deps, new_key
from services.archive.web.schemas import InboxQuerySchema, KeySchema

bp = Blueprint("inbox", __name__)


def _inbox_page(form: Form = BLANK, found: receiving.InboxPage | None = None, **_: Any) -> str:
    shown = found or receiving.list_inbox(Query(), actor=actor(), deps=deps())
    return render_template(
        "archive/inbox.html",
        page=shown.page,
        senders=shown.senders,
        typed=form.typed or request.args.to_dict(),
        errors=form.errors,
    )


@bp.get("/inbox")
@access(Role.SUPERIOR)
@redisplays(_inbox_page)
def show_inbox() -> ResponseReturnValue:
    """List what was delivered and matches the filters of the address."""
    query = load(InboxQuerySchema(), request.args.to_dict())
    return _inbox_page(found=receiving.list_inbox(query, actor=actor(), deps=deps()))


@bp.get("/inbox/<uuid:document_id>")
@access(Role.SUPERIOR)
def show_received(document_id: UUID) -> ResponseReturnValue:
    """Show a received document.

    The one GET that writes: who first opened what is an access log, not a change of the document.
    A page fetched ahead by a browser would count as opened, which says no more than that it was
    sent to that desk; receipt is only ever confirmed by the button.
    """
    received = receiving.open_received(document_id, actor=actor(), deps=deps())
    return render_template("archive/received.html", received=received, key=new_key())


@bp.post("/inbox/<uuid:document_id>/acknowledge")
@access(Role.SUPERIOR)
def acknowledge(document_id: UUID) -> ResponseReturnValue:
    """Confirm that the document was received."""
    key = load(KeySchema(), {"key": request.form.get("key", "")})["key"]
    delivery = receiving.acknowledge(document_id, key=key, actor=actor(), deps=deps())
    flash(f"Đã xác nhận nhận văn bản lúc {moment(delivery.acknowledged_at)}.", "success")
    return redirect(url_for(".show_received", document_id=document_id), 303)
