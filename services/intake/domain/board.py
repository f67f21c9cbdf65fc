"""The clerk's board (bảng theo dõi): how far each unit is in each part, and what to do first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.intake.domain.content import ReportContent
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.moves import HANDED_IN, State
from services.intake.domain.parts import is_filled
from vnadmin.collation import sort_key
from vnadmin.text_folding import fold


class CellState(StrEnum):
    """How much of a part is there; more than this is not told of a draft."""

    NOT_ASKED = "not_asked"
    NOTHING = "nothing"
    SOME = "some"
    COMPLETE = "complete"
    DECLARED_EMPTY = "declared_empty"

    @property
    def label(self) -> str:
        """The Vietnamese words."""
        return _LABELS[self]

    @property
    def sign(self) -> str:
        """A sign that is told apart without colours."""
        return _SIGNS[self]


_LABELS = {
    CellState.NOT_ASKED: "Không hỏi ngành này",
    CellState.NOTHING: "Chưa có",
    CellState.SOME: "Có một phần",
    CellState.COMPLETE: "Đủ",
    CellState.DECLARED_EMPTY: "Ghi là không có",
}
_SIGNS = {
    CellState.NOT_ASKED: "–",
    CellState.NOTHING: "○",
    CellState.SOME: "◐",
    CellState.COMPLETE: "●",
    CellState.DECLARED_EMPTY: "∅",
}


class Order(StrEnum):
    """How the rows are sorted."""

    HAND = "hand"
    NAME = "name"
    OFFICE = "office"

    @property
    def label(self) -> str:
        """The Vietnamese words."""
        return _ORDERS[self]


_ORDERS = {
    Order.HAND: "Việc cần làm trước",
    Order.NAME: "Tên ngành",
    Order.OFFICE: "Thứ tự của đơn vị",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One part of one unit's report."""

    part: Part
    state: CellState
    open_comments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardUnit:
    """A unit on the board."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """Where one unit stands."""

    unit: BoardUnit
    state: State
    submission_id: UUID | None
    submitted_at: datetime | None
    days_late: int
    round: int = 0
    cells: tuple[Cell, ...] = ()
    open_comments: int = 0

    @property
    def may_be_read(self) -> bool:
        """Say whether anything was handed in that the office may read."""
        return self.submitted_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilters:
    """Which rows are wanted, and how sorted; empty means all."""

    state: State | None = None
    is_late: bool = False
    has_comments: bool = False
    search: str = ""
    order: Order = Order.HAND

    @property
    def is_any(self) -> bool:
        """Say whether rows may be left out."""
        return bool(self.state or self.is_late or self.has_comments or self.search)


def cells_of(
    content: ReportContent, form: PeriodForm, unit_code: str, open_comments: dict[str, int]
) -> tuple[Cell, ...]:
    """Return how far each part of the form has come."""
    asked = form.parts_of(unit_code)
    return tuple(
        Cell(
            part=part,
            state=_state(part, content, form, unit_code) if part in asked else CellState.NOT_ASKED,
            open_comments=open_comments.get(part, 0),
        )
        for part in Part
    )


def chosen_among(rows: Iterable[BoardRow], filters: BoardFilters) -> tuple[BoardRow, ...]:
    """Return the rows that are wanted, in the order that is wanted."""
    found = [row for row in rows if _is_wanted(row, filters)]
    if filters.order is Order.NAME:
        found.sort(key=lambda row: sort_key(row.unit.name))
    if filters.order is Order.HAND:
        found.sort(key=_urgency)  # stable: those alike stay in the order of the office
    return tuple(found)


def _state(part: Part, content: ReportContent, form: PeriodForm, unit_code: str) -> CellState:
    if part in content.nothing_to_report:
        return CellState.DECLARED_EMPTY
    answered = _answered(part, content, form, unit_code)
    only_planned = part is Part.INDICATORS and is_filled(content, part)
    if not any(answered) and not only_planned:
        return CellState.NOTHING
    return CellState.COMPLETE if all(answered) else CellState.SOME


def _answered(
    part: Part, content: ReportContent, form: PeriodForm, unit_code: str
) -> tuple[bool, ...]:
    """Return for each thing that the part asks whether it is there."""
    if part is Part.MOVEMENTS:
        return tuple(bool(it.result) for it in content.movements)
    if part is Part.INDICATORS:
        asked = form.indicators_of(unit_code)
        return tuple(content.indicator(it.code).tells_result for it in asked)
    if part is Part.ACHIEVEMENTS:
        return tuple(any(content.answers_to(it)) for it in form.prompts_of(unit_code))
    if part is Part.NOMINATIONS:
        return tuple(bool(it.kind and it.name and it.award) for it in content.nominations)
    lines = content.limitations if part is Part.LIMITATIONS else content.directions
    return tuple(bool(it) for it in lines if it)


def _is_wanted(row: BoardRow, filters: BoardFilters) -> bool:
    return (
        filters.state in {None, row.state}
        and (not filters.is_late or row.days_late > 0)
        and (not filters.has_comments or row.open_comments > 0)
        and fold(filters.search) in fold(f"{row.unit.name} {row.unit.code}")
    )


_URGENCY = (
    State.SUBMITTED,
    State.PROPOSED,
    State.RETURNED,
    State.DRAFT,
    State.NOT_BEGUN,
    State.ACCEPTED,
)


def _urgency(row: BoardRow) -> tuple[int, int, int]:
    """Return how soon the clerk must do something: review first, then chase who is late."""
    if row.state in {State.SUBMITTED, State.PROPOSED}:
        return (0, _URGENCY.index(row.state), -row.days_late)
    is_late = row.days_late > 0 and row.state not in HANDED_IN
    return (1 if is_late else 2, -row.days_late if is_late else 0, _URGENCY.index(row.state))
