"""Registers, counters and ledgers of one office, and the offices themselves."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kernel.errors import Conflict, NotFound
from services.archive.domain.ledger import Entry, next_entry
from services.archive.domain.registers import Register, RegisterDefinition, RegisterYear
from services.archive.persistence import values
from services.archive.persistence.inserting import insert_unless_there
from services.archive.persistence.models import (
    LedgerRow,
    OfficeRow,
    RegisterRow,
    RegisterYearRow,
)


class Offices:
    """The offices whose documents are kept here."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def name(self, office_id: UUID, name: str) -> None:
        """Give the office its name of today; documents keep the one they were made under."""
        self._session.merge(OfficeRow(id=office_id, name=name))

    def name_of(self, office_id: UUID) -> str | None:
        """Return the name, if the office was ever named."""
        row = self._session.get(OfficeRow, office_id)
        return row.name if row else None


class Registers:
    """Registers of one office."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def open(self, definition: RegisterDefinition) -> Register:
        """Return the register with this symbol, opened if it is new."""
        fields = {
            "office_id": self._office_id,
            "code": definition.code,
            "title": definition.title,
            "issuing_body": definition.issuing_body,
            "symbol": definition.symbol,
            "document_types": list(definition.document_types),
        }
        insert_unless_there(self._session, RegisterRow, fields)
        found = self.with_symbol(definition.symbol)
        if found is None:
            raise Conflict(f"Mã sổ {definition.code} đã dùng cho ký hiệu khác.")
        return found

    def all(self) -> tuple[Register, ...]:
        """Return every register by symbol."""
        rows = self._session.scalars(self._visible().order_by(RegisterRow.symbol))
        return tuple(values.register(row) for row in rows)

    def with_symbol(self, symbol: str) -> Register | None:
        """Return the register that numbers this symbol."""
        row = self._session.scalar(self._visible().where(RegisterRow.symbol == symbol))
        return values.register(row) if row else None

    def years(self) -> tuple[RegisterYear, ...]:
        """Return every year in which a register gave a number, newest first."""
        rows = self._session.execute(
            select(RegisterRow, RegisterYearRow)
            .join(RegisterYearRow, RegisterYearRow.register_id == RegisterRow.id)
            .where(RegisterRow.office_id == self._office_id)
            .order_by(RegisterYearRow.year.desc(), RegisterRow.symbol)
        )
        return tuple(values.register_year(row, counter.year, counter) for row, counter in rows)

    def year(self, register_id: UUID, year: int) -> RegisterYear:
        """Return one year of a register."""
        row = self._session.scalar(self._visible().where(RegisterRow.id == register_id))
        if row is None:
            raise NotFound("Không có sổ này, hoặc bạn không được xem.")
        counter = self._session.scalar(_counter(register_id, year))
        return values.register_year(row, year, counter)

    def lock_year(self, register_id: UUID, year: int) -> RegisterYearRow:
        """Return the counter, held until the commit; opened at 1 in a new year.

        The register's own row is held too: the years of one register share one ledger.
        """
        self._session.scalar(self._visible().where(RegisterRow.id == register_id).with_for_update())
        fields = {"id": uuid4(), "register_id": register_id, "year": year, "next_number": 1}
        insert_unless_there(self._session, RegisterYearRow, fields)
        return self._session.scalars(_counter(register_id, year).with_for_update()).one()

    def append_to_ledger(
        self, register_id: UUID, document_id: UUID, content: Mapping[str, str | int]
    ) -> Entry:
        """Add the next link to the chain of a register whose row the caller holds."""
        last = self._session.scalar(
            select(LedgerRow)
            .where(LedgerRow.register_id == register_id)
            .order_by(LedgerRow.sequence.desc())
            .limit(1)
        )
        entry = next_entry(read_entry(last) if last else None, content)
        self._session.add(
            LedgerRow(
                register_id=register_id,
                document_id=document_id,
                sequence=entry.sequence,
                prev_hash=entry.prev_hash,
                hash=entry.hash,
                entry=entry.text,
            )
        )
        return entry

    def _visible(self) -> Select[RegisterRow]:
        return select(RegisterRow).where(RegisterRow.office_id == self._office_id)


def read_entry(row: LedgerRow) -> Entry:
    """Return the link."""
    return Entry(sequence=row.sequence, prev_hash=row.prev_hash, hash=row.hash, text=row.entry)


def _counter(register_id: UUID, year: int) -> Select[RegisterYearRow]:
    return select(RegisterYearRow).where(
        RegisterYearRow.register_id == register_id, RegisterYearRow.year == year
    )
