"""The council's minutes: the votes of the annex add up, and the body says the same sums."""

from collections import Counter

import pytest

from ooxml.text import plain_text
from services.assembler.rendering.docx import render
from services.assembler.rendering.templates import TemplateLibrary
from tests.builders.samples import TEMPLATES
from tests.support.wordml import WordDocument

TEMPLATE = TemplateLibrary(TEMPLATES).get("council_minutes")
FILLED, BLANK = TEMPLATE.samples["longest"], TEMPLATE.samples["typical"]
VOTES = ("present", "in_favour", "against", "absent")


def lines(sample):
    text = plain_text(render(TEMPLATE.data, sample))
    return [line.split("\t") for line in text.splitlines() if "\t" in line]


def rows_of(sample):
    return [
        row
        for award in sample["minutes"]["awards"]
        for group in award["groups"]
        for row in group["rows"]
    ]


@pytest.mark.parametrize("sample", [FILLED, BLANK])
def test_the_annex_has_every_nominee_with_his_vote(sample):
    printed = Counter(tuple(line) for line in lines(sample) if len(line) == 9)

    wanted = Counter(
        tuple(row[key] for key in ("number", "name", "place", *VOTES, "percent", "outcome"))
        for row in rows_of(sample)
    )
    assert wanted
    assert wanted - printed == Counter()


def test_votes_add_up_to_the_members_who_were_there_and_to_all():
    session = FILLED["minutes"]

    for row in rows_of(FILLED):
        present, in_favour, against, absent = (int(row[key]) for key in VOTES)
        assert in_favour + against == present == int(session["present"])
        assert present + absent == int(session["members"])


def test_sums_of_the_body_are_those_of_the_annex():
    groups = [group for award in FILLED["minutes"]["awards"] for group in award["groups"]]

    for group in groups:
        outcomes = Counter(row["outcome"] for row in group["rows"])
        assert int(group["passed"]) == outcomes["Đạt"]
        assert int(group["failed"]) == outcomes["Không đạt"]
        assert int(group["proposed"]) == outcomes.total()
        assert [group["label"], group["title"], *sums(group)] in lines(FILLED)
    total = FILLED["minutes"]["total"]
    assert [int(it) for it in sums(total)] == [
        sum(int(group[key]) for group in groups) for key in ("proposed", "passed", "failed")
    ]
    assert ["Tổng cộng", *sums(total)] in lines(FILLED)


def sums(counts):
    return [counts[key] for key in ("proposed", "passed", "failed")]


def test_conclusions_name_as_many_as_passed():
    (ours,) = [it for it in FILLED["minutes"]["awards"] if it["title"].startswith("Giấy khen của")
               and it["title"].endswith("xã")]  # fmt: skip

    told = FILLED["minutes"]["conclusions"][-1]
    for group in ours["groups"]:
        assert f"{group['passed']} {group['title'].lower()}" in told


def test_the_parts_of_minutes_stand_in_their_order():
    document = WordDocument(render(TEMPLATE.data, FILLED))
    outline = ("numbered_section", "clause_heading", "annex_label")

    heads = [look.text for look in document.paragraphs() if look.style in outline]

    assert heads == [
        "I. THÀNH PHẦN THAM DỰ",
        "4. Đại biểu mời dự",
        "II. NỘI DUNG CUỘC HỌP",
        "1. Chương trình",
        "2. Báo cáo tổng hợp đề nghị khen thưởng",
        "3. Ý kiến thảo luận",
        "4. Kết quả biểu quyết",
        "III. KẾT LUẬN",
        "Phụ lục",
    ]


def test_secretary_and_chair_sign_side_by_side_and_nothing_parts_them_from_the_text():
    document = WordDocument(render(TEMPLATE.data, BLANK))

    signing = [look.text for look in document.looks("signing_power")]
    names = [look.text for look in document.looks("signer_name")]
    assert signing[:3] == ["THƯ KÝ", "CHỦ TRÌ", "CHỦ TỊCH HỘI ĐỒNG"]
    assert names == [BLANK["minutes"]["secretary_name"], "Lưu Viết Viên"]
    assert all(look.keeps_with_next for look in document.looks("signing_power")[:3])
    assert [look.text for look in document.looks("recipients")] == [
        "- Thành viên Hội đồng;",
        "- Lưu: VT.",
    ]


def test_minutes_of_today_s_dossier_say_what_it_holds_and_leave_the_rest_blank():
    text = plain_text(render(TEMPLATE.data, BLANK))

    for said in (
        "Thời gian bắt đầu: …… giờ …… phút, ngày …… tháng …… năm ……",
        "1. Chủ trì: Lưu Viết Viên, Chủ tịch Hội đồng, Chủ tịch Ủy ban nhân dân xã Linh Thông.",
        "tổng số ……, có mặt ……, vắng mặt …….",
        "năm 2023 cho 23 lượt tập thể và 94 lượt cá nhân",
        "tặng Giấy khen cho …… tập thể và …… cá nhân.",
    ):
        assert said in text
