"""Registers are opened once and then only grow."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kernel.contracts.identity import office_id_for
from services.archive.domain.actors import Actor
from services.archive.domain.documents import Summary
from services.archive.domain.registers import (
    Register,
    RegisterDefinition,
    RegisterYear,
    definitions,
)
from services.archive.persistence.documents import Documents
from services.archive.persistence.registers import Offices, Registers
from services.archive.use_cases.deps import Deps


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterList:
    """The registers of an office and the years in which they gave numbers."""

    registers: tuple[Register, ...]
    years: tuple[RegisterYear, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPage:
    """What a register numbered in one year, in the order of the numbers."""

    series: RegisterYear
    documents: tuple[Summary, ...]


def open_register(definition: RegisterDefinition, *, office_id: UUID, deps: Deps) -> Register:
    """Return the register of that symbol, opened if the office has none yet."""
    with deps.sessions.begin() as session:
        return Registers(session, office_id=office_id).open(definition)


def load_registers_file(data: Mapping[str, Any], *, deps: Deps) -> None:
    """Name the office of a profile and open the registers that follow from its issuing bodies."""
    office_id = office_id_for(data["office"]["code"])
    with deps.sessions.begin() as session:
        Offices(session).name(office_id, data["office"]["short_name"])
        registers = Registers(session, office_id=office_id)
        for definition in definitions(data):
            registers.open(definition)


def list_registers(*, actor: Actor, deps: Deps) -> RegisterList:
    """Return the registers of the office."""
    with deps.sessions.read() as session:
        registers = Registers(session, office_id=actor.office_id)
        return RegisterList(registers=registers.all(), years=registers.years())


def show_register(register_id: UUID, year: int, *, actor: Actor, deps: Deps) -> RegisterPage:
    """Return one year of a register."""
    with deps.sessions.read() as session:
        series = Registers(session, office_id=actor.office_id).year(register_id, year)
        documents = Documents(session, office_id=actor.office_id)
        return RegisterPage(series=series, documents=documents.of_register(register_id, year))
