"""Submissions and their review, for programs."""

from typing import Any
from uuid import UUID

from flask import request

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.contracts.paging import Page
from services.intake.domain.receipts import Receipt
from services.intake.persistence.submission_lists import Filters
from services.intake.use_cases import listing, reading, reporting, reviewing
from services.intake.web.context import deps, this_call
from services.intake.web.list_schemas import (
    RoundQuerySchema,
    SubmissionPageSchema,
    SubmissionQuerySchema,
)
from services.intake.web.schemas import (
    ApiAcceptSchema,
    ApiReportSchema,
    ApiReturnSchema,
    ReceiptSchema,
    SubmissionSchema,
)

bp = ApiBlueprint("submissions_api", __name__, description="Báo cáo của ngành")


@bp.route("/periods/<uuid:period_id>/submissions", methods=["POST"])
@access(Role.SECTOR_OFFICER)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiReportSchema)
@bp.response(201, ReceiptSchema)
def write_report(headers: dict[str, Any], body: dict[str, Any], period_id: UUID) -> Receipt:
    """Save a draft of the caller's unit, or hand it in."""
    command = reporting.WriteReport(
        period_id=period_id,
        content=body["content"],
        is_final=body["action"] == "submit",
        call=this_call(headers["key"], request.get_data(as_text=True)),
        root="#/content",
    )
    return reporting.write_report(command, by=current_person(), deps=deps())


@bp.route("/submissions", methods=["GET"])
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.arguments(SubmissionQuerySchema, location="query")
@bp.response(200, SubmissionPageSchema)
def list_submissions(filters: Filters) -> Page[listing.SubmissionLine]:
    """List the submissions that match, last touched first; officers see those of their unit."""
    return listing.list_submissions(filters, by=current_person(), deps=deps())


@bp.route("/submissions/<uuid:submission_id>", methods=["GET"])
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
@bp.arguments(RoundQuerySchema, location="query")
@bp.response(200, SubmissionSchema)
def read_submission(query: dict[str, Any], submission_id: UUID) -> reading.ReadSubmission:
    """Show one submission with its history, and the content of a round: the newest or `round`."""
    return reading.read_submission(
        submission_id, by=current_person(), deps=deps(), round_number=query["round"]
    )


@bp.route("/submissions/<uuid:submission_id>/accept", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiAcceptSchema, required=False)
@bp.response(200, ReceiptSchema)
def accept_report(headers: dict[str, Any], body: dict[str, Any], submission_id: UUID) -> Receipt:
    """Accept what was submitted."""
    review = _review(submission_id, headers, body)
    return reviewing.accept_report(review, by=current_person(), deps=deps())


@bp.route("/submissions/<uuid:submission_id>/return", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiReturnSchema)
@bp.response(200, ReceiptSchema)
def return_report(headers: dict[str, Any], body: dict[str, Any], submission_id: UUID) -> Receipt:
    """Return what was submitted, with a reason."""
    review = _review(submission_id, headers, body)
    return reviewing.return_report(review, by=current_person(), deps=deps())


@bp.route("/submissions/<uuid:submission_id>/reopen", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiReturnSchema)
@bp.response(200, ReceiptSchema)
def reopen_report(headers: dict[str, Any], body: dict[str, Any], submission_id: UUID) -> Receipt:
    """Open an accepted report again, with a reason."""
    review = _review(submission_id, headers, body)
    return reviewing.reopen_report(review, by=current_person(), deps=deps())


def _review(submission_id: UUID, headers: dict[str, Any], body: dict[str, Any]) -> reviewing.Review:
    reason = body.get("reason", "") or body.get("findings_reason", "")
    return reviewing.Review(
        submission_id=submission_id,
        call=this_call(headers["key"], body.get("round"), reason),
        seen_round=body.get("round"),
        reason=reason,
    )
