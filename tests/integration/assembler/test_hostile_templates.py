"""Whatever file is uploaded: a located finding, nothing put in force, and nobody waits for ever."""

import io
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from embedded.cli import main
from services.assembler.app import create_app
from services.assembler.domain.findings import Severity
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.isolation import Isolation
from services.assembler.rendering.templates import TemplateLibrary
from services.assembler.use_cases import template_workshop as workshop
from tests.builders.assembler import OFFICE, TEMPLATES, a_person
from tests.integration.assembler.hostile_templates import HOSTILE, Hostile, a_template
from tests.support.apps import assembler_settings
from tests.support.pages import PageClient

KIND = "summary_report"
SECONDS = 3
IN_TIME = ("--seconds", str(SECONDS))

each_hostile = pytest.mark.parametrize("hostile", HOSTILE, ids=lambda it: it.name)


@pytest.fixture
def impatient() -> Isolation:
    return Isolation(Path(tempfile.gettempdir()), seconds=SECONDS, memory_mib=512)


@pytest.fixture
def deps(deps, impatient):
    return replace(deps, isolation=impatient)


@pytest.fixture
def clerk(deps, tmp_path, kernel_settings):
    settings = assembler_settings(folder=tmp_path, kernel=kernel_settings)
    return PageClient(create_app(settings, deps), a_person())


def _sample():
    return TemplateLibrary(TEMPLATES).get(KIND).samples["typical"]


@each_hostile
def test_the_page_tells_what_is_wrong_and_nothing_is_in_force(hostile: Hostile, clerk, deps):
    sent = {"file": (io.BytesIO(hostile.data), hostile.file_name)}

    answer = clerk.post(f"/templates/{KIND}", sent)
    answer.request.environ["wsgi.input"].close()  # a large form is kept in a file by the client

    bench = workshop.view_kind(KIND, office_id=OFFICE, deps=deps)
    assert (bench.in_force, bench.publications) == (None, ())
    if hostile.is_refused:
        assert answer.status_code == 422
        told = BeautifulSoup(answer.text, "html.parser").find(id="e-file")
        assert hostile.said in told.text
        assert bench.versions == ()
    else:
        page = clerk.get(answer.location)
        assert hostile.said in BeautifulSoup(page.text, "html.parser").text
        assert bench.versions[0].is_publishable is not hostile.is_error
        assert all(one.place for one in bench.versions[0].findings)


@each_hostile
def test_the_command_line_tells_the_same(hostile: Hostile, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mẫu.docx").write_bytes(hostile.data)

    answer = CliRunner().invoke(main, ["templates", "check", "mẫu.docx", "--kind", KIND, *IN_TIME])

    assert answer.exit_code == (2 if hostile.is_error else 0), answer.output
    assert hostile.said in answer.output


@each_hostile
def test_rendering_on_the_command_line_tells_it_too(hostile: Hostile, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mẫu.docx").write_bytes(hostile.data)
    Path("data.json").write_text(json.dumps(_sample()), encoding="utf-8")

    answer = CliRunner().invoke(
        main, ["render", "mẫu.docx", "data.json", "-o", "out.docx", *IN_TIME]
    )

    assert answer.exit_code == (2 if hostile.stops_rendering else 0), answer.output
    assert (hostile.said in answer.output) is hostile.stops_rendering
    assert Path("out.docx").exists() is not hostile.stops_rendering


def test_a_check_that_never_ends_keeps_what_it_found_and_says_where_it_was(deps, impatient):
    slow = next(one for one in HOSTILE if one.name == "slow")
    kind = deps.templates.get(KIND)

    findings = impatient.check(slow.data, kind.manifest, samples=kind.samples)

    assert findings[-1].rule == "template-stopped"
    assert findings[-1].place.startswith("Dữ liệu thử “")
    assert findings[-1].severity is Severity.ERROR


def test_a_preview_of_an_endless_template_is_refused(impatient):
    slow = next(one for one in HOSTILE if one.name == "slow")

    with pytest.raises(RenderingFailed, match="Mẫu"):
        impatient.render(slow.data, _sample())


def test_nothing_is_left_in_the_work_folder(tmp_path):
    Isolation(tmp_path).check(a_template("{{ year }}"))

    assert list(tmp_path.iterdir()) == []


def test_a_file_of_nothing_but_faults_is_told_in_a_readable_number(impatient):
    findings = impatient.check(a_template("{{r " * 20_000))

    assert len(findings) == 301
    assert "19700" in findings[-1].message
