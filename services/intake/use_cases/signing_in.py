"""Find out who signs in, and say nothing that would help anybody else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import InvalidInput, Located
from services.intake.domain.patience import (
    ALLOWED_FOR_ONE_NAME,
    ALLOWED_FROM_ONE_ADDRESS,
    blocked_until,
)
from services.intake.persistence.accounts import Accounts, FailedSignIns
from services.intake.persistence.models import AccountRow
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.sessions import Visit, begin_session

WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What was typed, and from where."""

    login_name: str
    password: str
    address: str
    user_agent: str = ""

    def throttles(self) -> dict[str, int]:
        """Return under what the tries are counted, and how many are borne."""
        name = self.login_name.casefold()
        return {
            f"name\n{name}": ALLOWED_FOR_ONE_NAME,
            f"both\n{name}\n{self.address}": ALLOWED_FROM_ONE_ADDRESS,
        }


def sign_in(command: SignIn, *, deps: Deps) -> Person:
    """Begin a session, or raise InvalidInput: the same words for every reason."""
    now = deps.now()
    with deps.database.read() as session:
        refuse_impatient(session, command, now=now)
        account = Accounts(session).find(command.login_name.casefold())
        stored = account.password_hash if account else None
    # Outside of any transaction: the hash takes its time on purpose.
    fits = deps.passwords.fits(stored, command.password)
    if account is None or not fits or not account.is_active:
        with deps.database.begin() as session:
            count_wrong_try(session, command, now=now)
        raise InvalidInput(WRONG, errors=[Located("#/password", WRONG)])
    person = _begin(command, account, deps=deps, now=now)
    # What was checked stands no more: a new password, a shut account. It is looked at anew.
    return person or sign_in(command, deps=deps)


def _begin(command: SignIn, checked: AccountRow, *, deps: Deps, now: datetime) -> Person | None:
    """Begin a session of the account as it was checked; None where it was changed meanwhile."""
    is_outdated = deps.passwords.is_outdated(checked.password_hash)
    renewed = deps.passwords.hash(command.password) if is_outdated else ""
    with deps.database.begin() as session:
        account = Accounts(session).hold(checked.id)
        if account.password_hash != checked.password_hash or not account.is_active:
            return None
        for what in command.throttles():
            FailedSignIns(session).forget(what)
        if renewed:
            account.password_hash = renewed
        account.last_signed_in_at = now
        visit = Visit(address=command.address, user_agent=command.user_agent)
        return begin_session(session, account, visit, at=now)


def refuse_impatient(
    session: Session, command: SignIn, *, now: datetime, field: str = "password"
) -> None:
    """Raise InvalidInput while tries under this name are not heard."""
    ends = [FailedSignIns(session).blocked_until(what) for what in command.throttles()]
    waiting = [end - now for end in ends if end is not None and end > now]
    if waiting:
        minutes = -(-int(max(waiting).total_seconds()) // 60)
        detail = f"Đã nhập sai nhiều lần. Hãy thử lại sau {max(minutes, 1)} phút."
        raise InvalidInput(detail, errors=[Located(f"#/{field}", detail)])


def count_wrong_try(session: Session, command: SignIn, *, now: datetime) -> None:
    """Write down a wrong password, and how long the next try must wait."""
    for what, allowed in command.throttles().items():
        row = FailedSignIns(session).count(what, at=now)
        row.blocked_until = blocked_until(row.failures, allowed=allowed, now=now)
