"""Notices: written for whom they concern, read by their own account only."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from kernel.contracts.paging import Cursor, Page
from kernel.errors import NotFound
from services.intake.domain.notices import Notice, NoticeKind, Subject, SubjectKind, ToldNotice
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import AccountRow, NoticeRow

PAGE_SIZE = 20


class Readers:
    """Active accounts of one office, as those who are told something."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def of_unit(self, unit_id: UUID) -> frozenset[UUID]:
        """Return the accounts that report for the unit."""
        return self._ids(AccountRow.unit_id == unit_id)

    def of_roles(self, roles: Iterable[str]) -> frozenset[UUID]:
        """Return the accounts with one of these roles."""
        return self._ids(AccountRow.role.in_([str(role) for role in roles]))

    def _ids(self, condition: ColumnElement[bool]) -> frozenset[UUID]:
        return frozenset(
            self._session.scalars(
                select(AccountRow.id).where(
                    AccountRow.office_id == self._office_id, AccountRow.is_active, condition
                )
            )
        )


def write_notice(session: Session, notice: Notice, account_ids: Iterable[UUID]) -> int:
    """Write the notice for each account that was not told before; return for how many."""
    # In one order, whoever writes: two transactions that tell the same people never wait in a ring.
    fresh = [try_insert(session, _row(notice, one)) for one in sorted(set(account_ids))]
    return sum(fresh)


def _row(notice: Notice, account_id: UUID) -> NoticeRow:
    return NoticeRow(
        office_id=notice.office_id,
        account_id=account_id,
        kind=notice.kind.value,
        subject_kind=notice.subject.kind.value,
        subject_id=notice.subject.id,
        title=notice.title,
        detail=notice.detail,
        dedupe_key=notice.key,
        created_at=notice.at,
        read_at=None,
    )


class Notices:
    """The notices of one account; another account's cannot be reached from here."""

    def __init__(self, session: Session, *, account_id: UUID) -> None:
        self._session, self._account_id = session, account_id

    def unread(self) -> int:
        """Return how many were not read."""
        found = self._session.scalar(
            select(func.count())
            .select_from(NoticeRow)
            .where(NoticeRow.account_id == self._account_id, NoticeRow.read_at.is_(None))
        )
        return found or 0

    def page(self, *, after: Cursor | None = None, is_unread: bool = False) -> Page[ToldNotice]:
        """Return a piece of the list, the newest first."""
        conditions = [NoticeRow.account_id == self._account_id]
        if is_unread:
            conditions.append(NoticeRow.read_at.is_(None))
        if after:
            conditions.append(_before(after))
        rows = self._session.scalars(
            select(NoticeRow)
            .where(*conditions)
            .order_by(NoticeRow.created_at.desc(), NoticeRow.id.desc())
            .limit(PAGE_SIZE + 1)
        ).all()
        last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
        return Page(
            items=tuple(map(told_notice, rows[:PAGE_SIZE])),
            next=Cursor(at=last.created_at, id=last.id) if last else None,
        )

    def read(self, notice_id: UUID, *, at: datetime) -> ToldNotice:
        """Note that it was read, the first time; absent and foreign give the same NotFound."""
        row = self._session.scalar(
            select(NoticeRow)
            .where(NoticeRow.account_id == self._account_id, NoticeRow.id == notice_id)
            .with_for_update()
        )
        if row is None:
            raise NotFound("Không có thông báo này.")
        row.read_at = row.read_at or at
        self._session.flush()
        return told_notice(row)

    def read_all(self, *, until: datetime, at: datetime) -> int:
        """Note that all that had come until then were read; return how many were not before."""
        read = self._session.execute(
            update(NoticeRow)
            .where(
                NoticeRow.account_id == self._account_id,
                NoticeRow.read_at.is_(None),
                NoticeRow.created_at <= until,
            )
            .values(read_at=at)
            .returning(NoticeRow.id)
            .execution_options(synchronize_session=False)
        )
        return len(read.all())


def told_notice(row: NoticeRow) -> ToldNotice:
    """Return the notice as a value."""
    return ToldNotice(
        id=row.id,
        kind=NoticeKind(row.kind),
        subject=Subject(kind=SubjectKind(row.subject_kind), id=row.subject_id),
        title=row.title,
        detail=row.detail,
        created_at=row.created_at,
        read_at=row.read_at,
    )


def _before(cursor: Cursor) -> ColumnElement[bool]:
    return or_(
        NoticeRow.created_at < cursor.at,
        and_(NoticeRow.created_at == cursor.at, NoticeRow.id < cursor.id),
    )
