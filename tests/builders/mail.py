"""Intake with e-mail switched on, and a mail server that a test holds in its hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import uuid4

from kernel.auth.principal import Person
from services.intake.domain.mails import Mail, MailMode, MailRoute, NewMail
from services.intake.gateways.mail import Line, ServerAway
from services.intake.persistence.mails import Mails, queue_mail
from services.intake.use_cases.delivering import Delivered, deliver
from services.intake.use_cases.notice_preferences import ChangePreference, change_preference
from tests.builders.intake import World

ROUTE = MailRoute(sender="Thi đua <thidua@anphu.gov.vn>", public_url="https://thidua.anphu.gov.vn")


@dataclass
class FakeMailer:
    """Keeps what it was given; `answers` are raised instead, one for each e-mail."""

    sent: list[Mail] = field(default_factory=list)
    answers: list[Exception] = field(default_factory=list)
    is_away: bool = False

    @contextmanager
    def opened(self) -> Iterator[Line]:
        """Yield itself."""
        if self.is_away:
            raise ServerAway("Không kết nối được máy chủ thư: ConnectionRefusedError")
        yield self

    def send(self, mail: Mail) -> None:
        """Take the e-mail, or raise what was asked for."""
        if self.answers:
            raise self.answers.pop(0)
        self.sent.append(mail)


def with_mail(world: World) -> FakeMailer:
    """Switch e-mail on in this world, for its pages too."""
    mailer = FakeMailer()
    world.deps = replace(world.deps, mail=ROUTE, mailer=mailer)
    world.app.extensions["deps"] = world.deps
    return mailer


def wants_mail(world: World, person: Person, mode: MailMode = MailMode.DAILY) -> Person:
    """Let somebody want e-mail at an address made of his role."""
    change = ChangePreference(email=f"{person.role}@anphu.gov.vn", mode=mode)
    change_preference(change, by=person, deps=world.deps)
    return person


def a_queued_mail(world: World, person: Person | None = None, **changes: object) -> None:
    """Queue an e-mail."""
    reader = person or world.clerk()
    mail = NewMail(
        office_id=reader.office_id,
        account_id=reader.account_id,
        address="cu@anphu.gov.vn",
        subject="Việc chờ và thông báo",
        body="Kính gửi ông/bà,",
        key=uuid4().hex,
        at=world.clock(),
    )
    with world.deps.database.begin() as session:
        queue_mail(session, replace(mail, **changes))  # type: ignore[arg-type]


def delivered(world: World, holder: str = "worker-1") -> Delivered:
    """Run one round of sending."""
    return deliver(holder=holder, deps=world.deps)


def mails_of(world: World, person: Person | None = None) -> list[tuple[str, str, int]]:
    """Return subject, state and attempts of the office's e-mails, the oldest first."""
    office_id = (person or world.clerk()).office_id
    with world.deps.database.read() as session:
        items = Mails(session, office_id=office_id).page().items
    return [(it.subject, it.state.value, it.attempts) for it in reversed(items)]
