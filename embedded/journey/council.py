"""The council's session on the sample: its list read, its votes typed, its results locked."""

import json
from pathlib import Path
from uuid import UUID

from client import Thidua
from embedded.sample import SAMPLES

COUNCIL_FILE = "linh-thong-2023-council.json"


def hold_session(clerk: Thidua, period_id: UUID, folder: Path = SAMPLES) -> int:
    """Hold the session of the sample and lock its results; returns how many were voted on."""
    sample = json.loads((folder / COUNCIL_FILE).read_text("utf-8"))
    clerk.council.read(period_id)
    opened = clerk.council.open(period_id)
    clerk.council.save_facts(opened.id, opened.version, sample["facts"])
    tallied = clerk.council.session(opened.id).tallied
    votes = [{"nominee_id": str(it.nominee_id), **sample["votes"]} for it in tallied]
    saved = clerk.council.save_votes(opened.id, votes)
    clerk.council.lock(opened.id, saved.version)
    return len(tallied)
