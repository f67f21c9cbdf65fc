"""Writes the starter templates: `python -m services.assembler.starters [folder]`."""

import sys
from collections.abc import Callable
from pathlib import Path

from services.assembler.starters.commendation_certificate import commendation_certificate
from services.assembler.starters.council_minutes import council_minutes
from services.assembler.starters.cover_letter import cover_letter
from services.assembler.starters.decisions import advanced_worker_decision, commendation_decision
from services.assembler.starters.layout import Layout
from services.assembler.starters.submission_letter import submission_letter
from services.assembler.starters.summary_report import summary_report
from vnadmin.editions import load

STARTERS: dict[str, Callable[[Layout], bytes]] = {
    "summary_report": summary_report,
    "commendation_decision": commendation_decision,
    "commendation_certificate": commendation_certificate,
    "council_minutes": council_minutes,
    "advanced_worker_decision": advanced_worker_decision,
    "submission_letter": submission_letter,
    "cover_letter": cover_letter,
}


def write(folder: Path) -> list[Path]:
    """Write every starter below the folder and return the files."""
    layout = Layout(load())
    written = []
    for kind, builder in STARTERS.items():
        path = folder / kind / "template.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(builder(layout))
        written.append(path)
    return written


if __name__ == "__main__":
    for file in write(Path(sys.argv[1] if len(sys.argv) > 1 else "templates")):
        sys.stdout.write(f"{file}\n")
