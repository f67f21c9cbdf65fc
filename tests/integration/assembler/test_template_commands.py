"""`thidua templates check` and `thidua render`, as typed."""

import json

import pytest
from click.testing import CliRunner

from embedded.cli import main
from ooxml.text import plain_text
from services.assembler.rendering.templates import TemplateLibrary
from tests.builders.assembler import TEMPLATES
from tests.integration.assembler.test_template_workshop import BROKEN, GOOD

SAMPLE = TemplateLibrary(TEMPLATES).get("summary_report").samples["typical"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.docx").write_bytes(GOOD)
    (tmp_path / "broken.docx").write_bytes(BROKEN)
    (tmp_path / "data.json").write_text(json.dumps(SAMPLE))
    return lambda *words: CliRunner().invoke(main, words)


def test_all_shipped_templates_are_clean(run):
    answer = run("templates", "check", "--all")
    assert answer.exit_code == 0
    assert answer.output.count(": ok") == len(list(TEMPLATES.glob("*/manifest.yml")))


def test_findings_are_printed_and_exit_2(run):
    answer = run("templates", "check", "good.docx", "broken.docx", "summary_report")
    assert answer.exit_code == 2
    assert "good.docx: ok" in answer.output
    assert "broken.docx: 2 finding(s)" in answer.output
    assert "error: thân văn bản" in answer.output


def test_a_file_that_is_no_template_is_a_finding(run, tmp_path):
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    answer = run("templates", "check", "old.doc")
    assert answer.exit_code == 2
    assert "không phải tệp Word .docx" in answer.output


@pytest.mark.parametrize("words", [(), ("nothing",)])
def test_check_asks_for_what_exists(run, words):
    answer = run("templates", "check", *words)
    assert answer.exit_code == 2
    assert "Usage" in answer.output


def test_render_writes_a_docx(run, tmp_path):
    assert run("render", "good.docx", "data.json", "-o", "out.docx").exit_code == 0
    assert "Báo cáo năm 2023" in plain_text((tmp_path / "out.docx").read_bytes())


def test_render_writes_a_pdf(run, tmp_path):
    assert run("render", "good.docx", "data.json", "-o", "out.pdf").exit_code == 0
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.libreoffice
def test_render_writes_an_archival_pdf_when_it_is_asked_for(run, tmp_path):
    asked = ("render", "good.docx", "data.json", "-o", "out.pdf")

    for words, is_archival in ((asked, False), ((*asked, "--archival"), True)):
        assert run(*words).exit_code == 0
        assert (b"pdfaid:part" in (tmp_path / "out.pdf").read_bytes()) is is_archival


def test_a_template_error_prints_all_findings_and_writes_nothing(run, tmp_path):
    answer = run("render", "broken.docx", "data.json", "-o", "out.docx")
    assert answer.exit_code == 2
    assert "thân văn bản" in answer.output
    assert not (tmp_path / "out.docx").exists()


@pytest.mark.parametrize(
    ("text", "output"),
    [("{", "o.docx"), ("[]", "o.docx"), ("[" * 100_000, "o.docx"), ("{}", "o.txt")],
    ids=["no JSON", "no object", "too deep", "no document"],
)
def test_render_refuses_what_it_cannot_use(run, tmp_path, text, output):
    (tmp_path / "data.json").write_text(text)
    answer = run("render", "good.docx", "data.json", "-o", output)
    assert answer.exit_code == 2
    assert "Usage" in answer.output


def test_a_wrong_manifest_is_told_and_exits_1(run, tmp_path):
    (tmp_path / "kinds" / "letter").mkdir(parents=True)
    (tmp_path / "kinds" / "letter" / "manifest.yml").write_text("kind: letter", encoding="utf-8")
    answer = run("templates", "check", "--all", "--templates-dir", "kinds")
    assert answer.exit_code == 1
    assert "title: Bắt buộc nhập." in answer.output


def test_a_file_is_checked_as_a_template_of_its_kind(run):
    alone = run("templates", "check", "broken.docx")
    as_report = run("templates", "check", "broken.docx", "--kind", "summary_report")
    assert "yeer" not in alone.output.replace("{{ yeer }}", "")
    assert "Có phải “year” không?" in as_report.output
    assert run("templates", "check", "broken.docx", "--kind", "nothing").exit_code == 2


def test_what_the_data_lacks_is_told_with_its_tag_and_every_bad_character_with_its_path(
    run, tmp_path
):
    (tmp_path / "data.json").write_text(json.dumps({**SAMPLE, "movements": {"summary": "x"}}))
    answer = run("render", "good.docx", "data.json", "-o", "out.docx")
    assert answer.exit_code == 2
    assert "groups" in answer.output
    assert "Xem {%" in answer.output
    bad = {**SAMPLE, "nominees": "a\x00", "commune": "b\x01"}
    (tmp_path / "data.json").write_text(json.dumps(bad))
    answer = run("render", "good.docx", "data.json", "-o", "out.docx")
    assert answer.exit_code == 2
    assert "“nominees”" in answer.output
    assert "“commune”" in answer.output


def test_data_that_do_not_fit_are_a_finding_of_a_template_that_is_right(run, tmp_path):
    (tmp_path / "data.json").write_text("{}")
    answer = run("render", "good.docx", "data.json", "-o", "out.docx")
    assert answer.exit_code == 2
    assert "good.docx: 1 finding(s)" in answer.output
    assert ": ok" not in answer.output


def test_an_output_that_cannot_be_written_is_told_in_a_sentence(run):
    answer = run("render", "good.docx", "data.json", "-o", "nowhere/out.docx")
    assert answer.exit_code == 1
    assert "nowhere/out.docx" in answer.output
    assert "No such file or directory" in answer.output
