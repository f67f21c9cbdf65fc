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
    """Return the table that closes the demo; narrow enough for a terminal of 80 columns."""
    table = Table(title="Issued, archived, retrieved and acknowledged", show_header=False)
    table.add_column("what", style="dim", no_wrap=True)
    table.add_column("value", overflow="fold")
    for made in record.documents:
        table.add_section()
        counted = "1 page" if made.pages == 1 else f"{made.pages} pages"
        pages = counted + (" (quick view)" if made.is_quick_view else "")
        table.add_row("number", f"[bold]{made.number}[/]")
        table.add_row("subject", made.title)
        table.add_row("PDF", pages)
        table.add_row("sha256", made.sha256)
        table.add_row("files", f"{made.docx.name}, {made.pdf.name}")
        table.add_row("acknowledged", made.acknowledged_at)
    return table
