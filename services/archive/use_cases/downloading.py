"""The bytes of a version and of its PDF, for whoever may have them."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.archive.domain.actors import Actor
from services.archive.domain.deliveries import Access
from services.archive.domain.documents import Document, Version
from services.archive.domain.filenames import download_name
from services.archive.persistence.documents import Documents
from services.archive.persistence.versions import Versions
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.receiving import note_download


class Format(StrEnum):
    """In which form a version is read."""

    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file on its way out."""

    data: bytes
    name: str
    format: Format
    sha256: str


def download(version_id: UUID, form: Format, *, actor: Actor, deps: Deps) -> Download:
    """Return the file: any version to its own office, a delivered one to who received it.

    A download by a receiving office is its receipt: it is written down before the bytes leave,
    and only when they are there to leave.
    """
    # A reader of the own office writes nothing, and waits for no writer.
    sessions = deps.sessions.begin if actor.is_recipient_office else deps.sessions.read
    with sessions() as session:
        document = _document(session, version_id, form, actor, deps)
        version = next(item for item in document.versions if item.id == version_id)
        sha256 = _sha256(version, form)
        data = deps.files.get(sha256)
    return Download(
        data=data, name=download_name(document, version, form.value), format=form, sha256=sha256
    )


def version_content(version_id: UUID, *, office_id: UUID, deps: Deps) -> bytes:
    """Return the bytes of a version to the service that converts it."""
    with deps.sessions.read() as session:
        sha256 = Versions(session, office_id=office_id).get(version_id).sha256
    return deps.files.get(sha256)


def _document(
    session: Session, version_id: UUID, form: Format, actor: Actor, deps: Deps
) -> Document:
    if actor.is_recipient_office:
        kind = {Format.DOCX: Access.DOWNLOADED_DOCX, Format.PDF: Access.DOWNLOADED_PDF}[form]
        return note_download(session, version_id, kind, actor=actor, deps=deps).document
    row = Versions(session, office_id=actor.office_id).get(version_id)
    return Documents(session, office_id=actor.office_id).get(row.document_id)


def _sha256(version: Version, form: Format) -> str:
    if form is Format.DOCX:
        return version.sha256
    if version.rendition.sha256 is None:
        raise NotFound("Bản PDF của phiên bản này chưa có. Hãy xem lại sau ít phút.")
    return version.rendition.sha256
