"""What an administrator does with the accounts of his office."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from kernel.auth.principal import Person, Role
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.accounts import (
    INVITATION_LIFETIME,
    RESET_LIFETIME,
    AccountFacts,
    AccountOutline,
    AccountState,
    faults_of_login_name,
    faults_of_unit,
    login_name_of,
    roles_in,
    state_of,
)
from services.intake.domain.receipts import Call
from services.intake.persistence.accounts import (
    Accounts,
    Addresses,
    FailedSignIns,
    OfficeAccounts,
)
from services.intake.persistence.answered_calls import AnsweredCalls
from services.intake.persistence.credentials import ApiTokens, Invitations, Sessions
from services.intake.persistence.models import AccountRow, UnitRow
from services.intake.persistence.offices import Offices, Units
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.invitations import new_invitation
from vnadmin.names import name_sort_key
from vnadmin.text_folding import fold

PIECE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountQuery:
    """Which accounts are looked for; what is blank does not narrow."""

    text: str = ""
    role: Role | None = None
    state: AccountState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """One account with what an administrator can do something about."""

    account: AccountOutline
    created_at: datetime
    blocked_until: datetime | None
    invited_until: datetime | None
    live_sessions: int
    is_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteAccount:
    """Open an account whose owner sets the password himself."""

    login_name: str
    facts: AccountFacts
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """The account, and the secret of its link; blank where the same call came before."""

    account: AccountOutline
    secret: str
    expires_at: datetime | None


def list_accounts(query: AccountQuery, *, by: Person, deps: Deps) -> tuple[AccountOutline, ...]:
    """Return the accounts of the office that match, by name as Vietnamese lists sort them."""
    with deps.database.read() as session:
        rows = OfficeAccounts(session, office_id=by.office_id).all()
        known = _known(session, by.office_id)
        found = [_outline(row, known) for row in rows]
    wanted = fold(query.text)
    return tuple(
        sorted(
            (
                it
                for it in found
                if query.role in {None, it.role}
                and query.state in {None, it.state}
                and wanted in fold(f"{it.display_name} {it.login_name} {it.unit_name}")
            ),
            key=lambda it: (name_sort_key(it.display_name), it.login_name),
        )
    )


def accounts_after(login_name: str, *, by: Person, deps: Deps) -> tuple[AccountOutline, ...]:
    """Return the next piece of the list by login name."""
    with deps.database.read() as session:
        rows = OfficeAccounts(session, office_id=by.office_id).after(login_name, PIECE)
        known = _known(session, by.office_id)
        return tuple(_outline(row, known) for row in rows)


def show_account(account_id: UUID, *, by: Person, deps: Deps) -> AccountDetails:
    """Return one account of the office."""
    now = deps.now()
    with deps.database.read() as session:
        row = OfficeAccounts(session, office_id=by.office_id).get(account_id)
        blocked = FailedSignIns(session).name_blocked_until(row.login_name)
        invited = Invitations(session).open_until(row.id)
        live = Sessions(session).live(row.id, seen_after=now - deps.session_lifetime)
        return AccountDetails(
            account=_outline(row, _known(session, by.office_id)),
            created_at=row.created_at,
            blocked_until=blocked if blocked and blocked > now else None,
            invited_until=invited if invited and invited > now else None,
            live_sessions=len(live),
            is_self=row.id == by.account_id,
        )


def invite_account(command: InviteAccount, *, by: Person, deps: Deps) -> Invited:
    """Open an account and return the secret of its link; the same call twice opens one."""
    at = deps.now()
    with deps.database.begin() as session:
        calls = AnsweredCalls(session, office_id=by.office_id)
        earlier = calls.claim(command.call, at=at)
        if earlier is not None:
            row = OfficeAccounts(session, office_id=by.office_id).get(UUID(earlier["account_id"]))
            return Invited(
                account=_outline(row, _known(session, by.office_id)), secret="", expires_at=None
            )
        row = open_account(session, command.login_name, command.facts, by=by, at=at)
        calls.answer(command.call, {"account_id": str(row.id)})
        return _invited(session, row, by=by, at=at, is_new=True)


def open_account(
    session: Session, login_name: str, facts: AccountFacts, *, by: Person, at: datetime
) -> AccountRow:
    """Store an account without a password, or raise what is wrong with it."""
    name = login_name_of(login_name)
    unit = _fit_unit(session, facts, by=by, faults=faults_of_login_name(name))
    row = AccountRow(
        id=uuid4(),
        office_id=by.office_id,
        unit_id=unit.id if unit else None,
        login_name=name,
        password_hash="",
        display_name=facts.display_name,
        role=facts.role.value,
        is_active=True,
        created_at=at,
    )
    if not Accounts(session).add(row):
        detail = f"Tên đăng nhập {name} đã có người dùng."
        raise InvalidInput(detail, errors=[Located("#/login_name", detail)])
    Addresses(session, office_id=by.office_id).set(row.id, facts.email, at=at)
    return row


def change_account(account_id: UUID, facts: AccountFacts, *, by: Person, deps: Deps) -> None:
    """Change name, role, unit and address; they hold from the next click of its owner."""
    with deps.database.begin() as session:
        Offices(session).lock(by.office_id)
        row = OfficeAccounts(session, office_id=by.office_id).get(account_id)
        unit = _fit_unit(session, facts, by=by, faults=[])
        if facts.role is not Role.ADMIN:
            _refuse_without_admin(session, row)
        row.display_name, row.role = facts.display_name, facts.role.value
        row.unit_id = unit.id if unit else None
        Addresses(session, office_id=by.office_id).set(row.id, facts.email, at=deps.now())


def deactivate_account(account_id: UUID, *, by: Person, deps: Deps) -> None:
    """Shut an account: its sessions end and its tokens are good no more; nothing is deleted."""
    at = deps.now()
    with deps.database.begin() as session:
        Offices(session).lock(by.office_id)
        row = OfficeAccounts(session, office_id=by.office_id).get(account_id)
        _refuse_without_admin(session, row)
        row.is_active = False
        Invitations(session).withdraw(row.id)
        Sessions(session).end(row.id, at=at, reason="deactivated")
        # For good: what may have leaked is not good again once the account is opened again.
        ApiTokens(session).revoke_all(row.id, at=at)


def reactivate_account(account_id: UUID, *, by: Person, deps: Deps) -> None:
    """Open a shut account again, with the password that it had."""
    with deps.database.begin() as session:
        OfficeAccounts(session, office_id=by.office_id).get(account_id).is_active = True


def reset_account(account_id: UUID, call: Call, *, by: Person, deps: Deps) -> Invited:
    """Take the password away and return the secret of a link for a new one."""
    at = deps.now()
    with deps.database.begin() as session:
        row = OfficeAccounts(session, office_id=by.office_id).get(account_id)
        if row.id == by.account_id:
            raise Conflict("Hãy đổi mật khẩu của chính mình ở trang “Tài khoản của tôi”.")
        if not row.is_active:
            raise Conflict("Tài khoản đang ngừng hoạt động. Hãy mở lại trước khi tạo liên kết.")
        calls = AnsweredCalls(session, office_id=by.office_id)
        if calls.claim(call, at=at) is not None:
            return Invited(
                account=_outline(row, _known(session, by.office_id)), secret="", expires_at=None
            )
        calls.answer(call, {"account_id": str(row.id)})
        is_new = not row.password_hash
        row.password_hash = ""
        Sessions(session).end(row.id, at=at, reason="reset")
        ApiTokens(session).revoke_all(row.id, at=at)
        return _invited(session, row, by=by, at=at, is_new=is_new)


def unlock_account(account_id: UUID, *, by: Person, deps: Deps) -> None:
    """Let the owner try his password again at once."""
    with deps.database.begin() as session:
        row = OfficeAccounts(session, office_id=by.office_id).get(account_id)
        FailedSignIns(session).forget_name(row.login_name)


def roles_to_give(*, by: Person, deps: Deps) -> tuple[Role, ...]:
    """Return the roles that accounts of the office may have."""
    with deps.database.read() as session:
        return roles_in(Offices(session).get(by.office_id).level)


def _invited(
    session: Session, row: AccountRow, *, by: Person, at: datetime, is_new: bool
) -> Invited:
    expires_at = at + (INVITATION_LIFETIME if is_new else RESET_LIFETIME)
    secret = new_invitation(session, row.id, by=by.account_id, at=at, expires_at=expires_at)
    return Invited(
        account=_outline(row, _known(session, by.office_id)), secret=secret, expires_at=expires_at
    )


def _fit_unit(
    session: Session, facts: AccountFacts, *, by: Person, faults: list[Located]
) -> UnitRow | None:
    unit = Units(session, office_id=by.office_id).find(facts.unit_code)
    found = [*faults, *faults_of_unit(facts.role, facts.unit_code, is_known=unit is not None)]
    if facts.role not in roles_in(Offices(session).get(by.office_id).level):
        found.append(Located("#/role", "Đơn vị cấp này không có vai trò đó."))
    if found:
        raise InvalidInput(f"Có {len(found)} chỗ cần sửa.", errors=found)
    return unit


def _refuse_without_admin(session: Session, row: AccountRow) -> None:
    """Keep at least one administrator who can sign in; the caller holds the office's lock."""
    is_one = row.role == Role.ADMIN and row.is_active and bool(row.password_hash)
    accounts = OfficeAccounts(session, office_id=row.office_id)
    if is_one and accounts.count_admins_who_can_sign_in() <= 1:
        detail = (
            "Đây là quản trị duy nhất còn đăng nhập được; hãy giao vai trò đó cho người khác trước."
        )
        raise Conflict(detail)


@dataclass(frozen=True, slots=True)
class _Known:
    """What an outline needs beside its row, of the whole office at once."""

    units: dict[UUID, UnitRow]
    emails: dict[UUID, str]


def _known(session: Session, office_id: UUID) -> _Known:
    units = {row.id: row for row in Units(session, office_id=office_id).all()}
    return _Known(units, Addresses(session, office_id=office_id).all())


def _outline(row: AccountRow, known: _Known) -> AccountOutline:
    unit = known.units[row.unit_id] if row.unit_id else None
    return AccountOutline(
        id=row.id,
        login_name=row.login_name,
        display_name=row.display_name,
        role=Role(row.role),
        unit_code=unit.code if unit else "",
        unit_name=unit.name if unit else "",
        email=known.emails.get(row.id, ""),
        state=state_of(is_active=row.is_active, has_password=bool(row.password_hash)),
        last_signed_in_at=row.last_signed_in_at,
    )
