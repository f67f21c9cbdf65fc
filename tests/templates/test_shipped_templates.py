"""Every shipped template with its typical and its longest sample."""

import json
import re
from io import BytesIO

import pytest
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment, nodes

from ooxml.content_controls import stamp, tags
from ooxml.package import open_package
from ooxml.text import plain_text
from services.assembler.rendering.balance import is_well_formed
from services.assembler.rendering.docx import render
from services.assembler.rendering.sandbox import document_environment
from tests.builders.samples import as_json, every_sample
from tests.support.wordml import WordDocument

SAMPLES = {f"{sample.template.kind}/{sample.name}": sample for sample in every_sample()}
PAGES = {
    "commendation_certificate/typical": 1,
    "commendation_certificate/longest": 1,
    "council_minutes/typical": 11,
    "council_minutes/longest": 48,
    "summary_report/typical": 8,
    "summary_report/longest": 16,
    "commendation_decision/typical": 9,
    "commendation_decision/longest": 32,
    "advanced_worker_decision/typical": 3,
    "advanced_worker_decision/longest": 25,
    "submission_letter/typical": 4,
    "submission_letter/longest": 29,
    "cover_letter/typical": 1,
    "cover_letter/longest": 1,
}
WITHOUT_ANNEX = {"cover_letter"}
TEMPLATES = {sample.template.kind: sample.template for sample in SAMPLES.values()}
DOCUMENTS = [
    name for name, sample in SAMPLES.items() if not sample.template.manifest.is_per_awardee
]


@pytest.fixture(params=sorted(SAMPLES))
def sample(request):
    return SAMPLES[request.param]


@pytest.fixture
def rendered(sample):
    return render(sample.template.data, sample.context())


def test_the_committed_sample_is_what_the_dossier_composes(sample):
    assert sample.path.read_text(encoding="utf-8") == as_json(sample.context())


def test_the_rendered_sample_opens_and_no_tag_is_left(sample, rendered):
    open_package(rendered)
    Document(BytesIO(rendered))

    text = plain_text(rendered)
    allowed = json.dumps(sample.context(), ensure_ascii=False)
    assert all(tag in allowed for tag in re.findall(r"\{[{%].*?[}%]\}", text))


def test_the_same_sample_gives_the_same_bytes(sample, rendered):
    assert render(sample.template.data, sample.context()) == rendered


@pytest.mark.parametrize("name", DOCUMENTS)
def test_controls_hold_the_draft_and_take_what_is_stamped(name):
    sample = SAMPLES[name]
    rendered = render(sample.template.data, sample.context())
    symbol = sample.context()["document"]["symbol"]
    has_annex = sample.template.kind not in WITHOUT_ANNEX
    times = 2 if has_annex else 1
    assert tags(rendered) == {
        "thidua.number": ["……"] * times,
        "thidua.symbol": [symbol] * times,
        "thidua.place": [sample.context()["office"]["place"]],
        "thidua.date": ["ngày … tháng … năm 2024"] * times,
    }

    day = "ngày 05 tháng 01 năm 2024"
    issued = plain_text(stamp(rendered, {"thidua.number": "07", "thidua.date": day}))

    assert f"Số: 07/{symbol}" in issued
    assert f", {day}" in issued
    assert (f"số 07/{symbol} {day} của" in issued) == has_annex


@pytest.mark.parametrize("name", [name for name in SAMPLES if "decision" in name])
def test_the_annexed_list_names_every_nominee_once_with_group_sums(name):
    sample = SAMPLES[name]
    commendation = sample.context()["commendation"]
    data = render(sample.template.data, sample.context())

    lines = [row.split("\t") for row in plain_text(data).splitlines() if "\t" in row]

    parts = [line for line in lines if len(line) == 3]
    for group in commendation["groups"]:
        # The list of a title that only individuals hold is not divided.
        is_divided = "is_grouped" not in described(sample) or commendation["is_grouped"]
        part = [group["label"], f"{group['title']} ({group['count_line']})", group["subtotal"]]
        assert (part in parts) == is_divided
        for row in group["rows"]:
            cells = [row[key] for key in ("number", "name", "place", "achievement", "bonus")]
            assert lines.count(cells) == 1
    assert commendation["total_in_words"] in plain_text(data)


def test_the_typical_report_says_the_figures_of_the_commune():
    sample = SAMPLES["summary_report/typical"]

    text = plain_text(render(sample.template.data, sample.context()))

    for said in (
        "- Hộ nghèo giảm trong năm: 65/740 hộ, đạt 8,78%;",
        "- Hộ cận nghèo giảm trong năm: 82/740 hộ, đạt 11,08%;",
        "- Hộ đạt gia đình văn hóa: 92%/85%, đạt 108% kế hoạch;",
        "gồm 159 tỷ đồng ngân sách nhà nước và 65 tỷ đồng Nhân dân đóng góp;",
        "Kết quả khen thưởng năm 2023: 29 lượt tập thể và 143 lượt cá nhân",
        "5\tGiấy khen của Chủ tịch Ủy ban nhân dân xã\t19\t0\t70\t89",
        "Tổng cộng\t29\t0\t143\t172",
        "7. Hạn chế, khuyết điểm",
        "Kính gửi: Ban Thi đua - Khen thưởng huyện Định Hóa",
        "6. Xây dựng Đảng và hệ thống chính trị trong sạch, vững mạnh.",
    ):
        assert said in text


