"""Intake (tiếp nhận): periods, reports and their review, dossiers."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from client.notices import Notices
from client.operations import Operation

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period (kỳ báo cáo) with how far it has come."""

    id: UUID
    code: str
    title: str
    year: int
    due_on: date
    status: str
    accepted: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPeriod:
    """A period as it stands after it was opened, closed or given another deadline."""

    id: UUID
    code: str
    title: str
    year: int
    due_on: date
    status: str
    needs_second: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPeriod:
    """A period to be opened, which asks what the period `like` asks."""

    like: UUID
    code: str
    title: str
    year: int
    due_on: date
    needs_second: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading (lĩnh vực) of the report."""

    code: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A question (câu hỏi) answered in prose under a heading; without units: asked of all."""

    code: str
    field: str
    label: str
    help: str
    max_length: int
    unit_codes: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator (chỉ tiêu) and its rules: see the reference of the API."""

    code: str
    name: str
    field: str
    unit_codes: tuple[str, ...]
    unit: str
    plan: Decimal | None
    base: Decimal | None
    parts: tuple[str, ...]
    decimals: int
    better_when_lower: bool
    within_base: bool
    jump_bound: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedMovements:
    """Movements (phong trào) that a unit is expected to report on."""

    unit_code: str
    movements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """An award that may be proposed, and for whom."""

    code: str
    title: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What the office says of one part of the report."""

    part: str
    help: str
    is_asked: bool
    unit_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What a period asks."""

    headings: tuple[Heading, ...]
    prompts: tuple[Prompt, ...]
    indicators: tuple[Indicator, ...]
    expected_movements: tuple[ExpectedMovements, ...]
    awards: tuple[Award, ...]
    guides: tuple[Guide, ...]
    movements_from_above: tuple[str, ...]
    movements_commune_wide: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit (ngành, đoàn thể) that reports."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How far one part of a report has come."""

    part: str
    state: str
    open_comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """Where one unit stands; `submitted_at` is None while nothing was handed in."""

    unit: Unit
    state: str
    submission_id: UUID | None
    submitted_at: datetime | None
    days_late: int
    round: int
    cells: tuple[Cell, ...]
    open_comments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Every unit of a period, in the order of the office."""

    period_id: UUID
    total: int
    late: int
    counts: Mapping[str, int]
    rows: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What stands recorded after a move; `submitted_at` is None for a draft."""

    submission_id: UUID
    state: str
    round: int
    code: str
    sha256: str
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionLine:
    """One submission in a list of them."""

    id: UUID
    period_id: UUID
    unit: Unit
    state: str
    round: int
    updated_at: datetime
    submitted_at: datetime | None
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move of a submission: who, when, from, to, why."""

    at: datetime
    by: str
    from_state: str
    to_state: str
    round: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLine:
    """One round (lượt nộp) without its content."""

    number: int
    state: str
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the rules of the form find in the figures; `pointer` is a place in the content."""

    severity: str
    rule: str
    code: str
    name: str
    pointer: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One submission with a round of it; `content` is what `submit` takes."""

    id: UUID
    period_id: UUID
    unit: Unit
    state: str
    round: int
    code: str
    sha256: str
    submitted_at: datetime | None
    days_late: int
    content: Json
    moves: tuple[Move, ...]
    rounds: tuple[RoundLine, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """The frozen snapshot of a period (hồ sơ tổng hợp); `sha256` is that of its content."""

    id: UUID
    sha256: str
    frozen_at: datetime
    content: Json


PERIODS = Operation("GET", "/periods", tuple[Period, ...])
OPEN_PERIOD = Operation("POST", "/periods", OpenedPeriod)
CLOSE_PERIOD = Operation("POST", "/periods/{period_id}/close", OpenedPeriod)
REOPEN_PERIOD = Operation("POST", "/periods/{period_id}/reopen", OpenedPeriod)
MOVE_DEADLINE = Operation("POST", "/periods/{period_id}/deadline", OpenedPeriod)
FORM = Operation("GET", "/periods/{period_id}/form", Form)
BOARD = Operation("GET", "/periods/{period_id}/board", Board)
WRITE = Operation("POST", "/periods/{period_id}/submissions", Receipt)
SUBMISSIONS = Operation("GET", "/submissions", SubmissionLine, is_paged=True)
SUBMISSION = Operation("GET", "/submissions/{submission_id}", Submission)
ACCEPT = Operation("POST", "/submissions/{submission_id}/accept", Receipt)
CONFIRM = Operation("POST", "/submissions/{submission_id}/confirm", Receipt)
RETURN = Operation("POST", "/submissions/{submission_id}/return", Receipt)
REOPEN = Operation("POST", "/submissions/{submission_id}/reopen", Receipt)
FREEZE = Operation("POST", "/periods/{period_id}/dossiers", Dossier)
LAST_DOSSIER = Operation("GET", "/periods/{period_id}/dossier", Dossier)
DOSSIER = Operation("GET", "/dossiers/{dossier_id}", Dossier)


class Intake(Notices):
    """What is collected. A `key` makes a call the same call when a program is started again."""

    service: ClassVar[str] = "intake"

    def periods(self) -> tuple[Period, ...]:
        """Return the periods of the office, newest first."""
        return self.call(PERIODS)

    def open_period(self, period: NewPeriod, *, key: str | None = None) -> OpenedPeriod:
        """Open a period that asks what an earlier one asks."""
        facts = asdict(period)
        body = {**facts, "like": str(period.like), "due_on": period.due_on.isoformat()}
        return self.call(OPEN_PERIOD, json=body, key=key)

    def close_period(
        self, period_id: UUID, reason: str = "", *, key: str | None = None
    ) -> OpenedPeriod:
        """Take no further reports."""
        body = {"reason": reason}
        return self.call(CLOSE_PERIOD, at={"period_id": period_id}, json=body, key=key)

    def reopen_period(
        self, period_id: UUID, reason: str, *, key: str | None = None
    ) -> OpenedPeriod:
        """Take reports again, and say why."""
        body = {"reason": reason}
        return self.call(REOPEN_PERIOD, at={"period_id": period_id}, json=body, key=key)

    def move_deadline(
        self, period_id: UUID, due_on: date, reason: str, *, key: str | None = None
    ) -> OpenedPeriod:
        """Let the reports be due on another day, and say why."""
        body = {"due_on": due_on.isoformat(), "reason": reason}
        return self.call(MOVE_DEADLINE, at={"period_id": period_id}, json=body, key=key)

    def form(self, period_id: UUID) -> Form:
        """Return what a period asks."""
        return self.call(FORM, at={"period_id": period_id})

    def board(self, period_id: UUID) -> Board:
        """Return where every unit stands."""
        return self.call(BOARD, at={"period_id": period_id})

    def save_draft(self, period_id: UUID, content: Json, *, key: str | None = None) -> Receipt:
        """Save a draft of the unit's report."""
        return self._write("draft", period_id, content, key)

    def submit(self, period_id: UUID, content: Json, *, key: str | None = None) -> Receipt:
        """Hand the unit's report in."""
        return self._write("submit", period_id, content, key)

    def submissions(
        self, *, period_id: UUID | None = None, state: str = "", unit: str = ""
    ) -> Iterator[SubmissionLine]:
        """Yield the submissions that match, last touched first; `unit` is the code of one."""
        query = {"period": period_id, "state": state, "unit": unit}
        return self.pages(SUBMISSIONS, query=query)

    def submission(self, submission_id: UUID, *, number: int | None = None) -> Submission:
        """Return a submission with its newest round, or the one of that number."""
        return self.call(SUBMISSION, at={"submission_id": submission_id}, query={"round": number})

    def accept(
        self,
        submission_id: UUID,
        *,
        seen: int | None = None,
        findings_reason: str = "",
        key: str | None = None,
    ) -> Receipt:
        """Accept what was submitted; `seen` is the round that was read, and refuses another.

        Where figures do not agree, it takes a reason.
        """
        body = {"round": seen, "findings_reason": findings_reason}
        return self.call(ACCEPT, at={"submission_id": submission_id}, json=body, key=key)

    def confirm(
        self, submission_id: UUID, *, seen: int | None = None, key: str | None = None
    ) -> Receipt:
        """Confirm what another person proposed to accept, where a period asks for two."""
        place = {"submission_id": submission_id}
        return self.call(CONFIRM, at=place, json={"round": seen}, key=key)

    def return_(
        self, submission_id: UUID, reason: str, *, seen: int | None = None, key: str | None = None
    ) -> Receipt:
        """Return what was submitted, with the reason."""
        body = {"round": seen, "reason": reason}
        return self.call(RETURN, at={"submission_id": submission_id}, json=body, key=key)

    def reopen(
        self, submission_id: UUID, reason: str, *, seen: int | None = None, key: str | None = None
    ) -> Receipt:
        """Open an accepted report again, with the reason."""
        body = {"round": seen, "reason": reason}
        return self.call(REOPEN, at={"submission_id": submission_id}, json=body, key=key)

    def freeze(self, period_id: UUID, *, key: str | None = None) -> Dossier:
        """Freeze what is accepted now; the same content is the same dossier."""
        return self.call(FREEZE, at={"period_id": period_id}, key=key)

    def last_dossier(self, period_id: UUID) -> Dossier:
        """Return the dossier of the period that was frozen last."""
        return self.call(LAST_DOSSIER, at={"period_id": period_id})

    def dossier(self, dossier_id: UUID) -> Dossier:
        """Return one dossier."""
        return self.call(DOSSIER, at={"dossier_id": dossier_id})

    def _write(self, action: str, period_id: UUID, content: Json, key: str | None) -> Receipt:
        body = {"action": action, "content": content}
        return self.call(WRITE, at={"period_id": period_id}, json=body, key=key)
