"""The steps of the main job, in the order in which a commune's year goes."""

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from client import Thidua
from client.archive import IssueReceipt, Rendition
from client.assembler import Job
from client.intake import Receipt
from embedded.journey.council import hold_session
from embedded.journey.record import Made, Record
from embedded.sample import CLERK, DISTRICT, Sample
from embedded.stack import Stack
from kernel.clock import in_hanoi

RETURN_REASON = (
    "Đề nghị rà soát lại danh sách đề nghị khen thưởng và xác nhận số liệu trước khi nộp lại."
)
RETURNED_SECTOR = "phu-nu"
DOCUMENTS = tuple(
    (kind, date(2024, 1, 15))
    for kind in (
        "summary_report",
        "commendation_decision",
        "advanced_worker_decision",
        "submission_letter",
        "cover_letter",
    )
)
_PATIENCE_SECONDS = 90

Answer = TypeVar("Answer")


class RefusedStep(RuntimeError):
    """A step of the journey did not give what it must; says what is wrong."""


@dataclass(slots=True)
class Journey:
    """What the steps hand on to each other."""

    stack: Stack
    sample: Sample
    console: Console
    passwords: dict[str, str]

    def user(self, login: str) -> Thidua:
        """Sign a user in."""
        return Thidua.signed_in(self.stack.address, login, self.passwords[login])

    def clerk(self) -> Thidua:
        """Sign the commune's clerk in."""
        return self.user(f"{CLERK}@{self.sample.office}")

    def district(self) -> Thidua:
        """Sign the superior's officer in."""
        return self.user(f"{DISTRICT}@{self.sample.superior}")


def run(stack: Stack, console: Console) -> Record:
    """Do the whole job; raises at the first thing that is not right.

    Refused by a service, RefusedStep by what it made, TimeoutError where it made nothing.
    """
    passwords = {one["login"]: one["password"] for one in stack.accounts()}
    journey = Journey(stack, Sample.load(), console, passwords)
    folder = stack.settings.data_dir / "documents"
    folder.mkdir()
    with journey.clerk() as clerk, journey.district() as district:
        period = clerk.intake.periods()[0]
        collect(journey, clerk, period.id)
        voted = hold_session(clerk, period.id)
        console.print(f"[green]✓[/] the council voted on {voted} nominees and locked the results")
        drafts = assemble(journey, clerk, period.id)
        issued = [issue(journey, clerk, *draft) for draft in drafts]
        record = Record(folder)
        for one in issued:
            record.documents.append(retrieve(journey, district, one, folder))
        return record


def collect(journey: Journey, clerk: Thidua, period_id: UUID) -> None:
    """Every sector submits; one is returned and submits again; the clerk accepts all."""
    sectors = [sector["code"] for sector in journey.sample.commune["sectors"]]
    with _progress(journey.console) as progress, ThreadPoolExecutor(4) as pool:
        task = progress.add_task("sectors submit", total=len(sectors))
        receipts = {}
        for sector, receipt in zip(
            sectors, pool.map(lambda s: submit(journey, period_id, s), sectors), strict=True
        ):
            receipts[sector] = receipt
            progress.advance(task)
    clerk.intake.return_(receipts[RETURNED_SECTOR].submission_id, RETURN_REASON)
    receipts[RETURNED_SECTOR] = submit(journey, period_id, RETURNED_SECTOR)
    journey.console.print(f"[green]✓[/] one ({RETURNED_SECTOR}) was returned and has resubmitted")
    with _progress(journey.console) as progress:
        task = progress.add_task("clerk accepts", total=len(sectors))
        for receipt in receipts.values():
            clerk.intake.accept(receipt.submission_id, seen=receipt.round)
            progress.advance(task)


def submit(journey: Journey, period_id: UUID, sector: str) -> Receipt:
    """Submit as the sector's officer; returns the receipt."""
    with journey.user(f"{sector}@{journey.sample.office}") as officer:
        return officer.intake.submit(period_id, journey.sample.submission(sector))


