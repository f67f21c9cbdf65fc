"""The three apps in one web process, mounted as they are behind a proxy in production."""

from typing import Any

from environs import Env

from kernel import app as kernel_app
from kernel import logging as kernel_logging
from kernel.auth.principal import Service
from kernel.settings import KernelSettings
from services.archive.app import create_app as create_archive
from services.assembler.app import create_app as create_assembler
from services.intake.app import create_app as create_intake


def application() -> Any:
    """Return the WSGI callable of the whole."""
    settings = KernelSettings.from_env(Env())
    kernel_logging.configure(settings.log_level)
    return kernel_app.mount(
        {
            Service.INTAKE: create_intake(),
            Service.ASSEMBLER: create_assembler(),
            Service.ARCHIVE: create_archive(),
        },
        trusted_proxies=settings.trusted_proxies,
    )
