"""What a web server loads in production: `gunicorn services.archive.wsgi:application()`."""

from typing import Any

from environs import Env

from kernel import app as kernel_app
from kernel.auth.principal import Service
from services.archive.app import create_app
from services.archive.settings import ArchiveSettings


def application() -> Any:
    """Return the WSGI callable of this service alone, under its prefix."""
    settings = ArchiveSettings.from_env(Env())
    return kernel_app.serve(Service.ARCHIVE, create_app(settings), settings.kernel)
