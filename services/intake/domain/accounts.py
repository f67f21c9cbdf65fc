"""What an account (tài khoản) may be, by the rules of the office alone."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from kernel.auth.principal import Role
from kernel.errors import Located

INVITATION_LIFETIME = timedelta(days=7)
RESET_LIFETIME = timedelta(days=1)
LONGEST_TOKEN_DAYS = 365
MOST_TOKENS = 50


class AccountState(StrEnum):
    """Whether somebody can sign in with it."""

    INVITED = "invited"
    ACTIVE = "active"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """What an administrator says of an account; a blank e-mail address is none."""

    display_name: str
    role: Role
    unit_code: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOutline:
    """An account as an administrator sees it in the list."""

    id: UUID
    login_name: str
    display_name: str
    role: Role
    unit_code: str
    unit_name: str
    email: str
    state: AccountState
    last_signed_in_at: datetime | None


def state_of(*, is_active: bool, has_password: bool) -> AccountState:
    """Return the state that follows from the row."""
    if not is_active:
        return AccountState.INACTIVE
    return AccountState.ACTIVE if has_password else AccountState.INVITED


def roles_in(level: str) -> tuple[Role, ...]:
    """Return the roles that an office of this level gives; a commune has no superiors in it."""
    if level == "commune":
        return (Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
    return (Role.SUPERIOR, Role.ADMIN)


def login_name_of(typed: str) -> str:
    """Return the name as it is stored: NFC, without case."""
    return unicodedata.normalize("NFC", typed).strip().casefold()


def faults_of_login_name(login_name: str) -> list[Located]:
    """Return what is wrong with a name."""
    is_printable = login_name.isprintable() and not any(it.isspace() for it in login_name)
    if login_name and len(login_name) <= 200 and is_printable:
        return []
    return [
        Located(
            "#/login_name", "Tên đăng nhập không được trống, không có dấu cách, tối đa 200 ký tự."
        )
    ]


def faults_of_unit(role: Role, unit_code: str, *, is_known: bool) -> list[Located]:
    """Return what is wrong with the unit of an account of this role."""
    if unit_code and not is_known:
        return [Located("#/unit_code", "Không có ngành này.")]
    if (role is Role.SECTOR_OFFICER) != bool(unit_code):
        detail = "Cán bộ ngành phải thuộc một ngành của đơn vị; vai trò khác thì không."
        return [Located("#/unit_code", detail)]
    return []
