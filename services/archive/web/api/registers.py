"""Registers of an office, for programs."""

from typing import Any
from uuid import UUID

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role
from services.archive.domain.registers import Register, RegisterDefinition
from services.archive.use_cases import registers
from services.archive.web.request import actor, deps
from services.archive.web.schemas import RegisterFormSchema, RegisterSchema

bp = ApiBlueprint("registers_api", __name__, description="Sổ đăng ký văn bản đi.")


@bp.get("/registers")
@bp.response(200, RegisterSchema(many=True))
@access(Role.CLERK, Role.LEADER)
def get_registers() -> list[dict[str, Any]]:
    """List the registers with the years in which they gave numbers."""
    years = _years()
    found = registers.list_registers(actor=actor(), deps=deps())
    return [_facts(one, years) for one in found.registers]


@bp.post("/registers")
@bp.arguments(RegisterFormSchema)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(201, RegisterSchema)
@access(Role.CLERK)
def post_register(definition: RegisterDefinition, _: dict[str, str]) -> dict[str, Any]:
    """Open the register of a symbol; where it is open already, that is the answer."""
    opened = registers.open_register(definition, office_id=actor().office_id, deps=deps())
    return _facts(opened, _years())


def _years() -> dict[UUID, list[int]]:
    years: dict[UUID, list[int]] = {}
    for one in registers.list_registers(actor=actor(), deps=deps()).years:
        years.setdefault(one.register.id, []).append(one.year)
    return years


def _facts(register: Register, years: dict[UUID, list[int]]) -> dict[str, Any]:
    names = ("id", "symbol", "title", "document_types")
    facts: dict[str, Any] = {name: getattr(register, name) for name in names}
    return {**facts, "years": sorted(years.get(register.id, []))}
