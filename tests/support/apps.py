"""The three apps with settings of a test: real files, addresses that lead nowhere."""

import importlib
from pathlib import Path

from flask import Flask

from kernel.settings import KernelSettings
from services.archive.settings import ArchiveSettings
from services.assembler.settings import AssemblerSettings
from services.intake.settings import IntakeSettings

SERVICES = ("intake", "assembler", "archive")
ROOT = Path(__file__).resolve().parents[2]


def assembler_settings(*, folder: Path, kernel: KernelSettings) -> AssemblerSettings:
    """Return the assembler's settings over an empty SQLite file in `folder`."""
    return AssemblerSettings(
        kernel=kernel,
        database_url=f"sqlite:///{folder / 'assembler'}.sqlite3",
        broker_url="memory://",
        templates_dir=ROOT / "templates",
        work_dir=folder / "work",
    )


def intake_settings(*, folder: Path, kernel: KernelSettings) -> IntakeSettings:
    """Return intake's settings over an empty SQLite file in `folder`."""
    return IntakeSettings(
        kernel=kernel,
        database_url=f"sqlite:///{folder / 'intake'}.sqlite3",
        files_dir=folder / "attachments",
    )


def an_app(service: str, *, folder: Path, kernel: KernelSettings) -> Flask:
    """Return the app of a service over an empty SQLite file in `folder`."""
    database_url = f"sqlite:///{folder / service}.sqlite3"
    settings = {
        "intake": lambda: intake_settings(folder=folder, kernel=kernel),
        "assembler": lambda: assembler_settings(folder=folder, kernel=kernel),
        "archive": lambda: ArchiveSettings(
            kernel=kernel, database_url=database_url, files_dir=folder / "files"
        ),
    }[service]()
    app: Flask = importlib.import_module(f"services.{service}.app").create_app(settings)
    return app
