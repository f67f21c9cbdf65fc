"""The rounds of a unit's report, and what changed from one to the next."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from services.intake.domain.differences import differences
from services.intake.domain.differing_rows import PartDifference
from services.intake.domain.moves import State
from services.intake.domain.receipts import receipt_code
from services.intake.persistence.documents import content_from
from services.intake.persistence.edition_moves import EditionMoves
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import RoundRow
from services.intake.persistence.rounds import Rounds
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.storing import Binder, open_binder


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRound:
    """One round: when it was handed in, by whom, and how its review ended."""

    number: int
    state: State
    submitted_at: datetime | None
    submitted_by: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every round, and what differs between two of them; None where there are not two."""

    submission_id: UUID | None
    rounds: tuple[PastRound, ...]
    old: int | None
    new: int | None
    differences: tuple[PartDifference, ...]


def show_history(
    period_id: UUID,
    *,
    by: Person,
    deps: Deps,
    old: int | None = None,
    new: int | None = None,
) -> History:
    """Return the rounds; compared are the two that are asked for, else the last two."""
    with deps.database.read() as session:
        binder = open_binder(session, period_id, by=by)
        if binder.row is None:
            return History(submission_id=None, rounds=(), old=None, new=None, differences=())
        rows = list(Rounds(session, binder.row).all())
        moves = Submissions(session, office_id=by.office_id).moves(binder.row.id)
        names = {it.round: it.account_name for it in moves if it.to_state == State.SUBMITTED}
        pair = _pair(rows, old, new)
        return History(
            submission_id=binder.row.id,
            rounds=tuple(_past(row, binder, names.get(row.number, "")) for row in rows),
            old=pair[0].number if pair else None,
            new=pair[1].number if pair else None,
            differences=_between(session, pair, binder),
        )


def _pair(
    rows: list[RoundRow], old: int | None, new: int | None
) -> tuple[RoundRow, RoundRow] | None:
    by_number = {row.number: row for row in rows}
    if old in by_number and new in by_number and old != new:
        return by_number[old], by_number[new]
    return (rows[-2], rows[-1]) if len(rows) > 1 else None


def _between(
    session: Session, pair: tuple[RoundRow, RoundRow] | None, binder: Binder
) -> tuple[PartDifference, ...]:
    if pair is None or binder.row is None:
        return ()
    before, after = (content_from(row.content) for row in pair)
    # The report may have been moved to another edition since: each round is read under its own.
    edition_id = EditionMoves(session, binder.row).edition_of_round(pair[1].number)
    form = FormEditions(session, office_id=binder.row.office_id).form(edition_id)
    return differences(before, after, form)


def _past(row: RoundRow, binder: Binder, submitted_by: str) -> PastRound:
    return PastRound(
        number=row.number,
        state=State(row.state),
        submitted_at=row.submitted_at,
        submitted_by=submitted_by,
        code=receipt_code(binder.period.code, binder.unit.code, row.number, row.sha256),
    )
