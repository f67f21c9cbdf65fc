"""Frozen dossiers, for the assembler and for the clerk's programs."""

from typing import Any
from uuid import UUID

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, Service, current_office_id
from kernel.contracts.dossier import Dossier, DossierSchema
from services.intake.use_cases import freezing
from services.intake.web.context import deps, this_call

bp = ApiBlueprint("dossiers_api", __name__, description="Hồ sơ tổng hợp")


@bp.route("/periods/<uuid:period_id>/dossiers", methods=["POST"])
@access(Role.CLERK, services=(Service.ASSEMBLER,))
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(201, DossierSchema)
def freeze_dossier(headers: dict[str, Any], period_id: UUID) -> Dossier:
    """Freeze all accepted reports; the same content is the same dossier."""
    return freezing.freeze_dossier(
        period_id, office_id=current_office_id(), call=this_call(headers["key"]), deps=deps()
    )


@bp.route("/periods/<uuid:period_id>/dossier", methods=["GET"])
@access(Role.CLERK, Role.LEADER, services=(Service.ASSEMBLER,))
@bp.response(200, DossierSchema)
def last_dossier(period_id: UUID) -> Dossier:
    """Show the dossier of the period that was frozen last."""
    return freezing.last_dossier(period_id, office_id=current_office_id(), deps=deps())


@bp.route("/dossiers/<uuid:dossier_id>", methods=["GET"])
@access(Role.CLERK, Role.LEADER, services=(Service.ASSEMBLER,))
@bp.response(200, DossierSchema)
def get_dossier(dossier_id: UUID) -> Dossier:
    """Show one dossier."""
    return freezing.get_dossier(dossier_id, office_id=current_office_id(), deps=deps())
