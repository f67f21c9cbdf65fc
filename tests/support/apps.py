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


def an_app(service: str, *, folder: Path, kernel: KernelSettings) -> Flask:
    """Return the app of a service over an empty SQLite file in `folder`."""
    database_url = f"sqlite:///{folder / service}.sqlite3"
    settings = {
        "intake": lambda: IntakeSettings(kernel=kernel, database_url=database_url),
        "assembler": lambda: AssemblerSettings(
            kernel=kernel,
            database_url=database_url,
            broker_url="memory://",
            templates_dir=ROOT / "templates",
            soffice=None,
            work_dir=folder / "work",
        ),
        "archive": lambda: ArchiveSettings(
            kernel=kernel, database_url=database_url, files_dir=folder / "files"
        ),
    }[service]()
    app: Flask = importlib.import_module(f"services.{service}.app").create_app(settings)
    return app
