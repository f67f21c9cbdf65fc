"""Versions and renditions of one office's documents."""

from uuid import UUID

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.archive.domain.documents import Rendition, RenditionState
from services.archive.persistence import values
from services.archive.persistence.models import RenditionRow, VersionRow


class Versions:
    """Versions of one office; rows are added and read, never changed."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def get(self, version_id: UUID, *, document_id: UUID | None = None) -> VersionRow:
        """Return the version, of that document if one is named."""
        asked = self._visible().where(VersionRow.id == version_id)
        if document_id is not None:
            asked = asked.where(VersionRow.document_id == document_id)
        row = self._session.scalar(asked)
        if row is None:
            raise NotFound("Không có phiên bản này, hoặc bạn không được xem.")
        return row

    def latest(self, document_id: UUID) -> VersionRow:
        """Return the newest version of the document; there is always one."""
        return self._session.scalars(
            self._visible()
            .where(VersionRow.document_id == document_id)
            .order_by(VersionRow.ordinal.desc())
            .limit(1)
        ).one()

    def with_deposit_key(self, key: str) -> VersionRow | None:
        """Return the version that the request with this key made."""
        return self._session.scalar(self._visible().where(VersionRow.deposit_key == key))

    def with_content(self, document_id: UUID, sha256: str) -> VersionRow | None:
        """Return the newest version of the document that has these bytes."""
        return self._session.scalar(
            self._visible()
            .where(VersionRow.document_id == document_id, VersionRow.sha256 == sha256)
            .order_by(VersionRow.ordinal.desc())
            .limit(1)
        )

    def add(self, row: VersionRow) -> VersionRow:
        """Add the version as the next of its document, whose row the caller holds."""
        last = self._session.scalar(
            select(func.max(VersionRow.ordinal)).where(VersionRow.document_id == row.document_id)
        )
        row.office_id, row.ordinal = self._office_id, (last or 0) + 1
        self._session.add(row)
        self._session.flush()
        return row

    def lock_rendition(self, version_id: UUID) -> Rendition:
        """Return how far the PDF of a version is; of two that judge it, one waits."""
        self._session.scalar(
            self._visible().where(VersionRow.id == self.get(version_id).id).with_for_update()
        )
        return values.rendition(self._session.get(RenditionRow, version_id))

    def put_rendition(self, version_id: UUID, rendition: Rendition) -> None:
        """Keep this rendition in place of the one before."""
        self._session.merge(
            RenditionRow(
                version_id=version_id,
                state=rendition.state.value,
                sha256=rendition.sha256,
                pages=rendition.pages,
                converter=rendition.converter,
                failure=rendition.failure,
                notice=rendition.notice,
                made_at=rendition.made_at,
            )
        )

    def forget_failure(self, version_id: UUID) -> None:
        """Await the PDF of a version again; one that can be read stays."""
        self._session.execute(
            delete(RenditionRow).where(
                RenditionRow.version_id == version_id,
                RenditionRow.state == RenditionState.FAILED.value,
            )
        )

    def _visible(self) -> Select[VersionRow]:
        return select(VersionRow).where(VersionRow.office_id == self._office_id)