def assemble(journey: Journey, clerk: Thidua, period_id: UUID) -> list[tuple[Job, date]]:
    """Have the documents assembled by the worker; returns the finished jobs and their days."""
    queued = [clerk.assembler.assemble(period_id, kind, on) for kind, on in DOCUMENTS]
    finished = []
    with _progress(journey.console) as progress:
        for job, (kind, on) in zip(queued, DOCUMENTS, strict=True):
            task = progress.add_task(f"worker assembles {kind}", total=100)

            def state(job_id: UUID = job.id, task: TaskID = task) -> Job:
                now = clerk.assembler.job(job_id)
                progress.update(task, completed=now.progress)
                return now

            done = _wait(journey.stack, state, lambda now: now.has_ended, f"job {job.id}")
            if done.state == "failed":
                raise RefusedStep(f"{kind}: {done.reason}")
            finished.append((done, on))
    return finished


def issue(journey: Journey, clerk: Thidua, draft: Job, on: date) -> IssueReceipt:
    """Number and issue the assembled version."""
    if draft.document_id is None or draft.version_id is None:
        raise RefusedStep(f"job {draft.id} is done, but names no draft")
    issued = clerk.archive.issue(draft.document_id, draft.version_id, on)
    journey.console.print(f"[green]✓[/] issued {issued.text}")
    return issued


def retrieve(journey: Journey, district: Thidua, issued: IssueReceipt, folder: Path) -> Made:
    """Find, download and acknowledge as the superior; the bytes must be those that were issued."""
    found = [it.document for it in district.archive.inbox(issued.text)]
    if [it.id for it in found] != [issued.document_id]:
        raise RefusedStep(f"the superior did not find exactly {issued.text}")
    rendition = _finished_pdf(journey, district, issued)
    stem = issued.text.replace("/", "_")
    docx, pdf = folder / f"{stem}.docx", folder / f"{stem}.pdf"
    docx.write_bytes(district.archive.docx(issued.version_id))
    pdf.write_bytes(district.archive.pdf(issued.version_id))
    sha256 = hashlib.sha256(docx.read_bytes()).hexdigest()
    if sha256 != issued.sha256:
        raise RefusedStep(f"{issued.text}: the downloaded file is not the issued one")
    acknowledged = district.archive.acknowledge(issued.document_id)
    journey.console.print(f"[green]✓[/] the superior acknowledged {issued.text}")
    return Made(
        title=found[0].subject,
        number=issued.text,
        sha256=sha256,
        pages=rendition.pages,
        docx=docx,
        pdf=pdf,
        is_quick_view=rendition.state == "quick-view",
        acknowledged_at=_local(acknowledged.acknowledged_at),
    )


def _finished_pdf(journey: Journey, district: Thidua, issued: IssueReceipt) -> Rendition:
    def now() -> Rendition:
        received = district.archive.received(issued.document_id)
        return received.document.version(issued.version_id).rendition

    with _progress(journey.console) as progress:
        progress.add_task(f"worker makes the PDF of {issued.text}", total=None)
        rendition = _wait(
            journey.stack, now, lambda it: it.state != "pending", f"PDF of {issued.text}"
        )
    if rendition.state == "failed":
        raise RefusedStep(f"PDF of {issued.text}: {rendition.failure}")
    return rendition


def _local(moment: datetime | None) -> str:
    return f"{in_hanoi(moment):%H:%M:%S %d/%m/%Y} (Hà Nội)" if moment else "no"


def _wait(
    stack: Stack, ask: Callable[[], Answer], is_over: Callable[[Answer], bool], what: str
) -> Answer:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        stack.assert_alive()
        now = ask()
        if is_over(now):
            return now
        time.sleep(0.2)
    raise TimeoutError(f"{what} was not finished in {_PATIENCE_SECONDS} s")


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:<38}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TimeElapsedColumn(), console=console)
