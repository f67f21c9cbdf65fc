"""Periods, their forms and their boards, for programs."""

from uuid import UUID

from kernel.api import ApiBlueprint
from kernel.auth.access import access
from kernel.auth.principal import Role, Service, current_office_id
from services.intake.domain.board import BoardFilters
from services.intake.domain.forms import PeriodForm
from services.intake.use_cases import watching
from services.intake.web.context import deps
from services.intake.web.review_schemas import BoardQuerySchema, BoardSchema
from services.intake.web.schemas import FormSchema, PeriodSummarySchema

bp = ApiBlueprint("periods_api", __name__, description="Kỳ báo cáo và biểu mẫu")


@bp.route("/periods", methods=["GET"])
@access(Role.CLERK, Role.LEADER, Role.ADMIN, Role.SECTOR_OFFICER, services=(Service.ASSEMBLER,))
@bp.response(200, PeriodSummarySchema(many=True))
def list_periods() -> list[watching.PeriodSummary]:
    """List the periods of the office, newest first."""
    return list(watching.list_periods(office_id=current_office_id(), deps=deps()))


@bp.route("/periods/<uuid:period_id>/form", methods=["GET"])
@access(Role.SECTOR_OFFICER, Role.CLERK)
@bp.response(200, FormSchema)
def show_form(period_id: UUID) -> PeriodForm:
    """Show what the period asks."""
    return watching.show_form(period_id, office_id=current_office_id(), deps=deps())


@bp.route("/periods/<uuid:period_id>/board", methods=["GET"])
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.arguments(BoardQuerySchema, location="query")
@bp.response(200, BoardSchema)
def show_board(filters: BoardFilters, period_id: UUID) -> watching.Board:
    """Show where every unit stands, part by part; drafts only by how far they are."""
    return watching.show_board(
        period_id, office_id=current_office_id(), deps=deps(), filters=filters
    )
