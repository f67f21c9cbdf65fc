"""Everything the archive reads from its environment, once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from environs import Env

from kernel.settings import KernelSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveSettings:
    """Where the archive keeps its rows and its files."""

    kernel: KernelSettings
    database_url: str
    files_dir: Path

    @classmethod
    def from_env(cls, env: Env) -> Self:
        """Read the THIDUA_ and ARCHIVE_ variables."""
        kernel = KernelSettings.from_env(env)
        with env.prefixed("ARCHIVE_"):
            return cls(
                kernel=kernel,
                database_url=env.str("DATABASE_URL"),
                files_dir=env.path("FILES_DIR"),
            )
