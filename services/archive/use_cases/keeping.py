"""The part that depositing, uploading and issuing share: a new version, found and converted."""

from uuid import UUID

from sqlalchemy.orm import Session

from kernel.errors import Conflict
from ooxml.text import plain_text
from services.archive.domain.documents import Facts, State, type_name
from services.archive.domain.listing import words
from services.archive.persistence import search, values
from services.archive.persistence.documents import Documents
from services.archive.persistence.facts import facts_from_json
from services.archive.persistence.models import DocumentRow, VersionRow
from services.archive.persistence.outbox import Outbox
from services.archive.persistence.versions import Versions


def refuse_issued(document: DocumentRow) -> None:
    """Refuse a new version of a document that was issued."""
    if document.state == State.ISSUED.value:
        raise Conflict(
            f"Văn bản đã ban hành số {values.printed_number(document)}; không nhận thêm "
            "bản mới. Muốn sửa nội dung phải ban hành văn bản khác để sửa đổi hoặc thay thế."
        )


def keep_draft(
    session: Session, document: DocumentRow, version: VersionRow, data: bytes
) -> VersionRow:
    """Add the next version of a draft whose row the caller holds; the draft says what it says."""
    facts = facts_from_json(version.facts)
    document.updated_at = version.created_at
    Documents(session, office_id=document.office_id).replace_facts(document, facts)
    make_findable(session, document, facts, data)
    return keep_version(session, document, version)


def keep_version(session: Session, document: DocumentRow, version: VersionRow) -> VersionRow:
    """Add the version and ask for its PDF."""
    version.document_id = document.id
    kept = Versions(session, office_id=document.office_id).add(version)
    Outbox(session).ask_for_conversion(kept, now=kept.created_at)
    return kept


def make_findable(
    session: Session,
    document: DocumentRow,
    facts: Facts,
    data: bytes,
    *,
    number: str = "",
) -> None:
    """Index the facts and the whole text, for its own office and for those that receive it."""
    received_by: tuple[UUID, ...] = tuple(r.office_id for r in facts.recipients if r.office_id)
    scopes = (
        search.sender_word(document.office_id),
        *(search.receiver_word(office_id) for office_id in received_by),
    )
    search.index(session, document.id, (*scopes, *_words_of(facts, data, number)))


def _words_of(facts: Facts, data: bytes, number: str) -> tuple[str, ...]:
    described = (
        number,
        facts.register_symbol,
        type_name(facts.document_type),
        facts.subject,
        facts.issuing_body_name,
        facts.signer.name,
        *(recipient.label for recipient in facts.recipients),
        plain_text(data),
    )
    return words(" ".join(described))
