"""What goes upward: the submission (tờ trình) and the covering letter (công văn)."""

import pytest

from ooxml.text import plain_text
from services.assembler.rendering.docx import render
from tests.builders.samples import every_sample
from tests.support.wordml import WordDocument

SAMPLES = {f"{sample.template.kind}/{sample.name}": sample for sample in every_sample()}


@pytest.mark.parametrize("name", [name for name in SAMPLES if "submission" in name])
def test_a_submission_lists_as_many_as_it_asks_for_and_as_the_award_table_counts(name):
    sample = SAMPLES[name]
    context = sample.context()
    proposals = context["proposals"]
    data = render(sample.template.data, context)

    lines = [row.split("\t") for row in plain_text(data).splitlines() if "\t" in row]

    counted = {row["title"]: row["total"] for row in context["awards"]["rows"]}
    for group in proposals["groups"]:
        assert int(counted[group["title"]]) == len(group["rows"])
        for row in group["rows"]:
            cells = [row[key] for key in ("number", "name", "place", "achievement")]
            assert lines.count(cells) == 1
    asked = sum(len(authority["lines"]) for authority in proposals["authorities"])
    assert asked == len(proposals["groups"])


def test_the_typical_submission_asks_each_authority_for_what_is_its_own():
    sample = SAMPLES["submission_letter/typical"]

    text = plain_text(render(sample.template.data, sample.context()))

    asked = (
        "1. Đề nghị Chủ tịch Ủy ban nhân dân tỉnh:\n"
        "- Tặng Bằng khen cho 01 tập thể và 01 cá nhân.\n"
        "2. Đề nghị Chủ tịch Ủy ban nhân dân huyện Định Hóa:\n"
        "- Tặng Giấy khen cho 03 tập thể và 04 cá nhân;\n"
        "- Công nhận danh hiệu “Chiến sĩ thi đua cơ sở” cho 02 cá nhân.\n"
    )
    for said in (
        "- Ủy ban nhân dân huyện Định Hóa;",
        "khen thưởng 04 tập thể và 07 cá nhân có thành tích xuất sắc",
        asked,
        "- Báo cáo thành tích của 04 tập thể và 07 cá nhân;",
        "- Biên bản bình xét danh hiệu thi đua;",
        "TM. ỦY BAN NHÂN DÂN",
        "(Kèm theo Tờ trình số ……/TTr-UBND",
    ):
        assert said in text


def test_a_letter_names_no_type_and_says_under_its_number_what_it_is_about():
    sample = SAMPLES["cover_letter/typical"]
    document = WordDocument(render(sample.template.data, sample.context()))

    looks = list(document.paragraphs())
    number = next(n for n, look in enumerate(looks) if look.text == "Số: ……/UBND-VX")

    assert looks[number + 1].style == "letter_abstract"
    assert looks[number + 1].text.startswith("V/v gửi báo cáo tổng kết")
    assert not {"type_name", "abstract", "legal_basis"} & {look.style for look in looks}


@pytest.mark.parametrize("name", [name for name in SAMPLES if "cover" in name])
def test_a_letter_encloses_as_many_documents_as_it_says(name):
    sample = SAMPLES[name]
    document = WordDocument(render(sample.template.data, sample.context()))

    listed = [look.text for look in document.paragraphs() if look.style == "clause"]

    assert [text.split(" ")[0] for text in listed] == ["1.", "2.", "3.", "4."]
    assert any(
        "gửi kèm theo Công văn này 04 văn bản sau:" in it.text for it in document.paragraphs()
    )
