"""Editions of forms: the list, one of them, two compared, one as a sector sees it."""

from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import EXCLUDE, fields

from kernel.auth.access import access
from kernel.auth.principal import Role, current_person
from kernel.contracts.schema import StrictSchema, Text
from kernel.errors import Conflict, InvalidInput, Located
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.domain.form_differences import Change, Section
from services.intake.domain.form_editing import KeepForm, Rows
from services.intake.domain.forms import Part
from services.intake.use_cases import editing_forms, viewing_forms
from services.intake.use_cases.form_outlines import Edition, EditionOutline
from services.intake.web.context import deps, this_call
from services.intake.web.edition_schemas import LONGEST_TITLE
from services.intake.web.typed_edition import placed
from services.intake.web.typed_report import visible

bp = Blueprint("forms", __name__, url_prefix="/forms")

EDITORS = (Role.CLERK, Role.ADMIN)
LONGEST_KEY = 100
CHANGE_TONES = {
    Change.ADDED: "success",
    Change.REMOVED: "danger",
    Change.CHANGED: "warning",
    Change.MOVED: "info",
}


class KeySchema(StrictSchema):
    """What every form of the editor carries."""

    class Meta:
        """The rest is read by itself."""

        unknown = EXCLUDE

    idempotency_key = Text(required=True, max_length=LONGEST_KEY)
    version = fields.Integer(load_default=0)


class _TitleSchema(KeySchema):
    title = Text(required=True, max_length=LONGEST_TITLE)


class _CreateSchema(_TitleSchema):
    copy_of = Text(load_default="", blank=True, max_length=64)


@bp.get("")
@access(*EDITORS)
def show_editions() -> ResponseReturnValue:
    """List the editions, the newest first."""
    after = request.args.get("after", type=int)
    page = viewing_forms.list_editions(
        office_id=current_person().office_id,
        deps=deps(),
        below=after if after is None or 0 <= after < 2**31 else None,
    )
    return render_template("intake/forms.html", page=page)


@bp.get("/new")
@access(*EDITORS)
def show_new() -> ResponseReturnValue:
    """Ask what the new edition is a copy of."""
    return _new_page({}, errors={}), 200


@bp.post("/new")
@access(*EDITORS)
def create_edition() -> ResponseReturnValue:
    """Make the draft and go on to it."""
    typed = load(_CreateSchema(), request.form.to_dict())
    command = editing_forms.CreateEdition(
        title=typed["title"],
        copy_of=_chosen(typed["copy_of"]),
        call=this_call(typed["idempotency_key"], typed["title"], typed["copy_of"]),
    )
    saved = editing_forms.create_edition(command, by=current_person(), deps=deps())
    flash("Đã lập bản nháp. Sửa từng mục dưới đây; chưa ngành nào thấy bản này.", "success")
    return redirect(url_for("forms.show_edition", edition_id=saved.id), 303)


@bp.get("/<uuid:edition_id>")
@access(*EDITORS)
def show_edition(edition_id: UUID) -> ResponseReturnValue:
    """Show the sections of an edition and what is missing in them."""
    return _edition_page(edition_id, errors={}), 200


@bp.post("/<uuid:edition_id>/title")
@access(*EDITORS)
def rename_edition(edition_id: UUID) -> ResponseReturnValue:
    """Give a draft another title."""
    typed = load(_TitleSchema(), request.form.to_dict())
    command = editing_forms.EditEdition(
        edition_id=edition_id,
        change=KeepForm(),
        title=typed["title"],
        seen_version=typed["version"],
        call=this_call(typed["idempotency_key"], typed["title"], typed["version"]),
    )
    editing_forms.edit_edition(command, by=current_person(), deps=deps())
    flash("Đã đổi tên biểu mẫu.", "success")
    return redirect(url_for("forms.show_edition", edition_id=edition_id), 303)


@bp.post("/<uuid:edition_id>/undo")
@access(*EDITORS)
def undo_last(edition_id: UUID) -> ResponseReturnValue:
    """Take back the last change."""
    typed = load(KeySchema(), request.form.to_dict())
    call = this_call(typed["idempotency_key"], typed["version"])
    person = current_person()
    editing_forms.undo_last(edition_id, typed["version"], call, by=person, deps=deps())
    flash("Đã hoàn tác.", "success")
    rows = request.form.get("rows", "")
    if rows in set(Rows):
        return redirect(url_for("form_rows.show_rows", edition_id=edition_id, rows=rows), 303)
    return redirect(url_for("forms.show_edition", edition_id=edition_id), 303)


