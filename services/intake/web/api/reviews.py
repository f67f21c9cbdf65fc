"""The review for programs: comments, differences, a second person's word, several at once."""

from typing import Any
from uuid import UUID

from flask import request

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import NotFound
from services.intake.domain.comments import Thread
from services.intake.domain.receipts import Call, Receipt
from services.intake.use_cases import (
    accepting_many,
    commenting,
    comparing,
    overseeing,
    reviewing,
)
from services.intake.web.context import deps, this_call
from services.intake.web.review_schemas import (
    AcceptManySchema,
    AnswerSchema,
    CommentSchema,
    ComparedSchema,
    OutcomeSchema,
    OverviewQuerySchema,
    OverviewSchema,
    RoundsQuerySchema,
    SettleSchema,
    ThreadSchema,
)
from services.intake.web.schemas import ApiAcceptSchema, ReceiptSchema

bp = ApiBlueprint("reviews_api", __name__, description="Xét duyệt báo cáo")

Headers = dict[str, str]


@bp.route("/submissions/<uuid:submission_id>/confirm", methods=["POST"])
@access(Role.CLERK, Role.LEADER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiAcceptSchema, required=False)
@bp.response(200, ReceiptSchema)
def confirm_report(headers: Headers, body: dict[str, Any], submission_id: UUID) -> Receipt:
    """Confirm what another person proposed to accept."""
    review = reviewing.Review(
        submission_id=submission_id,
        call=this_call(headers["key"], body.get("round"), body.get("findings_reason", "")),
        seen_round=body.get("round"),
        reason=body.get("findings_reason", ""),
    )
    return reviewing.confirm_report(review, by=current_person(), deps=deps())


@bp.route("/accept-many", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(AcceptManySchema)
@bp.response(200, OutcomeSchema(many=True))
def accept_many(headers: Headers, body: dict[str, Any]) -> list[accepting_many.Outcome]:
    """Accept several, each by itself; what changed meanwhile is left out and told."""
    chosen = tuple(body["chosen"])
    return list(
        accepting_many.accept_many(chosen, _call(headers), by=current_person(), deps=deps())
    )


@bp.route("/overview", methods=["GET"])
@access(Role.LEADER, Role.CLERK, Role.ADMIN)
@bp.arguments(OverviewQuerySchema, location="query")
@bp.response(200, OverviewSchema)
def show_overview(query: dict[str, Any]) -> overseeing.Overview:
    """Show how far a period is, its accepted figures, what is asked and what awaits a word."""
    overview = overseeing.oversee(query["period"], by=current_person(), deps=deps())
    if overview is None:
        raise NotFound("Chưa có kỳ báo cáo nào.")
    return overview


@bp.route("/submissions/<uuid:submission_id>/differences", methods=["GET"])
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.arguments(RoundsQuerySchema, location="query")
@bp.response(200, ComparedSchema)
def compare_rounds(query: dict[str, int], submission_id: UUID) -> comparing.Compared:
    """Show what differs between two rounds."""
    return comparing.compare_rounds(
        submission_id, query["old"], query["new"], by=current_person(), deps=deps()
    )


@bp.route("/submissions/<uuid:submission_id>/comments", methods=["GET"])
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.response(200, ThreadSchema(many=True))
def list_comments(submission_id: UUID) -> list[Thread]:
    """Show what was said about a report, the oldest thread first."""
    return list(commenting.list_threads(submission_id, by=current_person(), deps=deps()))


@bp.route("/submissions/<uuid:submission_id>/comments", methods=["POST"])
@access(Role.SECTOR_OFFICER, Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(CommentSchema)
@bp.response(201, ThreadSchema)
def add_comment(headers: Headers, body: dict[str, Any], submission_id: UUID) -> Thread:
    """Say something about a part."""
    command = commenting.AddComment(submission_id=submission_id, call=_call(headers), **body)
    return commenting.add_comment(command, by=current_person(), deps=deps())


@bp.route("/submissions/<uuid:submission_id>/comments/<uuid:thread_id>/answers", methods=["POST"])
@access(Role.SECTOR_OFFICER, Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(AnswerSchema)
@bp.response(201, ThreadSchema)
def answer_comment(
    headers: Headers, body: dict[str, Any], submission_id: UUID, thread_id: UUID
) -> Thread:
    """Answer in a thread."""
    command = commenting.AnswerComment(
        submission_id=submission_id, thread_id=thread_id, call=_call(headers), **body
    )
    return commenting.answer_comment(command, by=current_person(), deps=deps())


@bp.route("/submissions/<uuid:submission_id>/comments/<uuid:thread_id>/settle", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(SettleSchema)
@bp.response(200, ThreadSchema)
def settle_comment(
    headers: Headers, body: dict[str, Any], submission_id: UUID, thread_id: UUID
) -> Thread:
    """Mark a thread as settled, or open it again."""
    command = commenting.SettleComment(
        submission_id=submission_id, thread_id=thread_id, call=_call(headers), **body
    )
    return commenting.settle_comment(command, by=current_person(), deps=deps())


def _call(headers: Headers) -> Call:
    return this_call(headers["key"], request.get_data(as_text=True))
