"""The commendation decision: who is named, in which order, with which money."""

from datetime import date

from services.assembler.domain import award_table, commendation
from tests.builders.dossiers import a_nomination, linh_thong
from vnadmin.awards.titles import award

IN_2024 = date(2024, 1, 15)
GIAY_KHEN = "commune_commendation"


def decided(nominations, *, code=GIAY_KHEN, on=IN_2024):
    return commendation.view(award(code), commendation.groups(code, nominations, on))


def test_the_money_of_the_sample_commune_in_figures_and_in_words():
    view = decided(award_table.nominations(linh_thong()))

    assert view["whom"] == "19 tập thể và 70 cá nhân"
    assert view["bonus"] == "mỗi tập thể 540.000 đồng và mỗi cá nhân 270.000 đồng"
    assert view["total"] == "29.160.000 đồng"
    assert view["total_in_words"] == "Hai mươi chín triệu một trăm sáu mươi nghìn đồng"
    assert [group["subtotal"] for group in view["groups"]] == ["10.260.000", "18.900.000"]


def test_groups_stand_in_their_order_and_an_empty_one_is_left_out():
    view = decided([a_nomination(), a_nomination(kind="household", name="Hộ ông Trần Văn Mẫu")])

    heads = [(group["label"], group["title"], group["count_line"]) for group in view["groups"]]
    assert heads == [
        ("I", "Hộ gia đình", "01 hộ gia đình"),
        ("II", "Cá nhân", "01 cá nhân"),
    ]
    assert view["nominees"] == "hộ gia đình, cá nhân"


def test_people_stand_by_given_name_and_collectives_by_alphabet_and_number():
    people = ["Lưu Viết Viên", "Đặng Thị Ánh", "Trần Văn An", "Đỗ Thị Đào"]
    collectives = ["Xóm số 10", "Xóm số 2", "Đội văn nghệ"]
    nominations = [a_nomination(name=name) for name in people]
    nominations += [a_nomination(kind="collective", name=name) for name in collectives]

    first, second = decided(nominations)["groups"]

    assert [row["name"] for row in first["rows"]] == ["Đội văn nghệ", "Xóm số 2", "Xóm số 10"]
    assert [row["name"] for row in second["rows"]] == [
        "Trần Văn An",
        "Đặng Thị Ánh",
        "Đỗ Thị Đào",
        "Lưu Viết Viên",
    ]
    assert [row["number"] for row in second["rows"]] == ["1", "2", "3", "4"]


def test_a_row_joins_office_and_unit_and_carries_the_money():
    nominations = [a_nomination(title="Trưởng xóm", unit="xóm số 1"), a_nomination(title="")]

    rows = decided(nominations)["groups"][0]["rows"]

    assert {row["place"] for row in rows} == {"Trưởng xóm, xóm số 1", "xóm số 1"}
    assert {row["bonus"] for row in rows} == {"270.000"}


def test_only_nominations_for_the_decision_s_award_are_named():
    view = decided([a_nomination(), a_nomination(award="advanced_worker")])

    assert view["whom"] == "01 cá nhân"


def test_a_title_is_recognised_where_a_commendation_is_given():
    title = decided([a_nomination(award="advanced_worker")], code="advanced_worker")
    form = decided([a_nomination()])

    assert title["act_capital"] == "Công nhận danh hiệu “Lao động tiên tiến”"
    assert title["thing"] == "danh hiệu “Lao động tiên tiến”"
    assert title["annex_title"] == "CÁ NHÂN ĐƯỢC CÔNG NHẬN DANH HIỆU “LAO ĐỘNG TIÊN TIẾN”"
    assert (form["act"], form["thing"]) == ("tặng Giấy khen", "Giấy khen")


def test_without_a_rule_for_every_kind_no_money_is_promised():
    nominations = [a_nomination(), a_nomination(kind="household")]

    view = decided(nominations, on=date(2023, 12, 1))

    assert (view["has_bonus"], view["total"], view["total_figure"]) == (False, "", "")


def test_the_money_follows_the_day_of_the_decision():
    assert decided([a_nomination()], on=date(2026, 8, 1))["total"] == "760.000 đồng"


def test_a_decision_about_nobody_is_empty():
    view = decided([])

    assert (view["groups"], view["whom"], view["has_bonus"]) == ([], "", False)
