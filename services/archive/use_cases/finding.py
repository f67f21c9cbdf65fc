"""What an office finds of its own documents."""

from dataclasses import dataclass
from uuid import UUID

from kernel.contracts.paging import Page
from services.archive.domain.actors import Actor
from services.archive.domain.deliveries import Delivery, Event
from services.archive.domain.documents import Document, Summary
from services.archive.domain.listing import Query
from services.archive.persistence.deliveries import SentDeliveries
from services.archive.persistence.documents import Documents
from services.archive.use_cases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFile:
    """A document with what became of it at those who received it."""

    document: Document
    deliveries: tuple[Delivery, ...]
    events: tuple[Event, ...]


def list_documents(query: Query, *, actor: Actor, deps: Deps) -> Page[Summary]:
    """Return the documents of the office that match."""
    with deps.sessions.read() as session:
        return Documents(session, office_id=actor.office_id).page(query)


def show_document(document_id: UUID, *, actor: Actor, deps: Deps) -> DocumentFile:
    """Return a document of the office with its deliveries."""
    with deps.sessions.read() as session:
        document = Documents(session, office_id=actor.office_id).get(document_id)
        sent = SentDeliveries(session, office_id=actor.office_id)
        return DocumentFile(
            document=document,
            deliveries=sent.of_document(document_id),
            events=sent.events(document_id),
        )
