"""Batches: ask for many documents at once, look, try again, take what was made."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from services.assembler.use_cases import printing, requesting_batches, viewing_batches
from services.assembler.use_cases.requesting_batches import RequestBatch
from services.assembler.web import deps
from services.assembler.web.batch_presenters import batch_facts, item_facts
from services.assembler.web.batch_schemas import (
    BatchSchema,
    ItemPageQuerySchema,
    ItemPageSchema,
    RequestBatchSchema,
)
from services.assembler.web.files import file_response

bp = ApiBlueprint("batches_api", __name__, description="Làm nhiều văn bản trong một đợt")

_Accepted = tuple[dict[str, Any], int, dict[str, str]]


@bp.post("/batches")
@access(Role.CLERK)
@bp.arguments(RequestBatchSchema)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(202, BatchSchema)
def request_batch(command: RequestBatch, headers: dict[str, str]) -> _Accepted:
    """Freeze the dossier of a period and queue the making of its certificates or decisions."""
    batch = requesting_batches.request_batch(
        command,
        office_id=current_office_id(),
        requested_by=current_person().account_id,
        idempotency_key=headers["key"],
        deps=deps(),
    )
    return _accepted(batch.job.id)


@bp.get("/batches/<uuid:batch_id>")
@access(Role.CLERK, Role.LEADER)
@bp.response(200, BatchSchema)
def show_batch(batch_id: UUID) -> dict[str, Any]:
    """Return a batch as it is now."""
    return _facts(batch_id)


@bp.get("/batches/<uuid:batch_id>/items")
@access(Role.CLERK, Role.LEADER)
@bp.arguments(ItemPageQuerySchema, location="query")
@bp.response(200, ItemPageSchema)
def list_items(query: dict[str, int], batch_id: UUID) -> dict[str, Any]:
    """Return a page of at most 200 items, in their order."""
    page = viewing_batches.list_items(
        batch_id, office_id=current_office_id(), after=query["after"], deps=deps()
    )
    return {"items": [item_facts(item) for item in page.items], "next_after": page.next_after}


@bp.post("/batches/<uuid:batch_id>/retry")
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(202, BatchSchema)
def retry_batch(headers: dict[str, str], batch_id: UUID) -> _Accepted:
    """Queue the items that failed again."""
    requesting_batches.retry_batch(
        batch_id, office_id=current_office_id(), idempotency_key=headers["key"], deps=deps()
    )
    return _accepted(batch_id)


@bp.post("/batches/<uuid:batch_id>/pdf")
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(202, BatchSchema)
def request_pdf(headers: dict[str, str], batch_id: UUID) -> _Accepted:
    """Queue the making of one PDF of all certificates; a failed one is queued again."""
    printing.request_print(
        batch_id, office_id=current_office_id(), idempotency_key=headers["key"], deps=deps()
    )
    return _accepted(batch_id)


@bp.get("/batches/<uuid:batch_id>/documents.zip")
@access(Role.CLERK, Role.LEADER)
def get_zip(batch_id: UUID) -> ResponseReturnValue:
    """Download all documents as a ZIP."""
    office_id = current_office_id()
    return file_response(viewing_batches.zip_file(batch_id, office_id=office_id, deps=deps()))


@bp.get("/batches/<uuid:batch_id>/merged.docx")
@access(Role.CLERK, Role.LEADER)
def get_merged(batch_id: UUID) -> ResponseReturnValue:
    """Download all certificates as one Word file."""
    office_id = current_office_id()
    return file_response(viewing_batches.merged_file(batch_id, office_id=office_id, deps=deps()))


@bp.get("/batches/<uuid:batch_id>/merged.pdf")
@access(Role.CLERK, Role.LEADER)
def get_pdf(batch_id: UUID) -> ResponseReturnValue:
    """Download all certificates as one PDF."""
    office_id = current_office_id()
    return file_response(viewing_batches.pdf_file(batch_id, office_id=office_id, deps=deps()))


@bp.get("/batches/<uuid:batch_id>/items/<int(min=1, max=100000):position>.docx")
@access(Role.CLERK, Role.LEADER)
def get_item(batch_id: UUID, position: int) -> ResponseReturnValue:
    """Download the document of one item."""
    office_id = current_office_id()
    file = viewing_batches.item_file(batch_id, position, office_id=office_id, deps=deps())
    return file_response(file)


def _facts(batch_id: UUID) -> dict[str, Any]:
    view = viewing_batches.summarise_batch(batch_id, office_id=current_office_id(), deps=deps())
    return batch_facts(view)


def _accepted(batch_id: UUID) -> _Accepted:
    return _facts(batch_id), 202, {"Location": url_for(".show_batch", batch_id=batch_id)}
