"""Editions of forms as values: for lists, for the editor, for those who choose one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.errors import Located
from services.intake.domain.form_faults import faults_of
from services.intake.domain.forms import PeriodForm
from services.intake.persistence.accounts import Accounts
from services.intake.persistence.documents import form_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import FormEditionRow, UnitRow
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.use_cases.outlines import (
    PeriodOutline,
    UnitOutline,
    period_outline,
    unit_outline,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionOutline:
    """An edition (phiên bản biểu mẫu) without its form; `periods` are those which ask it."""

    id: UUID
    number: int
    title: str
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str
    pinned_at: datetime | None
    based_on: int | None
    periods: tuple[PeriodOutline, ...]

    @property
    def is_draft(self) -> bool:
        """Say whether it may still be changed."""
        return self.pinned_at is None

    @property
    def state(self) -> str:
        """Where it stands: draft, used by a period, or used only by reports begun under it."""
        if self.is_draft:
            return "draft"
        return "used" if self.periods else "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition with its form, what is wrong with it, and the units that may be asked."""

    outline: EditionOutline
    form: PeriodForm
    faults: tuple[Located, ...]
    units: tuple[UnitOutline, ...]

    @property
    def unit_names(self) -> Mapping[str, str]:
        """Return the names of the units by code."""
        return {it.code: it.name for it in self.units}

    @property
    def may_be_changed(self) -> bool:
        """Say whether it is a draft."""
        return self.outline.is_draft


def units_to_ask(session: Session, *, office_id: UUID, on: date) -> Sequence[UnitRow]:
    """Return the units that a form of that day or later may ask."""
    units = Units(session, office_id=office_id).all()
    return [it for it in units if it.valid_to is None or it.valid_to >= on]


def unit_names(units: Iterable[UnitRow]) -> dict[str, str]:
    """Return the names of units by code."""
    return {it.code: it.name for it in units}


def edition_outlines(
    session: Session, rows: Sequence[FormEditionRow], *, office_id: UUID
) -> tuple[EditionOutline, ...]:
    """Return these editions as values, with who saved them last and which periods ask them."""
    authors = Accounts(session).names(it.updated_by for it in rows)
    periods = Periods(session, office_id=office_id).newest_first()
    numbers = FormEditions(session, office_id=office_id).numbers(it.based_on_id for it in rows)
    return tuple(
        EditionOutline(
            id=row.id,
            number=row.number,
            title=row.title,
            version=row.version,
            created_at=row.created_at,
            updated_at=row.updated_at,
            updated_by=authors.get(row.updated_by, "") if row.updated_by else "",
            pinned_at=row.pinned_at,
            based_on=numbers.get(row.based_on_id) if row.based_on_id else None,
            periods=tuple(period_outline(it) for it in periods if it.edition_id == row.id),
        )
        for row in rows
    )


def edition_of(session: Session, row: FormEditionRow, *, on: date) -> Edition:
    """Return the edition with everything that its page needs."""
    units = units_to_ask(session, office_id=row.office_id, on=on)
    form = form_from(row.form)
    (outline,) = edition_outlines(session, [row], office_id=row.office_id)
    return Edition(
        outline=outline,
        form=form,
        faults=tuple(faults_of(form, [it.code for it in units])) if outline.is_draft else (),
        units=tuple(map(unit_outline, units)),
    )
