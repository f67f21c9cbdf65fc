"""A clerk makes an edition of a form and changes it for as long as no period asks it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.errors import Conflict
from services.intake.domain.form_differences import Difference, differences
from services.intake.domain.form_editing import FormChange
from services.intake.domain.forms import AwardChoice, PeriodForm
from services.intake.domain.receipts import Call
from services.intake.persistence.accounts import Accounts
from services.intake.persistence.documents import form_from, letterhead_from
from services.intake.persistence.form_editions import Draft, FormEditions
from services.intake.persistence.form_revisions import FormRevisions
from services.intake.persistence.models import FormEditionRow
from services.intake.persistence.offices import Offices, Units
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.form_outlines import unit_names
from services.intake.use_cases.once import Memory, remembered
from vnadmin.awards.titles import all_awards

PINNED = (
    "Biểu mẫu này đã được một kỳ báo cáo dùng nên không sửa được nữa. "
    "Hãy bấm “Sao chép để sửa” để lập phiên bản mới."
)


class EditedMeanwhile(Conflict):
    """Somebody else changed the same thing of the draft after it was opened for editing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateEdition:
    """A new draft: a copy of an edition, or an empty form."""

    title: str
    copy_of: UUID | None
    call: Call
    form: PeriodForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditEdition:
    """A change of a draft, made by somebody who had the version `seen_version` before him.

    `title` renames the edition at the same time; None leaves its title.
    """

    edition_id: UUID
    change: FormChange
    seen_version: int
    call: Call
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedEdition:
    """What stands recorded: which edition, in which version."""

    id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanwhileSaved:
    """What somebody else saved since a version was opened."""

    version: int
    by: str
    at: datetime
    differences: tuple[Difference, ...]


def create_edition(command: CreateEdition, *, by: Person, deps: Deps) -> SavedEdition:
    """Make a draft."""
    at = deps.now()

    def work(session: Session) -> SavedEdition:
        editions = FormEditions(session, office_id=by.office_id)
        row = editions.add(
            _first_form(session, command, office_id=by.office_id),
            title=command.title,
            at=at,
            based_on=command.copy_of,
            by=by.account_id,
        )
        return SavedEdition(id=row.id, version=row.version)

    with deps.database.begin() as session:
        return remembered(
            session, command.call, lambda: work(session), _SAVED, office_id=by.office_id, at=at
        )


def edit_edition(command: EditEdition, *, by: Person, deps: Deps) -> SavedEdition:
    """Save the change; one that somebody else made at the same place is a conflict."""
    at = deps.now()

    def work(session: Session) -> SavedEdition:
        row = FormEditions(session, office_id=by.office_id).lock(command.edition_id)
        _refuse_overtaken(session, row, command)
        form = command.change.apply(form_from(row.form))
        title = row.title if command.title is None else command.title
        draft = Draft(title=title, form=form, account_id=by.account_id, at=at)
        return _save(session, row, draft)

    with deps.database.begin() as session:
        return remembered(
            session, command.call, lambda: work(session), _SAVED, office_id=by.office_id, at=at
        )


def undo_last(
    edition_id: UUID, undone_version: int, call: Call, *, by: Person, deps: Deps
) -> SavedEdition:
    """Bring the draft back to what it was before the version `undone_version` was saved."""
    at = deps.now()

    def work(session: Session) -> SavedEdition:
        row = FormEditions(session, office_id=by.office_id).lock(edition_id)
        before = FormRevisions(session, row).find(undone_version - 1)
        if row.version != undone_version or before is None:
            raise EditedMeanwhile("Biểu mẫu đã được sửa tiếp nên không hoàn tác được bước này.")
        form = form_from(before.form)
        draft = Draft(title=before.title, form=form, account_id=by.account_id, at=at)
        return _save(session, row, draft)

    with deps.database.begin() as session:
        return remembered(
            session, call, lambda: work(session), _SAVED, office_id=by.office_id, at=at
        )


def saved_meanwhile(
    edition_id: UUID, seen_version: int, *, office_id: UUID, deps: Deps
) -> MeanwhileSaved | None:
    """Return what was saved since that version; None where nothing was."""
    with deps.database.read() as session:
        row = FormEditions(session, office_id=office_id).get(edition_id)
        seen = FormRevisions(session, row).find(seen_version)
        if row.version == seen_version:
            return None
        names = unit_names(Units(session, office_id=office_id).all())
        before = form_from(seen.form) if seen else form_from(row.form)
        authors = Accounts(session).names([row.updated_by])
        return MeanwhileSaved(
            version=row.version,
            by=authors.get(row.updated_by, "") if row.updated_by else "",
            at=row.updated_at,
            differences=differences(before, form_from(row.form), names),
        )


def _first_form(session: Session, command: CreateEdition, *, office_id: UUID) -> PeriodForm:
    if command.form is not None:
        return command.form
    if command.copy_of is not None:
        return FormEditions(session, office_id=office_id).form(command.copy_of)
    return PeriodForm(awards=lawful_awards(session, office_id=office_id))


def awards_of_office(*, office_id: UUID, deps: Deps) -> tuple[AwardChoice, ...]:
    """Return every award that may be chosen for a form."""
    with deps.database.read() as session:
        return lawful_awards(session, office_id=office_id)


def lawful_awards(session: Session, *, office_id: UUID) -> tuple[AwardChoice, ...]:
    """Return every award that the law knows, in the words of the office."""
    words = letterhead_from(Offices(session).get(office_id).letterhead).unit_words
    return tuple(
        AwardChoice(code=it.code, title=it.title, kinds=tuple(kind.value for kind in it.objects))
        for it in all_awards(words)
    )


def _refuse_overtaken(session: Session, row: FormEditionRow, command: EditEdition) -> None:
    if row.pinned_at is not None:
        raise Conflict(PINNED)
    if row.version == command.seen_version:
        return
    seen = FormRevisions(session, row).find(command.seen_version)
    now = form_from(row.form)
    touched = command.change.touched
    is_same_place = seen is None or touched(form_from(seen.form)) != touched(now)
    # Two who work at different places of the draft do not disturb each other.
    if is_same_place or (
        command.title is not None and seen is not None and seen.title != row.title
    ):
        raise EditedMeanwhile("Người khác vừa sửa đúng chỗ này của biểu mẫu.")


def _save(session: Session, row: FormEditionRow, draft: Draft) -> SavedEdition:
    if row.pinned_at is not None:
        raise Conflict(PINNED)
    editions = FormEditions(session, office_id=row.office_id)
    FormRevisions(session, row).keep()
    if not editions.save(row, draft):
        raise EditedMeanwhile("Người khác vừa lưu biểu mẫu này. Hãy xem lại rồi lưu lần nữa.")
    return SavedEdition(id=row.id, version=row.version)


def _kept(saved: SavedEdition) -> dict[str, Any]:
    return {"id": str(saved.id), "version": saved.version}


def _found(kept: dict[str, Any]) -> SavedEdition:
    return SavedEdition(id=UUID(kept["id"]), version=kept["version"])


_SAVED = Memory(_kept, _found)
