"""What intake reads from its environment."""

from dataclasses import dataclass
from typing import Self

from environs import Env

from kernel.settings import KernelSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeSettings:
    """Read once, at start."""

    kernel: KernelSettings
    database_url: str

    @classmethod
    def from_env(cls, env: Env) -> Self:
        """Read the INTAKE_ variables beside the kernel's own."""
        with env.prefixed("INTAKE_"):
            database_url = env.str("DATABASE_URL")
        return cls(kernel=KernelSettings.from_env(env), database_url=database_url)
