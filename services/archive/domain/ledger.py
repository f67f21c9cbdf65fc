"""The ledger (nhật ký số): entries chained by hash, so that none can change unseen.

Entries hold identifiers, numbers, dates and hashes; never a person.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link: `text` is the canonical JSON that was hashed after the link before."""

    sequence: int
    prev_hash: str
    hash: str
    text: str


def canonical(content: Mapping[str, str | int]) -> str:
    """Return the one way to write these facts."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def next_entry(last: Entry | None, content: Mapping[str, str | int]) -> Entry:
    """Return the link that follows `last`."""
    prev_hash = last.hash if last else GENESIS
    text = canonical(content)
    return Entry(
        sequence=last.sequence + 1 if last else 1,
        prev_hash=prev_hash,
        hash=_hash(prev_hash, text),
        text=text,
    )


def breaks(entries: Iterable[Entry]) -> list[int]:
    """Return the sequence numbers at which the chain does not hold."""
    wrong: list[int] = []
    expected, prev_hash = 1, GENESIS
    for entry in entries:
        sound = (
            entry.sequence == expected
            and entry.prev_hash == prev_hash
            and entry.hash == _hash(prev_hash, entry.text)
        )
        if not sound:
            wrong.append(entry.sequence)
        expected, prev_hash = entry.sequence + 1, entry.hash
    return wrong


def _hash(prev_hash: str, text: str) -> str:
    return hashlib.sha256(f"{prev_hash}\n{text}".encode()).hexdigest()
