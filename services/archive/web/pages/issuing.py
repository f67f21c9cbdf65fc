"""Ban hành in three steps: choose, look, confirm."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role
from kernel.problems import load
from services.archive.use_cases import issuing, preparing
from services.archive.web.pages.redisplaying import BLANK, Form, redisplays
from services.archive.web.request import actor, deps, new_key
from services.archive.web.schemas import ConfirmedIssueSchema, IssueIntentSchema

bp = Blueprint("issuing", __name__)

_CHOICES = ("version_id", "issued_on", "backdating_reason")


def _choice_page(document_id: UUID, form: Form = BLANK) -> str:
    choices = preparing.choices_for_issue(document_id, actor=actor(), deps=deps())
    return render_template(
        "archive/issue.html",
        choices=choices,
        document=choices.document,
        typed=form.typed,
        errors=form.errors,
        problem=form.problem,
    )


@bp.get("/documents/<uuid:document_id>/issue")
@access(Role.CLERK)
def choose(document_id: UUID) -> ResponseReturnValue:
    """Ask which version is issued, and on what day."""
    return _choice_page(document_id)


@bp.get("/documents/<uuid:document_id>/issue/confirm")
@access(Role.CLERK)
@redisplays(_choice_page)
def preview(document_id: UUID) -> ResponseReturnValue:
    """Show exactly what confirming would do."""
    return _confirm_page(document_id, request.args.to_dict())


def _confirm_page(document_id: UUID, chosen: dict[str, str], problem: str = "") -> str:
    picked = {name: chosen.get(name, "") for name in _CHOICES}
    intent = load(IssueIntentSchema(), picked)
    seen = preparing.preview_issue(document_id, intent, actor=actor(), deps=deps())
    return render_template(
        "archive/confirm.html", preview=seen, document=seen.document, key=new_key(), problem=problem
    )


def _confirm_again(document_id: UUID, form: Form) -> str:
    """Show the preview with what changed meanwhile; what is not valid any more goes to step one."""
    return _confirm_page(
        document_id, dict(form.typed), problem=form.problem or "; ".join(form.errors.values())
    )


@bp.post("/documents/<uuid:document_id>/issue")
@access(Role.CLERK)
@redisplays(_choice_page)
@redisplays(_confirm_again)
def issue(document_id: UUID) -> ResponseReturnValue:
    """Issue what was confirmed."""
    form = {name: value for name, value in request.form.items() if name != "csrf_token"}
    command = issuing.IssueDocument(document_id=document_id, **load(ConfirmedIssueSchema(), form))
    receipt = issuing.issue_document(command, actor=actor(), deps=deps())
    flash(f"Đã ban hành số {receipt.text}.", "success")
    return redirect(url_for("documents.show_document", document_id=document_id), 303)
