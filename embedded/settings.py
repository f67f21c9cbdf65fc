"""What the one-PC stack reads from its environment, and what it hands to its processes."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import quote

from environs import Env

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class StackSettings:
    """Where the stack keeps its data, and at which port it answers (0: any free one)."""

    data_dir: Path
    port: int
    broker_url: str | None
    """Given: this Redis or RabbitMQ is used and none is started."""
    soffice: str | None
    templates_dir: Path
    smtp_url: str | None = field(default=None, repr=False)
    """None: no e-mail is sent."""
    mail_from: str | None = None
    public_url: str | None = None

    @classmethod
    def from_env(cls, env: Env, *, data_dir: Path, port: int) -> Self:
        """Read the few variables that a user of one PC may want to set."""
        with env.prefixed("THIDUA_"):
            return cls(
                data_dir=data_dir.resolve(),
                port=port,
                broker_url=env.str("REDIS_URL", None),
                soffice=env.str("SOFFICE", None),
                templates_dir=Path(env.str("TEMPLATES_DIR", str(PROJECT / "templates"))),
                smtp_url=env.str("SMTP_URL", None),
                mail_from=env.str("MAIL_FROM", None),
                public_url=env.str("PUBLIC_URL", None),
            )


def child_environment(settings: StackSettings, *, port: int, broker_url: str) -> dict[str, str]:
    """Return the environment in which the web process and the worker run.

    It is the same set of variables that a production deployment gives to each service.
    """
    keys = load_or_make_secrets(settings.data_dir)
    base = f"http://127.0.0.1:{port}"
    own = {
        **keys,
        "THIDUA_INTAKE_URL": f"{base}/intake",
        "THIDUA_ASSEMBLER_URL": f"{base}/assembler",
        "THIDUA_ARCHIVE_URL": f"{base}/archive",
        "THIDUA_SECURE_COOKIES": "false",  # plain HTTP, loopback only
        "INTAKE_DATABASE_URL": _sqlite(settings.data_dir / "intake.sqlite3"),
        "ASSEMBLER_DATABASE_URL": _sqlite(settings.data_dir / "assembler.sqlite3"),
        "INTAKE_BROKER_URL": broker_url,
        "INTAKE_SMTP_URL": settings.smtp_url or "",
        "INTAKE_MAIL_FROM": settings.mail_from or "",
        "INTAKE_PUBLIC_URL": settings.public_url or base,
        "ARCHIVE_DATABASE_URL": _sqlite(settings.data_dir / "archive.sqlite3"),
        "INTAKE_FILES_DIR": str(settings.data_dir / "attachments"),
        "ARCHIVE_FILES_DIR": str(settings.data_dir / "files"),
        "ASSEMBLER_BROKER_URL": broker_url,
        "ASSEMBLER_TEMPLATES_DIR": str(settings.templates_dir),
        "ASSEMBLER_WORK_DIR": str(settings.data_dir / "work"),
        "PYTHONPATH": str(PROJECT),
        "PYTHONUNBUFFERED": "1",
    }
    if settings.soffice:
        own["ASSEMBLER_SOFFICE"] = settings.soffice
    return {**_inherited(), **own}


def adopt_environment(settings: StackSettings, *, broker_url: str) -> None:
    """Let this process read what the stack's own processes read, to work on its data."""
    own = child_environment(settings, port=settings.port, broker_url=broker_url)
    os.environ.update(own)


def _sqlite(path: Path) -> str:
    return f"sqlite:///{quote(str(path))}"


def load_or_make_secrets(data_dir: Path) -> dict[str, str]:
    """Return the stack's two keys, made at first use and readable by their owner only."""
    path = data_dir / "secrets.env"
    if not path.exists():
        make_private_folder(data_dir)
        names = ("THIDUA_SECRET_KEY", "THIDUA_SERVICE_KEY")
        text = "".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in names)
        write_private(path, text)
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line)


def make_private_folder(folder: Path) -> None:
    """Make the folder, if it is not there, for its owner only: databases and logs go there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)


def _inherited() -> Mapping[str, str]:
    """Return the parent's environment without variables of another deployment."""
    own = ("THIDUA_", "INTAKE_", "ASSEMBLER_", "ARCHIVE_")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)}
