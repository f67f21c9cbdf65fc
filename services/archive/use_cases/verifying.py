"""Walk everything that is kept and name what differs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kernel.errors import Failure
from services.archive.domain.ledger import Entry, breaks
from services.archive.gateways.files import FileStore
from services.archive.persistence.auditing import Audit, IssuedRecord, Series, StoredFile
from services.archive.use_cases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was looked at, what is wrong, and files that no row names (left by a failed commit)."""

    files: int
    issued: int
    differences: tuple[str, ...]
    unnamed_files: int

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing differs."""
        return not self.differences


def verify(*, deps: Deps) -> Verification:
    """Compare files, rows, counters and ledgers with one another."""
    with deps.sessions.read() as session:
        audit = Audit(session)
        stored, issued = tuple(audit.files()), tuple(audit.issued())
        chains, series = tuple(audit.chains()), tuple(audit.series())
    differences = (
        *_files(stored, deps.files),
        *_chains(chains),
        *_issued(issued, chains),
        *_series(series),
    )
    named = {item.sha256 for item in stored}
    return Verification(
        files=len(stored),
        issued=len(issued),
        differences=differences,
        unnamed_files=sum(name not in named for name in deps.files.hashes()),
    )


def _files(stored: Iterable[StoredFile], files: FileStore) -> Iterator[str]:
    for item in stored:
        try:
            files.get(item.sha256)
        except Failure as exc:
            yield f"{item.owner}: {exc.code} {item.sha256}"


def _chains(chains: Iterable[tuple[str, tuple[Entry, ...]]]) -> Iterator[str]:
    for symbol, entries in chains:
        for sequence in breaks(entries):
            yield f"ledger {symbol}: chain broken at entry {sequence}"


def _issued(
    issued: Iterable[IssuedRecord], chains: Iterable[tuple[str, tuple[Entry, ...]]]
) -> Iterator[str]:
    """Each issued document has exactly the one entry that says the same, and no entry is alone."""
    said = Counter(_fact(json.loads(entry.text)) for _, entries in chains for entry in entries)
    for record in issued:
        fact = (
            str(record.document_id),
            record.symbol,
            record.number,
            record.issued_on,
            str(record.version_id),
            record.sha256,
        )
        if said.pop(fact, 0) != 1:
            yield f"document {record.document_id}: differs from the ledger"
    for fact in said:
        yield f"ledger {fact[1]}: entry of document {fact[0]} has no such document"


def _fact(content: dict[str, Any]) -> tuple[str, str, int, str, str, str]:
    return (
        content["document"],
        content["register"],
        content["number"],
        content["issued_on"],
        content["version"],
        content["sha256"],
    )


def _series(series: Iterable[Series]) -> Iterator[str]:
    for item in series:
        if item.numbers != tuple(range(1, item.next_number)):
            yield f"register {item.symbol} {item.year}: numbers have a gap or a double"
