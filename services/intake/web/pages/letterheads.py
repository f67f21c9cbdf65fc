"""The administrator's page of what documents say of the office."""

import json
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.errors import Conflict, InvalidInput
from kernel.problems import load
from kernel.web.forms import by_field, nest
from services.intake.domain.office import Letterhead
from services.intake.persistence.documents import LetterheadSchema
from services.intake.use_cases import letterheads
from services.intake.web.context import deps
from services.intake.web.letterhead_schemas import TypedLetterheadSchema
from services.intake.web.typed_report import visible

bp = Blueprint("letterheads", __name__, url_prefix="/office/letterhead")

_BLANK_ROWS = 2
_ROWS = ("issuing_bodies", "recipients", "legal_basis")


@bp.get("")
@access(Role.ADMIN)
def show_letterhead() -> ResponseReturnValue:
    """Show the letterhead as it is."""
    found = letterheads.show_letterhead(by=current_person(), deps=deps())
    return _page(_shown(found), seen=_seen_text(found)), 200


@bp.post("")
@access(Role.ADMIN)
def change_letterhead() -> ResponseReturnValue:
    """Replace it."""
    typed = nest((name, value) for name, value in request.form.items() if name not in _NOT_TYPED)
    command = letterheads.ChangeLetterhead(
        letterhead=load(TypedLetterheadSchema(), typed), seen=_seen()
    )
    letterheads.change_letterhead(command, by=current_person(), deps=deps())
    flash("Đã lưu. Hồ sơ tổng hợp chốt từ bây giờ dùng thông tin mới.", "success")
    return redirect(url_for("letterheads.show_letterhead"), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    return _page(_typed(), seen=request.form.get("seen", ""), errors=by_field(error.errors)), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show what was typed; having been told, the writer may replace what is there."""
    found = letterheads.show_letterhead(by=current_person(), deps=deps())
    flash(error.detail, "error")
    return _page(_typed(), seen=_seen_text(found)), 409


_NOT_TYPED = frozenset({"csrf_token", "seen"})


def _seen_text(letterhead: Letterhead) -> str:
    return json.dumps(LetterheadSchema().dump(letterhead), ensure_ascii=False)


def _seen() -> Letterhead | None:
    try:
        found: Letterhead = load(LetterheadSchema(), json.loads(request.form.get("seen", "")))
    except (ValueError, RecursionError, InvalidInput):
        raise Conflict(letterheads.CHANGED) from None
    return found


def _typed() -> dict[str, Any]:
    pairs = ((name, visible(value)) for name, value in request.form.items())
    return nest((name, value) for name, value in pairs if name not in _NOT_TYPED)


def _shown(letterhead: Letterhead) -> dict[str, Any]:
    dumped: dict[str, Any] = LetterheadSchema().dump(letterhead)
    for body in dumped["issuing_bodies"]:
        body["header"] = "\n".join(body["header"])
    for basis in dumped["legal_basis"]:
        for end in ("valid_from", "valid_to"):
            basis[end] = "/".join(reversed(basis[end].split("-"))) if basis[end] else ""
    return dumped


def _page(shown: dict[str, Any], *, seen: str, errors: dict[str, str] | None = None) -> str:
    signer = shown.get("signer")
    return render_template(
        "intake/letterhead.html",
        shown={name: value for name, value in shown.items() if not isinstance(value, list | dict)},
        signer=signer if isinstance(signer, dict) else {},
        rows={name: _with_blanks(shown.get(name)) for name in _ROWS},
        seen=seen,
        errors=errors or {},
    )


def _with_blanks(rows: Any) -> Sequence[dict[str, Any]]:
    kept = [it for it in rows if isinstance(it, dict)] if isinstance(rows, list) else []
    return [*kept, *({} for _ in range(_BLANK_ROWS))]
