"""What a web server loads in production: `gunicorn services.assembler.wsgi:application()`."""

from typing import Any

from environs import Env

from kernel import app as kernel_app
from kernel.auth.principal import Service
from services.assembler.app import create_app
from services.assembler.settings import AssemblerSettings


def application() -> Any:
    """Return the WSGI callable of this service alone, under its prefix."""
    settings = AssemblerSettings.from_env(Env())
    return kernel_app.serve(Service.ASSEMBLER, create_app(settings), settings.kernel)
