"""Sessions of the council, for programs."""

from typing import Any
from uuid import UUID

from flask import request

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_office_id, current_person
from services.intake.use_cases import council, viewing_council
from services.intake.web.context import deps, this_call
from services.intake.web.council_schemas import (
    CouncilSessionChangedSchema,
    CouncilSessionOutlineSchema,
    CouncilSessionSchema,
    FactsSchema,
    LockSchema,
    VotesSchema,
    WhySchema,
    entries_of,
)

bp = ApiBlueprint("council_api", __name__, description="Phiên họp Hội đồng Thi đua - Khen thưởng")


@bp.route("/periods/<uuid:period_id>/council-sessions", methods=["GET"])
@access(Role.CLERK, Role.LEADER)
@bp.response(200, CouncilSessionOutlineSchema(many=True))
def list_sessions(period_id: UUID) -> list[viewing_council.SessionOutline]:
    """List the sessions of a period, the first one first."""
    return list(
        viewing_council.list_sessions(period_id, office_id=current_office_id(), deps=deps())
    )


@bp.route("/periods/<uuid:period_id>/council-sessions", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(201, CouncilSessionChangedSchema)
def open_session(headers: dict[str, Any], period_id: UUID) -> dict[str, Any]:
    """Begin a session, with the members of the last one."""
    call = this_call(headers["key"])
    return council.open_session(period_id, call=call, by=current_person(), deps=deps())


@bp.route("/council-sessions/<uuid:session_id>", methods=["GET"])
@access(Role.CLERK, Role.LEADER)
@bp.response(200, CouncilSessionSchema)
def show_session(session_id: UUID) -> viewing_council.ShownSession:
    """Show a session with its votes, and what stands against locking it."""
    return viewing_council.show_session(session_id, office_id=current_office_id(), deps=deps())


@bp.route("/council-sessions/<uuid:session_id>", methods=["PUT"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(FactsSchema)
@bp.response(200, CouncilSessionChangedSchema)
def save_facts(headers: dict[str, Any], body: dict[str, Any], session_id: UUID) -> dict[str, Any]:
    """Write time, place, members and opinions over the version that was seen."""
    command = council.SaveFacts(
        session_id=session_id,
        version=body["version"],
        facts=body["facts"],
        call=this_call(headers["key"], request.get_data(as_text=True)),
        root="#/facts",
    )
    return council.save_facts(command, by=current_person(), deps=deps())


@bp.route("/council-sessions/<uuid:session_id>/votes", methods=["PUT"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(VotesSchema)
@bp.response(200, CouncilSessionChangedSchema)
def save_votes(headers: dict[str, Any], body: dict[str, Any], session_id: UUID) -> dict[str, Any]:
    """Write the votes on some nominees: all of them, or none."""
    return council.save_votes(
        session_id,
        entries_of(body["votes"]),
        call=this_call(headers["key"], request.get_data(as_text=True)),
        by=current_person(),
        deps=deps(),
    )


@bp.route("/council-sessions/<uuid:session_id>/lock", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(LockSchema)
@bp.response(200, CouncilSessionChangedSchema)
def lock_session(headers: dict[str, Any], body: dict[str, Any], session_id: UUID) -> dict[str, Any]:
    """Close the results; refused with all that is missing."""
    step = council.Step(
        session_id=session_id,
        version=body["version"],
        call=this_call(headers["key"], body["version"]),
    )
    return council.lock_session(step, by=current_person(), deps=deps())


@bp.route("/council-sessions/<uuid:session_id>/reopen", methods=["POST"])
@access(Role.CLERK)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(WhySchema)
@bp.response(200, CouncilSessionChangedSchema)
def reopen_session(
    headers: dict[str, Any], body: dict[str, Any], session_id: UUID
) -> dict[str, Any]:
    """Open a locked session again, as long as no dossier carries it."""
    step = council.Step(
        session_id=session_id,
        reason=body["reason"],
        call=this_call(headers["key"], body["reason"]),
    )
    return council.reopen_session(step, by=current_person(), deps=deps())
