"""A report as its reviewer needs it: beside last year, beside the round before, with what was said.

Of rounds that were not handed in, the office sees nothing here either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person, Role
from kernel.errors import NotFound
from services.intake.domain.comments import Thread, open_among
from services.intake.domain.differences import differences
from services.intake.domain.differing_rows import PartDifference
from services.intake.domain.moves import State
from services.intake.persistence.comments import Comments
from services.intake.persistence.documents import content_from
from services.intake.persistence.dossiers import Dossiers
from services.intake.persistence.edition_moves import EditionMoves
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import RoundRow, SubmissionRow
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.last_year import figures_of
from services.intake.use_cases.reading import ReadSubmission, read_within, visible_rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What differs between two rounds."""

    old_round: int
    new_round: int
    parts: tuple[PartDifference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another report that waits for a decision."""

    id: UUID
    unit_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenIn:
    """A dossier that holds the report: frozen then, with that round; it stays as it is."""

    dossier_id: UUID
    frozen_at: datetime
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSheet:
    """All that a reviewer has before him."""

    submission: ReadSubmission
    threads: tuple[Thread, ...]
    compared: Compared | None
    last_year: Mapping[str, Decimal]
    frozen_in: tuple[FrozenIn, ...]
    previous: Neighbour | None
    next: Neighbour | None
    proposed_by: UUID | None

    @property
    def open_threads(self) -> tuple[Thread, ...]:
        """The comments that still ask for something."""
        return open_among(self.threads)


def read_review(
    submission_id: UUID, *, by: Person, deps: Deps, round_number: int | None = None
) -> ReviewSheet:
    """Return a round with everything that belongs beside it."""
    with deps.database.read() as session:
        submission = read_within(
            session, submission_id, by=by, deps=deps, round_number=round_number
        )
        row = Submissions(session, office_id=by.office_id).get(submission_id)
        is_officer = by.role is Role.SECTOR_OFFICER
        before, after = (None, None) if is_officer else _neighbours(session, row)
        period = Periods(session, office_id=by.office_id).get(row.period_id)
        return ReviewSheet(
            submission=submission,
            threads=Comments(session, office_id=by.office_id).threads(row.id),
            compared=_with_round_before(session, row, submission, by),
            last_year=figures_of(session, row.unit_id, period, submission.form),
            frozen_in=_frozen_in(session, row),
            previous=before,
            next=after,
            proposed_by=_proposer(session, row),
        )


def compare_rounds(
    submission_id: UUID, old_round: int, new_round: int, *, by: Person, deps: Deps
) -> Compared:
    """Return what differs between two rounds that this person may read."""
    with deps.database.read() as session:
        row = Submissions(session, office_id=by.office_id).get(submission_id)
        rounds = {it.number: it for it in visible_rounds(session, row, by)}
        if old_round not in rounds or new_round not in rounds:
            raise NotFound("Không có lượt nộp này.")
        return _compared(session, row, rounds[old_round], rounds[new_round])


def _with_round_before(
    session: Session, row: SubmissionRow, submission: ReadSubmission, by: Person
) -> Compared | None:
    shown = submission.receipt.round
    rounds: Sequence[RoundRow] = visible_rounds(session, row, by)
    new = next(it for it in rounds if it.number == shown)
    older = [it for it in rounds if it.number < shown]
    return _compared(session, row, older[-1], new) if older else None


def _compared(session: Session, row: SubmissionRow, old: RoundRow, new: RoundRow) -> Compared:
    edition_id = EditionMoves(session, row).edition_of_round(new.number)
    form = FormEditions(session, office_id=row.office_id).form(edition_id)
    found = differences(content_from(old.content), content_from(new.content), form)
    return Compared(old_round=old.number, new_round=new.number, parts=found)


def _neighbours(session: Session, row: SubmissionRow) -> tuple[Neighbour | None, Neighbour | None]:
    """Return the reports before and after this one, in office order, that wait for a decision."""
    submissions = Submissions(session, office_id=row.office_id)
    here = submissions.position_of(row)
    before = after = None
    for submission_id, unit in submissions.waiting(row.period_id):
        place = (unit.position, unit.code)
        if place < here:
            before = Neighbour(id=submission_id, unit_name=unit.name)
        elif place > here and after is None:
            after = Neighbour(id=submission_id, unit_name=unit.name)
    return before, after


def _frozen_in(session: Session, row: SubmissionRow) -> tuple[FrozenIn, ...]:
    dossiers = Dossiers(session, office_id=row.office_id)
    return tuple(
        FrozenIn(dossier_id=dossier.id, frozen_at=dossier.frozen_at, round=number)
        for dossier, number in dossiers.holding(row.id, row.period_id)
    )


def _proposer(session: Session, row: SubmissionRow) -> UUID | None:
    if State(row.state) is not State.PROPOSED:
        return None
    return Submissions(session, office_id=row.office_id).proposer(row)
