"""Make e-mails of notices: urgent ones at once, the others once a morning; run by beat.

What is made is decided by what the database holds, so that a lost call of beat, or a worker that
was killed in between, is made good by the next one.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Role
from kernel.clock import in_hanoi
from services.intake.domain.awaiting import awaited
from services.intake.domain.mail_texts import Reader, digest_text, notice_text
from services.intake.domain.mails import KEPT_FOR, URGENT_WITHIN, MailRoute, NewMail
from services.intake.persistence.daily_runs import DIGEST, claim_run, offices_without
from services.intake.persistence.mailed_notices import (
    UrgentNotice,
    last_digests,
    unread_since,
    urgent_notices,
)
from services.intake.persistence.mails import Mails, queue_mail
from services.intake.persistence.notice_preferences import Correspondent, NoticePreferences
from services.intake.persistence.offices import Offices
from services.intake.use_cases.awaiting import situation_of
from services.intake.use_cases.deps import Deps

MORNING = 7
"""From this hour on a Vietnamese clock the digest of the day may go."""
_BATCH = 200
_LONGEST_LOOK_BACK = timedelta(days=7)


def mail_urgent_notices(*, deps: Deps) -> int:
    """Queue an e-mail for each urgent notice that is wanted at once; return how many."""
    if deps.mail is None:
        return 0
    at, route = deps.now(), deps.mail
    # Read apart from writing: mostly there is none, and SQLite has one writer.
    with deps.database.read() as session:
        found = urgent_notices(session, since=at - URGENT_WITHIN, limit=_BATCH)
    if not found:
        return 0
    with deps.database.begin() as session:
        return sum(queue_mail(session, _urgent_mail(it, route, at)) for it in found)


def mail_digests(*, deps: Deps) -> int:
    """Queue the digests of this morning that were not made yet; return how many."""
    now = deps.now()
    if deps.mail is None or in_hanoi(now).hour < MORNING:
        return 0
    with deps.database.read() as session:
        office_ids = offices_without(session, DIGEST, deps.today())
    return sum(_mail_digests_of(office_id, deps.mail, deps) for office_id in office_ids)


def _mail_digests_of(office_id: UUID, route: MailRoute, deps: Deps) -> int:
    at = deps.now()
    with deps.database.begin() as session:
        if not claim_run(session, office_id, DIGEST, deps.today(), at=at):
            return 0
        made = _Digests(session, office_id, route, deps).queue_all()
        Mails(session, office_id=office_id).forget_sent(before=at - KEPT_FOR)
        return made


class _Digests:
    """The digests of one office on one day."""

    def __init__(self, session: Session, office_id: UUID, route: MailRoute, deps: Deps) -> None:
        self._session, self._office_id, self._route = session, office_id, route
        self._at, self._day = deps.now(), deps.today()
        self._office_name = Offices(session).get(office_id).short_name
        self._situation = situation_of(session, office_id, today=self._day)
        self._told = unread_since(session, office_id, since=self._at - _LONGEST_LOOK_BACK)
        self._last = last_digests(session, office_id, key_like=f"{DIGEST}:")

    def queue_all(self) -> int:
        """Queue one for each account that wants one and has something to be told."""
        preferences = NoticePreferences(self._session, office_id=self._office_id)
        mails = [self._digest(it) for it in preferences.correspondents(Role) if it.wants_mail]
        return sum(queue_mail(self._session, mail) for mail in mails if mail)

    def _digest(self, one: Correspondent) -> NewMail | None:
        things = awaited(self._situation, role=Role(one.role), unit_id=one.unit_id)
        last = self._last.get(one.account_id)
        notices = [
            it for it in self._told.get(one.account_id, []) if last is None or it.created_at > last
        ]
        if not notices and not any(it.is_pressing for it in things):
            return None
        reader = Reader(name=one.name, office_name=self._office_name)
        text = digest_text(things, notices, day=self._day, reader=reader, route=self._route)
        return NewMail(
            office_id=self._office_id,
            account_id=one.account_id,
            address=one.preference.email,
            subject=text.subject,
            body=text.body,
            key=f"{DIGEST}:{one.account_id}:{self._day}",
            at=self._at,
        )


def _urgent_mail(found: UrgentNotice, route: MailRoute, at: datetime) -> NewMail:
    reader = Reader(name=found.reader_name, office_name=found.office_name)
    text = notice_text(found.notice, reader, route)
    return NewMail(
        office_id=found.office_id,
        account_id=found.account_id,
        address=found.address,
        subject=text.subject,
        body=text.body,
        key=f"notice:{found.notice.id}",
        at=at,
        notice_id=found.notice.id,
    )
