"""What waits for somebody (việc chờ bạn), computed from where the reports of open periods stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.auth.principal import Role
from services.intake.domain.moves import EDITABLE, State

_SOON_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPeriod:
    """A period for which units may still report; `unit_ids` are those that are to."""

    id: UUID
    title: str
    due_on: date
    unit_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where an office stands today. A unit without a state has not begun."""

    today: date
    periods: tuple[OpenPeriod, ...]
    states: Mapping[tuple[UUID, UUID], State]
    failed_mails: int = 0

    def state(self, period: OpenPeriod, unit_id: UUID) -> State:
        """Return where a unit stands with its report."""
        return self.states.get((period.id, unit_id), State.NOT_BEGUN)

    def count(self, period: OpenPeriod, *states: State) -> int:
        """Return how many units stand in one of these states."""
        return sum(self.state(period, unit_id) in states for unit_id in period.unit_ids)

    def days_left(self, period: OpenPeriod) -> int:
        """Return the days to the deadline; negative when it has passed."""
        return (period.due_on - self.today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """One thing to do, and the page where it is done. What is pressing is worth an e-mail."""

    title: str
    detail: str
    path: str
    is_pressing: bool


def awaited(situation: Situation, *, role: Role, unit_id: UUID | None) -> tuple[Awaited, ...]:
    """Return what waits for an account, the pressing things first."""
    found: Iterable[Awaited] = ()
    if role is Role.SECTOR_OFFICER and unit_id is not None:
        found = _of_officer(situation, unit_id)
    elif role in _OF_OFFICE:
        found = _OF_OFFICE[role](situation)
    return tuple(sorted(found, key=lambda it: not it.is_pressing))


def time_left(days: int) -> str:
    """Return "còn 5 ngày", "hôm nay là hạn cuối", "đã quá hạn 3 ngày"."""
    if days > 0:
        return f"còn {days} ngày"
    return "hôm nay là hạn cuối" if days == 0 else f"đã quá hạn {-days} ngày"


def _of_officer(situation: Situation, unit_id: UUID) -> Iterator[Awaited]:
    for period in situation.periods:
        state = situation.state(period, unit_id)
        if unit_id in period.unit_ids and state in EDITABLE:
            is_returned = state is State.RETURNED
            yield Awaited(
                title=f"{'Sửa và nộp lại' if is_returned else 'Nộp'} báo cáo: {period.title}",
                detail=_deadline(situation, period),
                path=f"/periods/{period.id}/report",
                is_pressing=is_returned or situation.days_left(period) <= _SOON_DAYS,
            )


def _of_clerk(situation: Situation) -> Iterator[Awaited]:
    for period in situation.periods:
        waiting = situation.count(period, State.SUBMITTED)
        if waiting:
            yield Awaited(
                title=f"Duyệt {waiting} báo cáo: {period.title}",
                detail=_deadline(situation, period),
                path=f"/periods/{period.id}?state={State.SUBMITTED.value}",
                is_pressing=True,
            )
        missing = situation.count(period, *EDITABLE)
        if missing and situation.days_left(period) <= _SOON_DAYS:
            yield Awaited(
                title=f"{missing} ngành chưa nộp: {period.title}",
                detail=_deadline(situation, period),
                path=f"/periods/{period.id}/reminders",
                is_pressing=True,
            )


def _of_leader(situation: Situation) -> Iterator[Awaited]:
    for period in situation.periods:
        proposed = situation.count(period, State.PROPOSED)
        if proposed:
            yield Awaited(
                title=f"Xác nhận duyệt {proposed} báo cáo: {period.title}",
                detail="Kỳ này cần hai người duyệt.",
                path=f"/overview?period={period.id}",
                is_pressing=True,
            )
        accepted = situation.count(period, State.ACCEPTED)
        missing = situation.count(period, *EDITABLE)
        if accepted < len(period.unit_ids):
            yield Awaited(
                title=f"Theo dõi tiến độ: {period.title}",
                detail=f"Đã duyệt {accepted}/{len(period.unit_ids)} ngành, "
                f"{missing} ngành chưa nộp. {_deadline(situation, period)}",
                path=f"/periods/{period.id}",
                is_pressing=bool(missing) and situation.days_left(period) < 0,
            )


def _of_admin(situation: Situation) -> Iterator[Awaited]:
    if situation.failed_mails:
        yield Awaited(
            title=f"{situation.failed_mails} thư không gửi được",
            detail="Xem lý do, sửa rồi gửi lại.",
            path="/mails?state=failed",
            is_pressing=True,
        )


def _deadline(situation: Situation, period: OpenPeriod) -> str:
    left = time_left(situation.days_left(period))
    return f"Hạn nộp {period.due_on:%d/%m/%Y}, {left}."


_OF_OFFICE: Mapping[Role, Callable[[Situation], Iterator[Awaited]]] = {
    Role.CLERK: _of_clerk,
    Role.LEADER: _of_leader,
    Role.ADMIN: _of_admin,
}
