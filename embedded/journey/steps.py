"""The steps of the main job, in the order in which a commune's year goes."""

import hashlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from embedded.journey.record import Made, Record
from embedded.journey.users import RefusedStep, User
from embedded.sample import CLERK, DISTRICT, Sample
from embedded.stack import Stack
from kernel.clock import in_hanoi

RETURN_REASON = (
    "Đề nghị rà soát lại danh sách đề nghị khen thưởng và xác nhận số liệu trước khi nộp lại."
)
RETURNED_SECTOR = "phu-nu"
DOCUMENTS = tuple(
    (kind, "2024-01-15")
    for kind in (
        "summary_report",
        "commendation_decision",
        "advanced_worker_decision",
        "submission_letter",
        "cover_letter",
    )
)
_PATIENCE_SECONDS = 90


@dataclass(slots=True)
class Journey:
    """What the steps hand on to each other."""

    stack: Stack
    sample: Sample
    console: Console
    passwords: dict[str, str]

    def user(self, login: str) -> User:
        """Sign a user in."""
        return User(self.stack.address, login, self.passwords[login])

    def clerk(self) -> User:
        """Sign the commune's clerk in."""
        return self.user(f"{CLERK}@{self.sample.office}")

    def district(self) -> User:
        """Sign the superior's officer in."""
        return self.user(f"{DISTRICT}@{self.sample.superior}")


def run(stack: Stack, console: Console) -> Record:
    """Do the whole job; raises RefusedStep or TimeoutError at the first thing that is not right."""
    passwords = {one["login"]: one["password"] for one in stack.accounts()}
    journey = Journey(stack, Sample.load(), console, passwords)
    folder = stack.settings.data_dir / "documents"
    folder.mkdir()
    clerk, district = journey.clerk(), journey.district()
    try:
        period = clerk.get("/intake/api/v1/periods")[0]
        collect(journey, clerk, period["id"])
        drafts = assemble(journey, clerk, period["id"])
        issued = [issue(journey, clerk, draft) for draft in drafts]
        record = Record(folder)
        for one in issued:
            record.documents.append(retrieve(journey, district, one, folder))
        return record
    finally:
        clerk.close()
        district.close()


def collect(journey: Journey, clerk: User, period_id: str) -> None:
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
    returned = receipts[RETURNED_SECTOR]["submission_id"]
    clerk.post(f"/intake/api/v1/submissions/{returned}/return", {"reason": RETURN_REASON})
    receipts[RETURNED_SECTOR] = submit(journey, period_id, RETURNED_SECTOR)
    journey.console.print(f"[green]✓[/] one ({RETURNED_SECTOR}) was returned and has resubmitted")
    with _progress(journey.console) as progress:
        task = progress.add_task("clerk accepts", total=len(sectors))
        for receipt in receipts.values():
            clerk.post(f"/intake/api/v1/submissions/{receipt['submission_id']}/accept")
            progress.advance(task)


def submit(journey: Journey, period_id: str, sector: str) -> dict[str, Any]:
    """Submit as the sector's officer; returns the receipt."""
    officer = journey.user(f"{sector}@{journey.sample.office}")
    try:
        body = {"action": "submit", "content": journey.sample.submission(sector)}
        receipt: dict[str, Any] = officer.post(
            f"/intake/api/v1/periods/{period_id}/submissions", body
        )
        return receipt
    finally:
        officer.close()


def assemble(journey: Journey, clerk: User, period_id: str) -> list[dict[str, Any]]:
    """Have the documents assembled by the worker; returns the finished jobs."""
    path = "/assembler/api/v1/jobs"
    queued = [
        clerk.post(path, {"period_id": period_id, "kind": kind, "on": on}) for kind, on in DOCUMENTS
    ]
    finished = []
    with _progress(journey.console) as progress:
        for job, (kind, on) in zip(queued, DOCUMENTS, strict=True):
            task = progress.add_task(f"worker assembles {kind}", total=100)

            def state(job_id: str = job["id"], task: Any = task) -> dict[str, Any]:
                now: dict[str, Any] = clerk.get(f"{path}/{job_id}")
                progress.update(task, completed=now["progress"])
                return now

            done = _wait(
                journey.stack,
                state,
                lambda now: now["state"] in {"done", "failed"},
                f"job {job['id']}",
            )
            if done["state"] == "failed":
                raise RefusedStep(f"{kind}: {done['reason']}")
            finished.append({**done, "issued_on": on})
    return finished


def issue(journey: Journey, clerk: User, draft: dict[str, Any]) -> dict[str, Any]:
    """Number and issue the assembled version."""
    body = {"version_id": draft["version_id"], "issued_on": draft["issued_on"]}
    path = f"/archive/api/v1/documents/{draft['document_id']}/issue"
    issued: dict[str, Any] = clerk.post(path, body)
    journey.console.print(f"[green]✓[/] issued {issued['text']}")
    return {**issued, "document_id": draft["document_id"]}


def retrieve(journey: Journey, district: User, issued: dict[str, Any], folder: Path) -> Made:
    """Find, download and acknowledge as the superior; the bytes must be those that were issued."""
    document_id = issued["document_id"]
    found = district.get("/archive/api/v1/inbox", q=issued["text"])["items"]
    subjects = {one["document"]["id"]: one["document"]["subject"] for one in found}
    if list(subjects) != [document_id]:
        raise RefusedStep(f"the superior did not find exactly {issued['text']}")
    path = f"/archive/api/v1/inbox/{document_id}"
    with _progress(journey.console) as progress:
        progress.add_task(f"worker makes the PDF of {issued['text']}", total=None)
        rendition = _wait(
            journey.stack,
            lambda: _rendition(district.get(path), issued["version_id"]),
            lambda now: now["state"] != "pending",
            f"PDF of {issued['text']}",
        )
    if rendition["state"] == "failed":
        raise RefusedStep(f"PDF of {issued['text']}: {rendition['failure']}")
    stem = issued["text"].replace("/", "_")
    docx, pdf = folder / f"{stem}.docx", folder / f"{stem}.pdf"
    docx.write_bytes(district.download(f"/archive/api/v1/versions/{issued['version_id']}/docx"))
    pdf.write_bytes(district.download(f"/archive/api/v1/versions/{issued['version_id']}/pdf"))
    sha256 = hashlib.sha256(docx.read_bytes()).hexdigest()
    if sha256 != issued["sha256"]:
        raise RefusedStep(f"{issued['text']}: the downloaded file is not the issued one")
    acknowledged = district.post(f"{path}/acknowledge")
    journey.console.print(f"[green]✓[/] the superior acknowledged {issued['text']}")
    return Made(
        title=subjects[document_id],
        number=issued["text"],
        sha256=sha256,
        pages=rendition["pages"],
        docx=docx,
        pdf=pdf,
        is_quick_view=rendition["state"] == "quick-view",
        acknowledged_at=_local(acknowledged["acknowledged_at"]),
    )


def _local(moment: str) -> str:
    return f"{in_hanoi(datetime.fromisoformat(moment)):%H:%M:%S %d/%m/%Y} (Hà Nội)"


def _rendition(received: dict[str, Any], version_id: str) -> dict[str, Any]:
    versions = received["document"]["versions"]
    return next(one["rendition"] for one in versions if one["id"] == version_id)


def _wait(
    stack: Stack,
    ask: Callable[[], dict[str, Any]],
    is_over: Callable[[dict[str, Any]], bool],
    what: str,
) -> dict[str, Any]:
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
