"""What the assembler reads from its environment."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Self

from environs import Env
from marshmallow.validate import Range

from kernel.settings import KernelSettings
from services.assembler.domain.jobs import Patience
from services.assembler.rendering.pdf.recycling import USUAL_RECYCLING, Recycling

NO_SOFFICE = "none"
# A job of many items gives way long before its lease is over: 30 s of 150.
_TURNS_IN_A_LEASE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AssemblerSettings:
    """Where the assembler keeps its rows, finds its templates and sends its wake-up calls."""

    kernel: KernelSettings
    database_url: str
    broker_url: str
    templates_dir: Path
    work_dir: Path
    """Scratch space of the workers: profiles of soffice, the schedule of beat."""
    soffice: str | None = None
    """Path of soffice; found on PATH when absent, "none" to do without."""
    pdf_python: str | None = None
    """Path of a Python with `uno`; looked for when absent, "none" for a cold LibreOffice."""
    pdf_seconds: int = 60
    """Runs while LibreOffice converts: neither in the queue nor while it starts."""
    pdf_recycle_after: int = USUAL_RECYCLING.after_exports
    pdf_memory_mib: int = USUAL_RECYCLING.memory_mib
    reconcile_seconds: float = 30
    heartbeat_seconds: float = 10
    heartbeat_limit_seconds: float = 60
    lease_seconds: float = 150
    """Longer than Celery's hard limit: a worker is dead for certain before its job is given on."""
    republish_seconds: float = 20
    retry_seconds: float = 15
    max_attempts: int = 5

    @classmethod
    def from_env(cls, env: Env) -> Self:
        """Read the ASSEMBLER_ variables, and those that the three services share."""
        kernel = KernelSettings.from_env(env)
        positive = Range(min=0, min_inclusive=False)
        with env.prefixed("ASSEMBLER_"):
            return cls(
                kernel=kernel,
                database_url=env.str("DATABASE_URL"),
                broker_url=env.str("BROKER_URL"),
                templates_dir=env.path("TEMPLATES_DIR"),
                work_dir=env.path("WORK_DIR"),
                soffice=env.str("SOFFICE", None),
                pdf_python=env.str("PDF_PYTHON", None),
                pdf_recycle_after=env.int(
                    "PDF_RECYCLE_AFTER", USUAL_RECYCLING.after_exports, validate=Range(min=1)
                ),
                pdf_memory_mib=env.int(
                    "PDF_MEMORY_MIB", USUAL_RECYCLING.memory_mib, validate=Range(min=300)
                ),
                pdf_seconds=env.int("PDF_SECONDS", 60, validate=Range(min=1, max=85)),
                reconcile_seconds=env.float("RECONCILE_SECONDS", 30, validate=positive),
                heartbeat_seconds=env.float("HEARTBEAT_SECONDS", 10, validate=positive),
                heartbeat_limit_seconds=env.float("HEARTBEAT_LIMIT_SECONDS", 60, validate=positive),
                lease_seconds=env.float("LEASE_SECONDS", 150, validate=positive),
                republish_seconds=env.float("REPUBLISH_SECONDS", 20, validate=positive),
                retry_seconds=env.float("RETRY_SECONDS", 15, validate=positive),
                max_attempts=env.int("MAX_ATTEMPTS", 5, validate=Range(min=1, max=20)),
            )

    def recycling(self) -> Recycling:
        """Return when a warm LibreOffice is replaced."""
        return Recycling(after_exports=self.pdf_recycle_after, memory_mib=self.pdf_memory_mib)

    def patience(self) -> Patience:
        """Return how long the job protocol waits."""
        return Patience(
            lease=timedelta(seconds=self.lease_seconds),
            republish=timedelta(seconds=self.republish_seconds),
            retry=timedelta(seconds=self.retry_seconds),
            max_attempts=self.max_attempts,
            turn=timedelta(seconds=self.lease_seconds / _TURNS_IN_A_LEASE),
        )
