"""Give the disk back what no report names any more."""

from dataclasses import dataclass
from datetime import timedelta

from services.intake.persistence.attachments import forget_removed, named_hashes
from services.intake.use_cases.deps import Deps

_ARRIVING = timedelta(days=1)
"""So long may pass between the keeping of a file and the row that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """How many rows and files went, and how many files stay."""

    rows: int
    files: int
    kept: int


def collect_files(*, removed_for_days: int, deps: Deps) -> Collected:
    """Forget files that were taken away so long ago and that no round names; then their bytes.

    What a submitted round names stays for ever, whatever happened to its row.
    """
    now = deps.now()
    with deps.database.begin() as session:
        rows = forget_removed(session, removed_before=now - timedelta(days=removed_for_days))
        named = named_hashes(session)
    files = kept = 0
    for sha256 in list(deps.files.hashes()):
        is_unnamed = sha256 not in named
        if is_unnamed and deps.files.discard(sha256, unused_since=now - _ARRIVING):
            files += 1
        else:
            kept += 1
    return Collected(rows=rows, files=files, kept=kept)
