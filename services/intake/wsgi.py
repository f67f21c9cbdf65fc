"""What a web server loads in production: `gunicorn services.intake.wsgi:application()`."""

from typing import Any

from environs import Env

from kernel import app as kernel_app
from kernel.auth.principal import Service
from services.intake.app import create_app
from services.intake.settings import IntakeSettings


def application() -> Any:
    """Return the WSGI callable of this service alone, under its prefix."""
    settings = IntakeSettings.from_env(Env())
    return kernel_app.serve(Service.INTAKE, create_app(settings), settings.kernel)
