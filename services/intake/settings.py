"""What intake reads from its environment."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from environs import Env
from marshmallow.validate import Range

from kernel.settings import KernelSettings
from services.intake.domain.attachments import MIB, AttachmentLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeSettings:
    """Read once, at start."""

    kernel: KernelSettings
    database_url: str
    files_dir: Path
    """Where the files lie that go with reports."""
    attachment_max_mib: int = 20
    attachment_max_count: int = 30

    @classmethod
    def from_env(cls, env: Env) -> Self:
        """Read the INTAKE_ variables beside the kernel's own."""
        kernel = KernelSettings.from_env(env)
        with env.prefixed("INTAKE_"):
            return cls(
                kernel=kernel,
                database_url=env.str("DATABASE_URL"),
                files_dir=env.path("FILES_DIR"),
                attachment_max_mib=env.int("ATTACHMENT_MAX_MIB", 20, validate=Range(1, 200)),
                attachment_max_count=env.int("ATTACHMENT_MAX_COUNT", 30, validate=Range(1, 200)),
            )

    @property
    def attachment_limits(self) -> AttachmentLimits:
        """Return the limits in the units that the code counts in."""
        return AttachmentLimits(
            max_bytes=self.attachment_max_mib * MIB, max_count=self.attachment_max_count
        )
