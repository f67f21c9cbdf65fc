"""What drafts of forms were before they were saved again."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from services.intake.persistence.models import FormEditionRow, FormRevisionRow

KEPT = 50
"""So many savings back can be undone and compared with."""


class FormRevisions:
    """The earlier states of one edition; the edition was reached through its office."""

    def __init__(self, session: Session, edition: FormEditionRow) -> None:
        self._session, self._edition = session, edition

    def keep(self) -> None:
        """Keep the edition as it stands now, before it is saved again."""
        edition = self._edition
        self._session.add(
            FormRevisionRow(
                office_id=edition.office_id,
                edition_id=edition.id,
                version=edition.version,
                title=edition.title,
                form=edition.form,
                saved_at=edition.updated_at,
                saved_by=edition.updated_by,
            )
        )
        self._session.flush()
        self._session.execute(
            delete(FormRevisionRow).where(
                FormRevisionRow.edition_id == edition.id,
                FormRevisionRow.version <= edition.version - KEPT,
            )
        )

    def find(self, version: int) -> FormRevisionRow | None:
        """Return the edition as it was at that version, if that is still kept."""
        return self._session.scalar(
            select(FormRevisionRow).where(
                FormRevisionRow.edition_id == self._edition.id, FormRevisionRow.version == version
            )
        )
