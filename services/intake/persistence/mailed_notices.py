"""Notices that are to become e-mails: at once, or in the digest of the next morning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.intake.domain.mails import MailMode
from services.intake.domain.notices import URGENT, ToldNotice
from services.intake.persistence.models import (
    AccountRow,
    MailRow,
    NoticePreferenceRow,
    NoticeRow,
    OfficeRow,
)
from services.intake.persistence.notices import told_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentNotice:
    """One that is to be mailed now, with what the e-mail needs."""

    notice: ToldNotice
    account_id: UUID
    office_id: UUID
    address: str
    reader_name: str
    office_name: str


def urgent_notices(session: Session, *, since: datetime, limit: int) -> Sequence[UrgentNotice]:
    """Return the unread urgent notices of those who want them at once, not mailed so far."""
    rows = session.execute(
        select(NoticeRow, NoticePreferenceRow.email, AccountRow.display_name, OfficeRow.short_name)
        .join(NoticePreferenceRow, NoticePreferenceRow.account_id == NoticeRow.account_id)
        .join(AccountRow, AccountRow.id == NoticeRow.account_id)
        .join(OfficeRow, OfficeRow.id == NoticeRow.office_id)
        .outerjoin(MailRow, MailRow.notice_id == NoticeRow.id)
        .where(NoticeRow.kind.in_([it.value for it in URGENT]), NoticeRow.created_at >= since)
        .where(NoticeRow.read_at.is_(None), MailRow.id.is_(None), AccountRow.is_active)
        .where(NoticePreferenceRow.mode == MailMode.AT_ONCE.value)
        .where(NoticePreferenceRow.email != "")
        .order_by(NoticeRow.created_at)
        .limit(limit)
    )
    return [
        UrgentNotice(
            notice=told_notice(row),
            account_id=row.account_id,
            office_id=row.office_id,
            address=email,
            reader_name=name,
            office_name=office,
        )
        for row, email, name, office in rows
    ]


def unread_since(
    session: Session, office_id: UUID, *, since: datetime
) -> dict[UUID, list[ToldNotice]]:
    """Return by account what was told since then, neither read nor mailed, the newest first."""
    rows = session.scalars(
        select(NoticeRow)
        .outerjoin(MailRow, MailRow.notice_id == NoticeRow.id)
        .where(NoticeRow.office_id == office_id, NoticeRow.created_at >= since)
        .where(NoticeRow.read_at.is_(None), MailRow.id.is_(None))
        .order_by(NoticeRow.created_at.desc(), NoticeRow.id.desc())
    )
    found: dict[UUID, list[ToldNotice]] = {}
    for row in rows:
        found.setdefault(row.account_id, []).append(told_notice(row))
    return found


def last_digests(session: Session, office_id: UUID, *, key_like: str) -> dict[UUID, datetime]:
    """Return by account when its last digest was made."""
    rows = session.execute(
        select(MailRow.account_id, MailRow.created_at)
        .where(MailRow.office_id == office_id, MailRow.dedupe_key.startswith(key_like))
        .order_by(MailRow.created_at)
    )
    return {row.account_id: row.created_at for row in rows}
