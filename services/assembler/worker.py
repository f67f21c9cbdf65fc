"""What Celery's command line loads: `celery -A services.assembler.worker:celery worker`."""

from typing import Any

from celery.signals import setup_logging, worker_init
from environs import Env

from kernel import logging as kernel_logging
from kernel.celery import assert_broker_keeps_everything
from services.assembler.app import create_worker
from services.assembler.settings import AssemblerSettings

_settings = AssemblerSettings.from_env(Env())
celery = create_worker(_settings)


@setup_logging.connect(weak=False)
def _log_as_the_services_do(**_: Any) -> None:
    kernel_logging.configure(_settings.kernel.log_level)


@worker_init.connect(weak=False)
def _refuse_a_forgetful_broker(**_: Any) -> None:
    try:
        assert_broker_keeps_everything(_settings.broker_url)
    except Exception as exc:
        # A signal's exceptions are swallowed by Celery; its exit is not.
        raise SystemExit(f"broker: {exc}") from exc
