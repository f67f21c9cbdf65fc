from pathlib import Path

import pytest
from environs import Env, EnvError

from kernel.settings import KernelSettings

COMPLETE = {
    "THIDUA_SECRET_KEY": "s" * 32,
    "THIDUA_SERVICE_KEY": "k" * 32,
    "THIDUA_INTAKE_URL": "http://i",
    "THIDUA_ASSEMBLER_URL": "http://a",
    "THIDUA_ARCHIVE_URL": "http://r",
}


@pytest.fixture
def environment(monkeypatch):
    def give(**changes):
        for name, value in {**COMPLETE, **changes}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        return Env()

    return give


def test_production_is_the_default(environment):
    settings = KernelSettings.from_env(environment())

    assert settings.secure_cookies is True
    assert settings.for_flask()["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize("secret", ["THIDUA_SECRET_KEY", "THIDUA_SERVICE_KEY"])
@pytest.mark.parametrize("value", [None, "short"])
def test_a_secret_has_no_default_and_a_least_length(environment, secret, value):
    with pytest.raises(EnvError, match=secret):
        KernelSettings.from_env(environment(**{secret: value}))


def test_the_example_names_every_secret():
    example = Path(".env.example").read_text()

    assert "THIDUA_SECRET_KEY=\n" in example
    assert "THIDUA_SERVICE_KEY=\n" in example
