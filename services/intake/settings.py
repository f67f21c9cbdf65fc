"""What intake reads from its environment."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from environs import Env
from marshmallow.validate import Range

from kernel.settings import KernelSettings
from services.intake.domain.attachments import MIB, AttachmentLimits
from services.intake.mail_settings import MailSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeSettings:
    """Read once, at start."""

    kernel: KernelSettings
    database_url: str
    files_dir: Path
    """Where the files lie that go with reports."""
    attachment_max_mib: int = 20
    attachment_max_count: int = 30
    broker_url: str = ""
    """Only workers and beat have one: the pages send no message."""
    mail: MailSettings | None = None
    notify_seconds: float = 15
    heartbeat_seconds: float = 10
    heartbeat_limit_seconds: float = 60

    @classmethod
    def from_env(cls, env: Env) -> Self:
        """Read the INTAKE_ variables beside the kernel's own."""
        kernel = KernelSettings.from_env(env)
        positive = Range(min=0, min_inclusive=False)
        with env.prefixed("INTAKE_"):
            return cls(
                kernel=kernel,
                database_url=env.str("DATABASE_URL"),
                files_dir=env.path("FILES_DIR"),
                attachment_max_mib=env.int("ATTACHMENT_MAX_MIB", 20, validate=Range(1, 200)),
                attachment_max_count=env.int("ATTACHMENT_MAX_COUNT", 30, validate=Range(1, 200)),
                broker_url=env.str("BROKER_URL", None) or "",
                mail=MailSettings.from_env(env),
                notify_seconds=env.float("NOTIFY_SECONDS", 15, validate=positive),
                heartbeat_seconds=env.float("HEARTBEAT_SECONDS", 10, validate=positive),
                heartbeat_limit_seconds=env.float("HEARTBEAT_LIMIT_SECONDS", 60, validate=positive),
            )

    @property
    def attachment_limits(self) -> AttachmentLimits:
        """Return the limits in the units that the code counts in."""
        return AttachmentLimits(
            max_bytes=self.attachment_max_mib * MIB, max_count=self.attachment_max_count
        )
