"""Look at editions of forms: the list, one of them, two side by side, one as a unit sees it."""

from dataclasses import dataclass
from uuid import UUID

from kernel.errors import NotFound
from services.intake.domain.form_differences import Difference, differences
from services.intake.domain.forms import Part, PeriodForm
from services.intake.persistence.documents import form_from
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.offices import Units
from services.intake.persistence.periods import Periods
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.form_outlines import (
    Edition,
    EditionOutline,
    edition_of,
    edition_outlines,
    unit_names,
)
from services.intake.use_cases.outlines import UnitOutline

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPage:
    """A piece of the list; `next` is the number after which the following one begins."""

    items: tuple[EditionOutline, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two editions, and what the second asks otherwise than the first."""

    before: EditionOutline
    after: EditionOutline
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What one unit would be asked."""

    edition: EditionOutline
    unit: UnitOutline
    units: tuple[UnitOutline, ...]
    form: PeriodForm
    parts: tuple[Part, ...]


def list_editions(*, office_id: UUID, deps: Deps, below: int | None = None) -> EditionPage:
    """Return a page of the editions, the newest first."""
    with deps.database.read() as session:
        editions = FormEditions(session, office_id=office_id)
        rows = editions.page(below=below, limit=PAGE_SIZE + 1)
        return EditionPage(
            items=edition_outlines(session, rows[:PAGE_SIZE], office_id=office_id),
            next=rows[PAGE_SIZE - 1].number if len(rows) > PAGE_SIZE else None,
        )


def all_editions(*, office_id: UUID, deps: Deps) -> tuple[EditionOutline, ...]:
    """Return every edition, for those who choose one: as many as an office makes in its life."""
    with deps.database.read() as session:
        rows = FormEditions(session, office_id=office_id).newest_first()
        return edition_outlines(session, rows, office_id=office_id)


def view_edition(edition_id: UUID, *, office_id: UUID, deps: Deps) -> Edition:
    """Return one edition."""
    with deps.database.read() as session:
        row = FormEditions(session, office_id=office_id).get(edition_id)
        return edition_of(session, row, on=deps.today())


def compare_editions(edition_id: UUID, with_id: UUID, *, office_id: UUID, deps: Deps) -> Comparison:
    """Return what the edition asks otherwise than the one `with_id`."""
    with deps.database.read() as session:
        editions = FormEditions(session, office_id=office_id)
        rows = [editions.get(with_id), editions.get(edition_id)]
        before, after = edition_outlines(session, rows, office_id=office_id)
        names = unit_names(Units(session, office_id=office_id).all())
        found = differences(form_from(rows[0].form), form_from(rows[1].form), names)
        return Comparison(before=before, after=after, differences=found)


def preview_edition(
    edition_id: UUID, *, office_id: UUID, deps: Deps, unit_code: str = ""
) -> Preview:
    """Return what the unit would be asked; the first one where none is named."""
    with deps.database.read() as session:
        row = FormEditions(session, office_id=office_id).get(edition_id)
        edition = edition_of(session, row, on=deps.today())
        unit = next((it for it in edition.units if unit_code in {"", it.code}), None)
        if unit is None:
            raise NotFound("Không có ngành này.")
        return Preview(
            edition=edition.outline,
            unit=unit,
            units=edition.units,
            form=edition.form,
            parts=edition.form.parts_of(unit.code),
        )


def last_asked(*, office_id: UUID, deps: Deps) -> UUID | None:
    """Return the edition that the newest period asks."""
    with deps.database.read() as session:
        newest = next(iter(Periods(session, office_id=office_id).newest_first()), None)
        return newest.edition_id if newest else None
