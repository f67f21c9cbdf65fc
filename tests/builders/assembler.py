"""The assembler's collaborators as fakes that behave like the real ones, and can be told not to."""

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from kernel.auth.principal import Person, Role
from kernel.contracts.deposits import Deposit, DepositReceipt
from kernel.contracts.dossier import Dossier
from kernel.contracts.renditions import RenditionOutcome
from kernel.database import Database
from kernel.errors import Conflict, Failure, NotFound, UpstreamUnavailable
from services.assembler.domain.jobs import Job, JobSort, Patience
from services.assembler.domain.periods import OpenPeriod
from services.assembler.rendering.docx import Renderer
from services.assembler.rendering.isolation import Isolation
from services.assembler.rendering.pdf.condition import Condition, Way
from services.assembler.rendering.pdf.converter import Pdf
from services.assembler.rendering.pdf.fonts import FontFault, FontFinding
from services.assembler.rendering.preview import Preview
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.use_cases.collaborators import Deps
from services.assembler.use_cases.requesting import RequestDocument, request_document
from tests.builders.credentials import TrustedCookies
from tests.builders.dossiers import a_dossier

TEMPLATES = Path(__file__).parents[2] / "templates"
OFFICE = UUID("aaaaaaaa-0000-4000-8000-000000000001")
NEIGHBOUR = UUID("aaaaaaaa-0000-4000-8000-000000000002")
CLERK = UUID("cccccccc-0000-4000-8000-000000000001")
A_DAY = date(2024, 1, 15)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2024, 1, 15, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FakeIntake:
    """Holds one dossier."""

    def __init__(self, dossier: Dossier | None = None) -> None:
        self.held = dossier or a_dossier()
        self.failure: Failure | None = None
        self.refusal_to_freeze: Failure | None = None
        self.frozen = 0

    def periods(self, *, office_id: UUID) -> Sequence[OpenPeriod]:
        self._fail()
        period = self.held.content.period
        return [
            OpenPeriod(
                id=period.id,
                code=period.code,
                title=period.title,
                year=period.year,
                accepted=15,
                total=17,
            )
        ]

    def freeze_dossier(self, period_id: UUID, *, office_id: UUID, idempotency_key: str) -> Dossier:
        self._fail()
        if self.refusal_to_freeze:
            raise self.refusal_to_freeze
        self.frozen += 1
        return self.held

    def dossier(self, dossier_id: UUID, *, office_id: UUID) -> Dossier:
        self._fail()
        if dossier_id != self.held.id:
            raise NotFound("Không có hồ sơ này.")
        return self.held

    def _fail(self) -> None:
        if self.failure:
            raise self.failure


class FakeArchive:
    """Keeps drafts by job and outcomes by version."""

    def __init__(self) -> None:
        self.failure: Failure | None = None
        self.drafts: dict[UUID, tuple[Deposit, bytes]] = {}
        self.contents: dict[UUID, bytes] = {}
        self.outcomes: list[tuple[UUID, RenditionOutcome, bytes | None]] = []
        self.pushes = 0
        self.before_answering: Any = lambda: None

    def deposit(
        self, job_id: UUID, deposit: Deposit, docx: bytes, *, office_id: UUID
    ) -> DepositReceipt:
        self._answer()
        first = self.drafts.setdefault(job_id, (deposit, docx))
        if first[1] != docx:
            raise Conflict("Khóa nộp này đã dùng cho tệp khác.")
        return DepositReceipt(
            document_id=UUID(int=1), version_id=UUID(int=2), version=1, sha256=deposit.sha256
        )

    def version_content(self, version_id: UUID, *, office_id: UUID) -> bytes:
        self._answer()
        return self.contents[version_id]

    def put_rendition(
        self, version_id: UUID, outcome: RenditionOutcome, pdf: bytes | None, *, office_id: UUID
    ) -> None:
        self._answer()
        self.outcomes.append((version_id, outcome, pdf))

    def push_outbox(self) -> None:
        self._answer()
        self.pushes += 1

    def _answer(self) -> None:
        self.before_answering()
        if self.failure:
            raise self.failure


class FakeMessenger:
    """Notes whom it woke."""

    def __init__(self) -> None:
        self.is_up = True
        self.woken: list[UUID] = []

    def wake(self, sort: JobSort, job_id: UUID) -> bool:
        if self.is_up:
            self.woken.append(job_id)
        return self.is_up

    def is_reachable(self) -> bool:
        return self.is_up


class FakeConverter:
    """Makes a "PDF" of anything, or fails with what it was told to fail with."""

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.notice = ""
        self.font_fault = FontFault.NONE

    def convert(self, docx: bytes, *, archival: bool = True) -> Pdf:
        if self.failure:
            raise self.failure
        return Pdf(b"%PDF-1.7 fake", 3, "LibreOffice 7.4", is_quick_view=False, notice=self.notice)

    def condition(self) -> Condition:
        return Condition(way=Way.WARM, fonts=FontFinding(fault=self.font_fault))

    def close(self) -> None:
        """Have nothing to end."""


def assembler_deps(database: Database, **changes: Any) -> Deps:
    """Return the collaborators of a test, fakes all but the database and the templates."""
    usual: dict[str, Any] = {
        "database": database,
        "intake": FakeIntake(),
        "archive": FakeArchive(),
        "templates": TemplateLibrary(TEMPLATES),
        "renderer": Renderer(),
        "isolation": Isolation(Path(tempfile.gettempdir())),
        "converter": FakeConverter(),
        "preview": Preview(FakeConverter()),
        "messenger": FakeMessenger(),
        "credentials": TrustedCookies(),
        "patience": Patience(
            lease=timedelta(seconds=150),
            republish=timedelta(seconds=20),
            retry=timedelta(seconds=15),
            max_attempts=5,
        ),
        "reconcile_every": timedelta(seconds=30),
        "heartbeat_limit": timedelta(seconds=60),
        "now": Clock(),
        "today": lambda: A_DAY,
    }
    return Deps(**(usual | changes))


def a_job(deps: Deps, *, office_id: UUID = OFFICE, key: str | None = None, **changes: Any) -> Job:
    """Ask for the summary report as the clerk."""
    usual: dict[str, Any] = {"period_id": UUID(int=7), "kind": "summary_report", "on": A_DAY}
    return request_document(
        RequestDocument(**(usual | changes)),
        office_id=office_id,
        requested_by=CLERK,
        idempotency_key=key or uuid4().hex,
        deps=deps,
    )


def a_person(role: Role = Role.CLERK, *, office_id: UUID = OFFICE) -> Person:
    """Return somebody of the sample commune."""
    return Person(
        account_id=CLERK,
        office_id=office_id,
        role=role,
        name="Nguyễn Thị Mẫu",
        office_name="UBND xã Linh Thông",
    )


def away(service: str = "Lưu trữ") -> UpstreamUnavailable:
    """Return the failure of a service that does not answer."""
    return UpstreamUnavailable(f"Phần {service} tạm thời chưa trả lời.")
