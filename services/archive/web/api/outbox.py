"""A nudge from the assembler's clock: send what is still unsent."""

from kernel.api import ApiBlueprint
from kernel.auth.access import access
from kernel.auth.principal import Service
from services.archive.use_cases.pushing import PushResult, push_outbox
from services.archive.web.request import deps
from services.archive.web.schemas import PushResultSchema

bp = ApiBlueprint("outbox_api", __name__, description="Gửi lại những gì chưa gửi được.")


@bp.post("/outbox/deliveries")
@bp.response(200, PushResultSchema)
@access(services=(Service.ASSEMBLER,))
def push() -> PushResult:
    """Send what is unsent, of every office: each row carries its own. Repeating is harmless."""
    return push_outbox(deps=deps())
