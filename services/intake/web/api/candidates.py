"""Candidates for the council, for programs."""

from typing import Any
from uuid import UUID

from flask import request

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from services.intake.domain.duplicates import Pair
from services.intake.use_cases import nominating
from services.intake.web.context import deps, this_call
from services.intake.web.council_schemas import (
    CandidateChangedSchema,
    CandidatePageSchema,
    CandidateQuerySchema,
    EligibilityFindingSchema,
    ExplainedSchema,
    ExplainSchema,
    NewsSchema,
    OnSchema,
    OtherSchema,
    PairSchema,
    WhySchema,
)

bp = ApiBlueprint("candidates_api", __name__, description="Đề nghị khen thưởng để bình xét")


@bp.route("/periods/<uuid:period_id>/candidates", methods=["GET"])
@access(Role.CLERK, Role.LEADER)
@bp.arguments(CandidateQuerySchema, location="query")
@bp.response(200, CandidatePageSchema)
def list_candidates(query: dict[str, Any], period_id: UUID) -> dict[str, Any]:
    """List the candidates in the order in which they came."""
    shown = nominating.show_candidates(period_id, office_id=current_office_id(), deps=deps())
    wanted = [
        it
        for it in shown.candidates
        if it.number > query["after"]
        and query["award"] in {"", it.nomination.award}
        and query["unit_id"] in {None, it.unit_id}
    ]
    page = wanted[: query["limit"]]
    has_more = len(wanted) > len(page)
    return {"items": page, "next": page[-1].number if has_more else None}


@bp.route("/periods/<uuid:period_id>/candidates/read", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, NewsSchema)
def read_candidates(headers: dict[str, Any], period_id: UUID) -> dict[str, Any]:
    """Read the accepted reports again; decisions that were taken stay."""
    call = this_call(headers["key"])
    return nominating.read_candidates(period_id, call=call, by=current_person(), deps=deps())


@bp.route("/periods/<uuid:period_id>/duplicates", methods=["GET"])
@access(Role.CLERK, Role.LEADER)
@bp.response(200, PairSchema(many=True))
def list_duplicates(period_id: UUID) -> list[Pair]:
    """List the pairs that are one, or may be."""
    shown = nominating.show_candidates(period_id, office_id=current_office_id(), deps=deps())
    return list(shown.pairs)


@bp.route("/periods/<uuid:period_id>/findings", methods=["GET"])
@access(Role.CLERK, Role.LEADER)
@bp.arguments(OnSchema, location="query")
@bp.response(200, EligibilityFindingSchema(many=True))
def list_findings(query: dict[str, Any], period_id: UUID) -> list[dict[str, Any]]:
    """List what stands against candidates, or should be known of them, under the law of a day."""
    shown = nominating.show_candidates(
        period_id, office_id=current_office_id(), deps=deps(), on=query["on"]
    )
    return [
        {
            "key": it.key,
            "rule": it.rule,
            "severity": it.severity.value,
            "message": it.message,
            "article": it.article,
            "mark": it.mark,
            "nominees": list(it.nominees),
            "needs_reason": it.needs_reason,
            "reason": shown.reasons[it.key].text if it.key in shown.reasons else "",
        }
        for it in shown.findings
    ]


@bp.route("/periods/<uuid:period_id>/findings/reasons", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ExplainSchema)
@bp.response(200, ExplainedSchema)
def explain(headers: dict[str, Any], body: dict[str, Any], period_id: UUID) -> dict[str, Any]:
    """Keep the reason that a finding asks for."""
    explanation = nominating.Explanation(
        period_id=period_id,
        key=body["key"],
        reason=body["reason"],
        on=body["on"],
        call=this_call(headers["key"], request.get_data(as_text=True)),
    )
    return nominating.explain(explanation, by=current_person(), deps=deps())


@bp.route("/candidates/<uuid:candidate_id>/merge", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(OtherSchema)
@bp.response(200, CandidateChangedSchema)
def merge(headers: dict[str, Any], body: dict[str, Any], candidate_id: UUID) -> dict[str, Any]:
    """Make another candidate one with this one, whose words stand for both."""
    change = _change(candidate_id, headers, body)
    return nominating.merge(change, by=current_person(), deps=deps())


@bp.route("/candidates/<uuid:candidate_id>/unmerge", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, CandidateChangedSchema)
def unmerge(headers: dict[str, Any], candidate_id: UUID) -> dict[str, Any]:
    """Take a merged candidate out again."""
    return nominating.unmerge(_change(candidate_id, headers, {}), by=current_person(), deps=deps())


@bp.route("/candidates/<uuid:candidate_id>/tell-apart", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(OtherSchema)
@bp.response(200, CandidateChangedSchema)
def tell_apart(headers: dict[str, Any], body: dict[str, Any], candidate_id: UUID) -> dict[str, Any]:
    """Remember that two candidates are not one."""
    change = _change(candidate_id, headers, body)
    return nominating.tell_apart(change, by=current_person(), deps=deps())


@bp.route("/candidates/<uuid:candidate_id>/ask-again", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(OtherSchema)
@bp.response(200, CandidateChangedSchema)
def forget_distinction(
    headers: dict[str, Any], body: dict[str, Any], candidate_id: UUID
) -> dict[str, Any]:
    """Ask again whether two candidates are one."""
    change = _change(candidate_id, headers, body)
    return nominating.forget_distinction(change, by=current_person(), deps=deps())


@bp.route("/candidates/<uuid:candidate_id>/set-aside", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(WhySchema)
@bp.response(200, CandidateChangedSchema)
def set_aside(headers: dict[str, Any], body: dict[str, Any], candidate_id: UUID) -> dict[str, Any]:
    """Keep a nominee from the agenda, with the reason."""
    change = _change(candidate_id, headers, body)
    return nominating.set_aside(change, by=current_person(), deps=deps())


@bp.route("/candidates/<uuid:candidate_id>/take-up", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, CandidateChangedSchema)
def take_up(headers: dict[str, Any], candidate_id: UUID) -> dict[str, Any]:
    """Put a nominee on the agenda again."""
    return nominating.take_up(_change(candidate_id, headers, {}), by=current_person(), deps=deps())


def _change(candidate_id: UUID, headers: dict[str, Any], body: dict[str, Any]) -> nominating.Change:
    return nominating.Change(
        candidate_id=candidate_id,
        other_id=body.get("other_id"),
        reason=body.get("reason", ""),
        call=this_call(headers["key"], body.get("other_id"), body.get("reason", "")),
    )
