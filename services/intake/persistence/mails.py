"""E-mails to be sent: each is held by one sender at a time, moved on by compare-and-set."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from kernel.contracts.paging import Cursor, Page
from kernel.errors import Conflict, NotFound
from services.intake.domain.mails import (
    LEASE,
    LOST,
    MAX_ATTEMPTS,
    Mail,
    MailOutline,
    MailState,
    NewMail,
    one_line,
)
from services.intake.persistence.insertion import try_insert
from services.intake.persistence.models import AccountRow, MailRow, NoticePreferenceRow

_UNSYNCHRONISED = {"synchronize_session": False}
_LONGEST_REASON = 300

PAGE_SIZE = 20


def queue_mail(session: Session, mail: NewMail) -> bool:
    """Queue the e-mail; return False where its key was queued before."""
    row = MailRow(
        office_id=mail.office_id,
        account_id=mail.account_id,
        notice_id=mail.notice_id,
        dedupe_key=mail.key,
        address=mail.address,
        subject=mail.subject,
        body=mail.body,
        state=MailState.QUEUED.value,
        reason="",
        attempts=0,
        holder="",
        lease_until=None,
        next_try_at=mail.at,
        created_at=mail.at,
        sent_at=None,
    )
    return try_insert(session, row)


class Outbox:
    """What the sender does; not scoped to an office, he serves all."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_in_hand(self, *, now: datetime) -> bool:
        """Say whether somebody is sending at this moment."""
        held = select(MailRow.id).where(
            MailRow.state == MailState.SENDING.value, MailRow.lease_until >= now
        )
        return self._session.scalar(held.limit(1)) is not None

    def give_up_lost(self, *, now: datetime) -> int:
        """Fail those whose last allowed attempt ended with its sender."""
        given_up = self._session.execute(
            update(MailRow)
            .where(MailRow.state == MailState.SENDING.value)
            .where(MailRow.lease_until < now, MailRow.attempts >= MAX_ATTEMPTS)
            .values(state=MailState.FAILED.value, reason=LOST, lease_until=None, holder="")
            .returning(MailRow.id)
            .execution_options(**_UNSYNCHRONISED)
        )
        return len(given_up.all())

    def claim(self, *, holder: str, now: datetime) -> Mail | None:
        """Take what is due the longest, for the time of a lease; None when nothing is due."""
        due_id = self._session.scalar(
            select(MailRow.id).where(_is_due(now)).order_by(MailRow.next_try_at).limit(1)
        )
        row = self._session.scalar(
            update(MailRow)
            .where(MailRow.id == due_id, _is_due(now))
            .values(
                state=MailState.SENDING.value,
                holder=holder,
                attempts=MailRow.attempts + 1,
                lease_until=now + LEASE,
            )
            .returning(MailRow)
            .execution_options(**_UNSYNCHRONISED)
        )
        return _mail(row) if row else None

    def note_sent(self, mail: Mail, *, now: datetime) -> bool:
        """Record that the server took it; False where somebody else holds it by now."""
        return self._move(mail, state=MailState.SENT.value, sent_at=now, reason="")

    def put_back(self, mail: Mail, reason: str, *, next_try_at: datetime) -> bool:
        """Queue it for another attempt."""
        state = MailState.QUEUED.value
        return self._move(mail, state=state, reason=_told(reason), next_try_at=next_try_at)

    def fail(self, mail: Mail, reason: str) -> bool:
        """Give up."""
        return self._move(mail, state=MailState.FAILED.value, reason=_told(reason))

    def _move(self, mail: Mail, **values: object) -> bool:
        moved = self._session.execute(
            update(MailRow)
            .where(MailRow.id == mail.id, MailRow.state == MailState.SENDING.value)
            .where(MailRow.holder == mail.holder, MailRow.attempts == mail.attempts)
            .values(**values, lease_until=None, holder="")
            .returning(MailRow.id)
            .execution_options(**_UNSYNCHRONISED)
        )
        return moved.scalar_one_or_none() is not None


