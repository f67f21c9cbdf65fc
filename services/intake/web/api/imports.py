"""Many units or accounts in one call: all of them, or none."""

from typing import Any

from flask import request, url_for

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.auth.scopes import Area
from services.intake.use_cases import importing
from services.intake.web.accounts_schemas import (
    AccountLinesSchema,
    ImportedAccountsSchema,
    ImportedUnitsSchema,
    UnitLinesSchema,
)
from services.intake.web.context import deps, this_call

bp = ApiBlueprint("imports_api", __name__, description="Nhập danh sách")


@bp.route("/imports/units", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(UnitLinesSchema)
@bp.response(201, ImportedUnitsSchema)
def import_units(headers: dict[str, Any], body: dict[str, Any]) -> dict[str, int]:
    """Add units behind the others; errors point at `#/rows/<number>`."""
    call = this_call(headers["key"], request.get_data(as_text=True))
    by = current_person()
    return {"count": importing.import_units(body["rows"], call, by=by, deps=deps())}


@bp.route("/imports/accounts", methods=["POST"])
@access(Role.ADMIN, area=Area.ACCOUNTS)
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(AccountLinesSchema)
@bp.response(201, ImportedAccountsSchema)
def import_accounts(headers: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
    """Open accounts; their links are in this answer and nowhere else."""
    call = this_call(headers["key"], request.get_data(as_text=True))
    opened = importing.import_accounts(body["rows"], call, by=current_person(), deps=deps())
    return {
        "invited": [
            {
                "account_id": it.account_id,
                "login_name": it.login_name,
                "link": url_for("invitations.show_invitation", secret=it.secret, _external=True),
            }
            for it in opened
        ]
    }
