"""Movements, awards and guides of a draft: one page each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.auth.access import access
from kernel.auth.principal import current_person
from kernel.contracts.dossier import NOMINEE_KINDS
from kernel.contracts.schema import Choice, Items, StrictSchema, Text
from kernel.errors import Conflict, InvalidInput, Located
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.domain.form_editing import (
    FormChange,
    ReplaceAwards,
    ReplaceGuides,
    ReplaceMovements,
)
from services.intake.domain.forms import (
    AwardChoice,
    ExpectedMovements,
    Part,
    PartGuide,
)
from services.intake.use_cases import editing_forms, viewing_forms
from services.intake.use_cases.form_outlines import Edition
from services.intake.web.context import deps, this_call
from services.intake.web.pages.forms import EDITORS, KeySchema
from services.intake.web.typed_edition import lines_of
from services.intake.web.typed_report import visible
from vnadmin.awards.titles import NomineeKind

bp = Blueprint("form_parts", __name__, url_prefix="/forms/<uuid:edition_id>")

_SECTION = "<any(movements, awards, guides):section>"
FROM_ABOVE, COMMUNE_WIDE = "from_above", "commune_wide"


class _MovementsSchema(StrictSchema):
    movements = Items(Text(max_length=500))


class _GuideSchema(StrictSchema):
    help = Text(load_default="", blank=True, max_length=2_000)
    unit_codes = Items(Text(max_length=64), limit=200)


class _KindsSchema(StrictSchema):
    kinds = Items(Choice(NOMINEE_KINDS))


@bp.get(f"/{_SECTION}")
@access(*EDITORS)
def show_section(edition_id: UUID, section: str) -> ResponseReturnValue:
    """Show the section as it was saved."""
    edition = _edition(edition_id)
    typed = _STORED[section](edition)
    return _page(edition, section, typed, version=edition.outline.version), 200


@bp.post(f"/{_SECTION}")
@access(*EDITORS)
def save_section(edition_id: UUID, section: str) -> ResponseReturnValue:
    """Save the section as a whole."""
    keys = load(KeySchema(), request.form.to_dict())
    typed = sorted(request.form.items(multi=True))
    command = editing_forms.EditEdition(
        edition_id=edition_id,
        change=_READERS[section](_edition(edition_id)),
        seen_version=_seen_version(),
        call=this_call(keys["idempotency_key"], section, typed),
    )
    editing_forms.edit_edition(command, by=current_person(), deps=deps())
    flash("Đã lưu.", "success")
    return redirect(url_for("forms.show_edition", edition_id=edition_id), 303)


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    """Show the page again with what was typed."""
    args = request.view_args or {}
    edition = _edition(args["edition_id"])
    errors = by_field(error.errors)
    version = _seen_version()
    return _page(edition, args["section"], _typed(), version=version, errors=errors), 422


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved meanwhile: both are kept."""
    args = request.view_args or {}
    edition = _edition(args["edition_id"])
    version = edition.outline.version
    return _page(edition, args["section"], _typed(), version=version, alert=error.detail), 409


def _edition(edition_id: UUID) -> Edition:
    return viewing_forms.view_edition(edition_id, office_id=current_person().office_id, deps=deps())


def _seen_version() -> int:
    typed = request.form.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _typed() -> dict[str, Any]:
    """Return every field of the page; what is ticked as a list."""
    lists = {name: [visible(it) for it in request.form.getlist(name)] for name in request.form}
    return {
        name: values if name.endswith(("kinds", "unit_codes", "chosen")) else values[0]
        for name, values in lists.items()
    }


def _page(
    edition: Edition,
    section: str,
    typed: dict[str, Any],
    *,
    version: int,
    errors: dict[str, str] | None = None,
    alert: str = "",
) -> str:
    office_id = current_person().office_id
    meanwhile = editing_forms.saved_meanwhile(
        edition.outline.id, _seen_version(), office_id=office_id, deps=deps()
    )
    return render_template(
        f"intake/form_{section}.html",
        edition=edition,
        section=section,
        typed=typed,
        version=version,
        errors=errors or {},
        alert=alert,
        meanwhile=meanwhile if alert else None,
        units=[(it.code, it.name) for it in edition.units],
        kinds=[(it.value, it.label) for it in NomineeKind],
        awards=_offered(edition),
        parts=list(Part),
        key=uuid4().hex,
    )


