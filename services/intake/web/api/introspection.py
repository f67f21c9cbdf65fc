"""Whether a session or API token is good, for the other services (after RFC 7662)."""

from uuid import UUID

from kernel.api import ApiBlueprint
from kernel.auth.access import access
from kernel.auth.credentials import Standing
from kernel.auth.principal import Service
from kernel.contracts.credentials import Introspection, IntrospectionSchema
from services.intake.use_cases import sessions
from services.intake.web.context import deps

bp = ApiBlueprint("introspection_api", __name__, description="Kiểm tra phiên và thẻ truy cập")

_OTHERS = (Service.ASSEMBLER, Service.ARCHIVE)


@bp.route("/introspection/sessions/<uuid:session_id>", methods=["GET"])
@access(services=_OTHERS)
@bp.response(200, IntrospectionSchema)
def introspect_session(session_id: UUID) -> Introspection:
    """Say whose session it is, as the account is now."""
    return _told(sessions.check_session(session_id, deps=deps()))


@bp.route("/introspection/tokens/<digest>", methods=["GET"])
@access(services=_OTHERS)
@bp.response(200, IntrospectionSchema)
def introspect_token(digest: str) -> Introspection:
    """Say whose token has this sha256; the token itself is never sent here."""
    return _told(sessions.check_token(digest, deps=deps()))


def _told(standing: Standing | None) -> Introspection:
    if standing is None:
        return Introspection(active=False)
    return Introspection(active=True, person=standing.person, expires_at=standing.expires_at)
