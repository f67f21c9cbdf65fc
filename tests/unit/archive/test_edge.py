from pathlib import Path

import pytest
from environs import Env

from kernel.settings import KernelSettings
from services.archive.app import production_deps
from services.archive.settings import ArchiveSettings
from services.archive.use_cases.uploading import UploadReceipt
from services.archive.web.presenters import moment, size, type_options, upload_message
from tests.builders.archive import COMMUNE


def test_settings_are_read_once_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    for name, value in {
        "THIDUA_SECRET_KEY": "s" * 32,
        "THIDUA_SERVICE_KEY": "k" * 32,
        "THIDUA_INTAKE_URL": "http://i",
        "THIDUA_ASSEMBLER_URL": "http://a",
        "THIDUA_ARCHIVE_URL": "http://r",
        "ARCHIVE_DATABASE_URL": "sqlite://",
        "ARCHIVE_FILES_DIR": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)

    settings = ArchiveSettings.from_env(Env())

    assert (settings.database_url, settings.files_dir) == ("sqlite://", tmp_path)
    assert settings.kernel.assembler_url == "http://a"


def test_production_uses_the_database_and_the_directory_of_the_settings(
    kernel_settings: KernelSettings, tmp_path: Path
):
    settings = ArchiveSettings(
        kernel=kernel_settings,
        database_url=f"sqlite:///{tmp_path / 'a.sqlite3'}",
        files_dir=tmp_path / "files",
    )

    deps = production_deps(settings)

    assert deps.files.put(b"abc")
    assert deps.sessions.is_reachable()
    deps.sessions.dispose()


@pytest.mark.parametrize(
    ("count", "text"), [(12, "12 byte"), (12_600, "12,3 KB"), (3_355_443, "3,2 MB")]
)
def test_sizes_are_written_with_a_comma(count: int, text: str):
    assert size(count) == text


def test_a_missing_moment_is_blank():
    assert moment(None) == ""


def test_types_are_offered_by_name_and_abbreviation():
    assert ("BC", "Báo cáo (BC)") in type_options()


@pytest.mark.parametrize(("is_new", "tone"), [(True, "success"), (False, "warning")])
def test_an_upload_is_told_as_new_or_known(is_new: bool, tone: str):
    receipt = UploadReceipt(
        document_id=COMMUNE, version_id=COMMUNE, version=2, sha256="a", is_new=is_new
    )

    assert upload_message(receipt)[1] == tone
