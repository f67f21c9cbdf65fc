"""What Celery's command line loads: `celery -A services.assembler.worker:celery worker`."""

import logging
from typing import Any

from celery.signals import setup_logging, worker_init, worker_ready
from environs import Env

from kernel import logging as kernel_logging
from kernel.celery import assert_broker_keeps_everything
from services.assembler.app import create_worker, production_converter
from services.assembler.settings import AssemblerSettings

logger = logging.getLogger("thidua.assembler.pdf")

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


@worker_ready.connect(weak=False)
def _say_how_pdfs_are_made(**_: Any) -> None:
    condition = production_converter(_settings).condition()
    level = logging.INFO if condition.is_best else logging.WARNING
    for line in condition.lines():
        logger.log(level, line)
