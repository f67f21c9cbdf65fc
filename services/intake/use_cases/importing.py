"""Lists of units and accounts from a table: looked at whole before anything is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kernel.auth.principal import ROLE_LABELS, Person, Role
from kernel.errors import Failure, InvalidInput, Located
from services.intake.domain.accounts import (
    INVITATION_LIFETIME,
    AccountFacts,
    faults_of_login_name,
    login_name_of,
    roles_in,
)
from services.intake.domain.mails import is_address
from services.intake.domain.receipts import Call
from services.intake.domain.sheets import Choice, Column, ColumnKind, SheetRow, refused
from services.intake.domain.units import CODE_FAULT, is_code
from services.intake.gateways.spreadsheets import read_sheet
from services.intake.persistence.accounts import Accounts
from services.intake.persistence.answered_calls import AnsweredCalls
from services.intake.persistence.offices import Offices, Units
from services.intake.use_cases.accounts import open_account
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.invitations import new_invitation
from services.intake.use_cases.units import new_unit

LIMIT = 500

_CODE = Column(
    code="code", title="Mã ngành", required=True, max_length=64, hint="Chữ thường không dấu."
)
_UNIT_NAME = Column(code="name", title="Tên ngành", required=True, aliases=("Tên đơn vị", "Ngành"))
_SINCE = Column(
    code="valid_from",
    title="Từ ngày",
    kind=ColumnKind.DATE,
    hint="Báo cáo các kỳ có hạn nộp từ ngày này; để trống: mọi kỳ.",
)
UNIT_COLUMNS = (_CODE, _UNIT_NAME, _SINCE)

_NAME = Column(code="display_name", title="Họ và tên", required=True, aliases=("Họ tên",))
_LOGIN = Column(
    code="login_name", title="Tên đăng nhập", required=True, max_length=200, hint="Không dấu cách."
)
_UNIT = Column(code="unit_code", title="Mã ngành", max_length=64, hint="Chỉ điền với cán bộ ngành.")
_EMAIL = Column(code="email", title="Thư điện tử", max_length=254, aliases=("Email",))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit of the table."""

    code: str
    name: str
    valid_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account of the table."""

    login_name: str
    display_name: str
    role: Role
    unit_code: str = ""
    email: str = ""

    @property
    def facts(self) -> AccountFacts:
        """Return what is said of the account."""
        return AccountFacts(
            display_name=self.display_name,
            role=self.role,
            unit_code=self.unit_code,
            email=self.email,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedLine:
    """An account that was opened, with the secret of its link."""

    account_id: UUID
    login_name: str
    display_name: str
    secret: str


def account_columns(roles: Iterable[Role]) -> tuple[Column, ...]:
    """Return the columns of a table of accounts, with the roles that the office gives."""
    role = Column(
        code="role",
        title="Vai trò",
        kind=ColumnKind.CHOICE,
        required=True,
        choices=tuple(Choice(code=it.value, label=ROLE_LABELS[it]) for it in roles),
    )
    return (_NAME, _LOGIN, role, _UNIT, _EMAIL)


def read_units(data: bytes, *, by: Person, deps: Deps) -> tuple[UnitLine, ...]:
    """Return the units of the table, or raise every error of it; stores nothing."""
    rows = read_sheet(data, UNIT_COLUMNS, limit=LIMIT).rows
    with deps.database.read() as session:
        known = {unit.code for unit in Units(session, office_id=by.office_id).all()}
    errors = [it.error(_CODE, CODE_FAULT) for it in rows if not is_code(it["code"])]
    errors += _told_twice(rows, _CODE, [it["code"] for it in rows])
    errors += [it.error(_CODE, "mã này đã có.") for it in rows if it["code"] in known]
    if errors:
        raise refused(errors)
    return tuple(UnitLine(code=it["code"], name=it["name"], valid_from=_day(it)) for it in rows)


def read_accounts(data: bytes, *, by: Person, deps: Deps) -> tuple[AccountLine, ...]:
    """Return the accounts of the table, or raise every error of it; stores nothing."""
    with deps.database.read() as session:
        roles = roles_in(Offices(session).get(by.office_id).level)
        units = {unit.code for unit in Units(session, office_id=by.office_id).all()}
    rows = read_sheet(data, account_columns(roles), limit=LIMIT).rows
    names = [login_name_of(it["login_name"]) for it in rows]
    with deps.database.read() as session:
        taken = Accounts(session).taken(names)
    errors = _told_twice(rows, _LOGIN, names)
    for row, name in zip(rows, names, strict=True):
        errors += [row.error(_LOGIN, it.detail) for it in faults_of_login_name(name)]
        if name in taken:
            errors.append(row.error(_LOGIN, "đã có người dùng tên này."))
        errors += _unit_errors(row, units)
        if row.values.get("email") and not is_address(row["email"]):
            errors.append(row.error(_EMAIL, "không đúng dạng địa chỉ thư."))
    if errors:
        raise refused(errors)
    return tuple(
        AccountLine(
            login_name=name,
            display_name=row["display_name"],
            role=Role(row["role"]),
            unit_code=row.values.get("unit_code", ""),
            email=row.values.get("email", ""),
        )
        for row, name in zip(rows, names, strict=True)
    )


def import_units(lines: Sequence[UnitLine], call: Call, *, by: Person, deps: Deps) -> int:
    """Store every unit, or none; the same call twice stores them once."""
    at = deps.now()
    with deps.database.begin() as session:
        calls = AnsweredCalls(session, office_id=by.office_id)
        if calls.claim(call, at=at) is not None:
            return len(lines)
        Offices(session).lock(by.office_id)
        for number, line in enumerate(lines):
            with _Row(number):
                new_unit(session, line.code, line.name, line.valid_from, by=by)
        calls.answer(call, {"count": len(lines)})
    return len(lines)


def import_accounts(
    lines: Sequence[AccountLine], call: Call, *, by: Person, deps: Deps
) -> tuple[InvitedLine, ...]:
    """Open every account, or none; secrets are in the first answer only."""
    at = deps.now()
    opened = []
    with deps.database.begin() as session:
        calls = AnsweredCalls(session, office_id=by.office_id)
        if calls.claim(call, at=at) is not None:
            return ()
        for number, line in enumerate(lines):
            with _Row(number):
                row = open_account(session, line.login_name, line.facts, by=by, at=at)
            secret = new_invitation(
                session, row.id, by=by.account_id, at=at, expires_at=at + INVITATION_LIFETIME
            )
            opened.append(
                InvitedLine(
                    account_id=row.id,
                    login_name=row.login_name,
                    display_name=row.display_name,
                    secret=secret,
                )
            )
        calls.answer(call, {"count": len(lines)})
    return tuple(opened)


class _Row:
    """Places the errors of one line: `#/code` becomes `#/rows/3/code`."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, failure: BaseException | None, trace: object) -> None:
        if isinstance(failure, Failure) and failure.errors:
            raise InvalidInput(
                failure.detail,
                errors=[
                    Located(f"#/rows/{self._number}{it.pointer.removeprefix('#')}", it.detail)
                    for it in failure.errors
                ],
            ) from failure


def _told_twice(rows: Sequence[SheetRow], column: Column, values: Sequence[str]) -> list[Located]:
    first: dict[str, int] = {}
    errors = []
    for row, value in zip(rows, values, strict=True):
        if value in first:
            errors.append(row.error(column, f"đã có ở dòng {first[value]}."))
        first.setdefault(value, row.number)
    return errors


def _unit_errors(row: SheetRow, units: set[str]) -> list[Located]:
    code = row.values.get("unit_code", "")
    if code and code not in units:
        return [row.error(_UNIT, "không có ngành mã này.")]
    if (row["role"] == Role.SECTOR_OFFICER) != bool(code):
        return [row.error(_UNIT, "cán bộ ngành phải có mã ngành; vai trò khác thì không.")]
    return []


def _day(row: SheetRow) -> date | None:
    return date.fromisoformat(row.values["valid_from"]) if row.values.get("valid_from") else None
