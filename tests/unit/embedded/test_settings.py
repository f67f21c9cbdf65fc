import stat

import pytest
from environs import Env

from embedded.settings import StackSettings, child_environment, load_or_make_secrets


@pytest.fixture
def settings(tmp_path):
    return StackSettings.from_env(Env(), data_dir=tmp_path, port=0)


def test_the_keys_are_made_once_and_are_for_their_owner_only(tmp_path):
    first = load_or_make_secrets(tmp_path)

    assert load_or_make_secrets(tmp_path) == first
    assert min(len(key) for key in first.values()) >= 32
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_a_new_data_directory_is_for_its_owner_only_and_an_old_one_stays_as_it_is(tmp_path):
    old = tmp_path / "old"
    old.mkdir(mode=0o750)

    for folder in (tmp_path / "Dữ liệu" / "mới 1", old):
        load_or_make_secrets(folder)

    assert stat.S_IMODE((tmp_path / "Dữ liệu" / "mới 1").stat().st_mode) == 0o700
    assert stat.S_IMODE(old.stat().st_mode) == 0o750


def test_a_child_gets_nothing_of_another_deployment(settings, monkeypatch):
    monkeypatch.setenv("ARCHIVE_DATABASE_URL", "postgresql://somewhere/else")
    monkeypatch.setenv("THIDUA_SECRET_KEY", "of another deployment")

    environment = child_environment(settings, port=1234, broker_url="redis://x")

    assert environment["ARCHIVE_DATABASE_URL"].startswith(f"sqlite:///{settings.data_dir}")
    assert environment["THIDUA_SECRET_KEY"] != "of another deployment"
    assert environment["THIDUA_INTAKE_URL"] == "http://127.0.0.1:1234/intake"