def _offered(edition: Edition) -> tuple[AwardChoice, ...]:
    """Return the awards of the law, with those of the form that the law does not name."""
    lawful = editing_forms.awards_of_office(office_id=current_person().office_id, deps=deps())
    known = {it.code for it in lawful}
    return (*lawful, *(it for it in edition.form.awards if it.code not in known))


def _stored_movements(edition: Edition) -> dict[str, Any]:
    form = edition.form
    units = {f"unit-{it.code}": "\n".join(form.movements_of(it.code)) for it in edition.units}
    return {
        FROM_ABOVE: "\n".join(form.movements_from_above),
        COMMUNE_WIDE: "\n".join(form.movements_commune_wide),
        **units,
    }


def _read_movements(edition: Edition) -> FormChange:
    lists: dict[str, Any] = {
        name: lines_of(request.form.get(name, "")) for name in (FROM_ABOVE, COMMUNE_WIDE)
    }
    units = [(it.code, lines_of(request.form.get(f"unit-{it.code}", ""))) for it in edition.units]
    found: dict[str, Any] = {}
    errors: dict[str, Any] = {}
    for name, lines in {**lists, **{f"unit-{code}": lines for code, lines in units}}.items():
        found[name] = _lines(name, lines, errors)
    if errors:
        raise InvalidInput(f"Có {len(errors)} chỗ cần sửa.", errors=list(errors.values()))
    return ReplaceMovements(
        from_above=found[FROM_ABOVE],
        commune_wide=found[COMMUNE_WIDE],
        expected=tuple(
            ExpectedMovements(unit_code=code, movements=found[f"unit-{code}"])
            for code, lines in units
            if lines
        ),
    )


def _lines(name: str, lines: list[str], errors: dict[str, Any]) -> tuple[str, ...]:
    try:
        return tuple(load(_MovementsSchema(), {"movements": lines})["movements"])
    except InvalidInput as refused:
        first = refused.errors[0]
        place = first.pointer.rpartition("/")[2]
        where = f"Dòng {int(place) + 1}: " if place.isdecimal() else ""
        errors[name] = Located(f"#/{name}", where + first.detail)
        return ()


def _stored_awards(edition: Edition) -> dict[str, Any]:
    return {
        "chosen": [it.code for it in edition.form.awards],
        **{f"{it.code}-kinds": list(it.kinds) for it in edition.form.awards},
    }


def _read_awards(edition: Edition) -> FormChange:
    chosen = set(request.form.getlist("chosen"))
    awards = []
    for offered in _offered(edition):
        if offered.code in chosen:
            kinds = load(_KindsSchema(), {"kinds": request.form.getlist(f"{offered.code}-kinds")})
            awards.append(
                AwardChoice(
                    code=offered.code,
                    title=offered.title,
                    kinds=tuple(kinds["kinds"]) or offered.kinds,
                )
            )
    return ReplaceAwards(awards=tuple(awards))


def _stored_guides(edition: Edition) -> dict[str, Any]:
    found: dict[str, Any] = {"chosen": []}
    for part in Part:
        guide = edition.form.guide(part)
        found["chosen"] += [part.value] if guide.is_asked else []
        found[f"{part}-help"] = guide.help
        found[f"{part}-unit_codes"] = list(guide.unit_codes)
    return found


def _read_guides(_: Edition) -> FormChange:
    asked = set(request.form.getlist("chosen"))
    guides, errors = [], []
    for part in Part:
        typed = {
            "help": request.form.get(f"{part}-help", ""),
            "unit_codes": request.form.getlist(f"{part}-unit_codes"),
        }
        try:
            said = load(_GuideSchema(), typed)
        except InvalidInput as refused:
            errors += _under(part, refused)
            continue
        guide = PartGuide(
            part=part.value,
            help=said["help"],
            unit_codes=tuple(said["unit_codes"]),
            is_asked=part.value in asked,
        )
        if guide != PartGuide(part=part.value):
            guides.append(guide)
    if errors:
        raise InvalidInput(f"Có {len(errors)} chỗ cần sửa.", errors=errors)
    return ReplaceGuides(guides=tuple(guides))


def _under(part: Part, refused: InvalidInput) -> list[Any]:
    return [
        Located(f"#/{part}-{it.pointer.removeprefix('#/').split('/')[0]}", it.detail)
        for it in refused.errors
    ]


_STORED: dict[str, Callable[[Edition], dict[str, Any]]] = {
    "movements": _stored_movements,
    "awards": _stored_awards,
    "guides": _stored_guides,
}
_READERS: dict[str, Callable[[Edition], FormChange]] = {
    "movements": _read_movements,
    "awards": _read_awards,
    "guides": _read_guides,
}
