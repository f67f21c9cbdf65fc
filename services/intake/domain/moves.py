"""The life of a submission: which state may follow which, and who moves it."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kernel.errors import Conflict, Forbidden


class State(StrEnum):
    """Where a submission stands; a unit without one has not begun."""

    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    PROPOSED = "proposed"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def label(self) -> str:
        """The Vietnamese word."""
        return _LABELS[self]


_LABELS = {
    State.NOT_BEGUN: "Chưa nộp",
    State.DRAFT: "Bản nháp",
    State.SUBMITTED: "Đã nộp",
    State.PROPOSED: "Chờ xác nhận",
    State.RETURNED: "Trả lại",
    State.ACCEPTED: "Đã duyệt",
}

EDITABLE = frozenset({State.NOT_BEGUN, State.DRAFT, State.RETURNED})
HANDED_IN = frozenset({State.SUBMITTED, State.PROPOSED, State.ACCEPTED})
"""The report is with the office."""


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a state to another; `otherwise` is said when the way is closed."""

    sources: frozenset[State]
    target: State
    otherwise: str

    def check(self, state: State) -> None:
        """Raise Conflict where this move does not start from that state."""
        if state not in self.sources:
            raise Conflict(f"{self.otherwise} Trạng thái hiện nay: {state.label.lower()}.")


SUBMIT = Move(
    EDITABLE,
    State.SUBMITTED,
    "Báo cáo này đã được nộp rồi.",
)
ACCEPT = Move(
    frozenset({State.SUBMITTED}),
    State.ACCEPTED,
    "Chỉ duyệt được báo cáo đang chờ duyệt.",
)
PROPOSE = Move(
    frozenset({State.SUBMITTED}),
    State.PROPOSED,
    "Chỉ đề nghị duyệt được báo cáo đang chờ duyệt.",
)
CONFIRM = Move(
    frozenset({State.PROPOSED}),
    State.ACCEPTED,
    "Chỉ xác nhận được báo cáo đã có người đề nghị duyệt.",
)
RETURN = Move(
    frozenset({State.SUBMITTED, State.PROPOSED}),
    State.RETURNED,
    "Chỉ trả lại được báo cáo đang chờ duyệt.",
)
REOPEN = Move(
    frozenset({State.ACCEPTED}),
    State.RETURNED,
    "Chỉ mở lại được báo cáo đã duyệt.",
)


ACCEPTING = frozenset({ACCEPT, PROPOSE, CONFIRM})
"""What says that a report is right."""


def acceptance(*, needs_second: bool) -> Move:
    """Return what accepting is: the last word, or under four eyes the first of two.

    Four eyes (hai người duyệt): a report is accepted only once a second person has confirmed it.
    """
    return PROPOSE if needs_second else ACCEPT


def refuse_same_person(*, first: UUID, second: UUID) -> None:
    """Raise Forbidden where the one who proposed would confirm himself."""
    if first == second:
        raise Forbidden("Bạn là người đã đề nghị duyệt báo cáo này; cần một người khác xác nhận.")


def refuse_unless_editable(state: State) -> None:
    """Raise Conflict where the unit may no longer change its report."""
    if state not in EDITABLE:
        raise Conflict(
            "Báo cáo đã nộp nên không sửa được nữa. "
            f"Trạng thái hiện nay: {state.label.lower()}. Muốn sửa, hãy đề nghị văn phòng trả lại."
        )
