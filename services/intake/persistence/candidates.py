"""Candidates of one office's periods, and what the clerk has said of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kernel.errors import Conflict, NotFound
from services.intake.domain.candidates import Candidate, Change, Proposed, Reading
from services.intake.domain.duplicates import pair_key
from services.intake.persistence.council_documents import nomination_from, nomination_json
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import (
    CandidateDistinctionRow,
    CandidateRow,
    FindingReasonRow,
    PeriodRow,
    UnitRow,
)
from services.intake.persistence.submissions import Author

CHANGED = "Danh sách vừa được thay đổi ở nơi khác. Hãy tải lại trang rồi thử lại."


class Candidates:
    """Another office's candidates cannot be reached from here."""

    def __init__(self, session: Session, *, office_id: UUID, period_id: UUID) -> None:
        self._session, self._office_id, self._period_id = session, office_id, period_id

    @classmethod
    def of(cls, session: Session, candidate_id: UUID, *, office_id: UUID) -> "Candidates":
        """Return the list on which the candidate stands; absent and foreign are NotFound."""
        period_id = session.scalar(
            select(CandidateRow.period_id).where(
                CandidateRow.office_id == office_id, CandidateRow.id == candidate_id
            )
        )
        if period_id is None:
            raise NotFound("Không có đề nghị này.")
        return cls(session, office_id=office_id, period_id=period_id)

    @property
    def period_id(self) -> UUID:
        """The period of this list."""
        return self._period_id

    def hold(self) -> None:
        """Let nobody else change this list until the end of the transaction."""
        self._session.scalars(
            select(PeriodRow.id)
            .where(PeriodRow.office_id == self._office_id, PeriodRow.id == self._period_id)
            .with_for_update()
        ).one()

    def all(self) -> tuple[Candidate, ...]:
        """Return every candidate in the order in which they came."""
        rows = self._session.execute(
            select(CandidateRow, UnitRow.name)
            .join(UnitRow, UnitRow.id == CandidateRow.unit_id)
            .where(
                CandidateRow.office_id == self._office_id,
                CandidateRow.period_id == self._period_id,
            )
            .order_by(CandidateRow.number)
        ).all()
        return tuple(_value(row, name) for row, name in rows)

    def unit_codes(self) -> Mapping[UUID, str]:
        """Return the codes of the office's units."""
        rows = self._session.execute(
            select(UnitRow.id, UnitRow.code).where(UnitRow.office_id == self._office_id)
        )
        return {unit_id: code for unit_id, code in rows}  # noqa: C416 - rows are no pairs to mypy

    def apply(self, reading: Reading, *, at: datetime) -> None:
        """Write down what reading the accepted reports again has found."""
        for number, it in enumerate(reading.new, self._last_number() + 1):
            self._session.add(self._new_row(it, number, at))
        rows = {row.id: row for row in self._rows()}
        for candidate, it in reading.changed:
            _update(rows[candidate.id], it, Change.CHANGED, at=at)
        for candidate, it in reading.returned:
            _update(rows[candidate.id], it, Change.NEW, at=at)
        for candidate, it in reading.same:
            _update(rows[candidate.id], it, Change.SAME, at=at)
        for candidate in reading.withdrawn:
            row = rows[candidate.id]
            row.change, row.read_at, row.version = Change.WITHDRAWN, at, row.version + 1
        self._session.flush()

    def merge(self, lead_id: UUID, other_id: UUID) -> None:
        """Make the other one, with all that was merged into it, one with the lead."""
        for row in self._rows():
            if row.id == other_id or row.merged_into_id == other_id:
                row.merged_into_id = lead_id
                row.version += 1
        self._session.flush()

    def unmerge(self, candidate_id: UUID) -> None:
        """Let a merged one stand for itself again."""
        row = self._row(candidate_id)
        if row.merged_into_id is None:
            raise Conflict("Đề nghị này không được gộp với đề nghị nào.")
        row.merged_into_id = None
        row.version += 1
        self._session.flush()

    def set_aside(self, candidate_id: UUID, reason: str) -> None:
        """Keep the nominee from the agenda, or without a reason put it there again."""
        row = self._row(candidate_id)
        row.set_aside = reason
        row.version += 1
        self._session.flush()

    def told_apart(self) -> frozenset[tuple[UUID, UUID]]:
        """Return the pairs of whom somebody said that they are not one."""
        rows = self._session.execute(
            select(CandidateDistinctionRow.first_id, CandidateDistinctionRow.second_id).where(
                CandidateDistinctionRow.office_id == self._office_id,
                CandidateDistinctionRow.period_id == self._period_id,
            )
        )
        return frozenset((first, second) for first, second in rows)

    def tell_apart(self, one: UUID, other: UUID, *, by: Author, at: datetime) -> None:
        """Remember that the two are not one; once is enough."""
        first, second = pair_key(self._row(one).id, self._row(other).id)
        try_insert(
            self._session,
            CandidateDistinctionRow(
                office_id=self._office_id,
                period_id=self._period_id,
                first_id=first,
                second_id=second,
                account_id=by.account_id,
                at=at,
            ),
        )

    def forget_distinction(self, one: UUID, other: UUID) -> None:
        """Ask about the two again."""
        first, second = pair_key(one, other)
        for row in self._session.scalars(
            select(CandidateDistinctionRow).where(
                CandidateDistinctionRow.period_id == self._period_id,
                CandidateDistinctionRow.office_id == self._office_id,
                CandidateDistinctionRow.first_id == first,
                CandidateDistinctionRow.second_id == second,
            )
        ):
            self._session.delete(row)
        self._session.flush()

    def reasons(self) -> dict[str, FindingReasonRow]:
        """Return the reasons that were given, by the key of their finding."""
        rows = self._session.scalars(
            select(FindingReasonRow).where(
                FindingReasonRow.office_id == self._office_id,
                FindingReasonRow.period_id == self._period_id,
            )
        )
        return {row.key: row for row in rows}

    def give_reason(self, key: str, reason: str, *, by: Author, at: datetime) -> None:
        """Keep the reason; a later one takes its place."""
        row = self.reasons().get(key)
        if row is None:
            row = FindingReasonRow(
                office_id=self._office_id,
                period_id=self._period_id,
                key=key,
                reason=reason,
                account_id=by.account_id,
                account_name=by.name,
                at=at,
            )
            self._session.add(row)
        row.reason, row.account_id, row.account_name, row.at = reason, by.account_id, by.name, at
        self._session.flush()

    def _rows(self) -> Sequence[CandidateRow]:
        return self._session.scalars(
            select(CandidateRow).where(
                CandidateRow.office_id == self._office_id,
                CandidateRow.period_id == self._period_id,
            )
        ).all()

    def _row(self, candidate_id: UUID) -> CandidateRow:
        row = self._session.scalar(
            select(CandidateRow).where(
                CandidateRow.office_id == self._office_id,
                CandidateRow.period_id == self._period_id,
                CandidateRow.id == candidate_id,
            )
        )
        if row is None:
            raise NotFound("Không có đề nghị này.")
        return row

    def _last_number(self) -> int:
        number = self._session.scalar(
            select(func.max(CandidateRow.number)).where(CandidateRow.period_id == self._period_id)
        )
        return number or 0

    def _new_row(self, it: Proposed, number: int, at: datetime) -> CandidateRow:
        return CandidateRow(
            office_id=self._office_id,
            period_id=self._period_id,
            submission_id=it.submission_id,
            unit_id=it.unit_id,
            number=number,
            key=it.key,
            round=it.round,
            nomination=nomination_json(it.nomination),
            previous=None,
            change=Change.NEW,
            merged_into_id=None,
            set_aside="",
            version=1,
            read_at=at,
        )


def _update(row: CandidateRow, proposed: Proposed, change: Change, *, at: datetime) -> None:
    row.previous = row.nomination if change is Change.CHANGED else None
    row.nomination, row.round = nomination_json(proposed.nomination), proposed.round
    row.change, row.read_at, row.version = change, at, row.version + 1


def _value(row: CandidateRow, unit_name: str) -> Candidate:
    return Candidate(
        id=row.id,
        number=row.number,
        submission_id=row.submission_id,
        unit_id=row.unit_id,
        unit_name=unit_name,
        round=row.round,
        key=row.key,
        nomination=nomination_from(row.nomination),
        change=Change(row.change),
        previous=nomination_from(row.previous) if row.previous else None,
        merged_into=row.merged_into_id,
        set_aside=row.set_aside,
    )
