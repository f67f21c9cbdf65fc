"""A clerk accepts several reports at once: one transaction each, the outcome told for each."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from kernel.auth.principal import Person
from kernel.errors import Conflict, Forbidden, InvalidInput, NotFound
from services.intake.domain.board import BoardRow, CellState
from services.intake.domain.moves import State
from services.intake.domain.receipts import Call
from services.intake.persistence.offices import Units
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.outlines import PeriodOutline
from services.intake.use_cases.reading import read_submission
from services.intake.use_cases.reviewing import Review, accept_report
from services.intake.use_cases.watching import show_board

MOST = 200
_INCOMPLETE = {CellState.NOTHING, CellState.SOME}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A report that was chosen, at the round that was seen."""

    submission_id: UUID
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenRow:
    """A chosen report as it stands now, with what speaks against accepting it unread."""

    chosen: Chosen
    row: BoardRow
    warnings: tuple[str, ...]
    obstacle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen on the board of a period."""

    period: PeriodOutline
    rows: tuple[ChosenRow, ...]

    @property
    def ready(self) -> tuple[ChosenRow, ...]:
        """Those that can be accepted as they were seen."""
        return tuple(it for it in self.rows if not it.obstacle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one: its state now, and a sentence where it was left out."""

    submission_id: UUID
    unit_name: str
    state: State | None
    detail: str

    @property
    def is_done(self) -> bool:
        """Say whether it was accepted, or proposed where two persons accept."""
        return not self.detail


def check_chosen(period_id: UUID, chosen: tuple[Chosen, ...], *, by: Person, deps: Deps) -> Choice:
    """Return the chosen reports as they stand, in office order; foreign ones are not found."""
    board = show_board(period_id, office_id=by.office_id, deps=deps)
    seen = {it.submission_id: it for it in chosen}
    rows = [it for it in board.rows if it.submission_id in seen]
    if len(rows) != len(seen):
        raise NotFound("Không có báo cáo này.")
    checked = [
        _checked(it, seen[it.submission_id], _open_findings(it.submission_id, by=by, deps=deps))
        for it in rows
        if it.submission_id
    ]
    return Choice(period=board.period, rows=tuple(checked))


def _open_findings(submission_id: UUID, *, by: Person, deps: Deps) -> int:
    return len(read_submission(submission_id, by=by, deps=deps).open_findings)


def _checked(row: BoardRow, chosen: Chosen, open_findings: int) -> ChosenRow:
    obstacle = ""
    if row.state is not State.SUBMITTED:
        obstacle = f"Không ở trạng thái chờ duyệt (hiện nay: {row.state.label.lower()})."
    elif row.round != chosen.round:
        obstacle = f"Ngành đã nộp lượt {row.round} sau khi bạn xem lượt {chosen.round}."
    elif open_findings:
        obstacle = (
            f"Số liệu còn {open_findings} chỗ chưa khớp; hãy mở báo cáo và nêu lý do nếu vẫn duyệt."
        )
    return ChosenRow(chosen=chosen, row=row, warnings=tuple(_warnings(row)), obstacle=obstacle)


def _warnings(row: BoardRow) -> Iterator[str]:
    if row.open_comments:
        yield f"Còn {row.open_comments} ý kiến chưa xong."
    if row.days_late:
        yield f"Nộp muộn {row.days_late} ngày."
    lacking = [it.part.label for it in row.cells if it.state in _INCOMPLETE]
    if lacking:
        yield f"Chưa đủ: {'; '.join(lacking)}."


def accept_many(
    chosen: tuple[Chosen, ...], call: Call, *, by: Person, deps: Deps
) -> tuple[Outcome, ...]:
    """Accept each round that is still the one that was seen; what changed is left out and told.

    Sent again under the same key, what was accepted stays accepted once.
    """
    return tuple(_accept(it, call, by=by, deps=deps) for it in dict.fromkeys(chosen))


def _accept(chosen: Chosen, call: Call, *, by: Person, deps: Deps) -> Outcome:
    review = Review(
        submission_id=chosen.submission_id,
        call=_call_for(chosen, call),
        seen_round=chosen.round,
    )
    try:
        receipt = accept_report(review, by=by, deps=deps)
    except (Conflict, Forbidden, InvalidInput, NotFound) as exc:
        return Outcome(
            submission_id=chosen.submission_id,
            unit_name=_unit_name(chosen.submission_id, by=by, deps=deps),
            state=None,
            detail=exc.detail,
        )
    return Outcome(
        submission_id=chosen.submission_id,
        unit_name=_unit_name(chosen.submission_id, by=by, deps=deps),
        state=State(receipt.state),
        detail="",
    )


def _call_for(chosen: Chosen, call: Call) -> Call:
    """Return the call for one of them: its own key, and what is asked of it."""
    asked = f"{call.key}\n{chosen.submission_id}\n{chosen.round}"
    digest = hashlib.sha256(asked.encode()).hexdigest()
    return replace(call, key=digest, fingerprint=digest)


def _unit_name(submission_id: UUID, *, by: Person, deps: Deps) -> str:
    with deps.database.read() as session:
        found = Submissions(session, office_id=by.office_id).among({submission_id})
        if not found:
            return ""
        return Units(session, office_id=by.office_id).get(found[0].unit_id).name
