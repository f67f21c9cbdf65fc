"""The compose file names only what the code has, and gives each service all that it reads."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from environs import Env

from embedded import cli
from kernel.contracts.tasks import ASSEMBLER_QUEUES, INTAKE_QUEUES
from services.archive.settings import ArchiveSettings
from services.assembler.settings import AssemblerSettings
from services.intake.settings import IntakeSettings
from tests.support.apps import an_app

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "intake": IntakeSettings,
    "assembler": AssemblerSettings,
    "archive": ArchiveSettings,
    "worker": AssemblerSettings,
    "beat": AssemblerSettings,
    "intake-worker": IntakeSettings,
    "intake-beat": IntakeSettings,
}
CELERY = {
    "worker": ASSEMBLER_QUEUES,
    "beat": ASSEMBLER_QUEUES,
    "intake-worker": INTAKE_QUEUES,
    "intake-beat": INTAKE_QUEUES,
}
_VARIABLE = re.compile(r"\$\{(\w+)(?::?[-?]([^}]*))?\}")


def _compose():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    return yaml.safe_load(text)


COMPOSE = _compose()
SERVICES = COMPOSE["services"]


def resolved(value):
    """Interpolate as compose does; a required variable gets 40 characters."""

    def fill(match):
        default = match.group(2) or ""
        is_required = f"{match.group(1)}:?" in match.group(0)
        return "x" * 40 if is_required else default

    return _VARIABLE.sub(fill, str(value))


def test_production_is_whole():
    assert set(SERVICES) == {
        *("proxy", "migrate", "intake", "assembler", "archive"),
        *("worker", "beat", "intake-worker", "intake-beat", "redis", "postgres"),
    }


def test_a_secret_has_no_default():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")

    for secret in ("THIDUA_SECRET_KEY", "THIDUA_SERVICE_KEY", "POSTGRES_PASSWORD"):
        assert f"${{{secret}:?" in text
        assert f"${{{secret}:-" not in text


@pytest.mark.parametrize("name", SETTINGS)
def test_a_service_gets_exactly_what_it_reads(name, monkeypatch):
    environment = {key: resolved(value) for key, value in SERVICES[name]["environment"].items()}
    service = Path(importlib.import_module(SETTINGS[name].__module__).__file__).parent
    read = [ROOT / "kernel" / "settings.py", *service.glob("*settings.py")]
    source = "".join(path.read_text("utf-8") for path in read)
    for key, value in environment.items():
        monkeypatch.setenv(key, value)

    SETTINGS[name].from_env(Env())

    unread = [key for key in environment if f'"{key.partition("_")[2]}"' not in source]
    assert unread == []


@pytest.mark.parametrize("name", ["intake", "assembler", "archive"])
def test_a_web_service_serves_what_its_command_names(name):
    command = SERVICES[name]["command"]
    module, _, factory = command[1].partition(":")

    assert command[0] == "gunicorn"
    assert module == f"services.{name}.wsgi"
    assert callable(getattr(importlib.import_module(module), factory.removesuffix("()")))


@pytest.mark.parametrize("name", CELERY)
def test_a_celery_service_runs_the_app_of_the_code(name, monkeypatch):
    for key, value in SERVICES[name]["environment"].items():
        monkeypatch.setenv(key, resolved(value))
    command = SERVICES[name]["command"]
    module, _, attribute = command[2].partition(":")

    assert command[:2] == ["celery", "-A"]
    assert command[3] == name.removeprefix("intake-")
    assert hasattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("name", ["worker", "intake-worker"])
def test_a_worker_consumes_every_queue_of_its_service_and_no_other(name):
    command = SERVICES[name]["command"]
    queues = command[command.index("--queues") + 1].split(",")

    assert set(queues) == {queue.value for queue in CELERY[name]}


def test_the_migration_command_exists():
    program, command = SERVICES["migrate"]["command"]

    assert program == "thidua"
    assert command in cli.main.commands


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_but_the_migration_has_a_health_check(name):
    assert ("healthcheck" in SERVICES[name]) == (name != "migrate")


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in SERVICES
        if "thidua" in SERVICES[name].get("healthcheck", {}).get("test", [])
    ],
)
def test_a_health_check_asks_an_address_that_answers(name, tmp_path, kernel_settings):
    _, program, command, url = SERVICES[name]["healthcheck"]["test"]
    host, service, path = re.fullmatch(r"http://([\w.-]+):8000/(\w+)(/.*)", url).groups()

    assert (program, command in cli.main.commands) == ("thidua", True)
    assert host in {"127.0.0.1", *SERVICES}
    app = an_app(service, folder=tmp_path, kernel=kernel_settings)
    assert app.test_client().get(path).status_code in {200, 503}


def test_redis_keeps_everything():
    command = SERVICES["redis"]["command"]

    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_every_service_waits_for_services_that_exist():
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)


def test_every_volume_and_mounted_file_exists():
    named = set(COMPOSE["volumes"])
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in named or (ROOT / source).exists(), volume


def test_the_proxy_knows_the_three_services():
    proxy = (ROOT / "deploy" / "nginx.conf").read_text()

    for service in ("intake", "assembler", "archive"):
        assert re.search(rf"\^/{service}\(", proxy)


def test_every_database_is_made():
    made = (ROOT / "deploy" / "databases.sql").read_text()
    wanted = {
        SERVICES["postgres"]["environment"]["POSTGRES_DB"],
        *re.findall(r"DATABASE (\w+);", made),
    }

    assert wanted == {"intake", "assembler", "archive"}


def test_the_example_environment_names_every_required_variable():
    text = (ROOT / "docker-compose.yml").read_text("utf-8")
    example = (ROOT / ".env.example").read_text()

    for name in set(re.findall(r"\$\{(\w+):\?", text)):
        assert re.search(rf"^{name}=$", example, re.M)


def test_the_file_is_a_compose_file():
    check = Path(sys.executable).with_name("check-jsonschema")
    outcome = subprocess.run(
        [check, "--builtin-schema", "vendor.compose-spec", ROOT / "docker-compose.yml"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome.returncode == 0, outcome.stdout
