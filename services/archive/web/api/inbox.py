"""Documents that a superior office received."""

from uuid import UUID

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role
from services.archive.domain.deliveries import Delivery, ReceivedDocument
from services.archive.domain.listing import Query
from services.archive.use_cases.receiving import InboxPage, acknowledge, list_inbox, open_received
from services.archive.web.request import actor, deps
from services.archive.web.schemas import (
    DeliverySchema,
    InboxPageSchema,
    InboxQuerySchema,
    ReceivedDocumentSchema,
)

bp = ApiBlueprint("inbox_api", __name__, description="Văn bản đến của cơ quan cấp trên.")


@bp.get("/inbox")
@bp.arguments(InboxQuerySchema, location="query")
@bp.response(200, InboxPageSchema)
@access(Role.SUPERIOR)
def get_inbox(query: Query) -> InboxPage:
    """List what was delivered to the office, last sent first."""
    return list_inbox(query, actor=actor(), deps=deps())


@bp.get("/inbox/<uuid:document_id>")
@bp.response(200, ReceivedDocumentSchema)
@access(Role.SUPERIOR)
def get_received(document_id: UUID) -> ReceivedDocument:
    """Show a received document. That it was opened is logged: see the page of the same name."""
    return open_received(document_id, actor=actor(), deps=deps())


@bp.post("/inbox/<uuid:document_id>/acknowledge")
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, DeliverySchema)
@access(Role.SUPERIOR)
def post_acknowledge(headers: dict[str, str], document_id: UUID) -> Delivery:
    """Confirm receipt; confirming again gives the first time back."""
    return acknowledge(document_id, key=headers["key"], actor=actor(), deps=deps())
