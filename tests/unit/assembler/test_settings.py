from pathlib import Path

import pytest
from environs import Env

from kernel.celery import HARD_LIMIT_SECONDS, SOFT_LIMIT_SECONDS
from services.assembler.domain.jobs import TOO_SLOW
from services.assembler.settings import AssemblerSettings

NEEDED = {
    "THIDUA_SECRET_KEY": "s" * 40,
    "THIDUA_SERVICE_KEY": "k" * 40,
    "THIDUA_INTAKE_URL": "http://intake.test",
    "THIDUA_ASSEMBLER_URL": "http://assembler.test",
    "THIDUA_ARCHIVE_URL": "http://archive.test",
    "ASSEMBLER_DATABASE_URL": "sqlite:///a.sqlite3",
    "ASSEMBLER_BROKER_URL": "redis://broker.test/0",
    "ASSEMBLER_TEMPLATES_DIR": "templates",
    "ASSEMBLER_WORK_DIR": "work",
}


@pytest.fixture
def read(monkeypatch):
    def read(**changes):
        for name, value in {**NEEDED, **changes}.items():
            monkeypatch.setenv(name, value)
        return AssemblerSettings.from_env(Env())

    return read


def test_what_is_not_said_has_the_protocols_values(read):
    settings = read()

    assert settings.templates_dir == Path("templates")
    assert settings.soffice is None
    assert (settings.reconcile_seconds, settings.heartbeat_seconds) == (30, 10)
    assert settings.patience().max_attempts == 5


def test_a_lease_outlives_the_hard_limit_and_a_conversion_the_soft_one(read):
    settings = read()

    assert settings.lease_seconds > HARD_LIMIT_SECONDS
    assert settings.pdf_seconds < SOFT_LIMIT_SECONDS
    assert settings.patience().turn.total_seconds() < SOFT_LIMIT_SECONDS / 2
    assert f"quá {SOFT_LIMIT_SECONDS} giây" in TOO_SLOW


@pytest.mark.parametrize(
    ("name", "value"),
    [("LEASE_SECONDS", "0"), ("PDF_SECONDS", "86"), ("MAX_ATTEMPTS", "0"), ("RETRY_SECONDS", "x")],
)
def test_a_value_that_makes_no_sense_stops_the_start(read, name, value):
    with pytest.raises(Exception, match=name):
        read(**{f"ASSEMBLER_{name}": value})