def test_the_sections_of_the_report_stand_in_their_order():
    sample = SAMPLES["summary_report/typical"]
    document = WordDocument(render(sample.template.data, sample.context()))
    outline = ("part_label", "numbered_section", "clause_heading", "annex_label")

    heads = [it.text for it in document.paragraphs() if it.style in outline]

    assert heads == [
        "Phần I",
        "I. LÃNH ĐẠO, CHỈ ĐẠO, PHÁT ĐỘNG PHONG TRÀO THI ĐUA",
        "1. Công tác lãnh đạo, chỉ đạo",
        "2. Nội dung phát động và hưởng ứng phong trào thi đua",
        "II. KẾT QUẢ THỰC HIỆN PHONG TRÀO THI ĐUA",
        "1. Lĩnh vực kinh tế",
        "2. Lĩnh vực văn hóa xã hội",
        "3. Lĩnh vực nội chính",
        "4. Lĩnh vực xây dựng hệ thống chính trị",
        "5. Công tác xây dựng nông thôn mới",
        "6. Lĩnh vực thi đua, khen thưởng",
        "7. Hạn chế, khuyết điểm",
        "Phần II",
        "Phụ lục",
    ]


def test_the_typical_decision_says_counts_and_money_once_and_right():
    sample = SAMPLES["commendation_decision/typical"]

    text = plain_text(render(sample.template.data, sample.context()))

    assert "Điều 1. Tặng Giấy khen cho 19 tập thể và 70 cá nhân" in text
    assert (
        "mỗi tập thể 540.000 đồng và mỗi cá nhân 270.000 đồng; tổng số tiền thưởng: 29.160.000 "
        "đồng (Bằng chữ: Hai mươi chín triệu một trăm sáu mươi nghìn đồng)"
    ) in text
    assert "- Như Điều 3;" in text
    assert text.count("Hộ gia đình") == 0


def test_the_decision_on_advanced_workers_says_counts_and_money_once_and_right():
    sample = SAMPLES["advanced_worker_decision/typical"]

    text = plain_text(render(sample.template.data, sample.context()))

    for said in (
        "Về việc công nhận danh hiệu “Lao động tiên tiến” năm 2023",
        "Điều 1. Công nhận danh hiệu “Lao động tiên tiến” năm 2023 cho 17 cá nhân",
        "mỗi cá nhân 540.000 đồng; tổng số tiền thưởng: 9.180.000 đồng",
        "9.180.000 đồng (Bằng chữ: Chín triệu một trăm tám mươi nghìn đồng)",
        "Tổng cộng: 17 cá nhân",
        "CÁ NHÂN ĐƯỢC CÔNG NHẬN DANH HIỆU “LAO ĐỘNG TIÊN TIẾN” NĂM 2023",
    ):
        assert text.count(said) == 1
    assert said_in_award_table("Lao động tiên tiến") == {"individual": "17", "total": "17"}


def test_the_report_without_indicators_has_no_annex():
    sample = SAMPLES["summary_report/typical"]
    context = sample.context() | {"indicators": {"groups": [], "count": "0"}}

    data = render(sample.template.data, context)

    assert "Phụ lục" not in plain_text(data)
    assert len(WordDocument(data).sections()) == 1


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_the_manifest_describes_every_placeholder_of_the_template_and_no_other(kind):
    template = TEMPLATES[kind]
    described = {placeholder.path for placeholder in template.manifest.placeholders}

    assert described == printed_paths(template.data)


@pytest.mark.libreoffice
@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_each_sample_fills_as_many_pages_as_ever(name, libreoffice):
    sample = SAMPLES[name]
    document = render(sample.template.data, sample.context())

    pdf = libreoffice.convert(document)

    assert pdf.pages == PAGES[name]


def described(sample):
    """Return the last names of the paths that the template of a sample prints."""
    return {one.path.rpartition(".")[2] for one in sample.template.manifest.placeholders}


def said_in_award_table(title):
    """Return the counts of one award that are not zero, as the report prints them."""
    rows = SAMPLES["summary_report/typical"].context()["awards"]["rows"]
    (found,) = [row for row in rows if row["title"] == title]
    return {key: found[key] for key in ("collective", "individual", "total") if found[key] != "0"}


def printed_paths(template):
    """Return the nested paths that the template reads, as a manifest writes them."""
    package = open_package(template)
    found: set[str] = set()
    for part in package.parts_of_kind("document", "header"):
        source = DocxTemplate(BytesIO()).patch_xml(package.parts[part].decode())
        _walk(Environment(autoescape=True).parse(source), {}, found)
    return {path for path in found if not any(other.startswith(f"{path}[]") for other in found)}


def _walk(node, names, found):
    if isinstance(node, nodes.For):
        items = _path(node.iter, names)
        found.add(items)
        for child in node.body:
            _walk(child, names | {node.target.name: f"{items}[]"}, found)
        return
    if isinstance(node, nodes.Name | nodes.Getattr):
        found.add(_path(node, names))
        return
    for child in node.iter_child_nodes():
        _walk(child, names, found)


def _path(node, names):
    if isinstance(node, nodes.Name):
        return names.get(node.name, node.name)
    return f"{_path(node.node, names)}.{node.attr}"


@pytest.mark.parametrize("kind", sorted(TEMPLATES))
def test_its_results_need_no_second_look(kind):
    word = DocxTemplate(BytesIO(TEMPLATES[kind].data))
    word.init_docx()
    source = word.patch_xml(word.get_xml())
    assert is_well_formed(document_environment().parse(source))
