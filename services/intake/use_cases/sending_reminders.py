"""One round of reminders, by a clerk's click or by itself: notices, e-mails, and the row of it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Role
from kernel.clock import in_hanoi
from services.intake.domain.mail_texts import Reader, reminder_text
from services.intake.domain.mails import MailMode, MailRoute, NewMail
from services.intake.domain.moves import EDITABLE, State
from services.intake.domain.notices import Notice, NoticeKind, Subject, SubjectKind
from services.intake.domain.reminders import BY_ITSELF, Channel, LateUnit, Remindable, usual_text
from services.intake.persistence.mails import queue_mail
from services.intake.persistence.models import PeriodRow, ReminderRow
from services.intake.persistence.notice_preferences import Correspondent, NoticePreferences
from services.intake.persistence.notices import write_notice
from services.intake.persistence.offices import Offices, Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.reminders import (
    DuePlan,
    ReminderPlans,
    Reminders,
    due_plans,
    notice_key,
)
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.planning_mails import MORNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """Who reminds, when, in which words."""

    text: str
    by: UUID | None
    by_name: str
    at: datetime
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersSent:
    """How many units were reminded, how many of those asked for were not, and by how many mails."""

    reminded: int
    left_out: int
    people: int
    mails: int

    def as_json(self) -> dict[str, int]:
        """Return it as it is kept for a repeated call."""
        return asdict(self)


def late_units(
    session: Session, period: PeriodRow, *, today: date, is_mail_on: bool
) -> tuple[LateUnit, ...]:
    """Return the units whose reports the office does not have, in the order of the office."""
    office_id = period.office_id
    states = {
        row.unit_id: State(row.state)
        for row in Submissions(session, office_id=office_id).of_period(period.id)
    }
    reminded = Reminders(session, office_id=office_id).at_day(period.id, today)
    people = NoticePreferences(session, office_id=office_id).correspondents([Role.SECTOR_OFFICER])
    return tuple(
        LateUnit(
            unit_id=unit.id,
            name=unit.name,
            state=states.get(unit.id, State.NOT_BEGUN),
            people=tuple(_remindable(it, is_mail_on) for it in people if it.unit_id == unit.id),
            reminded_at=reminded.get(unit.id),
        )
        for unit in Units(session, office_id=office_id).reporting(period.due_on)
        if states.get(unit.id, State.NOT_BEGUN) in EDITABLE
    )


def remind_units(
    session: Session,
    period: PeriodRow,
    units: tuple[LateUnit, ...],
    reminding: Reminding,
    *,
    route: MailRoute | None,
) -> RemindersSent:
    """Remind each of them, unless somebody else was first today."""
    office_name = Offices(session).get(period.office_id).short_name
    reminded = people = mails = 0
    for unit in units:
        row = _row(period, unit, reminding)
        if unit.left_out or not Reminders(session, office_id=period.office_id).add(row):
            continue
        notice = _notice(period, row)
        people += write_notice(session, notice, [it.account_id for it in unit.people])
        reminded += 1
        if route is not None:
            writing = _Writing(office_name=office_name, route=route, row=row, notice=notice)
            mails += sum(_mail(session, it, writing) for it in unit.people)
    return RemindersSent(
        reminded=reminded, left_out=len(units) - reminded, people=people, mails=mails
    )


def remind_by_itself(*, deps: Deps) -> int:
    """Send what the periods are to send by themselves this morning; return to how many units."""
    if in_hanoi(deps.now()).hour < MORNING:
        return 0
    with deps.database.read() as session:
        plans = due_plans(session, deps.today())
    return sum(_remind_by_itself(plan, deps) for plan in plans)


def _remind_by_itself(plan: DuePlan, deps: Deps) -> int:
    today = deps.today()
    with deps.database.begin() as session:
        if not ReminderPlans(session, office_id=plan.office_id).claim(plan.period_id, today):
            return 0
        period = Periods(session, office_id=plan.office_id).get(plan.period_id)
        units = late_units(session, period, today=today, is_mail_on=deps.mail is not None)
        reminding = Reminding(
            text=usual_text(period.title, period.due_on, today),
            by=None,
            by_name=BY_ITSELF,
            at=deps.now(),
            day=today,
        )
        return remind_units(session, period, units, reminding, route=deps.mail).reminded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writing:
    office_name: str
    route: MailRoute
    row: ReminderRow
    notice: Notice


def _row(period: PeriodRow, unit: LateUnit, reminding: Reminding) -> ReminderRow:
    return ReminderRow(
        period_id=period.id,
        unit_id=unit.unit_id,
        day=reminding.day,
        at=reminding.at,
        text=reminding.text,
        sent_by=reminding.by,
        sent_by_name=reminding.by_name,
        people=len(unit.people),
    )


def _notice(period: PeriodRow, row: ReminderRow) -> Notice:
    return Notice(
        office_id=period.office_id,
        kind=NoticeKind.REMINDER,
        subject=Subject(kind=SubjectKind.REPORT, id=period.id),
        title=f"Nhắc nộp báo cáo: {period.title}",
        detail=row.text,
        key=notice_key(row.id),
        at=row.at,
    )


def _mail(session: Session, person: Remindable, writing: _Writing) -> bool:
    if person.channel is not Channel.MAIL:
        return False
    notice, row = writing.notice, writing.row
    text = reminder_text(
        row.text,
        title=notice.title,
        subject=notice.subject,
        reader=Reader(name=person.name, office_name=writing.office_name),
        route=writing.route,
    )
    mail = NewMail(
        office_id=row.office_id,
        account_id=person.account_id,
        address=person.address,
        subject=text.subject,
        body=text.body,
        key=f"{notice.key}:{person.account_id}",
        at=row.at,
        notice_id=Reminders(session, office_id=row.office_id).notice_of(row.id, person.account_id),
    )
    return queue_mail(session, mail)


def _remindable(one: Correspondent, is_mail_on: bool) -> Remindable:
    return Remindable(
        account_id=one.account_id,
        name=one.name,
        address=one.preference.email,
        channel=_channel(one, is_mail_on),
    )


def _channel(one: Correspondent, is_mail_on: bool) -> Channel:
    if not is_mail_on:
        return Channel.MAIL_IS_OFF
    if not one.preference.email:
        return Channel.NO_ADDRESS
    return Channel.UNWANTED if one.preference.mode is MailMode.NONE else Channel.MAIL
