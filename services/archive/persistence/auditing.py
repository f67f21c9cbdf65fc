"""Everything there is, office after office, for the walk that verifies it."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from services.archive.domain.documents import State
from services.archive.domain.ledger import Entry
from services.archive.persistence.models import (
    DocumentRow,
    LedgerRow,
    RegisterRow,
    RegisterYearRow,
    RenditionRow,
    VersionRow,
)
from services.archive.persistence.registers import read_entry

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that a row says is kept."""

    owner: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedRecord:
    """What the rows say of an issued document."""

    document_id: UUID
    number: int
    symbol: str
    issued_on: str
    version_id: UUID | None
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One year of one register: what the counter says and what the documents say."""

    symbol: str
    office_id: UUID
    year: int
    next_number: int
    numbers: tuple[int, ...]


class Audit:
    """Reads across offices; only `verify` may ask for it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def files(self) -> Iterator[StoredFile]:
        """Yield every file of a version or a rendition."""
        versions = select(VersionRow.id, VersionRow.sha256)
        for version_id, sha256 in self._session.execute(
            versions.execution_options(yield_per=_BATCH)
        ):
            yield StoredFile(owner=f"version {version_id}", sha256=sha256)
        made = select(RenditionRow.version_id, RenditionRow.sha256)
        for version_id, made_sha256 in self._session.execute(
            made.where(RenditionRow.sha256.is_not(None)).execution_options(yield_per=_BATCH)
        ):
            yield StoredFile(owner=f"rendition {version_id}", sha256=made_sha256 or "")

    def issued(self, register_id: UUID) -> Iterator[IssuedRecord]:
        """Yield what the register numbered, with the hash of the version that each names."""
        rows = self._session.execute(
            select(DocumentRow, VersionRow.sha256)
            .outerjoin(VersionRow, VersionRow.id == DocumentRow.issued_version_id)
            .where(DocumentRow.register_id == register_id)
            .execution_options(yield_per=_BATCH)
        )
        for row, sha256 in rows:
            yield IssuedRecord(
                document_id=row.id,
                number=row.number or 0,
                symbol=row.symbol or "",
                issued_on=row.issued_on.isoformat() if row.issued_on else "",
                version_id=row.issued_version_id,
                sha256=sha256 or "",
            )

    def registers(self) -> tuple[tuple[UUID, str], ...]:
        """Return every register of every office, with its symbol."""
        rows = self._session.execute(select(RegisterRow.id, RegisterRow.symbol))
        return tuple((register_id, symbol) for register_id, symbol in rows)

    def chain(self, register_id: UUID) -> tuple[Entry, ...]:
        """Return the ledger of a register from its first link."""
        rows = self._session.scalars(
            select(LedgerRow)
            .where(LedgerRow.register_id == register_id)
            .order_by(LedgerRow.sequence)
        )
        return tuple(read_entry(row) for row in rows)

    def count_unregistered(self) -> int:
        """Return how many documents are marked as issued and stand in no register."""
        asked = select(func.count()).where(
            DocumentRow.state == State.ISSUED.value, DocumentRow.register_id.is_(None)
        )
        return self._session.scalar(asked) or 0

    def series(self) -> Iterator[Series]:
        """Yield every year of every register."""
        rows = self._session.execute(
            select(RegisterRow, RegisterYearRow).join(
                RegisterYearRow, RegisterYearRow.register_id == RegisterRow.id
            )
        )
        for register, counter in rows.all():
            numbers = self._session.scalars(
                select(DocumentRow.number)
                .where(
                    DocumentRow.register_id == register.id,
                    DocumentRow.issue_year == counter.year,
                )
                .order_by(DocumentRow.number)
            )
            yield Series(
                symbol=register.symbol,
                office_id=register.office_id,
                year=counter.year,
                next_number=counter.next_number,
                numbers=tuple(number for number in numbers if number is not None),
            )
