"""Documents of one office; another office's rows cannot be reached from here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from kernel.contracts.paging import Cursor, Page
from kernel.errors import NotFound
from services.archive.domain.documents import Document, Facts, Issue, State, Summary
from services.archive.domain.listing import PAGE_SIZE, Query, asked_words
from services.archive.persistence import search, values
from services.archive.persistence.facts import facts_to_json
from services.archive.persistence.inserting import insert_unless_there
from services.archive.persistence.models import (
    DocumentRow,
    RecipientRow,
    RenditionRow,
    VersionRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord:
    """What marks a document as issued, beside what its readers see."""

    issue: Issue
    register_id: UUID
    issued_by_id: UUID | None
    issue_key: str


class Documents:
    """Documents of one office."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def lock_or_create(
        self, key: str, facts: Facts, *, office_name: str, now: datetime
    ) -> DocumentRow:
        """Return the document with this key, made if it is new, held until the commit."""
        fields = {
            "office_id": self._office_id,
            "office_name": office_name,
            "document_key": key,
            "state": State.DRAFT.value,
            "created_at": now,
            "updated_at": now,
        }
        insert_unless_there(self._session, DocumentRow, {**fields, **_columns(facts)})
        return self._one(DocumentRow.document_key == key, lock=True)

    def lock(self, document_id: UUID) -> DocumentRow:
        """Return the row, held until the commit; absent and foreign give the same NotFound."""
        return self._one(DocumentRow.id == document_id, lock=True)

    def get(self, document_id: UUID) -> Document:
        """Return the document with all its versions."""
        row = self._one(DocumentRow.id == document_id)
        versions = self._session.scalars(
            select(VersionRow).where(VersionRow.document_id == document_id)
        )
        return read_document(self._session, row, list(versions))

    def page(self, query: Query) -> Page[Summary]:
        """Return what the query asks for, last touched first."""
        visible = select(DocumentRow).where(DocumentRow.office_id == self._office_id)
        scope = search.sender_word(self._office_id)
        conditions = matching(self._session, query, scope=scope)
        if query.state:
            conditions.append(DocumentRow.state == query.state)
        if query.after:
            conditions.append(_before(query.after))
        order = (DocumentRow.updated_at.desc(), DocumentRow.id.desc())
        rows = list(
            self._session.scalars(visible.where(*conditions).order_by(*order).limit(PAGE_SIZE + 1))
        )
        last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
        return Page(
            items=tuple(values.summary(row) for row in rows[:PAGE_SIZE]),
            next=Cursor(at=last.updated_at, id=last.id) if last else None,
        )

    def of_register(self, register_id: UUID, year: int) -> tuple[Summary, ...]:
        """Return what the register numbered in that year, in the order of the numbers."""
        rows = self._session.scalars(
            select(DocumentRow)
            .where(
                DocumentRow.office_id == self._office_id,
                DocumentRow.register_id == register_id,
                DocumentRow.issue_year == year,
            )
            .order_by(DocumentRow.number)
        )
        return tuple(values.summary(row) for row in rows)

    def with_issue_key(self, key: str) -> DocumentRow | None:
        """Return the document that was issued by the request with this key."""
        return self._session.scalar(
            select(DocumentRow).where(
                DocumentRow.office_id == self._office_id, DocumentRow.issue_key == key
            )
        )

    def replace_facts(self, row: DocumentRow, facts: Facts) -> None:
        """Make the draft say what its chosen version says."""
        for name, value in _columns(facts).items():
            setattr(row, name, value)
        self._session.execute(delete(RecipientRow).where(RecipientRow.document_id == row.id))
        for ordinal, recipient in enumerate(facts.recipients, start=1):
            self._session.add(
                RecipientRow(
                    document_id=row.id,
                    ordinal=ordinal,
                    label=recipient.label,
                    office_id=recipient.office_id,
                    is_addressee=recipient.is_addressee,
                    is_file_copy=recipient.is_file_copy,
                )
            )
        self._session.flush()

    def mark_issued(self, row: DocumentRow, record: IssueRecord) -> None:
        """Turn the draft into an issued document: the last change that the database allows."""
        issue = record.issue
        row.state = State.ISSUED.value
        row.register_id = record.register_id
        row.number, row.symbol = issue.number, issue.symbol
        row.issued_on, row.issue_year = issue.issued_on, issue.issued_on.year
        row.issued_version_id, row.issued_at = issue.version_id, issue.issued_at
        row.issued_by_id, row.issued_by = record.issued_by_id, issue.issued_by
        row.backdating_reason, row.issue_key = issue.backdating_reason, record.issue_key
        row.updated_at = issue.issued_at
        self._session.flush()

    def _one(self, condition: ColumnElement[bool], *, lock: bool = False) -> DocumentRow:
        asked = select(DocumentRow).where(DocumentRow.office_id == self._office_id, condition)
        row = self._session.scalar(asked.with_for_update() if lock else asked)
        if row is None:
            raise NotFound("Không có văn bản này, hoặc bạn không được xem.")
        return row


def read_document(session: Session, row: DocumentRow, versions: Sequence[VersionRow]) -> Document:
    """Return the value of a row that its caller was allowed to read, with these versions."""
    found = session.scalars(
        select(RenditionRow).where(RenditionRow.version_id.in_([item.id for item in versions]))
    )
    return values.document(
        row, versions, {item.version_id: values.rendition(item) for item in found}
    )


def matching(session: Session, query: Query, *, scope: str) -> list[ColumnElement[bool]]:
    """Return the conditions that every list of documents shares."""
    conditions: list[ColumnElement[bool]] = []
    asked = asked_words(query.text)
    if asked:
        conditions.append(search.found(session, asked, scope))
    if query.number is not None:
        conditions.append(DocumentRow.number == query.number)
    if query.year is not None:
        conditions.append(or_(DocumentRow.year == query.year, DocumentRow.issue_year == query.year))
    if query.document_type:
        conditions.append(DocumentRow.document_type == query.document_type)
    return conditions


def _before(cursor: Cursor) -> ColumnElement[bool]:
    return or_(
        DocumentRow.updated_at < cursor.at,
        and_(DocumentRow.updated_at == cursor.at, DocumentRow.id < cursor.id),
    )


def _columns(facts: Facts) -> dict[str, Any]:
    return {
        "document_type": facts.document_type,
        "subject": facts.subject,
        "year": facts.year,
        "facts": facts_to_json(facts),
    }
