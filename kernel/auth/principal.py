"""The one who asks: a person who signed in, or another service."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from flask import g, session

from kernel.auth.scopes import Scope
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
    """An account (tài khoản) that asks. `unit_id` is the sector it reports for, if any.

    A person at a browser has a session; a program of his has the scopes of its token instead.
    """

    account_id: UUID
    office_id: UUID
    role: Role
    name: str
    office_name: str
    unit_id: UUID | None = None
    session_id: UUID | None = None
    scopes: frozenset[Scope] | None = None


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
    session["person"] = facts_of(person)
    # A form's token says into whose page it was typed: see kept_forms.
    session["csrf_token"] = f"{secrets.token_hex(20)}:{person.account_id}"


def sign_out() -> None:
    """End the session."""
    session.clear()


def forget_person() -> None:
    """Drop a person whose session has ended elsewhere; the form token stays good."""
    session.pop("person", None)


def claimed_person() -> Person | None:
    """Return the person whom the signed cookie names; whether he still may is another question."""
    stored = session.get("person")
    return person_of(stored) if stored and stored.get("session_id") else None


def facts_of(person: Person) -> dict[str, Any]:
    """Return the person as the session cookie holds him."""
    return {
        "account_id": str(person.account_id),
        "office_id": str(person.office_id),
        "role": person.role.value,
        "name": person.name,
        "office_name": person.office_name,
        "unit_id": str(person.unit_id) if person.unit_id else None,
        "session_id": str(person.session_id) if person.session_id else None,
    }


def person_of(facts: Mapping[str, Any]) -> Person:
    """Return the person that those facts describe."""
    return Person(
        account_id=UUID(facts["account_id"]),
        office_id=UUID(facts["office_id"]),
        role=Role(facts["role"]),
        name=facts["name"],
        office_name=facts["office_name"],
        unit_id=UUID(facts["unit_id"]) if facts["unit_id"] else None,
        session_id=UUID(facts["session_id"]) if facts["session_id"] else None,
    )
