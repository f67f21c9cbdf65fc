"""Real workers, a real broker and real HTTP around the assembler, for tests that break them."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kernel.contracts.dossier import Dossier
from kernel.migrations import upgrade
from kernel.settings import KernelSettings
from services.assembler.app import production_deps
from services.assembler.persistence import MIGRATIONS
from services.assembler.settings import AssemblerSettings
from services.assembler.use_cases.collaborators import Deps
from tests.builders.assembler import TEMPLATES
from tests.support.broker import TestBroker, a_broker
from tests.support.fake_services import FakeServices, running_services
from tests.support.workers import Workers

PATIENCE_SECONDS = 30
QUICK = {
    "reconcile_seconds": 1,
    "heartbeat_seconds": 1,
    "lease_seconds": 4,
    "republish_seconds": 2,
    "retry_seconds": 1,
    "pdf_seconds": 1,
}


@dataclass(frozen=True, slots=True)
class Stack:
    """All that a test may stop, kill, hold or ask."""

    broker: TestBroker
    services: FakeServices
    workers: Workers
    deps: Deps

    def wait_for(self, check: Callable[[], bool], what: str) -> None:
        """Fail with the workers' log when the check does not come true in time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if check():
                return
            time.sleep(0.1)
        pytest.fail(f"{what}\n{self.workers.log()[-6000:]}")


@contextmanager
def a_worker_stack(
    folder: Path, dossier: Dossier, kernel_settings: Callable[[str], KernelSettings]
) -> Iterator[Stack]:
    """Yield a stack whose workers are not started yet; its soffice hangs."""
    hanging = folder / "soffice"
    hanging.write_text("#!/bin/sh\nsleep 1000\n")
    hanging.chmod(0o755)
    database_url = f"sqlite:///{folder}/assembler.sqlite3"
    upgrade(database_url, MIGRATIONS)
    with a_broker() as broker, running_services(dossier) as services:
        settings = AssemblerSettings(
            kernel=kernel_settings(services.url),
            database_url=database_url,
            broker_url=broker.url,
            templates_dir=TEMPLATES,
            work_dir=folder / "work",
            soffice=str(hanging),
            pdf_python="none",
            **QUICK,
        )
        deps = production_deps(settings)
        workers = Workers(folder, environment_of(settings))
        yield Stack(broker=broker, services=services, workers=workers, deps=deps)
        workers.kill()
        deps.database.dispose()


def environment_of(settings: AssemblerSettings) -> dict[str, str]:
    """Return the settings as the environment of a worker."""
    kernel = settings.kernel
    return {
        "THIDUA_SECRET_KEY": kernel.secret_key,
        "THIDUA_SERVICE_KEY": kernel.service_key,
        "THIDUA_INTAKE_URL": kernel.intake_url,
        "THIDUA_ASSEMBLER_URL": kernel.assembler_url,
        "THIDUA_ARCHIVE_URL": kernel.archive_url,
        "ASSEMBLER_DATABASE_URL": settings.database_url,
        "ASSEMBLER_BROKER_URL": settings.broker_url,
        "ASSEMBLER_TEMPLATES_DIR": str(settings.templates_dir),
        "ASSEMBLER_WORK_DIR": str(settings.work_dir),
        "ASSEMBLER_SOFFICE": str(settings.soffice),
        **({"ASSEMBLER_PDF_PYTHON": settings.pdf_python} if settings.pdf_python else {}),
        **{f"ASSEMBLER_{name.upper()}": str(getattr(settings, name)) for name in QUICK},
    }
