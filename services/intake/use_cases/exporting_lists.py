"""Give out a list of a report as an Excel file: to be read, or to be filled in and imported."""

from dataclasses import dataclass
from uuid import UUID

from kernel.auth.principal import Person
from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part
from services.intake.gateways.sheet_writing import write_sheet
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.importing_lists import listing_of
from services.intake.use_cases.opening import open_report


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """An Excel file and what it is called."""

    name: str
    data: bytes


def export_list(period_id: UUID, part: Part, *, by: Person, deps: Deps) -> SheetFile:
    """Return the list as the unit last saved it; imported again, it changes nothing."""
    return _file(period_id, part, by=by, deps=deps, is_template=False)


def list_template(period_id: UUID, part: Part, *, by: Person, deps: Deps) -> SheetFile:
    """Return the file to be filled in: the headings, the choices, how to, and what is asked."""
    return _file(period_id, part, by=by, deps=deps, is_template=True)


def _file(period_id: UUID, part: Part, *, by: Person, deps: Deps, is_template: bool) -> SheetFile:
    report = open_report(period_id, by=by, deps=deps)
    listing = listing_of(report, part, on=deps.today())
    # A template of indicators names those that are asked; other lists begin empty.
    shown = ReportContent() if is_template else report.content
    rows = listing.cells(shown)
    data = write_sheet(part.label, listing.columns, rows, is_template=is_template)
    head = "Mẫu " if is_template else ""
    name = f"{head}{part.label} - {report.unit.name} - {report.period.code}.xlsx"
    return SheetFile(name=name.replace("/", "-"), data=data)
