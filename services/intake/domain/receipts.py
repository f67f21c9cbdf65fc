"""The receipt (biên nhận) of a report: a code that can be read out over the telephone."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What stands recorded after a move; `submitted_at` is None for a draft."""

    submission_id: UUID
    state: str
    round: int
    code: str
    sha256: str
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request that may arrive twice: whose, under which key, and asking what."""

    actor: str
    key: str
    fingerprint: str


def receipt_code(period_code: str, unit_code: str, round_number: int, sha256: str) -> str:
    """Return a code such as ``2023-MTTQ-L1-8F03C2``."""
    return f"{period_code}-{unit_code}-L{round_number}-{sha256[:6]}".upper()


def canonical_json(document: Any) -> str:
    """Return the one JSON text of a document: sorted keys, no spaces, letters as they are."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(document: Any) -> str:
    """Return the sha256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(document).encode()).hexdigest()
