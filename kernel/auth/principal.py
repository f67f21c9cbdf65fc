"""The one who asks: a person who signed in, or another service."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from flask import g, session

from kernel.errors import NotSignedIn


class Role(StrEnum):
    """What an account may do in its office."""

    SECTOR_OFFICER = "sector_officer"
    CLERK = "clerk"
    LEADER = "leader"
    SUPERIOR = "superior"
    ADMIN = "admin"


class Service(StrEnum):
    """The three services, as callers and as audiences of a call."""

    INTAKE = "intake"
    ASSEMBLER = "assembler"
    ARCHIVE = "archive"


ROLE_LABELS = {
    Role.SECTOR_OFFICER: "Cán bộ ngành",
    Role.CLERK: "Văn thư",
    Role.LEADER: "Lãnh đạo",
    Role.SUPERIOR: "Cơ quan cấp trên",
    Role.ADMIN: "Quản trị",
}

SERVICE_LABELS = {
    Service.INTAKE: "Tiếp nhận",
    Service.ASSEMBLER: "Soạn thảo",
    Service.ARCHIVE: "Lưu trữ",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A signed-in account (tài khoản). `unit_id` is the sector it reports for, if any."""

    account_id: UUID
    office_id: UUID
    role: Role
    name: str
    office_name: str
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A service that calls on behalf of one office."""

    service: Service
    office_id: UUID


def current_person() -> Person:
    """Return who is signed in; only inside a view that requires it."""
    person = g.get("person")
    if person is None:
        raise NotSignedIn("Bạn cần đăng nhập để tiếp tục.")
    return person  # type: ignore[no-any-return]


def current_office_id() -> UUID:
    """Return the office whose data this request may touch, for a person and a service alike."""
    caller: Caller | None = g.get("caller")
    return caller.office_id if caller else current_person().office_id


def sign_in(person: Person) -> None:
    """Begin a session; whatever an anonymous visitor's session held is dropped."""
    session.clear()
    session.permanent = True
    session["person"] = {
        "account_id": str(person.account_id),
        "office_id": str(person.office_id),
        "role": person.role.value,
        "name": person.name,
        "office_name": person.office_name,
        "unit_id": str(person.unit_id) if person.unit_id else None,
    }


def sign_out() -> None:
    """End the session."""
    session.clear()


def person_of_session() -> Person | None:
    """Return the person whom the signed cookie names."""
    stored = session.get("person")
    if not stored:
        return None
    return Person(
        account_id=UUID(stored["account_id"]),
        office_id=UUID(stored["office_id"]),
        role=Role(stored["role"]),
        name=stored["name"],
        office_name=stored["office_name"],
        unit_id=UUID(stored["unit_id"]) if stored["unit_id"] else None,
    )