@bp.get("/<uuid:edition_id>/preview")
@access(*EDITORS)
def show_preview(edition_id: UUID) -> ResponseReturnValue:
    """Show what a sector would be asked; nothing can be typed there."""
    preview = viewing_forms.preview_edition(
        edition_id,
        office_id=current_person().office_id,
        deps=deps(),
        unit_code=request.args.get("unit", ""),
    )
    return render_template(
        "intake/form_preview.html",
        preview=preview,
        Part=Part,
        unit_options=[(it.code, it.name) for it in preview.units],
    )


@bp.get("/<uuid:edition_id>/compare")
@access(*EDITORS)
def compare_editions(edition_id: UUID) -> ResponseReturnValue:
    """Show two editions side by side where they differ."""
    office_id = current_person().office_id
    editions = viewing_forms.all_editions(office_id=office_id, deps=deps())
    edition = viewing_forms.view_edition(edition_id, office_id=office_id, deps=deps()).outline
    with_id = _uuid(request.args.get("with", "")) or _usual_other(edition, editions)
    comparison = with_id and viewing_forms.compare_editions(
        edition_id, with_id, office_id=office_id, deps=deps()
    )
    return render_template(
        "intake/form_compare.html",
        edition=edition,
        comparison=comparison,
        others=[it for it in editions if it.id != edition_id],
        other_options=[(it.id, edition_label(it)) for it in editions if it.id != edition_id],
        sections=list(Section),
    )


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed."""
    errors = by_field(error.errors)
    if request.endpoint == "forms.create_edition":
        return _new_page(request.form.to_dict(), errors=errors), 422
    return _edition_page((request.view_args or {})["edition_id"], errors=errors), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show the edition as it stands now; a title that was typed stays in its field."""
    edition_id = (request.view_args or {})["edition_id"]
    return _edition_page(edition_id, errors={}, alert=error.detail), 409


def _new_page(typed: dict[str, str], *, errors: dict[str, str]) -> str:
    office_id = current_person().office_id
    last = viewing_forms.last_asked(office_id=office_id, deps=deps())
    editions = viewing_forms.all_editions(office_id=office_id, deps=deps())
    options = [(str(it.id), edition_label(it, is_last=it.id == last)) for it in editions]
    preset = request.args.get("copy") or (str(last) if last else "")
    return render_template(
        "intake/form_new.html",
        options=[*options, ("", "Biểu mẫu trống, tự lập từ đầu")],
        typed={name: visible(value) for name, value in typed.items()},
        chosen=typed.get("copy_of", preset),
        errors=errors,
        key=uuid4().hex,
    )


def _edition_page(edition_id: UUID, *, errors: dict[str, str], alert: str = "") -> str:
    person = current_person()
    edition = viewing_forms.view_edition(edition_id, office_id=person.office_id, deps=deps())
    return render_template(
        "intake/form.html",
        edition=edition,
        faults=[placed(it, edition.form) for it in edition.faults],
        counts=_counts(edition),
        typed_title=visible(request.form.get("title", edition.outline.title)),
        errors=errors,
        alert=alert,
        key=uuid4().hex,
    )


def _counts(edition: Edition) -> dict[str, str]:
    form = edition.form
    movements = len(form.movements_from_above) + len(form.movements_commune_wide)
    movements += sum(len(it.movements) for it in form.expected_movements)
    asked = [part for part in Part if form.guide(part).is_asked]
    return {
        "headings": f"{len(form.headings)} lĩnh vực",
        "indicators": f"{len(form.indicators)} chỉ tiêu",
        "prompts": f"{len(form.prompts)} câu hỏi",
        "movements": f"{movements} phong trào",
        "awards": f"{len(form.awards)} danh hiệu, hình thức",
        "guides": f"hỏi {len(asked)}/{len(Part)} phần",
    }


def edition_label(edition: EditionOutline, *, is_last: bool = False) -> str:
    """Return how an edition is called in a list to choose from."""
    state = {"draft": "nháp", "used": "đang dùng", "retired": "đã dùng"}[edition.state]
    label = f"Số {edition.number} – {edition.title} ({state})"
    return f"{label} – kỳ gần nhất" if is_last else label


def _usual_other(edition: EditionOutline, editions: tuple[EditionOutline, ...]) -> UUID | None:
    """Return the edition that it was copied from, else the one before it, else any other."""
    by_number = {it.number: it.id for it in editions if it.id != edition.id}
    earlier = [number for number in by_number if number < edition.number]
    usual = edition.based_on if edition.based_on in by_number else None
    number = usual or max(earlier, default=None) or min(by_number, default=None)
    return by_number.get(number) if number is not None else None


def _chosen(typed: str) -> UUID | None:
    if not typed:
        return None
    found = _uuid(typed)
    if found is None:
        detail = "Chọn một biểu mẫu trong danh sách."
        raise InvalidInput(detail, errors=[Located("#/copy_of", detail)])
    return found


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@bp.app_template_global("change_tone")
def _change_tone(change: Change) -> str:
    return CHANGE_TONES[change]
