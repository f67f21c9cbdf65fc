"""Indicators: each sentence and each cell, computed from plan, actual and base."""

from decimal import Decimal

import pytest

from kernel.contracts.dossier import DossierField, Indicator
from services.assembler.domain import indicators
from tests.builders.dossiers import a_sector, an_indicator, linh_thong

VALUES = {"plan": Decimal(85), "actual": Decimal(92), "base": None}


def said(indicator: Indicator, *others: Indicator) -> str:
    return indicators.sentence(indicator, {it.code: it for it in (indicator, *others)})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Hộ nghèo giảm trong năm: 65/740 hộ, đạt 8,78%"),
        ({"actual": Decimal(82)}, "Hộ nghèo giảm trong năm: 82/740 hộ, đạt 11,08%"),
        ({"decimals": 0}, "Hộ nghèo giảm trong năm: 65/740 hộ, đạt 9%"),
        ({"base": None}, "Hộ nghèo giảm trong năm: 65 hộ"),
        (
            {**VALUES, "name": "Hộ đạt gia đình văn hóa", "unit": "%", "decimals": 0},
            "Hộ đạt gia đình văn hóa: 92%/85%, đạt 108% kế hoạch",
        ),
        (
            {"plan": Decimal(60)},
            "Hộ nghèo giảm trong năm: 65/740 hộ, đạt 8,78%, đạt 108,33% kế hoạch (60 hộ)",
        ),
        (
            {"name": "đất hiến", "unit": "m²", "actual": Decimal(12000), "base": None}
            | {"at_least": True},
            "Đất hiến: trên 12.000 m²",
        ),
        (
            {"unit": "ngày công", "plan": Decimal(4000), "actual": Decimal(4500), "base": None}
            | {"at_least": True},
            "Hộ nghèo giảm trong năm: trên 4.500/4.000 ngày công, đạt trên 112,5% kế hoạch",
        ),
        (
            {"name": "Đàn trâu", "actual": None, "base": None, "reported_percent": Decimal(114)},
            "Đàn trâu: đạt 114% kế hoạch",
        ),
        (
            {"actual": None, "plan": Decimal(60), "reported_percent": Decimal("108.5")},
            "Hộ nghèo giảm trong năm: đạt 108,5% kế hoạch (60 hộ)",
        ),
        ({"actual": None}, ""),
        ({"base": Decimal(0)}, "Hộ nghèo giảm trong năm: 65 hộ"),
    ],
)
def test_a_sentence_tells_the_figures_and_the_computed_share(changes, sentence):
    assert said(an_indicator(**changes)) == sentence


def test_a_reported_percent_never_replaces_a_computed_one():
    indicator = an_indicator(reported_percent=Decimal(99))

    assert said(indicator) == "Hộ nghèo giảm trong năm: 65/740 hộ, đạt 8,78%"


def test_a_total_names_its_parts():
    usual = {"unit": "tỷ đồng", "base": None, "field": "ntm"}
    total = an_indicator(
        code="T", name="Tổng nguồn vốn", actual=Decimal(224), parts=("A", "B"), **usual
    )
    state = an_indicator(code="A", name="Ngân sách nhà nước", actual=Decimal(159), **usual)
    people = an_indicator(code="B", name="Nhân dân đóng góp", actual=Decimal(65), **usual)

    assert said(total, state, people) == (
        "Tổng nguồn vốn: 224 tỷ đồng, gồm 159 tỷ đồng ngân sách nhà nước và "
        "65 tỷ đồng Nhân dân đóng góp"
    )


def test_a_part_is_told_inside_its_total_and_not_again():
    told = indicators.sentences_of("nong-thon-moi", linh_thong().sectors)

    assert told == [
        (
            "Tổng nguồn vốn huy động: 224 tỷ đồng, gồm 159 tỷ đồng ngân sách nhà nước và "
            "65 tỷ đồng Nhân dân đóng góp;"
        ),
        "Diện tích đất nhân dân hiến: trên 12.000 m²;",
        "Ngày công lao động huy động: trên 4.500 ngày công.",
    ]


def test_a_field_keeps_the_order_of_its_codes_whoever_reported_them():
    told = indicators.sentences_of("van-hoa-xa-hoi", linh_thong().sectors)

    assert told == [
        "Tỷ lệ xét tốt nghiệp: 100%;",
        "Hộ nghèo giảm trong năm: 65/740 hộ, đạt 8,78%;",
        "Hộ cận nghèo giảm trong năm: 82/740 hộ, đạt 11,08%;",
        "Hộ đăng ký gia đình văn hóa: 740 hộ;",
        "Hộ đạt gia đình văn hóa: 92%/85%, đạt 108% kế hoạch;",
        "Cơ quan đạt cơ quan văn hóa: 5/5 cơ quan, đạt 100% kế hoạch;",
        "Xóm đạt xóm văn hóa: 9/9 xóm, đạt 100% kế hoạch.",
    ]


def test_the_second_code_of_ten_stands_after_the_second_of_nine():
    reported = [an_indicator(code=code) for code in ("KT10", "KT2", "KT1")]

    known = indicators.by_code([a_sector(indicators=tuple(reported))])

    assert list(known) == ["KT1", "KT2", "KT10"]


def test_the_table_shows_plan_actual_and_share_with_what_it_is_measured_by():
    headings = (DossierField(code="van-hoa-xa-hoi", title="Văn hóa xã hội"),)
    reported = (
        an_indicator(),
        an_indicator(code="VX5", base=None, plan=Decimal(85), actual=Decimal(92), unit="%"),
        an_indicator(code="VX9", base=None, actual=None, reported_percent=Decimal(158)),
    )

    table = indicators.table(headings, [a_sector(indicators=reported)])

    cells = [
        tuple(row[key] for key in ("number", "plan", "actual", "percent", "note"))
        for row in table["groups"][0]["rows"]
    ]
    assert cells == [
        ("1", "–", "65", "8,78%", "So với 740 hộ"),
        ("2", "85", "92", "108,24%", ""),
        ("3", "–", "–", "158%", "Theo đơn vị báo cáo"),
    ]


def test_the_table_puts_parts_under_their_total_and_leaves_out_empty_fields():
    table = indicators.table(linh_thong().headings, linh_thong().sectors)

    fifth = table["groups"][4]
    assert (fifth["label"], fifth["title"]) == ("V", "Công tác xây dựng nông thôn mới")
    assert [(row["number"], row["name"]) for row in fifth["rows"]][:4] == [
        ("1", "Tổng nguồn vốn huy động"),
        ("", "- Ngân sách nhà nước"),
        ("", "- Nhân dân đóng góp"),
        ("2", "Diện tích đất nhân dân hiến"),
    ]
    assert indicators.table(linh_thong().headings, []) == {"groups": [], "count": "0"}
