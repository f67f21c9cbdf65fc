"""Reminders of a period, for programs."""

from typing import Any
from uuid import UUID

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from services.intake.use_cases import reminding
from services.intake.use_cases.reminding import PlanReminders, ReminderPreview, SendReminders
from services.intake.use_cases.sending_reminders import RemindersSent
from services.intake.web.context import deps, this_call
from services.intake.web.notice_schemas import (
    PageQuerySchema,
    PlanRemindersSchema,
    PlanSchema,
    ReminderPageSchema,
    ReminderPreviewSchema,
    RemindersSentSchema,
    SendRemindersSchema,
)

bp = ApiBlueprint("reminders_api", __name__, description="Nhắc nộp báo cáo")


@bp.route("/periods/<uuid:period_id>/reminder-preview", methods=["GET"])
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.response(200, ReminderPreviewSchema)
def preview_reminders(period_id: UUID) -> ReminderPreview:
    """Show whom sending would remind now, how, and who is left out."""
    return reminding.preview_reminders(period_id, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/reminders", methods=["GET"])
@access(Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.arguments(PageQuerySchema, location="query")
@bp.response(200, ReminderPageSchema)
def list_reminders(query: dict[str, Any], period_id: UUID) -> ReminderPreview:
    """List the reminders that were sent, the newest first."""
    return reminding.preview_reminders(
        period_id, by=current_person(), deps=deps(), after=query["after"]
    )


@bp.route("/periods/<uuid:period_id>/reminders", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(SendRemindersSchema)
@bp.response(201, RemindersSentSchema)
def send_reminders(headers: dict[str, Any], body: dict[str, Any], period_id: UUID) -> RemindersSent:
    """Remind the units that are late; none twice on one day."""
    command = SendReminders(
        period_id=period_id,
        text=body["text"],
        unit_ids=body["unit_ids"],
        call=this_call(headers["key"], body["text"], body["unit_ids"]),
    )
    return reminding.send_reminders(command, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/reminder-plan", methods=["PUT"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(PlanRemindersSchema)
@bp.response(200, PlanSchema)
def plan_reminders(
    headers: dict[str, Any], body: dict[str, Any], period_id: UUID
) -> dict[str, int]:
    """Set how many days before its deadline the period reminds by itself; 0 for never."""
    plan = PlanReminders(
        period_id=period_id,
        days_before=body["days_before"],
        call=this_call(headers["key"], body["days_before"]),
    )
    return {"days_before": reminding.plan_reminders(plan, by=current_person(), deps=deps())}
