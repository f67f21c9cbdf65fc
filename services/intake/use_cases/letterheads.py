"""What documents say of the office: who signs, issues and receives, and on what basis."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kernel.auth.principal import Person
from kernel.errors import Conflict, InvalidInput, Located
from services.intake.domain.office import Letterhead
from services.intake.persistence.documents import letterhead_from, letterhead_json
from services.intake.persistence.offices import Offices
from services.intake.use_cases.deps import Deps

CHANGED = "Thông tin văn bản vừa được người khác sửa. Hãy tải lại trang rồi sửa tiếp."


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLetterhead:
    """The letterhead as it shall be; `seen` is the one that was before the writer, if known."""

    letterhead: Letterhead
    seen: Letterhead | None = None


def show_letterhead(*, by: Person, deps: Deps) -> Letterhead:
    """Return the letterhead of the office."""
    with deps.database.read() as session:
        return letterhead_from(Offices(session).get(by.office_id).letterhead)


def change_letterhead(command: ChangeLetterhead, *, by: Person, deps: Deps) -> None:
    """Replace the letterhead; dossiers that are frozen keep the one they were frozen with."""
    faults = list(_faults(command.letterhead))
    if faults:
        raise InvalidInput(f"Có {len(faults)} chỗ cần sửa.", errors=faults)
    with deps.database.begin() as session:
        row = Offices(session).lock(by.office_id)
        current = letterhead_from(row.letterhead)
        if command.seen is not None and command.seen != current:
            raise Conflict(CHANGED)
        # The words of units are part of the form of a period: only founding says them.
        kept = replace(command.letterhead, unit_words=current.unit_words)
        row.letterhead = letterhead_json(kept)


def _faults(letterhead: Letterhead) -> Iterator[Located]:
    if letterhead.signer is None:
        yield Located("#/signer/name", "Bắt buộc nhập người ký.")
    if not letterhead.issuing_bodies:
        yield Located("#/issuing_bodies/0/name", "Cần ít nhất một cơ quan ban hành.")
    seen: set[str] = set()
    for place, body in enumerate(letterhead.issuing_bodies):
        if body.code in seen:
            yield Located(f"#/issuing_bodies/{place}/code", "Mã này đã có ở dòng trên.")
        seen.add(body.code)
        if not body.header:
            yield Located(f"#/issuing_bodies/{place}/header", "Bắt buộc nhập.")
    for place, basis in enumerate(letterhead.legal_basis):
        if basis.valid_from and basis.valid_to and basis.valid_to < basis.valid_from:
            yield Located(f"#/legal_basis/{place}/valid_to", "Ngày kết thúc trước ngày bắt đầu.")