class Mails:
    """The e-mails of one office, as its administrator sees them."""

    def __init__(self, session: Session, *, office_id: UUID) -> None:
        self._session, self._office_id = session, office_id

    def counts(self) -> Mapping[MailState, int]:
        """Return how many there are in each state."""
        rows = self._session.execute(
            select(MailRow.state, func.count())
            .where(MailRow.office_id == self._office_id)
            .group_by(MailRow.state)
        )
        found = {MailState(state): count for state, count in rows}
        return {state: found.get(state, 0) for state in MailState}

    def failed(self) -> int:
        """Return how many were given up; quick, since it is asked for on every first page."""
        found = self._session.scalar(
            select(func.count())
            .select_from(MailRow)
            .where(MailRow.state == MailState.FAILED.value, MailRow.office_id == self._office_id)
        )
        return found or 0

    def page(
        self, *, state: MailState | None = None, after: Cursor | None = None
    ) -> Page[MailOutline]:
        """Return a piece of the list, the newest first."""
        conditions: list[ColumnElement[bool]] = [MailRow.office_id == self._office_id]
        if state:
            conditions.append(MailRow.state == state.value)
        if after:
            conditions.append(_before(after))
        rows = self._session.execute(
            select(MailRow, AccountRow.display_name)
            .join(AccountRow, AccountRow.id == MailRow.account_id)
            .where(*conditions)
            .order_by(MailRow.created_at.desc(), MailRow.id.desc())
            .limit(PAGE_SIZE + 1)
        ).all()
        last = rows[PAGE_SIZE - 1][0] if len(rows) > PAGE_SIZE else None
        return Page(
            items=tuple(_outline(row, name) for row, name in rows[:PAGE_SIZE]),
            next=Cursor(at=last.created_at, id=last.id) if last else None,
        )

    def try_again(self, mail_id: UUID, *, now: datetime) -> None:
        """Queue one that was given up; Conflict where it was not."""
        row = self._session.scalar(
            select(MailRow)
            .where(MailRow.office_id == self._office_id, MailRow.id == mail_id)
            .with_for_update()
        )
        if row is None:
            raise NotFound("Không có thư này.")
        if row.state != MailState.FAILED.value:
            label = MailState(row.state).label.lower()
            raise Conflict(f"Chỉ gửi lại được thư không gửi được. Trạng thái hiện nay: {label}.")
        self._queue_again(MailRow.id == row.id, now=now)

    def try_all_again(self, *, now: datetime) -> int:
        """Queue all that were given up; return how many."""
        return self._queue_again(MailRow.state == MailState.FAILED.value, now=now)

    def states_by_notice(self, keys: Iterable[UUID]) -> list[tuple[UUID, MailState]]:
        """Return the state of each e-mail that was made of one of these notices."""
        rows = self._session.execute(
            select(MailRow.notice_id, MailRow.state).where(
                MailRow.office_id == self._office_id, MailRow.notice_id.in_(list(keys))
            )
        )
        return [(notice_id, MailState(state)) for notice_id, state in rows if notice_id]

    def forget_sent(self, *, before: datetime) -> None:
        """Delete what was sent long ago: addresses are kept no longer than they serve."""
        self._session.execute(
            delete(MailRow).where(
                MailRow.office_id == self._office_id,
                MailRow.state == MailState.SENT.value,
                MailRow.sent_at < before,
            )
        )

    def _queue_again(self, condition: ColumnElement[bool], *, now: datetime) -> int:
        queued = self._session.execute(
            update(MailRow)
            .where(MailRow.office_id == self._office_id, condition)
            .values(
                state=MailState.QUEUED.value,
                attempts=0,
                next_try_at=now,
                # To where the account wants its mail by now: a wrong address is the usual cause.
                address=func.coalesce(_present_address(), MailRow.address),
            )
            .returning(MailRow.id)
            .execution_options(**_UNSYNCHRONISED)
        )
        return len(queued.all())


def _present_address() -> ScalarSelect[str]:
    return (
        select(NoticePreferenceRow.email)
        .where(NoticePreferenceRow.account_id == MailRow.account_id)
        .where(NoticePreferenceRow.email != "")
        .scalar_subquery()
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    queued = and_(MailRow.state == MailState.QUEUED.value, MailRow.next_try_at <= now)
    lost = and_(MailRow.state == MailState.SENDING.value, MailRow.lease_until < now)
    return and_(or_(queued, lost), MailRow.attempts < MAX_ATTEMPTS)


def _mail(row: MailRow) -> Mail:
    return Mail(
        id=row.id,
        address=row.address,
        subject=row.subject,
        body=row.body,
        attempts=row.attempts,
        holder=row.holder,
        created_at=row.created_at,
    )


def _outline(row: MailRow, name: str) -> MailOutline:
    return MailOutline(
        id=row.id,
        to_name=name,
        address=row.address,
        subject=row.subject,
        state=MailState(row.state),
        reason=row.reason,
        attempts=row.attempts,
        created_at=row.created_at,
        next_try_at=row.next_try_at,
        sent_at=row.sent_at,
    )


def _told(reason: str) -> str:
    return one_line(reason, _LONGEST_REASON)


def _before(cursor: Cursor) -> ColumnElement[bool]:
    return or_(
        MailRow.created_at < cursor.at,
        and_(MailRow.created_at == cursor.at, MailRow.id < cursor.id),
    )
