"""What a leader looks at: how far a period is, its figures, what is asked, what awaits his word."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from kernel.auth.principal import Person
from services.intake.domain.board import BoardRow
from services.intake.domain.comments import Thread, open_among
from services.intake.domain.content import plan_of
from services.intake.domain.moves import HANDED_IN, State
from services.intake.persistence.comments import Comments
from services.intake.persistence.documents import content_from
from services.intake.persistence.dossiers import Dossiers
from services.intake.persistence.form_editions import FormEditions
from services.intake.persistence.models import PeriodRow
from services.intake.persistence.periods import Periods
from services.intake.persistence.submissions import Submissions
from services.intake.use_cases.deps import Deps
from services.intake.use_cases.last_year import figures_of
from services.intake.use_cases.outlines import PeriodOutline, period_outline
from services.intake.use_cases.watching import Board, board_of


@dataclass(frozen=True, slots=True, kw_only=True)
class OverseenFigure:
    """One accepted figure of a unit, with what was accepted of it last year."""

    code: str
    name: str
    unit_name: str
    measure: str
    plan: Decimal | None
    actual: Decimal | None
    last_year: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverseenHeading:
    """The accepted figures under one heading."""

    title: str
    figures: tuple[OverseenFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A comment that is still open."""

    submission_id: UUID
    unit_name: str
    thread: Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """A report that was proposed to be accepted; `is_own` where the reader proposed it himself."""

    row: BoardRow
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A period as a leader sees it; nothing of it can be changed here."""

    periods: tuple[PeriodOutline, ...]
    board: Board
    late: tuple[BoardRow, ...]
    headings: tuple[OverseenHeading, ...]
    questions: tuple[Question, ...]
    awaiting: tuple[Awaiting, ...]
    frozen_at: datetime | None


def oversee(period_id: UUID | None, *, by: Person, deps: Deps) -> Overview | None:
    """Return the period, or the newest open one where none is named; None where there is none."""
    with deps.database.read() as session:
        periods = Periods(session, office_id=by.office_id)
        known = periods.newest_first()
        if period_id is not None:
            period = periods.get(period_id)
        elif known:
            period = next((it for it in known if it.status == "open"), known[0])
        else:
            return None
        board = board_of(session, period.id, office_id=by.office_id, deps=deps)
        last = Dossiers(session, office_id=by.office_id).last_frozen(period.id)
        return Overview(
            periods=tuple(map(period_outline, known)),
            board=board,
            late=tuple(it for it in board.rows if it.days_late and it.state not in HANDED_IN),
            headings=_headings(session, period),
            questions=tuple(_questions(session, board, by)),
            awaiting=tuple(_awaiting(session, board, by)),
            frozen_at=last.frozen_at if last else None,
        )


def _headings(session: Session, period: PeriodRow) -> tuple[OverseenHeading, ...]:
    """Return the accepted figures heading by heading, in the order of the forms."""
    found: dict[str, list[OverseenFigure]] = {}
    editions = FormEditions(session, office_id=period.office_id)
    for row, round_, unit in Submissions(session, office_id=period.office_id).accepted(period.id):
        form, content = editions.form(row.edition_id), content_from(round_.content)
        last_year = figures_of(session, unit.id, period, form)
        for heading in form.headings:
            found.setdefault(heading.title, [])
        for asked in form.indicators_of(unit.code):
            reported = content.indicator(asked.code)
            if not reported.is_blank:
                figure = OverseenFigure(
                    code=asked.code,
                    name=asked.name,
                    unit_name=unit.name,
                    measure=asked.unit,
                    plan=plan_of(asked, reported),
                    actual=reported.actual,
                    last_year=last_year.get(asked.code),
                )
                found.setdefault(form.heading_title(asked.field), []).append(figure)
    return tuple(
        OverseenHeading(title=title, figures=tuple(figures))
        for title, figures in found.items()
        if figures
    )


def _questions(session: Session, board: Board, by: Person) -> Iterator[Question]:
    comments = Comments(session, office_id=by.office_id)
    for row in board.rows:
        if row.open_comments and row.submission_id:
            for thread in open_among(comments.threads(row.submission_id)):
                yield Question(
                    submission_id=row.submission_id, unit_name=row.unit.name, thread=thread
                )


def _awaiting(session: Session, board: Board, by: Person) -> Iterator[Awaiting]:
    submissions = Submissions(session, office_id=by.office_id)
    for row in board.rows:
        if row.state is State.PROPOSED and row.submission_id:
            first = submissions.proposer(submissions.get(row.submission_id))
            yield Awaiting(row=row, is_own=first == by.account_id)
