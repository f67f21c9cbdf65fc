"""What the journey made, and the closing table that says so."""

from dataclasses import dataclass, field
from pathlib import Path

from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One issued document as the superior received it."""

    title: str
    number: str
    sha256: str
    pages: int
    docx: Path
    pdf: Path
    is_quick_view: bool
    acknowledged_at: str


@dataclass(slots=True)
class Record:
    """All that was made, and the folder in which the files are."""

    folder: Path
    documents: list[Made] = field(default_factory=list)


def closing_table(record: Record) -> Table:
    """Return the table that closes the demo."""
    table = Table(title="Issued, archived, retrieved and acknowledged", show_lines=True)
    for heading in ("number", "document", "pages", "sha256 (.docx)", "files", "acknowledged"):
        table.add_column(heading, overflow="fold")
    for made in record.documents:
        pages = f"{made.pages} (quick view)" if made.is_quick_view else str(made.pages)
        files = f"{made.docx.name}\n{made.pdf.name}"
        table.add_row(
            made.number, made.title, pages, made.sha256, files, made.acknowledged_at or "–"
        )
    return table
