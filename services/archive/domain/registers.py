"""Registers, their years, and which registers an office of the usual shape keeps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from vnadmin.document_types import (
    DocumentType,
    UnknownDocumentType,
    document_type,
    document_type_known_as,
    known_as,
)
from vnadmin.numbering import NumberAndSymbol, letter_symbol, symbol_for

# A council advises: it reports and proposes. The committee decides.
_COUNCIL_TYPES = ("BC", "TTr", "BB")
_COMMITTEE_TYPES = ("QĐ", "TTr", "BC")
_LETTER = "official_letter"


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
    return tuple(it for body in data["issuing_bodies"] for it in _of_body(body))


def types_of(symbol: str) -> tuple[str, ...]:
    """Return the types that a register of this symbol numbers, by the word each goes by.

    A symbol that does not begin with the abbreviation of a type is that of official letters.
    """
    first = symbol.partition("-")[0]
    try:
        known = document_type_known_as(first)
    except UnknownDocumentType:
        known = document_type(_LETTER)
    return (known_as(known),)


def _of_body(body: Mapping[str, Any]) -> Iterator[RegisterDefinition]:
    for word in _COUNCIL_TYPES if body.get("uses_seal_of") else _COMMITTEE_TYPES:
        symbol = symbol_for(word, body["symbol"])
        yield _definition(body, document_type_known_as(word), symbol)
    if body.get("letter_unit"):
        symbol = letter_symbol(body["symbol"], body["letter_unit"])
        yield _definition(body, document_type(_LETTER), symbol)


def _definition(body: Mapping[str, Any], kind: DocumentType, symbol: str) -> RegisterDefinition:
    return RegisterDefinition(
        code=symbol,
        title=f"Sổ {kind.name[0].lower()}{kind.name[1:]} – {body['name']}",
        issuing_body=body["code"],
        symbol=symbol,
        document_types=(known_as(kind),),
    )
