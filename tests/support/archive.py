"""An archive under test: real database, real files, a converter that only writes down."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.contracts.deposits import DepositReceipt
from kernel.contracts.renditions import ConversionRequest
from kernel.database import Database
from kernel.errors import UpstreamUnavailable
from services.archive.domain.actors import Actor
from services.archive.persistence.models import Base
from services.archive.use_cases.depositing import deposit_draft
from services.archive.use_cases.deps import Deps
from services.archive.use_cases.issuing import IssueDocument, IssueReceipt, issue_document
from tests.builders.archive import COMMUNE, a_deposit_of, an_actor

TODAY = date(2024, 1, 10)


@dataclass
class FakeConverter:
    """Writes down what it was asked; does not answer while `is_down`."""

    is_down: bool = False
    asked: list[tuple[UUID, ConversionRequest]] = field(default_factory=list)

    def ask(self, request: ConversionRequest, *, office_id: UUID) -> None:
        if self.is_down:
            raise UpstreamUnavailable("Dịch vụ soạn thảo chưa trả lời.")
        self.asked.append((office_id, request))


class Clock:
    """A clock that ticks once a look, so that every row has its own moment."""

    def __init__(self) -> None:
        self._now = datetime(2024, 1, 10, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


class FailingCommit(Database):
    """A database whose transactions run to their end and are then not committed."""

    @contextmanager
    def begin(self) -> Iterator[Session]:
        with super().begin() as session:
            yield session
            session.flush()
            raise OSError("commit failed")


def deposited(deps: Deps, *, office_id: UUID = COMMUNE, **options: Any) -> DepositReceipt:
    """Hand a draft over."""
    options.setdefault("document_key", uuid4().hex)
    return deposit_draft(a_deposit_of(**options), office_id=office_id, deps=deps)


def an_issue_of(receipt: DepositReceipt, **changes: Any) -> IssueDocument:
    """Return the command that issues the version of a receipt."""
    command = IssueDocument(
        document_id=receipt.document_id,
        version_id=receipt.version_id,
        issued_on=date(2024, 1, 5),
        key=uuid4().hex,
    )
    return replace(command, **changes)


def issued(
    deps: Deps, *, actor: Actor | None = None, issued_on: date = date(2024, 1, 5), **options: Any
) -> IssueReceipt:
    """Hand a draft over and issue it."""
    actor = actor or an_actor()
    receipt = deposited(deps, office_id=actor.office_id, **options)
    return issue_document(an_issue_of(receipt, issued_on=issued_on), actor=actor, deps=deps)


def rows(deps: Deps, table: type[Base]) -> list[Any]:
    """Return every row of a table."""
    with deps.sessions.read() as session:
        return list(session.scalars(select(table)))


def count(deps: Deps, table: type[Base]) -> int:
    """Return how many rows a table has."""
    with deps.sessions.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def damage(folder: Path, sha256: str) -> None:
    """Flip one bit of a stored file, as a tired disk would."""
    stored = next(folder.glob(f"files/sha256/*/*/{sha256}"))
    data = bytearray(stored.read_bytes())
    data[len(data) // 2] ^= 1
    stored.chmod(0o644)
    stored.write_bytes(data)
