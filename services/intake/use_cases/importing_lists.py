"""Read a list that somebody filled in with Excel; nothing is stored here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.auth.principal import Person
from kernel.errors import NotFound
from services.intake.domain.forms import Part
from services.intake.domain.list_imports import ImportPreview, faults, preview
from services.intake.domain.list_sheets import LISTS, Listing
from services.intake.domain.pasted import read_pasted
from services.intake.domain.sheets import SheetRows, refused
from services.intake.gateways.spreadsheets import read_sheet
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.opening import OpenReport, open_report

MOST_ROWS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """A list as it came: the bytes of a file, or the text that was pasted."""

    period_id: UUID
    part: Part
    source: bytes | str


def preview_import(command: ReadList, *, by: Person, deps: Deps) -> ImportPreview:
    """Return what the list would do to the unit's report; every error raises InvalidInput."""
    report = open_report(command.period_id, by=by, deps=deps)
    listing = listing_of(report, command.part, on=deps.today())
    found = _reader(command.source)(listing)
    wrong = list(faults(listing, found.rows))
    if wrong:
        raise refused(wrong)
    return preview(listing, report.content, found.rows, sheet=found.sheet, notes=found.notes)


def listing_of(report: OpenReport, part: Part, *, on: date) -> Listing:
    """Return the list of this part, if the unit's form has it and it is one."""
    if part not in LISTS or part not in report.form.parts_of(report.unit.code):
        raise NotFound("Phần này không có danh sách để nhập hoặc xuất bằng Excel.")
    return Listing(part=part, form=report.form, unit_code=report.unit.code, on=on)


def _reader(source: bytes | str) -> Callable[[Listing], SheetRows]:
    if isinstance(source, str):
        return lambda listing: read_pasted(source, listing.columns, limit=MOST_ROWS)
    return lambda listing: read_sheet(source, listing.columns, limit=MOST_ROWS)
