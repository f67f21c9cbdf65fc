"""What Celery's command line loads: `celery -A services.intake.worker:celery worker`."""

from environs import Env

from kernel.celery import behave_as_a_service
from services.intake.app import create_worker
from services.intake.settings import IntakeSettings

_settings = IntakeSettings.from_env(Env())
celery = create_worker(_settings)
behave_as_a_service(broker_url=_settings.broker_url, log_level=_settings.kernel.log_level)
