"""Walk everything that is kept and name what differs."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kernel.errors import Failure
from kernel.files import FileStore
from services.archive.domain.ledger import Entry, breaks
from services.archive.persistence.auditing import Audit, IssuedRecord, Series
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
    """Compare files, rows, counters and ledgers with one another, one register at a time."""
    with deps.sessions.read() as session:
        audit = Audit(session)
        named, differences = _files(audit, deps.files)
        issued = 0
        for register_id, symbol in audit.registers():
            chain, records = audit.chain(register_id), tuple(audit.issued(register_id))
            differences += [*_chain(symbol, chain), *_issued(symbol, records, chain)]
            issued += len(records)
        differences += [*_series(audit.series()), *_unregistered(audit.count_unregistered())]
    return Verification(
        files=len(named),
        issued=issued,
        differences=tuple(differences),
        unnamed_files=sum(name not in named for name in deps.files.hashes()),
    )


def _files(audit: Audit, files: FileStore) -> tuple[set[str], list[str]]:
    """Return the hashes that rows name, and what is wrong with the files behind them."""
    named, differences = set[str](), list[str]()
    for item in audit.files():
        named.add(item.sha256)
        try:
            files.get(item.sha256)
        except Failure as exc:
            differences.append(f"{item.owner}: {exc.code} {item.sha256}")
    return named, differences


def _chain(symbol: str, chain: Iterable[Entry]) -> Iterator[str]:
    for sequence in breaks(chain):
        yield f"ledger {symbol}: chain broken at entry {sequence}"


def _issued(symbol: str, issued: Iterable[IssuedRecord], chain: Iterable[Entry]) -> Iterator[str]:
    """Each issued document has exactly the one entry that says the same, and no entry is alone."""
    said = Counter(_fact(json.loads(entry.text)) for entry in chain)
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
        yield f"ledger {symbol}: entry of document {fact[0]} has no such document"


def _unregistered(count: int) -> Iterator[str]:
    if count:
        yield f"{count} document(s) marked as issued stand in no register"


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
