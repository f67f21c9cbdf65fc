"""What e-mails say: plain text, short lines of their own, every link in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.intake.domain.awaiting import Awaited
from services.intake.domain.mails import MailRoute, one_line
from services.intake.domain.notices import Subject, ToldNotice

_MOST_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MailText:
    """Subject and body."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Whom an e-mail addresses, and in whose office."""

    name: str
    office_name: str


def notice_text(notice: ToldNotice, reader: Reader, route: MailRoute) -> MailText:
    """Return the e-mail about one notice."""
    parts = [_greeting(reader), f"{notice.title}."]
    if notice.detail:
        parts.append(notice.detail)
    parts += [f"Xem tại: {route.link(notice.subject.path)}", _closing(reader, route)]
    return MailText(subject=_subject(reader, notice.title), body="\n\n".join(parts))


def reminder_text(
    text: str, *, title: str, subject: Subject, reader: Reader, route: MailRoute
) -> MailText:
    """Return the e-mail with which the office reminds of a report."""
    parts = [_greeting(reader), text, f"Nộp báo cáo tại: {route.link(subject.path)}"]
    return MailText(
        subject=_subject(reader, title), body="\n\n".join([*parts, _closing(reader, route)])
    )


def digest_text(
    things: Sequence[Awaited],
    notices: Sequence[ToldNotice],
    *,
    day: date,
    reader: Reader,
    route: MailRoute,
) -> MailText:
    """Return the e-mail of the morning."""
    parts = [_greeting(reader)]
    if things:
        lines = [f"- {it.title}\n  {it.detail}\n  {route.link(it.path)}" for it in things]
        parts.append("\n".join(["VIỆC CHỜ ÔNG/BÀ", *lines]))
    if notices:
        lines = [_notice_line(it, route) for it in notices[:_MOST_LISTED]]
        if len(notices) > _MOST_LISTED:
            lines.append(f"- … và {len(notices) - _MOST_LISTED} thông báo khác.")
        parts.append("\n".join(["THÔNG BÁO CHƯA ĐỌC", *lines]))
    parts += [f"Xem tất cả: {route.link('/notices')}", _closing(reader, route)]
    title = f"Việc chờ và thông báo ngày {day:%d/%m/%Y}"
    return MailText(subject=_subject(reader, title), body="\n\n".join(parts))


def _notice_line(notice: ToldNotice, route: MailRoute) -> str:
    detail = f"\n  {one_line(notice.detail, 300)}" if notice.detail else ""
    return f"- {one_line(notice.title)}{detail}\n  {route.link(notice.subject.path)}"


def _subject(reader: Reader, title: str) -> str:
    return one_line(f"[{reader.office_name}] {title}")


def _greeting(reader: Reader) -> str:
    return f"Kính gửi ông/bà {one_line(reader.name)},"


def _closing(reader: Reader, route: MailRoute) -> str:
    return (
        f"-- \n{one_line(reader.office_name)}\n"
        "Thư do hệ thống thidua gửi tự động, xin không trả lời thư này.\n"
        f"Đổi cách nhận thư: {route.link('/notices/settings')}"
    )
