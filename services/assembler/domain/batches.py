"""Batches (đợt): one job that makes many documents, each an item with a state of its own."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from services.assembler.domain.jobs import DraftPlace, Job, JobState, Step
from vnadmin.text_folding import fold

# Enough that a commit costs little beside what it keeps, few enough that a kill costs little.
SLICE = 20
# An item whose making was begun so often and never ended is what stops the worker.
LAST_ATTEMPT = 3
LARGEST_BATCH = 2_000
KEPT_FOR = timedelta(days=30)

LOST_ITEM = (
    "Máy soạn thảo dừng giữa chừng nhiều lần khi làm mục này. Hãy thử lại; nếu vẫn vậy, hãy báo "
    "quản trị."
)
FORGOTTEN = (
    f"Bản làm sẵn của đợt này đã được xóa sau {KEPT_FOR.days} ngày. Hãy lập đợt mới từ cùng kỳ."
)
_DASHES = re.compile(r"[^a-z0-9]+")
_LONGEST_NAME = 60


class BatchSubject(StrEnum):
    """What a batch makes: one certificate for each awardee, or one decision for each award."""

    CERTIFICATES = "certificates"
    DECISIONS = "decisions"


class ItemState(StrEnum):
    """Where an item stands; `done` and `failed` stay until somebody asks again."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTerms:
    """What a batch is about. All but the subject is printed on certificates only.

    `decision_number` is number and symbol ("12/QĐ-UBND"), blank while the decision has none;
    `first_entry` the number of the first certificate in the register of commendations (sổ khen
    thưởng); `on_stock` leaves out what paper that was printed before already has (phôi).
    """

    subject: BatchSubject
    award: str = ""
    decision_number: str = ""
    first_entry: int | None = None
    on_stock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An item as it is planned; one that cannot be made has its reason from the start.

    `warning` is why somebody should look at the document before it is used.
    """

    key: str
    label: str
    kind: str = ""
    template_sha256: str = ""
    reason: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWork:
    """An item in the hands of a worker."""

    position: int
    key: str
    kind: str
    template_sha256: str
    attempt: int

    def deposit_key(self, job_id: UUID) -> UUID:
        """Return the key under which the archive gets it: the same item, the same key.

        Made with another template after a failure, it is another file, and has another key.
        """
        return uuid5(job_id, f"{self.key}:{self.template_sha256}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the making of one item ended: with a document, or with a reason."""

    position: int
    docx: bytes | None = None
    reason: str = ""
    place: DraftPlace | None = None
    blockers: int = 0

    @property
    def sha256(self) -> str:
        """Return the hash of the document, "" where there is none."""
        return "" if self.docx is None else hashlib.sha256(self.docx).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document of a batch, as people see it."""

    position: int
    key: str
    label: str
    kind: str
    template_sha256: str
    state: ItemState
    reason: str
    warning: str
    sha256: str
    is_kept: bool
    attempt: int
    place: DraftPlace | None
    blockers: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many items of a batch are in which state."""

    queued: int = 0
    done: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """Return the number of all items."""
        return self.queued + self.done + self.failed

    @property
    def ended(self) -> int:
        """Return how many need no more work."""
        return self.done + self.failed

    def step(self) -> Step:
        """Return the progress as a step of the job: "Đã làm 37/120"."""
        percent = 100 * self.ended // max(self.total, 1)
        return Step(f"Đã làm {self.ended}/{self.total}", min(percent, 99))

    def told(self) -> str:
        """Return "118 xong, 2 lỗi"; what is not there is not named."""
        parts = ((self.done, "xong"), (self.failed, "lỗi"), (self.queued, "chưa làm"))
        return ", ".join(f"{count} {word}" for count, word in parts if count) or "chưa có mục nào"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch as it is at the moment of asking."""

    job: Job
    terms: BatchTerms
    tally: Tally

    @property
    def on(self) -> date | None:
        """Return the day of the decision."""
        return self.job.on

    @property
    def is_retryable(self) -> bool:
        """Tell whether the items that failed may be asked for again."""
        ended = self.job.state in {JobState.DONE, JobState.FAILED}
        return ended and self.tally.done < self.tally.total


def next_slice(waiting: Sequence[ItemWork]) -> tuple[ItemWork | None, Sequence[ItemWork]]:
    """Return the item that must be given up, if any, and the items to make next, in order.

    What was begun before and did not end is made alone: if it stops the worker again, nothing
    else is blamed for it.
    """
    if not waiting:
        return None, ()
    first = waiting[0]
    if first.attempt >= LAST_ATTEMPT:
        return first, ()
    if first.attempt:
        return None, (first,)
    fresh = []
    for item in waiting[:SLICE]:
        if item.attempt:
            break
        fresh.append(item)
    return None, fresh


def digest_of(hashes: Iterable[str]) -> str:
    """Return one hash for all documents of a batch, in their order."""
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def slug(text: str) -> str:
    """Return a text as a part of a file name: "nguyen-thi-mau"."""
    return _DASHES.sub("-", fold(text)).strip("-")[:_LONGEST_NAME].rstrip("-") or "khong-ten"


def file_name(position: int, total: int, label: str) -> str:
    """Return the name of an item's file; names sort as the items do."""
    width = max(3, len(str(total)))
    return f"{position:0{width}}-{slug(label)}.docx"
