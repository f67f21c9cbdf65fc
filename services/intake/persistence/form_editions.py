"""Form editions of one office."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.domain.forms import PeriodForm
from services.intake.domain.receipts import sha256_of
from services.intake.persistence.documents import form_from, form_json
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import FormEditionRow


class FormEditions:
    """Another office's editions cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def add(
        self, form: PeriodForm, *, title: str, at: datetime, based_on: UUID | None = None
    ) -> FormEditionRow:
        """Store a new edition under the next number of the office."""
        document = form_json(form)
        while True:
            row = FormEditionRow(
                office_id=self._office_id,
                number=self._last_number() + 1,
                title=title,
                form=document,
                sha256=sha256_of(document),
                based_on_id=based_on,
                version=1,
                created_at=at,
                updated_at=at,
            )
            if try_insert(self._session, row):  # else another writer took the number: the next one
                return row

    def get(self, edition_id: UUID) -> FormEditionRow:
        """Return the edition; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(FormEditionRow).where(
                FormEditionRow.office_id == self._office_id, FormEditionRow.id == edition_id
            )
        )
        if row is None:
            raise NotFound("Không có phiên bản biểu mẫu này.")
        return row

    def form(self, edition_id: UUID) -> PeriodForm:
        """Return what that edition asks."""
        return form_from(self.get(edition_id).form)

    def pin(self, edition_id: UUID, *, at: datetime) -> FormEditionRow:
        """Make the edition unchangeable: a period asks it. A pinned one keeps its day."""
        row = self.get(edition_id)
        if row.pinned_at is None:
            row.pinned_at = at
            self._session.flush()
        return row

    def newest_first(self) -> Sequence[FormEditionRow]:
        """Return every edition."""
        return self._session.scalars(
            select(FormEditionRow)
            .where(FormEditionRow.office_id == self._office_id)
            .order_by(FormEditionRow.number.desc())
        ).all()

    def _last_number(self) -> int:
        number = self._session.scalar(
            select(func.max(FormEditionRow.number)).where(
                FormEditionRow.office_id == self._office_id
            )
        )
        return number or 0
