"""What the office is called, and who stands above it, day by day."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from kernel.contracts.identity import office_id_for
from kernel.errors import InvalidInput, Located
from services.intake.domain.office import LEVELS, OfficeProfile
from services.intake.domain.receipts import Call
from services.intake.domain.validity import covers, overlap
from services.intake.persistence.answered_calls import AnsweredCalls
from services.intake.persistence.models import OfficeNameRow, OfficeRow, SuperiorRow
from services.intake.persistence.offices import Offices, Superiors
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import OfficeNames
from services.intake.use_cases.units import refuse_day_of_rename

ABOVE = tuple(level for level in LEVELS if level != "commune")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorDetails:
    """An office that stood above, with the one that followed it; `is_current` is about today."""

    id: UUID
    code: str
    name: str
    level: str
    valid_from: date | None
    valid_to: date | None
    successor_name: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSuperior:
    """An office that stands above from a day on; who stood there until then ends the day before.

    The names are of an office that is not known yet; one that is known has its own.
    """

    code: str
    name: str
    short_name: str
    place: str
    level: str
    valid_from: date
    call: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerOfficeNames:
    """Names that the office bore until a day."""

    names: OfficeNames
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDetails:
    """The office as its administrator sees it."""

    code: str
    level: str
    names: OfficeNames
    former: tuple[FormerOfficeNames, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameOffice:
    """New names from a day on; without a day they correct those that hold now."""

    names: OfficeNames
    since: date | None


def list_superiors(*, by: Person, deps: Deps) -> tuple[SuperiorDetails, ...]:
    """Return who stood above the office, the oldest first."""
    today = deps.today()
    with deps.database.read() as session:
        found = Superiors(session, office_id=by.office_id).all()
        following = [*(office.name for _, office in found[1:]), ""]
        return tuple(
            _details(relation, office, successor, today)
            for (relation, office), successor in zip(found, following, strict=True)
        )


def succeed_superior(command: NewSuperior, *, by: Person, deps: Deps) -> None:
    """Put another office above from a day on; the same call twice does it once."""
    at = deps.now()
    with deps.database.begin() as session:
        calls = AnsweredCalls(session, office_id=by.office_id)
        if calls.claim(command.call, at=at) is not None:
            return
        Offices(session).lock(by.office_id)
        superior = _known_or_founded(session, command, deps)
        superiors = Superiors(session, office_id=by.office_id)
        before = command.valid_from - timedelta(days=1)
        for relation, _ in superiors.all():
            if relation.valid_to is None and (relation.valid_from or date.min) <= before:
                relation.valid_to = before
        _refuse_overlap(superiors, (command.valid_from, None), but=None)
        superiors.add(superior.id, valid_from=command.valid_from, valid_to=None)
        calls.answer(command.call, {"superior_id": str(superior.id)})


def set_superior_days(
    relation_id: UUID,
    valid_from: date | None,
    valid_to: date | None,
    *,
    by: Person,
    deps: Deps,
) -> None:
    """Correct since when and until when an office stood above; both days belong."""
    with deps.database.begin() as session:
        Offices(session).lock(by.office_id)
        superiors = Superiors(session, office_id=by.office_id)
        relation = superiors.get(relation_id)
        if valid_from and valid_to and valid_to < valid_from:
            detail = "Ngày kết thúc trước ngày bắt đầu."
            raise InvalidInput(detail, errors=[Located("#/valid_to", detail)])
        _refuse_overlap(superiors, (valid_from, valid_to), but=relation.id)
        relation.valid_from, relation.valid_to = valid_from, valid_to


def show_office(*, by: Person, deps: Deps) -> OfficeDetails:
    """Return what the office is and was called."""
    with deps.database.read() as session:
        row = Offices(session).get(by.office_id)
        return OfficeDetails(
            code=row.code,
            level=row.level,
            names=OfficeNames(name=row.name, short_name=row.short_name, place=row.place),
            former=tuple(
                FormerOfficeNames(
                    names=OfficeNames(name=it.name, short_name=it.short_name, place=it.place),
                    valid_to=it.valid_to,
                )
                for it in row.former_names
            ),
        )


def rename_office(command: RenameOffice, *, by: Person, deps: Deps) -> None:
    """Give the office other names; what is dated before the day keeps the old ones."""
    with deps.database.begin() as session:
        row = Offices(session).lock(by.office_id)
        if command.since is not None:
            refuse_day_of_rename(
                command.since, [it.valid_to for it in row.former_names], today=deps.today()
            )
            row.former_names.append(
                OfficeNameRow(
                    name=row.name,
                    short_name=row.short_name,
                    place=row.place,
                    valid_to=command.since - timedelta(days=1),
                )
            )
        row.name, row.short_name = command.names.name, command.names.short_name
        row.place = command.names.place


def _known_or_founded(session: Session, command: NewSuperior, deps: Deps) -> OfficeRow:
    offices = Offices(session)
    known = offices.find(command.code)
    if known is not None:
        if known.level not in ABOVE:
            detail = f"{known.name} không phải là cơ quan cấp trên."
            raise InvalidInput(detail, errors=[Located("#/code", detail)])
        return known
    required = {"name": command.name, "short_name": command.short_name, "place": command.place}
    missing = [
        Located(f"#/{field}", "Bắt buộc nhập với cơ quan chưa có trong hệ thống.")
        for field, value in required.items()
        if not value
    ]
    if missing:
        raise InvalidInput(f"Có {len(missing)} chỗ cần sửa.", errors=missing)
    offices.found(
        OfficeProfile(
            code=command.code,
            name=command.name,
            short_name=command.short_name,
            place=command.place,
            level=command.level,
        ),
        at=deps.now(),
    )
    return offices.get(office_id_for(command.code))


def _refuse_overlap(
    superiors: Superiors, days: tuple[date | None, date | None], *, but: UUID | None
) -> None:
    for relation, office in superiors.all():
        if relation.id != but and overlap((relation.valid_from, relation.valid_to), days):
            detail = f"Trùng thời gian với {office.name}; mỗi ngày chỉ có một cơ quan cấp trên."
            raise InvalidInput(detail, errors=[Located("#/valid_from", detail)])


def _details(
    relation: SuperiorRow, office: OfficeRow, successor: str, today: date
) -> SuperiorDetails:
    return SuperiorDetails(
        id=relation.id,
        code=office.code,
        name=office.name,
        level=office.level,
        valid_from=relation.valid_from,
        valid_to=relation.valid_to,
        successor_name=successor,
        is_current=covers(relation.valid_from, relation.valid_to, today),
    )
