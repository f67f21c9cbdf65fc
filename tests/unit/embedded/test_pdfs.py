import pytest
from environs import Env

from embedded.pdfs import shortcomings
from embedded.settings import StackSettings


@pytest.fixture
def settings(tmp_path, monkeypatch):
    def build(soffice):
        monkeypatch.setenv("THIDUA_SOFFICE", soffice)
        return StackSettings.from_env(Env(), data_dir=tmp_path, port=0)

    return build


def test_without_libreoffice_the_start_says_that_pdfs_are_quick_views(settings):
    said = "\n".join(shortcomings(settings("none")))

    assert "quick views (bản xem nhanh), not of record" in said
    assert "apt-get install" in said
    assert "python3-uno" in said


@pytest.mark.libreoffice
def test_where_all_is_well_nothing_is_said(settings):
    assert list(shortcomings(settings("soffice"))) == []
