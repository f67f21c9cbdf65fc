"""Save one part of a report. Two officers on one part: both texts are kept, the later is told."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import InvalidInput, Located, NotFound
from services.intake.domain.checking import errors_in
from services.intake.domain.content import ReportContent, tidied
from services.intake.domain.forms import Part
from services.intake.domain.moves import refuse_unless_editable
from services.intake.domain.parts import errors_of, only, replaced, strangers_in
from services.intake.domain.receipts import Call
from services.intake.persistence.models import PartDraftRow
from services.intake.persistence.part_drafts import PartDrafts
from services.intake.persistence.set_asides import Aside, SetAsides
from services.intake.persistence.typed_parts import Desk, Fields, TypedParts
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.once import Memory, remembered
from services.intake.use_cases.storing import (
    Binder,
    Pen,
    author,
    open_binder,
    refuse_closed,
    refuse_faulty,
    retried,
    store_draft,
)

CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePart:
    """Save one part, of which the writer had seen that version.

    `content` holds nothing but the part. `editor` names the window that it was typed into.
    `keeps_replaced` sets aside what the writer himself had saved before.
    `root` is where the content stands in the request, for the pointers of errors.
    """

    period_id: UUID
    part: Part
    content: ReportContent
    seen_version: int
    call: Call | None = None
    editor: str = ""
    keeps_replaced: bool = False
    root: str = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSaving:
    """How it went; `set_aside_id` is where the text lies if somebody else had been faster."""

    part: Part
    version: int
    saved_at: datetime
    saved_by: str
    set_aside_id: UUID | None = None


def save_part(command: SavePart, *, by: Person, deps: Deps) -> PartSaving:
    """Save the part, or set the text aside beside what a colleague saved meanwhile."""
    at = deps.now()
    pen = Pen(by=by, at=at, keeps_replaced=command.keeps_replaced)

    def work(session: Session) -> PartSaving:
        if command.call is None:
            return write_part(session, command, pen)
        return remembered(
            session,
            command.call,
            lambda: write_part(session, command, pen),
            SAVINGS,
            office_id=by.office_id,
            at=at,
        )

    return retried(deps, work)


def write_part(session: Session, command: SavePart, pen: Pen) -> PartSaving:
    """Do what `save_part` says, inside of a transaction that is under way."""
    binder = open_binder(session, command.period_id, by=pen.by)
    new = _checked(command, binder)
    draft = PartDrafts(session, binder.row).find(command.part) if binder.row else None
    version = draft.version if draft else 0
    stored = only(binder.content, command.part)
    if version != command.seen_version and stored != new:
        return _set_aside(session, binder, command, new, pen)
    if draft is None or stored != new:
        content = replaced(binder.content, command.part, new)
        row, _ = store_draft(session, binder, content, pen)
        draft = _counted(PartDrafts(session, row), command.part, version, pen)
    _forget_typed(session, binder, command.part, pen)
    return PartSaving(
        part=command.part,
        version=draft.version,
        saved_at=draft.saved_at,
        saved_by=draft.saved_by_name,
    )


def keep_typed(
    period_id: UUID, part: Part, fields: Fields, *, seen_version: int, by: Person, deps: Deps
) -> None:
    """Keep what cannot be saved as it was typed, for its writer, on whatever device he looks."""
    at = deps.now()
    with deps.database.begin() as session:
        binder = open_binder(session, period_id, by=by)
        TypedParts(session, office_id=by.office_id).keep(
            _desk(binder, part), fields, seen_version=seen_version, by=author(by), at=at
        )


def drop_typed(period_id: UUID, part: Part, *, by: Person, deps: Deps) -> None:
    """Give up what was typed and could not be saved."""
    with deps.database.begin() as session:
        binder = open_binder(session, period_id, by=by)
        TypedParts(session, office_id=by.office_id).drop(_desk(binder, part), by.account_id)


def _checked(command: SavePart, binder: Binder) -> ReportContent:
    """Return the part as it will be stored, or raise what is wrong with it."""
    refuse_closed(binder.period)
    refuse_unless_editable(binder.state)
    if command.part not in binder.form.parts_of(binder.unit.code):
        raise NotFound("Biểu mẫu của ngành không có phần này.")
    detail = "Không thuộc phần này."
    refuse_faulty(
        tuple(Located(f"#/{name}", detail) for name in strangers_in(command.content, command.part)),
        command.root,
    )
    errors = errors_in(command.content, binder.form, binder.unit.code, is_final=False)
    refuse_faulty(errors_of(command.part, errors, command.content), command.root)
    return only(tidied(command.content), command.part)


def _set_aside(
    session: Session, binder: Binder, command: SavePart, new: ReportContent, pen: Pen
) -> PartSaving:
    if binder.row is None:  # a version of what was never begun: not from a page of ours
        detail = "Phiên bản này không có."
        raise InvalidInput(detail, errors=[Located("#/version", detail)])
    row = SetAsides(session, office_id=pen.by.office_id).keep(
        binder.row,
        Aside(
            part=command.part,
            content=new,
            why=CONFLICT,
            seen_version=command.seen_version,
            by=author(pen.by),
            at=pen.at,
            editor=_window(command.editor, pen.by),
        ),
    )
    _forget_typed(session, binder, command.part, pen)
    theirs = PartDrafts(session, binder.row).find(command.part)
    return PartSaving(
        part=command.part,
        version=theirs.version if theirs else 0,
        saved_at=theirs.saved_at if theirs else pen.at,
        saved_by=theirs.saved_by_name if theirs else "",
        set_aside_id=row.id,
    )


def _counted(drafts: PartDrafts, part: Part, version: int, pen: Pen) -> PartDraftRow:
    """Return the row of the part; saved for the first time as it was found, it counts too."""
    draft = drafts.find(part)
    if draft is None or draft.version == version:
        return drafts.note(part, by=author(pen.by), at=pen.at, copied_from=pen.copied_from)
    return draft


def _forget_typed(session: Session, binder: Binder, part: Part, pen: Pen) -> None:
    TypedParts(session, office_id=pen.by.office_id).drop(_desk(binder, part), pen.by.account_id)


def _desk(binder: Binder, part: Part) -> Desk:
    return Desk(period_id=binder.period.id, unit_id=binder.unit.id, part=part)


def _window(editor: str, by: Person) -> str:
    """Return the window's name, of which two accounts cannot have the same."""
    if not editor:
        return ""
    return hashlib.sha256(f"{by.account_id} {editor}".encode()).hexdigest()


def _kept(saving: PartSaving) -> dict[str, Any]:
    aside = saving.set_aside_id
    return {
        **asdict(saving),
        "part": saving.part.value,
        "saved_at": saving.saved_at.isoformat(),
        "set_aside_id": str(aside) if aside else None,
    }


def _found(kept: dict[str, Any]) -> PartSaving:
    aside = kept["set_aside_id"]
    return PartSaving(
        part=Part(kept["part"]),
        version=kept["version"],
        saved_at=datetime.fromisoformat(kept["saved_at"]),
        saved_by=kept["saved_by"],
        set_aside_id=UUID(aside) if aside else None,
    )


SAVINGS = Memory(_kept, _found)
