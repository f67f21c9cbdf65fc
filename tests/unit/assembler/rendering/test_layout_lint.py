import pytest

from ooxml.package import open_package
from services.assembler.domain.findings import Severity
from services.assembler.rendering.docx import render
from services.assembler.rendering.layout_lint import layout_findings
from tests.builders.samples import every_sample
from tests.support.word_packages import paragraph, word_file

SAMPLES = {f"{sample.template.kind}/{sample.name}": sample for sample in every_sample()}
TEMPLATES = {sample.template.kind: sample.template for sample in SAMPLES.values()}


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_a_shipped_template_keeps_the_rules_on_form(kind):
    assert layout_findings(open_package(TEMPLATES[kind].data)) == ()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_what_a_shipped_template_renders_keeps_them_too(name):
    sample = SAMPLES[name]
    rendered = render(sample.template.data, sample.context())

    assert layout_findings(open_package(rendered)) == ()


def test_a_finding_says_where_what_to_do_and_by_which_article():
    blue = paragraph("Nội dung", properties='<w:color w:val="0000FF"/>')
    package = open_package(word_file(blue))

    (found,) = [it for it in layout_findings(package) if it.rule == "layout-colour"]

    assert found.severity is Severity.ERROR
    assert found.place == "Thân văn bản: “Nội dung”"
    assert found.message == "Chữ có màu 0000FF, phải là màu đen."
    assert found.suggestion == (
        "Chọn chữ đó và đặt màu Automatic (đen). "
        "(Theo Phụ lục I, phần I, mục I.4 Nghị định số 30/2020/NĐ-CP.)"
    )


@pytest.mark.parametrize(
    ("fonts", "missing"),
    [
        (["Times New Roman"], 0),
        (["liberation serif", "Liberation Serif"], 0),
        (["DejaVu Sans"], 1),
        (None, 0),
    ],
)
def test_a_font_is_missing_unless_it_or_one_of_its_widths_is_there(fonts, missing):
    package = open_package(TEMPLATES["summary_report"].data)

    found = layout_findings(package, fonts=fonts)

    assert [it.rule for it in found] == ["layout-missing-font"] * missing


@pytest.mark.parametrize(
    ("part", "before", "after", "rule"),
    [
        ("document", 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "paper"),
        ("document", 'w:left="1701" w:header', 'w:left="1134" w:header', "margin"),
        ("document", "<w:titlePg/>", "", "page-number"),
        ("document", "Độc lập - Tự do", "Độc lập – Tự do", "wording"),
        ("document", "CHỦ NGHĨA VIỆT NAM", "CHỦ NGHIÃ VIỆT NAM", "wording"),
        ("document", '<w:pStyle w:val="rule"/>', "", "rule-below"),
        ("document", "Nơi nhận:", "Nơi đến:", "wording"),
        ("header1", "PAGE", "DATE", "page-number"),
        ("header1", "<w:pPr>", '<w:pPr><w:jc w:val="right"/>', "page-number"),
        ("styles", 'w:ascii="Times New Roman"', 'w:ascii="Arial"', "font"),
        ("styles", '<w:color w:val="000000"/>', '<w:color w:val="1F3864"/>', "colour"),
        ("styles", '<w:spacing w:before="0" w:after="120" w:line="276"',
         '<w:spacing w:before="0" w:after="120" w:line="480"', "line-spacing"),
        ("styles", 'w:firstLine="720"', 'w:firstLine="0"', "indent"),
        ("styles", '<w:jc w:val="both"/>', '<w:jc w:val="left"/>', "alignment"),
        ("styles", "<w:b/>", "", "bold"),
        ("styles", "<w:i/>", "", "italic"),
        ("styles", '<w:sz w:val="28"/>', '<w:sz w:val="30"/>', "size"),
    ],
)  # fmt: skip
def test_a_shipped_template_that_someone_bent_is_told(part, before, after, rule):
    package = open_package(TEMPLATES["summary_report"].data)
    name = f"word/{part}.xml"
    bent = package.parts[name].decode().replace(before, after)
    assert bent != package.parts[name].decode()

    found = layout_findings(package.with_part(name, bent.encode()))

    assert f"layout-{rule}" in {it.rule for it in found}
