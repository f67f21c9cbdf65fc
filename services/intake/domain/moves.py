"""The life of a submission: which state may follow which, and who moves it."""

from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Conflict


class State(StrEnum):
    """Where a submission stands; a unit without one has not begun."""

    NOT_BEGUN = "not_begun"
    DRAFT = "draft"
    SUBMITTED = "submitted"
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
    State.RETURNED: "Trả lại",
    State.ACCEPTED: "Đã duyệt",
}

EDITABLE = frozenset({State.NOT_BEGUN, State.DRAFT, State.RETURNED})


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
RETURN = Move(
    frozenset({State.SUBMITTED}),
    State.RETURNED,
    "Chỉ trả lại được báo cáo đang chờ duyệt.",
)
REOPEN = Move(
    frozenset({State.ACCEPTED}),
    State.RETURNED,
    "Chỉ mở lại được báo cáo đã duyệt.",
)


def refuse_unless_editable(state: State) -> None:
    """Raise Conflict where the unit may no longer change its report."""
    if state not in EDITABLE:
        raise Conflict(
            "Báo cáo đã nộp nên không sửa được nữa. "
            f"Trạng thái hiện nay: {state.label.lower()}. Muốn sửa, hãy đề nghị văn phòng trả lại."
        )
