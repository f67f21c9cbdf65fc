"""Send the e-mails that are due; run by beat, safe to run twice and in two places."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from services.intake.domain.mails import Mail, next_try
from services.intake.gateways.mail import Line, Mailer, NotNow, Refused, ServerAway
from services.intake.persistence.mails import Outbox
from services.intake.use_cases.deps import Deps

# Well below Celery's soft limit, even if the last e-mail meets a slow server.
_TURN = timedelta(seconds=30)


@dataclass(slots=True)
class Delivered:
    """What one round did."""

    sent: int = 0
    put_back: int = 0
    failed: int = 0


def deliver(*, holder: str, deps: Deps) -> Delivered:
    """Send what is due, one after the other over one connection.

    A server that is away ends the round: the others would wait for nothing, and stay due.
    """
    done = Delivered()
    if deps.mailer is None:
        return done
    first = _first(holder, deps)
    if first is None:
        return done
    mails = _Round(first, holder, deps)
    try:
        _send_all(mails, deps.mailer, done, deps)
    except ServerAway as away:
        _put_back(mails.current, str(away), done, deps)
    return done


class _Round:
    """Due e-mails one by one; the one that was taken last is `current`."""

    def __init__(self, first: Mail, holder: str, deps: Deps) -> None:
        self.current, self._holder, self._deps = first, holder, deps
        self._until = deps.now() + _TURN

    def __iter__(self) -> Iterator[Mail]:
        yield self.current
        while self._deps.now() < self._until:
            with self._deps.database.begin() as session:
                mail = Outbox(session).claim(holder=self._holder, now=self._deps.now())
            if mail is None:
                return
            self.current = mail
            yield mail


def _first(holder: str, deps: Deps) -> Mail | None:
    now = deps.now()
    with deps.database.begin() as session:
        outbox = Outbox(session)
        outbox.give_up_lost(now=now)
        # One sender is enough: a slow server must not hold the workers of other work.
        return None if outbox.is_in_hand(now=now) else outbox.claim(holder=holder, now=now)


def _send_all(mails: _Round, mailer: Mailer, done: Delivered, deps: Deps) -> None:
    with mailer.opened() as line:
        for mail in mails:
            _send(mail, line, done, deps)


def _send(mail: Mail, line: Line, done: Delivered, deps: Deps) -> None:
    try:
        line.send(mail)
    except Refused as refused:
        with deps.database.begin() as session:
            Outbox(session).fail(mail, str(refused))
        done.failed += 1
    except NotNow as later:
        _put_back(mail, str(later), done, deps)
    else:
        with deps.database.begin() as session:
            Outbox(session).note_sent(mail, now=deps.now())
        done.sent += 1


def _put_back(mail: Mail, reason: str, done: Delivered, deps: Deps) -> None:
    at = next_try(mail.attempts, deps.now())
    with deps.database.begin() as session:
        outbox = Outbox(session)
        if at is None:
            outbox.fail(mail, reason)
            done.failed += 1
        else:
            outbox.put_back(mail, reason, next_try_at=at)
            done.put_back += 1
