"""What Celery loads on one PC: the tasks of assembler and intake in one worker and one beat.

As the three apps share one web process there; in production each service has workers of its own.
"""

from environs import Env

from services.assembler.worker import celery
from services.intake import app as intake
from services.intake.settings import IntakeSettings

__all__ = ["celery"]

intake.join_worker(celery, IntakeSettings.from_env(Env()))
