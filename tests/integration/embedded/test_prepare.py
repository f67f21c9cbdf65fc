import json
import stat

import pytest
from environs import Env

from embedded import prepare
from embedded.settings import StackSettings, child_environment
from services.intake import app as intake
from services.intake.settings import IntakeSettings
from services.intake.use_cases import founding
from services.intake.use_cases.signing_in import SignIn, sign_in


@pytest.fixture
def data_dir(tmp_path, monkeypatch):
    folder = tmp_path / "Dữ liệu 100%20 #1"
    settings = StackSettings.from_env(Env(), data_dir=folder, port=0)
    environment = child_environment(settings, port=1, broker_url="redis+socket:///none")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return folder


def test_a_start_that_was_interrupted_is_finished_by_the_next(data_dir, monkeypatch):
    accounts_file = data_dir / "accounts.json"
    opened = []

    def impatient(command, *, deps):
        if len(opened) == 3:
            raise KeyboardInterrupt
        opened.append(command.login_name)
        return create_account(command, deps=deps)

    create_account = founding.create_account
    monkeypatch.setattr(founding, "create_account", impatient)
    prepare.migrate()
    with pytest.raises(KeyboardInterrupt):
        prepare.load_sample(accounts_file)
    assert not accounts_file.exists()
    monkeypatch.setattr(founding, "create_account", create_account)

    prepare.load_sample(accounts_file)

    noted = {it["login"]: it["password"] for it in json.loads(accounts_file.read_text("utf-8"))}
    assert len(noted) == 21
    assert stat.S_IMODE(accounts_file.stat().st_mode) == 0o600
    deps = intake.production_deps(IntakeSettings.from_env(Env()))
    for login in (opened[0], "y-te@linh-thong"):
        command = SignIn(login_name=login, password=noted[login], address="127.0.0.1")
        assert sign_in(command, deps=deps).office_name
