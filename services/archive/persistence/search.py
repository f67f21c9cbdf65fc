"""The index of words: FTS5 on SQLite, a GIN index on PostgreSQL; the same answers from both.

Every word that is asked for must begin a word of the document. The offices that may find a
document stand among its words, so that a search reads the postings of one office only.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Text,
    Uuid,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
)
from sqlalchemy.orm import Session

from services.archive.persistence.models import DocumentRow

_SEARCH = table(
    "document_search",
    column("document_id", Uuid),
    column("words", Text),
    column("rowid", BigInteger),
)


def sender_word(office_id: UUID) -> str:
    """Return the word by which the office that made a document finds it."""
    return f"zs{office_id.hex}"


def receiver_word(office_id: UUID) -> str:
    """Return the word by which an office that received a document finds it."""
    return f"zr{office_id.hex}"


def index(session: Session, document_id: UUID, found_by: Collection[str]) -> None:
    """Make the document found by these words and no others."""
    # The order of the words says nothing, so each stands once: 500 pages stay a small row.
    values: dict[str, Any] = {"document_id": document_id, "words": " ".join(sorted(set(found_by)))}
    key = _SEARCH.c.document_id == document_id
    if _is_sqlite(session):
        # FTS5 finds a row by its rowid; any other column would be a walk over the whole table.
        values["rowid"] = document_id.int >> 65
        key = _SEARCH.c.rowid == values["rowid"]
    session.execute(delete(_SEARCH).where(key))
    session.execute(insert(_SEARCH).values(values))


def found(session: Session, asked: Sequence[str], scope: str) -> ColumnElement[bool]:
    """Return the condition that a document has a word beginning with each word asked for."""
    words = _SEARCH.c.words
    if _is_sqlite(session):
        pattern = " AND ".join(f'"{word}"*' for word in (scope, *asked))
        condition = words.op("MATCH")(pattern)
    else:
        pattern = " & ".join(f"'{word}':*" for word in (scope, *asked))
        simple: ColumnElement[str] = literal_column("'simple'::regconfig")
        vector = func.to_tsvector(simple, words)
        condition = vector.op("@@")(func.to_tsquery(simple, pattern))
    return DocumentRow.id.in_(select(_SEARCH.c.document_id).where(condition))


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"
