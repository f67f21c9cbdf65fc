"""What the use cases work with; chosen and joined in `app.py`, replaced by fakes in tests."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from kernel.auth.credentials import Credentials
from kernel.contracts.deposits import Deposit, DepositReceipt
from kernel.contracts.dossier import Dossier
from kernel.contracts.renditions import RenditionOutcome
from kernel.database import Database
from services.assembler.domain.findings import Finding
from services.assembler.domain.jobs import JobSort, Patience
from services.assembler.domain.periods import OpenPeriod
from services.assembler.rendering.comparing import Comparison
from services.assembler.rendering.docx import Renderer
from services.assembler.rendering.pdf.converter import Converter
from services.assembler.rendering.preview import Preview
from services.assembler.rendering.templates import Manifest, Template


class Intake(Protocol):
    """What the assembler asks of intake."""

    def periods(self, *, office_id: UUID) -> Sequence[OpenPeriod]:
        """Return the periods of an office."""

    def freeze_dossier(self, period_id: UUID, *, office_id: UUID, idempotency_key: str) -> Dossier:
        """Return the dossier of what is accepted now, frozen."""

    def dossier(self, dossier_id: UUID, *, office_id: UUID) -> Dossier:
        """Return a frozen dossier."""


class Archive(Protocol):
    """What the assembler asks of the archive."""

    def deposit(
        self, job_id: UUID, deposit: Deposit, docx: bytes, *, office_id: UUID
    ) -> DepositReceipt:
        """Hand over a draft; the same job and bytes give the same receipt."""

    def version_content(self, version_id: UUID, *, office_id: UUID) -> bytes:
        """Return the bytes of a version."""

    def put_rendition(
        self, version_id: UUID, outcome: RenditionOutcome, pdf: bytes | None, *, office_id: UUID
    ) -> None:
        """Hand over how a conversion ended."""

    def push_outbox(self) -> None:
        """Ask the archive to send again what it could not send."""


class Templates(Protocol):
    """The templates of the installation."""

    def kinds(self) -> Sequence[Template]:
        """Return every template."""

    def get(self, kind: str) -> Template:
        """Return the template of this kind, or raise NotFound."""


class Isolation(Protocol):
    """Looks at templates of strangers without being stopped by them."""

    def check(
        self,
        template: bytes,
        manifest: Manifest | None = None,
        *,
        samples: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> Sequence[Finding]:
        """Return every finding."""

    def render(self, template: bytes, context: Mapping[str, Any]) -> bytes:
        """Return the document, or raise RenderingFailed."""

    def compare(self, old: bytes, new: bytes) -> Comparison:
        """Return how two templates differ, or raise RenderingFailed."""


class Messenger(Protocol):
    """Carries wake-up calls to the workers."""

    def wake(self, sort: JobSort, job_id: UUID) -> bool:
        """Send a call; False when the broker is away, which costs nothing but time."""

    def is_reachable(self) -> bool:
        """Tell whether the broker answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """All collaborators."""

    database: Database
    intake: Intake
    archive: Archive
    templates: Templates
    renderer: Renderer
    isolation: Isolation
    converter: Converter
    preview: Preview
    messenger: Messenger
    credentials: Credentials
    patience: Patience
    reconcile_every: timedelta
    heartbeat_limit: timedelta
    now: Callable[[], datetime]
    today: Callable[[], date]
