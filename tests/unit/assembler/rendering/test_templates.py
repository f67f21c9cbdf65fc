import hashlib

import pytest

from kernel.errors import InvalidInput, NotFound
from services.assembler.rendering.templates import TemplateLibrary
from tests.support.word_packages import word_file

MANIFEST = """\
kind: summary_report
title: Báo cáo tổng kết
document_type: BC
issuing_body: hdtdkt
subject: Tổng kết phong trào thi đua năm {{ year }}
signing: council
placeholders:
  - {path: year, type: number, label: Năm, example: 2024}
"""


@pytest.fixture
def a_library(tmp_path):
    def build(manifest: str = MANIFEST, kind: str = "summary_report") -> TemplateLibrary:
        folder = tmp_path / kind
        folder.mkdir(exist_ok=True)
        (folder / "manifest.yml").write_text(manifest, encoding="utf-8")
        (folder / "template.docx").write_bytes(word_file())
        return TemplateLibrary(tmp_path)

    return build


def test_a_template_is_read_with_its_manifest_and_its_hash(a_library):
    template = a_library().get("summary_report")

    assert template.sha256 == hashlib.sha256(word_file()).hexdigest()
    assert (template.manifest.document_type, template.manifest.award) == ("BC", None)
    assert template.manifest.placeholders[0].example == 2024
    assert not template.manifest.is_per_awardee
    assert template.manifest.subject_for({"year": 2024}).endswith("thi đua năm 2024")


def test_a_manifest_may_say_that_each_awardee_gets_one(a_library):
    manifest = MANIFEST.replace("signing: council", "signing: head\none_for: awardee")

    assert a_library(manifest).get("summary_report").manifest.is_per_awardee


def test_all_kinds_are_listed_by_name(a_library):
    a_library(MANIFEST.replace("summary_report", "commendation"), "commendation")

    assert [one.kind for one in a_library().kinds()] == ["commendation", "summary_report"]


@pytest.mark.parametrize("kind", ["unknown", "", "..", "../x", "/etc", "Summary_Report", "a" * 99])
def test_an_unknown_kind_is_not_found(a_library, kind):
    with pytest.raises(NotFound):
        a_library().get(kind)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "signing: council",
            "signing: nobody",
            "signing: Phải là một trong: council, head, committee.",
        ),
        ("signing: council", "", "signing: Bắt buộc nhập."),
        ("signing: council", "signing: head\ncolour: red", "colour: Trường này không có"),
        ("path: year, ", "", "placeholders.0.path: Bắt buộc nhập."),
        ("kind: summary_report", "kind: other", "“kind” khác"),
        ("kind: summary_report", "kind: [", "sai cú pháp YAML"),
        (MANIFEST, "- a list", "Dữ liệu phải là một đối tượng"),
    ],
)
def test_a_wrong_manifest_is_refused_with_the_place(a_library, old, new, said):
    with pytest.raises(InvalidInput) as caught:
        a_library(MANIFEST.replace(old, new)).get("summary_report")

    assert said in caught.value.detail


def test_a_folder_without_a_document_is_refused(a_library, tmp_path):
    library = a_library()
    (tmp_path / "summary_report" / "template.docx").unlink()

    with pytest.raises(InvalidInput, match=r"không có tệp template\.docx"):
        library.get("summary_report")
