"""The administrator sees what became of the e-mails, and has one sent again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.auth.principal import Person
from kernel.contracts.paging import Cursor, Page
from services.intake.domain.mails import MailOutline, MailState
from services.intake.domain.receipts import Call
from services.intake.persistence.mails import Mails
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.heartbeats import is_worker_alive
from services.intake.use_cases.repeating import answer_once


@dataclass(frozen=True, slots=True, kw_only=True)
class MailList:
    """A piece of the office's e-mails, and whether any can go at all."""

    page: Page[MailOutline]
    counts: Mapping[MailState, int]
    sender: str
    """Empty: this installation sends no e-mail."""
    is_worker_alive: bool


def list_mails(
    *, by: Person, deps: Deps, state: MailState | None = None, after: Cursor | None = None
) -> MailList:
    """Return a piece of the list, the newest first."""
    is_alive = is_worker_alive(deps=deps)
    with deps.database.read() as session:
        mails = Mails(session, office_id=by.office_id)
        return MailList(
            page=mails.page(state=state, after=after),
            counts=mails.counts(),
            sender=deps.mail.sender if deps.mail else "",
            is_worker_alive=is_alive,
        )


def send_again(mail_id: UUID, *, by: Person, deps: Deps, call: Call) -> None:
    """Queue one that was given up, to the present address of its account."""
    at = deps.now()
    with deps.database.begin() as session:

        def queue() -> dict[str, Any]:
            Mails(session, office_id=by.office_id).try_again(mail_id, now=at)
            return {}

        answer_once(session, call, queue, office_id=by.office_id, at=at)


def send_all_again(*, by: Person, deps: Deps, call: Call) -> int:
    """Queue all that were given up; return how many."""
    at = deps.now()
    with deps.database.begin() as session:
        answer = answer_once(
            session,
            call,
            lambda: {"queued": Mails(session, office_id=by.office_id).try_all_again(now=at)},
            office_id=by.office_id,
            at=at,
        )
    return int(answer["queued"])
