"""An office's own documents."""

from typing import Any
from uuid import UUID

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role
from kernel.contracts.paging import Page
from services.archive.domain.documents import Summary
from services.archive.domain.listing import Query
from services.archive.use_cases.finding import DocumentFile, list_documents, show_document
from services.archive.use_cases.issuing import IssueDocument, IssueReceipt, issue_document
from services.archive.use_cases.preparing import IssueIntent
from services.archive.use_cases.uploading import UploadReceipt, UploadVersion, upload_version
from services.archive.web.request import actor, deps, required_file
from services.archive.web.schemas import (
    DocumentFileSchema,
    DocumentPageSchema,
    DocumentQuerySchema,
    IssueIntentSchema,
    IssueReceiptSchema,
    UploadReceiptSchema,
    UploadSchema,
)

Headers = dict[str, str]
Files = dict[str, Any]

bp = ApiBlueprint("documents_api", __name__, description="Văn bản của cơ quan.")


@bp.get("/documents")
@bp.arguments(DocumentQuerySchema, location="query")
@bp.response(200, DocumentPageSchema)
@access(Role.CLERK, Role.LEADER)
def get_documents(query: Query) -> Page[Summary]:
    """List the documents that match, last touched first."""
    return list_documents(query, actor=actor(), deps=deps())


@bp.get("/documents/<uuid:document_id>")
@bp.response(200, DocumentFileSchema)
@access(Role.CLERK, Role.LEADER)
def get_document(document_id: UUID) -> DocumentFile:
    """Show a document with its versions and deliveries."""
    return show_document(document_id, actor=actor(), deps=deps())


@bp.post("/documents/<uuid:document_id>/versions")
@bp.arguments(UploadSchema, location="files")
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(201, UploadReceiptSchema)
@access(Role.CLERK)
def post_version(_: Files, headers: Headers, document_id: UUID) -> UploadReceipt:
    """Keep an edited draft as the next version; known bytes make no new one."""
    command = UploadVersion(document_id=document_id, data=required_file(), key=headers["key"])
    return upload_version(command, actor=actor(), deps=deps())


@bp.post("/documents/<uuid:document_id>/issue")
@bp.arguments(IssueIntentSchema)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(201, IssueReceiptSchema)
@bp.alt_response(409, description="Đã ban hành, hoặc chưa mở sổ cho ký hiệu.")
@access(Role.CLERK)
def post_issue(intent: IssueIntent, headers: Headers, document_id: UUID) -> IssueReceipt:
    """Number, stamp and send a document; the same Idempotency-Key gives the same result."""
    command = IssueDocument(
        document_id=document_id,
        version_id=intent.version_id,
        issued_on=intent.issued_on,
        backdating_reason=intent.backdating_reason,
        key=headers["key"],
    )
    return issue_document(command, actor=actor(), deps=deps())
