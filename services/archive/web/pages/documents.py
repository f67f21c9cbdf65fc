"""The list of an office's documents, one document, and the upload of an edited draft."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role
from kernel.contracts.paging import Page
from kernel.problems import load
from services.archive.domain.documents import Summary
from services.archive.use_cases import finding, rendering, uploading
from services.archive.web.pages.redisplaying import BLANK, Form, redisplays
from services.archive.web.presenters import upload_message
from services.archive.web.request import actor, deps, new_key, required_file
from services.archive.web.schemas import DocumentQuerySchema, KeySchema

bp = Blueprint("documents", __name__)

_NOTHING: Page[Summary] = Page(items=(), next=None)


def _list_page(form: Form = BLANK, page: Page[Summary] = _NOTHING, **_: Any) -> str:
    return render_template(
        "archive/documents.html",
        page=page,
        typed=form.typed or request.args.to_dict(),
        errors=form.errors,
    )


@bp.get("/documents")
@access(Role.CLERK, Role.LEADER)
@redisplays(_list_page)
def show_documents() -> ResponseReturnValue:
    """List the documents that match the filters of the address."""
    query = load(DocumentQuerySchema(), request.args.to_dict())
    return _list_page(page=finding.list_documents(query, actor=actor(), deps=deps()))


@bp.get("/documents/<uuid:document_id>")
@access(Role.CLERK, Role.LEADER)
def show_document(document_id: UUID) -> ResponseReturnValue:
    """Show a document, its versions and what became of it."""
    found = finding.show_document(document_id, actor=actor(), deps=deps())
    return render_template("archive/document.html", file=found, document=found.document)


def _upload_page(document_id: UUID, form: Form = BLANK) -> str:
    found = finding.show_document(document_id, actor=actor(), deps=deps())
    return render_template(
        "archive/upload.html",
        document=found.document,
        key=form.typed.get("key") or new_key(),
        errors=form.errors,
        problem=form.problem,
    )


@bp.get("/documents/<uuid:document_id>/upload")
@access(Role.CLERK)
def show_upload(document_id: UUID) -> ResponseReturnValue:
    """Ask for an edited draft."""
    return _upload_page(document_id)


@bp.post("/documents/<uuid:document_id>/upload")
@access(Role.CLERK)
@redisplays(_upload_page)
def upload(document_id: UUID) -> ResponseReturnValue:
    """Keep an edited draft as the next version."""
    key = load(KeySchema(), {"key": request.form.get("key", "")})["key"]
    command = uploading.UploadVersion(document_id=document_id, data=required_file(), key=key)
    receipt = uploading.upload_version(command, actor=actor(), deps=deps())
    flash(*upload_message(receipt))
    return redirect(url_for(".show_document", document_id=document_id), 303)


@bp.post("/versions/<uuid:version_id>/rendition/retry")
@access(Role.CLERK)
def retry_rendition(version_id: UUID) -> ResponseReturnValue:
    """Ask for a PDF again."""
    document_id = rendering.retry_rendition(version_id, actor=actor(), deps=deps())
    flash("Đã yêu cầu tạo lại PDF. Bản PDF thường có sau ít phút.", "success")
    return redirect(url_for(".show_document", document_id=document_id), 303)
