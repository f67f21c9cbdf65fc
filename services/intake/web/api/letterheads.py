"""What documents say of the office, for programs of an administrator."""

from typing import Any

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.auth.scopes import Area
from services.intake.domain.office import Letterhead
from services.intake.use_cases import letterheads
from services.intake.web.context import deps
from services.intake.web.letterhead_schemas import ApiLetterheadSchema

bp = ApiBlueprint("letterheads_api", __name__, description="Thông tin trên văn bản")


@bp.route("/office/letterhead", methods=["GET"])
@access(Role.ADMIN, Role.CLERK, area=Area.ACCOUNTS)
@bp.response(200, ApiLetterheadSchema)
def show_letterhead() -> Letterhead:
    """Show who signs, who issues, who receives, on what basis."""
    return letterheads.show_letterhead(by=current_person(), deps=deps())


@bp.route("/office/letterhead", methods=["PUT"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ApiLetterheadSchema)
@bp.response(200, ApiLetterheadSchema)
def change_letterhead(headers: dict[str, Any], body: Letterhead) -> Letterhead:
    """Replace it whole; `unit_words` stays as it is."""
    command = letterheads.ChangeLetterhead(letterhead=body)
    letterheads.change_letterhead(command, by=current_person(), deps=deps())
    return letterheads.show_letterhead(by=current_person(), deps=deps())
