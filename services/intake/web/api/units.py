"""Units, superiors and names of the office, for programs of an administrator."""

from typing import Any
from uuid import UUID

from flask.typing import ResponseReturnValue

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.auth.scopes import Area
from services.intake.use_cases import superiors, units
from services.intake.web.context import deps, this_call
from services.intake.web.offices_schemas import (
    DaysSchema,
    MoveUnitSchema,
    NewSuperiorSchema,
    NewUnitSchema,
    OfficeSchema,
    RenameOfficeSchema,
    RenameSchema,
    SuperiorSchema,
    UnitDetailsSchema,
    ValiditySchema,
)

bp = ApiBlueprint("units_api", __name__, description="Ngành, cơ quan cấp trên, tên đơn vị")


@bp.route("/units", methods=["GET"])
@access(Role.ADMIN, Role.CLERK, area=Area.ACCOUNTS)
@bp.response(200, UnitDetailsSchema(many=True))
def list_units() -> list[units.UnitDetails]:
    """List every unit that there ever was, in the order of the office."""
    return list(units.list_units(by=current_person(), deps=deps()))


@bp.route("/units", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(NewUnitSchema)
@bp.response(201, UnitDetailsSchema)
def add_unit(headers: dict[str, Any], body: dict[str, Any]) -> units.UnitDetails:
    """Add a unit behind the others."""
    command = units.AddUnit(**body, call=this_call(headers["key"], *body.values()))
    unit_id = units.add_unit(command, by=current_person(), deps=deps())
    return _unit(unit_id)


@bp.route("/units/<uuid:unit_id>/name", methods=["PUT"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(RenameSchema)
@bp.response(200, UnitDetailsSchema)
def rename_unit(headers: dict[str, Any], body: units.Rename, unit_id: UUID) -> units.UnitDetails:
    """Give a unit another name, from a day on or as a correction."""
    units.rename_unit(unit_id, body, by=current_person(), deps=deps())
    return _unit(unit_id)


@bp.route("/units/<uuid:unit_id>/validity", methods=["PUT"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ValiditySchema)
@bp.response(200, UnitDetailsSchema)
def set_validity(headers: dict[str, Any], body: units.Validity, unit_id: UUID) -> units.UnitDetails:
    """Say since when and until when a unit reports, and which one follows it."""
    units.set_validity(unit_id, body, by=current_person(), deps=deps())
    return _unit(unit_id)


@bp.route("/units/<uuid:unit_id>/move", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(MoveUnitSchema)
@bp.response(204)
def move_unit(headers: dict[str, Any], body: dict[str, Any], unit_id: UUID) -> ResponseReturnValue:
    """Move a unit one place up or down; the same call twice moves it once."""
    call = this_call(headers["key"], body["direction"])
    steps = -1 if body["direction"] == "up" else 1
    units.move_unit_once(unit_id, steps, call, by=current_person(), deps=deps())
    return ""


@bp.route("/superiors", methods=["GET"])
@access(Role.ADMIN, Role.CLERK, area=Area.ACCOUNTS)
@bp.response(200, SuperiorSchema(many=True))
def list_superiors() -> list[superiors.SuperiorDetails]:
    """List who stood above the office, the oldest first."""
    return list(superiors.list_superiors(by=current_person(), deps=deps()))


@bp.route("/superiors", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(NewSuperiorSchema)
@bp.response(201, SuperiorSchema(many=True))
def succeed_superior(
    headers: dict[str, Any], body: dict[str, Any]
) -> list[superiors.SuperiorDetails]:
    """Put another office above from a day on; who stood there ends the day before."""
    command = superiors.NewSuperior(**body, call=this_call(headers["key"], *body.values()))
    superiors.succeed_superior(command, by=current_person(), deps=deps())
    return list(superiors.list_superiors(by=current_person(), deps=deps()))


@bp.route("/superiors/<uuid:relation_id>", methods=["PUT"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(DaysSchema)
@bp.response(200, SuperiorSchema(many=True))
def set_superior_days(
    headers: dict[str, Any], body: dict[str, Any], relation_id: UUID
) -> list[superiors.SuperiorDetails]:
    """Correct since when and until when an office stood above."""
    superiors.set_superior_days(relation_id, **body, by=current_person(), deps=deps())
    return list(superiors.list_superiors(by=current_person(), deps=deps()))


@bp.route("/office", methods=["GET"])
@access(Role.ADMIN, Role.CLERK, area=Area.ACCOUNTS)
@bp.response(200, OfficeSchema)
def show_office() -> superiors.OfficeDetails:
    """Show what the office is and was called."""
    return superiors.show_office(by=current_person(), deps=deps())


@bp.route("/office/names", methods=["PUT"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(RenameOfficeSchema)
@bp.response(200, OfficeSchema)
def rename_office(headers: dict[str, Any], body: superiors.RenameOffice) -> superiors.OfficeDetails:
    """Give the office other names, from a day on or as a correction."""
    superiors.rename_office(body, by=current_person(), deps=deps())
    return superiors.show_office(by=current_person(), deps=deps())


def _unit(unit_id: UUID) -> units.UnitDetails:
    return units.show_unit(unit_id, by=current_person(), deps=deps())
