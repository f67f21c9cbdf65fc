"""Headings, questions and indicators of a draft: the list of them, and the page of one."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import current_person
from kernel.errors import Conflict, InvalidInput, Located, NotFound
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.domain.form_editing import (
    AddRow,
    DuplicateRow,
    FormChange,
    Item,
    MoveRow,
    RemoveRow,
    ReplaceRow,
    Rows,
    find_item,
    group_of,
    items_of,
    name_of,
)
from services.intake.use_cases import editing_forms, viewing_forms
from services.intake.use_cases.form_outlines import Edition
from services.intake.web.context import deps, this_call
from services.intake.web.pages.forms import EDITORS, KeySchema
from services.intake.web.typed_edition import (
    SCHEMAS,
    Typed,
    faults_of_row,
    new_item,
    placed,
    shown,
    typed_from,
    typed_of,
    without_blanks,
)
from services.intake.web.typed_report import visible

bp = Blueprint("form_rows", __name__, url_prefix="/forms/<uuid:edition_id>")

_LIST = "<any(headings, prompts, indicators):rows>"
_DONE = {
    "add": "Đã thêm {word} “{name}”.",
    "copy": "Đã nhân đôi {word} “{name}”.",
    "remove": "Đã bỏ {word} “{name}”.",
}


@bp.get(f"/{_LIST}")
@access(*EDITORS)
def show_rows(edition_id: UUID, rows: str) -> ResponseReturnValue:
    """List the rows under their headings."""
    return _list_page(edition_id, Rows(rows), errors={}), 200


@bp.post(f"/{_LIST}")
@access(*EDITORS)
def change_rows(edition_id: UUID, rows: str) -> ResponseReturnValue:
    """Add, move, duplicate or remove a row."""
    action, _, code = request.form.get("action", "add").partition(":")
    before = _edition(edition_id)
    saved = _save(edition_id, _change(Rows(rows), action, code), asked=action + code)
    name = visible(request.form.get("name", "")).strip()
    item = find_item(before.form, Rows(rows), code)
    if action in _DONE:
        word = Rows(rows).row_word
        called = name_of(item) if item else name
        flash(_DONE[action].format(word=word, name=called), "success")
    there = url_for(
        "form_rows.show_rows",
        edition_id=edition_id,
        rows=rows,
        undo=saved.version,
        moved=f"{action}:{code}" if action in {"up", "down"} else None,
    )
    return redirect(there, 303)


@bp.get(f"/{_LIST}/edit")
@access(*EDITORS)
def show_row(edition_id: UUID, rows: str) -> ResponseReturnValue:
    """Show one row with its faults."""
    edition, code = _edition(edition_id), request.args.get("code", "")
    item = find_item(edition.form, Rows(rows), code)
    if item is None:
        raise NotFound(f"Biểu mẫu không còn {Rows(rows).row_word} này.")
    errors = faults_of_row(edition.faults, edition.form, Rows(rows), code)
    page = _RowPage(edition, Rows(rows), code)
    return page.render(typed_from(item), errors=errors, version=edition.outline.version), 200


@bp.post(f"/{_LIST}/edit")
@access(*EDITORS)
def save_row(edition_id: UUID, rows: str) -> ResponseReturnValue:
    """Save the row; one that lacks something is saved too, and says so in the list."""
    kind, code = Rows(rows), request.args.get("code", "")
    typed = without_blanks(typed_of(request.form), "max_length", "decimals")
    item = load(SCHEMAS[kind](), typed)
    _save(edition_id, _replacing(_edition(edition_id), kind, code, item), asked=(code, typed))
    flash(f"Đã lưu {kind.row_word} “{name_of(item)}”.", "success")
    return redirect(url_for("form_rows.show_rows", edition_id=edition_id, rows=rows), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed."""
    edition_id, rows = _place()
    errors = by_field(error.errors)
    if request.endpoint == "form_rows.save_row":
        page = _RowPage(_edition(edition_id), rows, request.args.get("code", ""))
        return page.render(typed_of(request.form), errors=errors, version=_seen_version()), 422
    return _list_page(edition_id, rows, errors=errors), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved meanwhile: both are kept."""
    edition_id, rows = _place()
    edition = _edition(edition_id)
    if request.endpoint != "form_rows.save_row" or not edition.may_be_changed:
        return _list_page(edition_id, rows, errors={}, alert=error.detail), 409
    code = request.args.get("code", "")
    page = _RowPage(edition, rows, code)
    typed = typed_of(request.form)
    return page.render(typed, errors={}, version=edition.outline.version, alert=error.detail), 409


def _place() -> tuple[UUID, Rows]:
    args = request.view_args or {}
    return args["edition_id"], Rows(args["rows"])


def _edition(edition_id: UUID) -> Edition:
    return viewing_forms.view_edition(edition_id, office_id=current_person().office_id, deps=deps())


def _seen_version() -> int:
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _save(edition_id: UUID, change: FormChange, *, asked: Any) -> editing_forms.SavedEdition:
    keys = load(KeySchema(), request.form.to_dict())
    # One page has many buttons, each of which is a call of its own.
    action = request.form.get("action", "")
    command = editing_forms.EditEdition(
        edition_id=edition_id,
        change=change,
        seen_version=_seen_version(),
        call=this_call(f"{keys['idempotency_key'][:60]}{_short(action)}", asked),
    )
    return editing_forms.edit_edition(command, by=current_person(), deps=deps())


def _short(action: str) -> str:
    """Return a short name for what a button does, fit for a key."""
    return f"-{uuid5(NAMESPACE_URL, action).hex}" if action else ""


def _replacing(edition: Edition, rows: Rows, code: str, item: Item) -> FormChange:
    """Return the change; a row that somebody removed is added again by who has seen that."""
    has_seen = edition.outline.version == _seen_version()
    if has_seen and find_item(edition.form, rows, code) is None:
        return AddRow(rows=rows, item=item)
    return ReplaceRow(rows=rows, code=code, item=item)


def _change(rows: Rows, action: str, code: str) -> FormChange:
    if action in {"up", "down"}:
        return MoveRow(rows=rows, code=code, step=-1 if action == "up" else 1)
    if action == "copy":
        return DuplicateRow(rows=rows, code=code)
    if action == "remove":
        return RemoveRow(rows=rows, code=code)
    name, field = request.form.get("name", ""), request.form.get("field", "")
    item = load(SCHEMAS[rows](), new_item(rows, name, field))
    if not name_of(item):
        raise _nameless(rows)
    return AddRow(rows=rows, item=item)


def _nameless(rows: Rows) -> InvalidInput:
    detail = f"Nhập tên {rows.row_word} muốn thêm."
    return InvalidInput(detail, errors=[Located("#/name", detail)])


def _list_page(edition_id: UUID, rows: Rows, *, errors: dict[str, str], alert: str = "") -> str:
    edition = _edition(edition_id)
    renamed = {"title": "name", "label": "name"}
    undo = request.args.get("undo", type=int)
    faults = [placed(it, edition.form) for it in edition.faults]
    return render_template(
        "intake/form_rows.html",
        edition=edition,
        rows=rows,
        groups=_groups(edition, rows),
        faulty={it.code for it in faults if it.section == rows},
        below=_below(edition),
        name_of=name_of,
        headings=[(it.code, it.title or it.code) for it in edition.form.headings],
        typed={name: visible(value) for name, value in request.form.items()},
        errors={renamed.get(name, name): detail for name, detail in errors.items()},
        alert=alert,
        undo=undo if undo == edition.outline.version and edition.may_be_changed else None,
        moved=request.args.get("moved", ""),
        key=uuid4().hex,
    )


def _groups(edition: Edition, rows: Rows) -> list[tuple[str, list[Any]]]:
    """Return the rows under the titles of their headings; what stands under none comes last."""
    items = items_of(edition.form, rows)
    if rows is Rows.HEADINGS:
        return [("", list(items))]
    known = [it.code for it in edition.form.headings]
    groups = [
        (edition.form.heading_title(code), [it for it in items if group_of(it) == code])
        for code in known
    ]
    lost = [it for it in items if group_of(it) not in known]
    return [
        (title, found) for title, found in [*groups, ("Chưa thuộc lĩnh vực nào", lost)] if found
    ]


def _below(edition: Edition) -> dict[str, str]:
    """Return what goes with each heading."""
    form = edition.form
    return {
        it.code: f"{sum(one.field == it.code for one in form.prompts)} câu hỏi, "
        f"{sum(one.field == it.code for one in form.indicators)} chỉ tiêu"
        for it in form.headings
    }


class _RowPage:
    """The page of one row."""

    def __init__(self, edition: Edition, rows: Rows, code: str) -> None:
        self._edition, self._rows, self._code = edition, rows, code

    def render(self, typed: Typed, *, errors: dict[str, str], version: int, alert: str = "") -> str:
        """Return the page with what stands in its fields."""
        edition = self._edition
        meanwhile = editing_forms.saved_meanwhile(
            edition.outline.id,
            _seen_version(),
            office_id=current_person().office_id,
            deps=deps(),
        )
        return render_template(
            "intake/form_row.html",
            edition=edition,
            rows=self._rows,
            code=self._code,
            typed={"unit_codes": [], "parts": [], **shown(typed)},
            errors=errors,
            version=version,
            alert=alert,
            meanwhile=meanwhile if alert else None,
            headings=[(it.code, it.title or it.code) for it in edition.form.headings],
            units=[(it.code, it.name) for it in edition.units],
            others=[
                (it.code, it.name or it.code)
                for it in edition.form.indicators
                if it.code != self._code
            ],
            key=uuid4().hex,
        )
