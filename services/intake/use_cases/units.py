"""The units (ngành) of an office: since when, until when, under which name, in which order."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import InvalidInput, Located
from services.intake.domain.receipts import Call
from services.intake.domain.validity import Former, covers
from services.intake.persistence.answered_calls import AnsweredCalls
from services.intake.persistence.models import UnitNameRow, UnitRow
from services.intake.persistence.offices import Offices, Units
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDetails:
    """A unit as the administrator sees it; `is_live` is about today."""

    id: UUID
    code: str
    name: str
    valid_from: date | None
    valid_to: date | None
    successor_code: str
    successor_name: str
    former_names: tuple[Former, ...]
    is_live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddUnit:
    """A unit that reports in periods due on or after the day; None: in all."""

    code: str
    name: str
    valid_from: date | None
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A new name from a day on; without a day it corrects the name that holds now."""

    name: str
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """Since when and until when a unit reports, and who reports after it; both days belong."""

    valid_from: date | None
    valid_to: date | None
    successor_code: str = ""


def list_units(*, by: Person, deps: Deps) -> tuple[UnitDetails, ...]:
    """Return every unit that there ever was, in the order of the office."""
    with deps.database.read() as session:
        rows = Units(session, office_id=by.office_id).all()
        by_id = {row.id: row for row in rows}
        return tuple(_details(row, by_id, deps.today()) for row in rows)


def show_unit(unit_id: UUID, *, by: Person, deps: Deps) -> UnitDetails:
    """Return one unit."""
    with deps.database.read() as session:
        units = Units(session, office_id=by.office_id)
        row = units.get(unit_id)
        return _details(row, {it.id: it for it in units.all()}, deps.today())


def add_unit(command: AddUnit, *, by: Person, deps: Deps) -> UUID:
    """Add a unit behind the others; the same call twice adds one."""
    at = deps.now()
    with deps.database.begin() as session:
        calls = AnsweredCalls(session, office_id=by.office_id)
        earlier = calls.claim(command.call, at=at)
        if earlier is not None:
            return UUID(earlier["unit_id"])
        Offices(session).lock(by.office_id)
        row = new_unit(session, command.code, command.name, command.valid_from, by=by)
        calls.answer(command.call, {"unit_id": str(row.id)})
        return row.id


def new_unit(
    session: Session, code: str, name: str, valid_from: date | None, *, by: Person
) -> UnitRow:
    """Store a unit, or raise what is wrong with it."""
    row = UnitRow(code=code, name=name, valid_from=valid_from)
    if not Units(session, office_id=by.office_id).add(row):
        detail = f"Mã ngành {code} đã có."
        raise InvalidInput(detail, errors=[Located("#/code", detail)])
    return row


def rename_unit(unit_id: UUID, command: Rename, *, by: Person, deps: Deps) -> None:
    """Give the unit another name; what was reported before the day keeps the old one."""
    with deps.database.begin() as session:
        row = Units(session, office_id=by.office_id).get(unit_id)
        if command.since is not None and command.name != row.name:
            refuse_day_of_rename(
                command.since, [it.valid_to for it in row.former_names], today=deps.today()
            )
            until = command.since - timedelta(days=1)
            row.former_names.append(UnitNameRow(name=row.name, valid_to=until))
        row.name = command.name


def refuse_day_of_rename(since: date, ends: list[date], *, today: date) -> None:
    """Raise InvalidInput for a day that is to come, or that a former name already covers."""
    detail = ""
    if since > today:
        detail = "Ngày đổi tên không được ở sau hôm nay; hãy đổi tên vào ngày đó."
    elif ends and since - timedelta(days=1) <= max(ends):
        detail = f"Tên trước đã dùng đến {max(ends).strftime('%d/%m/%Y')}; hãy chọn ngày sau đó."
    if detail:
        raise InvalidInput(detail, errors=[Located("#/since", detail)])


def set_validity(unit_id: UUID, command: Validity, *, by: Person, deps: Deps) -> None:
    """Say since when and until when the unit reports, and which one follows it."""
    with deps.database.begin() as session:
        units = Units(session, office_id=by.office_id)
        row = units.get(unit_id)
        successor = units.find(command.successor_code)
        faults = _faults(command, row, successor)
        faults += _faults_of_reports(session, command, row, by=by)
        if faults:
            raise InvalidInput(f"Có {len(faults)} chỗ cần sửa.", errors=faults)
        row.valid_from, row.valid_to = command.valid_from, command.valid_to
        row.successor_id = successor.id if successor else None


def move_unit_once(unit_id: UUID, steps: int, call: Call, *, by: Person, deps: Deps) -> None:
    """Move the unit; the same call twice moves it once."""
    at = deps.now()
    with deps.database.begin() as session:
        calls = AnsweredCalls(session, office_id=by.office_id)
        if calls.claim(call, at=at) is None:
            calls.answer(call, {"unit_id": str(unit_id)})
            _move(session, unit_id, steps, by=by)


def move_unit(unit_id: UUID, steps: int, *, by: Person, deps: Deps) -> None:
    """Move the unit up (negative) or down in the order of the office."""
    with deps.database.begin() as session:
        _move(session, unit_id, steps, by=by)


def _move(session: Session, unit_id: UUID, steps: int, *, by: Person) -> None:
    Offices(session).lock(by.office_id)
    units = Units(session, office_id=by.office_id)
    moved, order = units.get(unit_id), list(units.all())
    place = order.index(moved)
    order.remove(moved)
    order.insert(max(0, place + steps), moved)
    for position, row in enumerate(order):
        row.position = position


def _faults(command: Validity, row: UnitRow, successor: UnitRow | None) -> list[Located]:
    faults = []
    if command.valid_from and command.valid_to and command.valid_to < command.valid_from:
        faults.append(Located("#/valid_to", "Ngày kết thúc trước ngày bắt đầu."))
    if command.successor_code and (successor is None or successor.id == row.id):
        faults.append(Located("#/successor_code", "Không có ngành kế tiếp này."))
    if command.successor_code and command.valid_to is None:
        faults.append(Located("#/valid_to", "Có ngành kế tiếp thì phải có ngày kết thúc."))
    return faults


def _faults_of_reports(
    session: Session, command: Validity, row: UnitRow, *, by: Person
) -> list[Located]:
    """Name a report that the unit has begun in a period outside of those days."""
    periods = Periods(session, office_id=by.office_id)
    for begun in Submissions(session, office_id=by.office_id).of_unit(row.id):
        period = periods.get(begun.period_id)
        if not covers(command.valid_from, command.valid_to, period.due_on):
            is_before = command.valid_from is not None and period.due_on < command.valid_from
            place = "#/valid_from" if is_before else "#/valid_to"
            due = period.due_on.strftime("%d/%m/%Y")
            return [Located(place, f"Ngành đã có báo cáo trong kỳ “{period.title}” (hạn {due}).")]
    return []


def _details(row: UnitRow, by_id: dict[UUID, UnitRow], today: date) -> UnitDetails:
    successor = by_id[row.successor_id] if row.successor_id else None
    return UnitDetails(
        id=row.id,
        code=row.code,
        name=row.name,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor_code=successor.code if successor else "",
        successor_name=successor.name if successor else "",
        former_names=tuple(Former(text=it.name, valid_to=it.valid_to) for it in row.former_names),
        is_live=covers(row.valid_from, row.valid_to, today),
    )
