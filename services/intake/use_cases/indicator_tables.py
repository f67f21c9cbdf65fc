"""Read the indicators of a draft from an Excel file, and write those of an edition into one."""

from dataclasses import dataclass
from uuid import UUID

from kernel.errors import Conflict, Located
from services.intake.domain.form_differences import Difference, differences
from services.intake.domain.form_editing import MergeIndicators
from services.intake.domain.forms import AskedIndicator
from services.intake.domain.indicator_sheets import (
    MOST_ROWS,
    Surroundings,
    columns_for,
    indicators_from,
    sheet_rows,
)
from services.intake.gateways.sheet_writing import Written, write_sheet
from services.intake.gateways.spreadsheets import read_sheet
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.editing_forms import PINNED
from services.intake.use_cases.form_outlines import Edition
from services.intake.use_cases.viewing_forms import view_edition


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What an Excel file would change; nothing is stored before it is confirmed."""

    edition: Edition
    indicators: tuple[AskedIndicator, ...]
    differences: tuple[Difference, ...]
    notes: tuple[Located, ...]


def plan_import(edition_id: UUID, data: bytes, *, office_id: UUID, deps: Deps) -> ImportPlan:
    """Return what the file says; all that is wrong with it is told by row and column."""
    edition = view_edition(edition_id, office_id=office_id, deps=deps)
    if not edition.may_be_changed:
        raise Conflict(PINNED)
    sheet = read_sheet(data, columns_for(edition.form), limit=MOST_ROWS)
    around = Surroundings(form=edition.form, unit_names=edition.unit_names)
    indicators = indicators_from(sheet.rows, around)
    after = MergeIndicators(indicators=indicators).apply(edition.form)
    return ImportPlan(
        edition=edition,
        indicators=indicators,
        differences=differences(edition.form, after, edition.unit_names),
        notes=sheet.notes,
    )


def export_indicators(edition_id: UUID, *, office_id: UUID, deps: Deps) -> tuple[str, bytes]:
    """Return the name and the bytes of an Excel file that can be filled in and read back."""
    edition = view_edition(edition_id, office_id=office_id, deps=deps)
    rows: list[dict[str, Written]] = sheet_rows(edition.form, edition.unit_names)  # type: ignore[assignment]
    title = f"Chỉ tiêu – biểu mẫu số {edition.outline.number}"
    data = write_sheet("Chỉ tiêu", columns_for(edition.form), rows, is_template=True)
    return f"{title}.xlsx", data
