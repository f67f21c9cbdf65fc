"""Deliveries: as the office that sent sees them, and as the office that received them does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from kernel.contracts.dossier import DossierRecipient
from kernel.contracts.paging import Cursor, Page
from kernel.errors import NotFound
from services.archive.domain.deliveries import (
    Access,
    Delivery,
    Event,
    InboxState,
    Received,
    ReceivedDocument,
)
from services.archive.domain.documents import Issue
from services.archive.domain.listing import PAGE_SIZE, Query
from services.archive.persistence import search, values
from services.archive.persistence.documents import matching, read_document
from services.archive.persistence.models import (
    DeliveryEventRow,
    DeliveryRow,
    DocumentRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An office from which something was received."""

    office_id: UUID
    name: str


class SentDeliveries:
    """Deliveries of the documents of one office."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def send(self, document_id: UUID, issue: Issue, recipients: Iterable[DossierRecipient]) -> None:
        """Deliver an issued document to each of its recipients that is an office."""
        offices = {r.office_id: r.label for r in recipients if r.office_id}
        for office_id, label in offices.items():
            row = DeliveryRow(
                document_id=document_id,
                version_id=issue.version_id,
                recipient_office_id=office_id,
                recipient=label,
                sent_at=issue.issued_at,
            )
            self._session.add(row)
            self._session.flush()
            self._session.add(
                DeliveryEventRow(
                    delivery_id=row.id,
                    version_id=issue.version_id,
                    kind=Access.SENT.value,
                    person=issue.issued_by,
                    at=issue.issued_at,
                )
            )

    def of_document(self, document_id: UUID) -> tuple[Delivery, ...]:
        """Return the deliveries of a document in the order of their recipients' names."""
        rows = self._session.scalars(self._sent(document_id).order_by(DeliveryRow.recipient))
        return tuple(values.delivery(row) for row in rows)

    def events(self, document_id: UUID) -> tuple[Event, ...]:
        """Return everything that happened to the deliveries of a document, oldest first."""
        rows = self._session.execute(
            select(DeliveryEventRow, DeliveryRow.recipient)
            .join(DeliveryRow, DeliveryRow.id == DeliveryEventRow.delivery_id)
            .join(DocumentRow, DocumentRow.id == DeliveryRow.document_id)
            .where(DocumentRow.office_id == self._office_id, DocumentRow.id == document_id)
            .order_by(DeliveryEventRow.at, DeliveryEventRow.id)
        )
        return tuple(values.event(row, recipient) for row, recipient in rows)

    def _sent(self, document_id: UUID) -> Select[DeliveryRow]:
        return (
            select(DeliveryRow)
            .join(DocumentRow, DocumentRow.id == DeliveryRow.document_id)
            .where(DocumentRow.office_id == self._office_id, DocumentRow.id == document_id)
        )


class Inbox:
    """What one office received; nothing that was not delivered to it can be reached from here."""

    def __init__(self, session: Session, *, recipient_office_id: UUID) -> None:
        self._session, self._office_id = session, recipient_office_id

    def lock(self, document_id: UUID) -> DeliveryRow:
        """Return the delivery of a document to this office, held until the commit."""
        return self._one(DeliveryRow.document_id == document_id)

    def lock_version(self, version_id: UUID) -> DeliveryRow:
        """Return the delivery of that very version to this office, held until the commit."""
        return self._one(DeliveryRow.version_id == version_id)

    def document(self, delivery: DeliveryRow) -> ReceivedDocument:
        """Return what was delivered: the issued version and no draft."""
        row = self._session.get_one(DocumentRow, delivery.document_id)
        version = self._session.get_one(VersionRow, delivery.version_id)
        return ReceivedDocument(
            document=read_document(self._session, row, [version]),
            delivery=values.delivery(delivery),
        )

    def log(
        self,
        delivery: DeliveryRow,
        kind: Access,
        *,
        account_id: UUID | None,
        person: str,
        at: datetime,
    ) -> None:
        """Add one line to the log of a delivery that the caller holds."""
        if kind is Access.OPENED and self._has_opened(delivery.id, account_id):
            return
        self._session.add(
            DeliveryEventRow(
                delivery_id=delivery.id,
                version_id=delivery.version_id,
                kind=kind.value,
                account_id=account_id,
                person=person,
                at=at,
            )
        )

    def with_acknowledge_key(self, key: str) -> DeliveryRow | None:
        """Return the delivery that the request with this key acknowledged."""
        return self._session.scalar(self._received().where(DeliveryRow.acknowledge_key == key))

    def page(self, query: Query) -> Page[Received]:
        """Return what the query asks for, last sent first."""
        conditions = matching(self._session, query, scope=search.receiver_word(self._office_id))
        conditions += _state(query.state)
        if query.office_id is not None:
            conditions.append(DocumentRow.office_id == query.office_id)
        if query.after:
            conditions.append(_before(query.after))
        rows = self._session.execute(
            select(DocumentRow, DeliveryRow)
            .join(DeliveryRow, DeliveryRow.document_id == DocumentRow.id)
            .where(DeliveryRow.recipient_office_id == self._office_id, *conditions)
            .order_by(DeliveryRow.sent_at.desc(), DeliveryRow.id.desc())
            .limit(PAGE_SIZE + 1)
        ).all()
        last = rows[PAGE_SIZE - 1][1] if len(rows) > PAGE_SIZE else None
        return Page(
            items=tuple(
                Received(document=values.summary(document), delivery=values.delivery(delivery))
                for document, delivery in rows[:PAGE_SIZE]
            ),
            next=Cursor(at=last.sent_at, id=last.id) if last else None,
        )

    def senders(self) -> tuple[Sender, ...]:
        """Return the offices from which something was received, by name."""
        rows = self._session.execute(
            select(DocumentRow.office_id, DocumentRow.office_name)
            .join(DeliveryRow, DeliveryRow.document_id == DocumentRow.id)
            .where(DeliveryRow.recipient_office_id == self._office_id)
            .distinct()
        )
        return tuple(Sender(office_id=office_id, name=name) for office_id, name in rows)

    def _has_opened(self, delivery_id: UUID, account_id: UUID | None) -> bool:
        asked = select(DeliveryEventRow.id).where(
            DeliveryEventRow.delivery_id == delivery_id,
            DeliveryEventRow.account_id == account_id,
            DeliveryEventRow.kind == Access.OPENED.value,
        )
        return self._session.scalar(asked) is not None

    def _one(self, condition: ColumnElement[bool]) -> DeliveryRow:
        row = self._session.scalar(self._received().where(condition).with_for_update())
        if row is None:
            raise NotFound("Không có văn bản này, hoặc bạn không được xem.")
        return row

    def _received(self) -> Select[DeliveryRow]:
        return select(DeliveryRow).where(DeliveryRow.recipient_office_id == self._office_id)


def _state(state: str) -> list[ColumnElement[bool]]:
    opened, acknowledged = DeliveryRow.opened_at, DeliveryRow.acknowledged_at
    conditions: dict[str, list[ColumnElement[bool]]] = {
        InboxState.NEW.value: [opened.is_(None), acknowledged.is_(None)],
        InboxState.OPENED.value: [opened.is_not(None), acknowledged.is_(None)],
        InboxState.ACKNOWLEDGED.value: [acknowledged.is_not(None)],
    }
    return conditions.get(state, [])


def _before(cursor: Cursor) -> ColumnElement[bool]:
    return or_(
        DeliveryRow.sent_at < cursor.at,
        and_(DeliveryRow.sent_at == cursor.at, DeliveryRow.id < cursor.id),
    )
