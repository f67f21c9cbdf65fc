"""Opening, closing and changing of periods, for programs."""

from typing import Any
from uuid import UUID

from flask import request

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from services.intake.domain.receipts import Call
from services.intake.use_cases import moving_reports, scheduling, viewing_periods
from services.intake.use_cases.outlines import PeriodOutline
from services.intake.web.context import deps, this_call
from services.intake.web.list_schemas import PeriodSchema
from services.intake.web.period_schemas import (
    ChangeEditionSchema,
    CloseSchema,
    DeadlineSchema,
    EditionChangeSchema,
    EditionQuerySchema,
    MovedSchema,
    MovePlanSchema,
    MoveReportSchema,
    OpenPeriodSchema,
    ReasonSchema,
    SetAsideSchema,
    SettingsSchema,
)

bp = ApiBlueprint("period_changes_api", __name__, description="Mở, đóng, thay đổi kỳ báo cáo")

Headers = dict[str, str]
_RUNNERS = (Role.CLERK, Role.ADMIN)


@bp.route("/periods", methods=["POST"])
@access(*_RUNNERS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(OpenPeriodSchema)
@bp.response(201, PeriodSchema)
def open_period(headers: Headers, body: dict[str, Any]) -> PeriodOutline:
    """Open a period that asks an edition, or what an earlier period asks."""
    command = scheduling.OpenPeriod(**body, call=_call(headers))
    return scheduling.open_period(command, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/settings", methods=["GET"])
@access(*_RUNNERS)
@bp.response(200, SettingsSchema)
def show_settings(period_id: UUID) -> viewing_periods.PeriodSettings:
    """Show deadline, edition, who began under which edition, and what happened."""
    return viewing_periods.view_settings(period_id, office_id=current_office_id(), deps=deps())


@bp.route("/periods/<uuid:period_id>/close", methods=["POST"])
@access(*_RUNNERS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(CloseSchema, required=False)
@bp.response(200, PeriodSchema)
def close_period(headers: Headers, body: dict[str, Any], period_id: UUID) -> PeriodOutline:
    """Take no further reports."""
    change = _change(period_id, headers, body)
    return scheduling.close_period(change, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/reopen", methods=["POST"])
@access(*_RUNNERS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ReasonSchema)
@bp.response(200, PeriodSchema)
def reopen_period(headers: Headers, body: dict[str, Any], period_id: UUID) -> PeriodOutline:
    """Take reports again."""
    change = _change(period_id, headers, body)
    return scheduling.reopen_period(change, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/deadline", methods=["POST"])
@access(*_RUNNERS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(DeadlineSchema)
@bp.response(200, PeriodSchema)
def move_deadline(headers: Headers, body: dict[str, Any], period_id: UUID) -> PeriodOutline:
    """Let the reports be due on another day."""
    change = _change(period_id, headers, body)
    return scheduling.move_deadline(change, body["due_on"], by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/edition", methods=["GET"])
@access(*_RUNNERS)
@bp.arguments(EditionQuerySchema, location="query")
@bp.response(200, EditionChangeSchema)
def plan_edition_change(query: dict[str, Any], period_id: UUID) -> viewing_periods.EditionChange:
    """Show what asking another edition would mean."""
    return viewing_periods.plan_edition_change(
        period_id, query["edition_id"], office_id=current_office_id(), deps=deps()
    )


@bp.route("/periods/<uuid:period_id>/edition", methods=["POST"])
@access(*_RUNNERS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ChangeEditionSchema)
@bp.response(200, PeriodSchema)
def change_edition(headers: Headers, body: dict[str, Any], period_id: UUID) -> PeriodOutline:
    """Ask another edition of the units which have not begun."""
    change = _change(period_id, headers, body)
    return scheduling.change_edition(change, body["edition_id"], by=current_person(), deps=deps())


@bp.route("/submissions/<uuid:submission_id>/edition", methods=["GET"])
@access(Role.SECTOR_OFFICER, *_RUNNERS)
@bp.response(200, MovePlanSchema)
def plan_move(submission_id: UUID) -> moving_reports.MovePlan:
    """Show what moving the report to the edition of its period would do."""
    return moving_reports.plan_move(submission_id, by=current_person(), deps=deps())


@bp.route("/submissions/<uuid:submission_id>/edition", methods=["POST"])
@access(Role.SECTOR_OFFICER, *_RUNNERS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(MoveReportSchema)
@bp.response(200, MovedSchema)
def move_report(
    headers: Headers, body: dict[str, Any], submission_id: UUID
) -> moving_reports.Moved:
    """Move the report to the edition of its period; what has no place there is set aside."""
    command = moving_reports.MoveReport(
        submission_id=submission_id, seen_version=body["version"], call=_call(headers)
    )
    return moving_reports.move_report(command, by=current_person(), deps=deps())


@bp.route("/submissions/<uuid:submission_id>/set-aside", methods=["GET"])
@access(Role.SECTOR_OFFICER)
@bp.response(200, SetAsideSchema(many=True))
def show_set_aside(submission_id: UUID) -> list[moving_reports.SetAside]:
    """Show what lost its place when the report moved."""
    return list(moving_reports.set_aside(submission_id, by=current_person(), deps=deps()))


def _change(period_id: UUID, headers: Headers, body: dict[str, Any]) -> scheduling.ChangePeriod:
    return scheduling.ChangePeriod(period_id=period_id, call=_call(headers), reason=body["reason"])


def _call(headers: Headers) -> Call:
    return this_call(headers["key"], request.get_data(as_text=True))
