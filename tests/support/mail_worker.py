"""Intake with a real broker, a real worker and beat, and a port for a real mail server."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kernel.settings import KernelSettings
from services.intake.settings import IntakeSettings, MailSettings
from tests.builders.intake import World, a_world
from tests.builders.mail import ROUTE
from tests.support.broker import TestBroker, a_broker
from tests.support.mail_server import free_port
from tests.support.workers import Workers

PATIENCE_SECONDS = 30


@dataclass(frozen=True)
class MailStack:
    """All that a test may stop, kill or ask; nobody listens at `port` unless a test does."""

    world: World
    broker: TestBroker
    workers: Workers
    port: int

    def wait_for(self, check: Callable[[], bool], what: str) -> None:
        """Fail with the workers' log when the check does not come true in time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if check():
                return
            time.sleep(0.1)
        pytest.fail(f"{what}\n{self.workers.log()[-6000:]}")


@contextmanager
def a_mail_stack(folder: Path, database_url: str, kernel: KernelSettings) -> Iterator[MailStack]:
    """Yield a stack whose worker is not started yet."""
    port = free_port()
    mail = MailSettings(
        smtp_url=f"smtp://127.0.0.1:{port}", sender=ROUTE.sender, public_url=ROUTE.public_url
    )
    with a_broker() as broker:
        settings = IntakeSettings(
            kernel=kernel,
            database_url=database_url,
            files_dir=folder / "attachments",
            broker_url=broker.url,
            mail=mail,
        )
        world = a_world(database_url, kernel)
        workers = Workers(folder, environment_of(settings), app="services.intake.worker:celery")
        try:
            yield MailStack(world=world, broker=broker, workers=workers, port=port)
        finally:
            workers.kill()
            world.deps.database.dispose()


def environment_of(settings: IntakeSettings) -> dict[str, str]:
    """Return the settings as the environment of a worker that is called every second."""
    kernel, mail = settings.kernel, settings.mail
    assert mail is not None
    return {
        "THIDUA_SECRET_KEY": kernel.secret_key,
        "THIDUA_SERVICE_KEY": kernel.service_key,
        "THIDUA_INTAKE_URL": kernel.intake_url,
        "THIDUA_ASSEMBLER_URL": kernel.assembler_url,
        "THIDUA_ARCHIVE_URL": kernel.archive_url,
        "INTAKE_DATABASE_URL": settings.database_url,
        "INTAKE_FILES_DIR": str(settings.files_dir),
        "INTAKE_BROKER_URL": settings.broker_url,
        "INTAKE_SMTP_URL": mail.smtp_url,
        "INTAKE_MAIL_FROM": mail.sender,
        "INTAKE_PUBLIC_URL": mail.public_url,
        "INTAKE_NOTIFY_SECONDS": "1",
        "INTAKE_HEARTBEAT_SECONDS": "1",
    }
