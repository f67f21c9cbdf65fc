"""Form editions of one office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from kernel.errors import NotFound
from services.intake.domain.forms import PeriodForm
from services.intake.domain.receipts import sha256_of
from services.intake.persistence.documents import form_from, form_json
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import FormEditionRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it is saved: what, by whom, when."""

    title: str
    form: PeriodForm
    account_id: UUID
    at: datetime


class FormEditions:
    """Another office's editions cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def add(
        self,
        form: PeriodForm,
        *,
        title: str,
        at: datetime,
        based_on: UUID | None = None,
        by: UUID | None = None,
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
                updated_by=by,
            )
            if try_insert(self._session, row):  # else another writer took the number: the next one
                return row

    def get(self, edition_id: UUID) -> FormEditionRow:
        """Return the edition; absent and foreign give the same NotFound."""
        return self._found(self._one(edition_id))

    def lock(self, edition_id: UUID) -> FormEditionRow:
        """Return the edition; whoever else saves it waits until this transaction has ended."""
        return self._found(self._one(edition_id).with_for_update())

    def _one(self, edition_id: UUID) -> Select[FormEditionRow]:
        return select(FormEditionRow).where(
            FormEditionRow.office_id == self._office_id, FormEditionRow.id == edition_id
        )

    def _found(self, statement: Select[FormEditionRow]) -> FormEditionRow:
        row = self._session.scalar(statement)
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

    def page(self, *, below: int | None = None, limit: int) -> Sequence[FormEditionRow]:
        """Return a piece of the list, the newest first, after the edition numbered `below`."""
        statement = select(FormEditionRow).where(FormEditionRow.office_id == self._office_id)
        if below is not None:
            statement = statement.where(FormEditionRow.number < below)
        return self._session.scalars(
            statement.order_by(FormEditionRow.number.desc()).limit(limit)
        ).all()

    def numbers(self, edition_ids: Iterable[UUID | None]) -> dict[UUID, int]:
        """Return the numbers of these editions."""
        rows = self._session.execute(
            select(FormEditionRow.id, FormEditionRow.number).where(
                FormEditionRow.office_id == self._office_id,
                FormEditionRow.id.in_({it for it in edition_ids if it}),
            )
        )
        return {row[0]: row[1] for row in rows}

    def save(self, row: FormEditionRow, draft: Draft) -> bool:
        """Save the draft if nobody saved or pinned it since it was read; else return False."""
        document = form_json(draft.form)
        saved = self._session.execute(
            update(FormEditionRow)
            .where(
                FormEditionRow.id == row.id,
                FormEditionRow.version == row.version,
                FormEditionRow.pinned_at.is_(None),
            )
            .values(
                title=draft.title,
                form=document,
                sha256=sha256_of(document),
                version=row.version + 1,
                updated_at=draft.at,
                updated_by=draft.account_id,
            )
            .returning(FormEditionRow.id)
            .execution_options(synchronize_session=False)
        ).all()
        if saved:
            self._session.refresh(row)
        return bool(saved)

    def _last_number(self) -> int:
        number = self._session.scalar(
            select(func.max(FormEditionRow.number)).where(
                FormEditionRow.office_id == self._office_id
            )
        )
        return number or 0
