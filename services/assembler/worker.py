"""What Celery's command line loads: `celery -A services.assembler.worker:celery worker`."""

import logging
from typing import Any

from celery.signals import worker_ready
from environs import Env

from kernel.celery import behave_as_a_service
from services.assembler.app import create_worker, production_converter
from services.assembler.settings import AssemblerSettings

logger = logging.getLogger("thidua.assembler.pdf")

_settings = AssemblerSettings.from_env(Env())
celery = create_worker(_settings)
behave_as_a_service(broker_url=_settings.broker_url, log_level=_settings.kernel.log_level)


@worker_ready.connect(weak=False)
def _say_how_pdfs_are_made(**_: Any) -> None:
    condition = production_converter(_settings).condition()
    level = logging.INFO if condition.is_best else logging.WARNING
    for line in condition.lines():
        logger.log(level, line)
