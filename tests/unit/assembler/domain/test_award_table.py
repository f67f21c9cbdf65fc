"""The award table: counted, never typed."""

from services.assembler.domain import award_table
from tests.builders.dossiers import a_nomination, linh_thong

CELLS = ("title", "collective", "household", "individual", "total")


def cells(rows):
    return [tuple(row[key] for key in CELLS) for row in rows]


def test_the_table_counts_the_awards_of_the_sample_commune():
    table = award_table.table(award_table.nominations(linh_thong()))

    assert cells(table["rows"]) == [
        ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "01", "0", "01", "02"),
        ("Giấy khen của Chủ tịch Ủy ban nhân dân huyện", "03", "0", "04", "07"),
        ("Chiến sĩ thi đua cơ sở", "0", "0", "02", "02"),
        ("Lao động tiên tiến", "0", "0", "17", "17"),
        ("Giấy khen của Chủ tịch Ủy ban nhân dân xã", "19", "0", "70", "89"),
        ("Giấy khen của Đảng ủy xã", "06", "0", "49", "55"),
    ]


def test_government_awards_are_summed_apart_from_those_of_the_party():
    table = award_table.table(award_table.nominations(linh_thong()))

    assert cells(table["sums"]) == [
        ("Cộng khen thưởng của chính quyền các cấp", "23", "0", "94", "117"),
        ("Tổng cộng", "29", "0", "143", "172"),
    ]
    assert table["summary"] == "29 lượt tập thể và 143 lượt cá nhân"


def test_one_sum_is_enough_without_the_party():
    table = award_table.table([a_nomination(), a_nomination(kind="household")])

    assert cells(table["sums"]) == [("Tổng cộng", "0", "01", "01", "02")]


def test_an_unknown_award_is_counted_last_under_its_code():
    table = award_table.table([a_nomination(award="medal_of_moon"), a_nomination()])

    assert [row["title"] for row in table["rows"]][-1] == "medal_of_moon"


def test_titles_use_the_office_s_own_word_for_its_level():
    table = award_table.table([a_nomination()], {"commune": "phường"})

    assert table["rows"][0]["title"] == "Giấy khen của Chủ tịch Ủy ban nhân dân phường"


def test_nobody_commended_makes_an_empty_table():
    assert award_table.table([]) == {"rows": [], "sums": [], "summary": ""}
