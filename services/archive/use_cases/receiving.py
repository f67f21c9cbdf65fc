"""What a superior office does with the documents that were sent to it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.contracts.paging import Page
from kernel.errors import Conflict
from services.archive.domain.actors import Actor
from services.archive.domain.deliveries import Access, Delivery, Received, ReceivedDocument
from services.archive.domain.listing import Query
from services.archive.persistence import values
from services.archive.persistence.deliveries import Inbox, Sender
from services.archive.persistence.models import DeliveryRow
from services.archive.use_cases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """A piece of the inbox and the offices it can be narrowed to."""

    page: Page[Received]
    senders: tuple[Sender, ...]


def list_inbox(query: Query, *, actor: Actor, deps: Deps) -> InboxPage:
    """Return the documents delivered to the office that match."""
    with deps.sessions.read() as session:
        inbox = Inbox(session, recipient_office_id=actor.office_id)
        return InboxPage(page=inbox.page(query), senders=inbox.senders())


def open_received(document_id: UUID, *, actor: Actor, deps: Deps) -> ReceivedDocument:
    """Return a received document; its first opening by each person is written down."""
    with deps.sessions.begin() as session:
        inbox = Inbox(session, recipient_office_id=actor.office_id)
        delivery = inbox.lock(document_id)
        if delivery.opened_at is None:
            delivery.opened_at, delivery.opened_by = deps.now(), actor.name
        _log(inbox, delivery, Access.OPENED, actor, deps)
        session.flush()
        return inbox.document(delivery)


def acknowledge(document_id: UUID, *, key: str, actor: Actor, deps: Deps) -> Delivery:
    """Confirm receipt once; confirming again gives the first time back."""
    with deps.sessions.begin() as session:
        inbox = Inbox(session, recipient_office_id=actor.office_id)
        delivery = inbox.lock(document_id)
        if delivery.acknowledged_at is None:
            _refuse_used_key(inbox, key)
            delivery.acknowledged_at, delivery.acknowledged_by = deps.now(), actor.name
            delivery.acknowledge_key = key
            _log(inbox, delivery, Access.ACKNOWLEDGED, actor, deps)
        return values.delivery(delivery)


def note_download(
    session: Session, version_id: UUID, kind: Access, *, actor: Actor, deps: Deps
) -> ReceivedDocument:
    """Write down that a received version was downloaded, and return what it belongs to."""
    inbox = Inbox(session, recipient_office_id=actor.office_id)
    delivery = inbox.lock_version(version_id)
    if delivery.downloaded_at is None:
        delivery.downloaded_at, delivery.downloaded_by = deps.now(), actor.name
    _log(inbox, delivery, kind, actor, deps)
    session.flush()
    return inbox.document(delivery)


def _refuse_used_key(inbox: Inbox, key: str) -> None:
    if inbox.with_acknowledge_key(key):
        raise Conflict("Mã yêu cầu này đã dùng cho văn bản khác. Hãy tải lại trang.")


def _log(inbox: Inbox, delivery: DeliveryRow, kind: Access, actor: Actor, deps: Deps) -> None:
    inbox.log(delivery, kind, account_id=actor.account_id, person=actor.name, at=deps.now())
