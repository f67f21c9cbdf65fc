"""Periods, their forms and their boards, for programs."""

from typing import Any
from uuid import UUID

from flask import request

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, Service, current_office_id, current_person
from services.intake.domain.board import BoardFilters
from services.intake.domain.forms import PeriodForm
from services.intake.domain.receipts import Call
from services.intake.use_cases import scheduling, watching
from services.intake.use_cases.outlines import PeriodOutline
from services.intake.web.context import deps, this_call
from services.intake.web.list_schemas import (
    DeadlineSchema,
    OpenPeriodSchema,
    PeriodSchema,
)
from services.intake.web.review_schemas import BoardQuerySchema, BoardSchema
from services.intake.web.schemas import FormSchema, PeriodSummarySchema

bp = ApiBlueprint("periods_api", __name__, description="Kỳ báo cáo và biểu mẫu")

Headers = dict[str, str]


@bp.route("/periods", methods=["GET"])
@access(Role.CLERK, Role.LEADER, Role.SECTOR_OFFICER, services=(Service.ASSEMBLER,))
@bp.response(200, PeriodSummarySchema(many=True))
def list_periods() -> list[watching.PeriodSummary]:
    """List the periods of the office, newest first."""
    return list(watching.list_periods(office_id=current_office_id(), deps=deps()))


@bp.route("/periods", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(OpenPeriodSchema)
@bp.response(201, PeriodSchema)
def open_period(headers: Headers, body: dict[str, Any]) -> PeriodOutline:
    """Open a period that asks what an earlier one asks."""
    command = scheduling.OpenPeriod(**body, call=_call(headers))
    return scheduling.open_period(command, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/close", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, PeriodSchema)
def close_period(headers: Headers, period_id: UUID) -> PeriodOutline:
    """Take no further reports."""
    return scheduling.close_period(period_id, _call(headers), by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/reopen", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, PeriodSchema)
def reopen_period(headers: Headers, period_id: UUID) -> PeriodOutline:
    """Take reports again."""
    return scheduling.reopen_period(period_id, _call(headers), by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/deadline", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(DeadlineSchema)
@bp.response(200, PeriodSchema)
def move_deadline(headers: Headers, body: dict[str, Any], period_id: UUID) -> PeriodOutline:
    """Let the reports be due on another day."""
    return scheduling.move_deadline(
        period_id, body["due_on"], _call(headers), by=current_person(), deps=deps()
    )


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


def _call(headers: Headers) -> Call:
    return this_call(headers["key"], request.get_data(as_text=True))
