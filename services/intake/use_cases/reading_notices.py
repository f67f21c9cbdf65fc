"""Somebody reads what he was told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kernel.auth.principal import Person
from kernel.contracts.paging import Cursor, Page
from services.intake.domain.notices import ToldNotice
from services.intake.domain.receipts import Call
from services.intake.persistence.notices import Notices
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.repeating import answer_once


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeList:
    """A piece of somebody's notices, and how many of all he did not read."""

    page: Page[ToldNotice]
    unread: int


def list_notices(
    *, by: Person, deps: Deps, after: Cursor | None = None, is_unread: bool = False
) -> NoticeList:
    """Return a piece of the list, the newest first."""
    with deps.database.read() as session:
        notices = Notices(session, account_id=by.account_id)
        return NoticeList(
            page=notices.page(after=after, is_unread=is_unread), unread=notices.unread()
        )


def count_unread(*, by: Person, deps: Deps) -> int:
    """Return how many notices were not read."""
    with deps.database.read() as session:
        return Notices(session, account_id=by.account_id).unread()


def read_notice(notice_id: UUID, *, by: Person, deps: Deps, call: Call | None = None) -> ToldNotice:
    """Note that it was read; a second time changes nothing."""
    at = deps.now()
    with deps.database.begin() as session:
        notices = Notices(session, account_id=by.account_id)

        def read() -> dict[str, Any]:
            notices.read(notice_id, at=at)
            return {}

        answer_once(session, call, read, office_id=by.office_id, at=at)
        return notices.read(notice_id, at=at)


def read_all(*, until: datetime, by: Person, deps: Deps, call: Call | None = None) -> int:
    """Note that all that had come until then were read; return how many were not before."""
    at = deps.now()
    with deps.database.begin() as session:
        notices = Notices(session, account_id=by.account_id)
        answer = answer_once(
            session,
            call,
            lambda: {"read": notices.read_all(until=until, at=at)},
            office_id=by.office_id,
            at=at,
        )
    return int(answer["read"])
