"""Registers, their years, and which registers an office of the usual shape keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from vnadmin.document_types import document_type_by_abbreviation
from vnadmin.numbering import NumberAndSymbol, symbol_for

# A council advises: it reports and proposes. The committee decides.
_COUNCIL_TYPES = ("BC", "TTr", "BB")
_COMMITTEE_TYPES = ("QĐ", "TTr", "BC")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterDefinition:
    """What a register numbers: one series a year for one symbol of one issuing body."""

    code: str
    title: str
    issuing_body: str
    symbol: str
    document_types: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Sổ đăng ký văn bản đi: the series of numbers of one symbol."""

    id: UUID
    code: str
    title: str
    issuing_body: str
    symbol: str
    document_types: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterYear:
    """One year of a register: which number comes next, and the latest day printed so far."""

    register: Register
    year: int
    next_number: int
    last_issued_on: date | None

    @property
    def next_text(self) -> str:
        """The number and symbol that the next document will carry."""
        return NumberAndSymbol(self.next_number, self.register.symbol).text


def definitions(data: Mapping[str, Any]) -> tuple[RegisterDefinition, ...]:
    """Return the registers of an office from its profile, one a type and issuing body."""
    return tuple(
        _definition(body, abbreviation)
        for body in data["issuing_bodies"]
        for abbreviation in (_COUNCIL_TYPES if body.get("uses_seal_of") else _COMMITTEE_TYPES)
    )


def _definition(body: Mapping[str, Any], abbreviation: str) -> RegisterDefinition:
    symbol = symbol_for(abbreviation, body["symbol"])
    name = document_type_by_abbreviation(abbreviation).name
    return RegisterDefinition(
        code=symbol,
        title=f"Sổ {name[0].lower()}{name[1:]} – {body['name']}",
        issuing_body=body["code"],
        symbol=symbol,
        document_types=(abbreviation,),
    )
