"""What office and unit say about the parts of a report."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import InvalidInput
from kernel.problems import load
from services.intake.domain.receipts import Call
from services.intake.use_cases import commenting
from services.intake.web.context import deps, form_key, this_call
from services.intake.web.pages.reviewing import page_of
from services.intake.web.review_schemas import AnswerSchema, CommentSchema
from services.intake.web.typed_report import visible

bp = Blueprint("commenting", __name__, url_prefix="/submissions/<uuid:submission_id>/comments")


@bp.post("")
@access(Role.SECTOR_OFFICER, Role.CLERK)
def add_comment(submission_id: UUID) -> ResponseReturnValue:
    """Say something about a part."""
    part = request.form.get("part", "")
    typed = load(CommentSchema(), {"part": part, "text": _text(f"comment-{part}")})
    command = commenting.AddComment(submission_id=submission_id, call=_call(), **typed)
    thread = commenting.add_comment(command, by=current_person(), deps=deps())
    return _back(submission_id, thread.part, "Đã ghi ý kiến.")


@bp.post("/<uuid:thread_id>/answers")
@access(Role.SECTOR_OFFICER, Role.CLERK)
def answer_comment(submission_id: UUID, thread_id: UUID) -> ResponseReturnValue:
    """Answer in a thread."""
    typed = load(AnswerSchema(), {"text": _text(f"answer-{thread_id}")})
    command = commenting.AnswerComment(
        submission_id=submission_id, thread_id=thread_id, call=_call(), **typed
    )
    thread = commenting.answer_comment(command, by=current_person(), deps=deps())
    return _back(submission_id, thread.part, "Đã ghi trả lời.")


@bp.post("/<uuid:thread_id>/settle")
@access(Role.CLERK)
def settle_comment(submission_id: UUID, thread_id: UUID) -> ResponseReturnValue:
    """Mark a thread as settled, or open it again."""
    command = commenting.SettleComment(
        submission_id=submission_id,
        thread_id=thread_id,
        is_settled=request.form.get("is_settled") == "true",
        call=_call(),
    )
    thread = commenting.settle_comment(command, by=current_person(), deps=deps())
    message = "Đã mở lại ý kiến." if thread.is_open else "Đã đánh dấu ý kiến là xong."
    return _back(submission_id, thread.part, message)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed, the error at the field where it was typed."""
    where = request.view_args or {}
    thread_id = where.get("thread_id")
    part = visible(request.form.get("part", ""))
    field = f"answer-{thread_id}" if thread_id else f"comment-{part}"
    return page_of(where["submission_id"], errors={field: error.errors[0].detail}), 422


def _text(field: str) -> str:
    return request.form.get(field, "")


def _call() -> Call:
    """Return the call under the key of the form; what was typed is part of what it asks."""
    typed = [it for it in sorted(request.form.items()) if it[0] != "csrf_token"]
    return this_call(form_key(), typed)


def _back(submission_id: UUID, part: str, message: str) -> ResponseReturnValue:
    flash(message, "success")
    page = url_for("reviewing.show_submission", submission_id=submission_id, _anchor=f"part-{part}")
    return redirect(page, 303)
