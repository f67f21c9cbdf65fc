"""The body of the summary report."""

from kernel.contracts.dossier import Achievement, DossierField, Movement
from services.assembler.domain import report
from tests.builders.dossiers import a_dossier, a_sector, linh_thong

FIELDS = (DossierField(code="kt", title="lĩnh vực kinh tế"), DossierField(code="vx", title="Khác"))


def told(*sectors, **changes):
    content = a_dossier(sectors=sectors, **({"headings": FIELDS} | changes)).content
    return report.view(content, {})


def test_the_sample_commune_launched_twenty_three_movements():
    movements = report.view(linh_thong(), {})["movements"]

    assert (movements["sector_count"], movements["count"]) == ("11", "23")
    assert movements["summary"] == (
        "Trong năm, 11 ngành, đoàn thể, đơn vị đã phát động và tổ chức thực hiện 23 phong trào "
        "thi đua; hưởng ứng 02 phong trào do cấp trên phát động; triển khai 03 phong trào trong "
        "toàn xã."
    )


def test_points_are_lettered_as_the_decree_does():
    groups = report.view(linh_thong(), {})["movements"]["groups"]

    assert [group["label"] for group in groups] == [
        *("a)", "b)", "c)", "d)", "đ)", "e)", "g)", "h)", "i)", "k)", "l)", "m)", "n)"),
    ]


def test_letters_begin_again_doubled_after_the_last():
    sectors = [a_sector(movements=(Movement(name="A"),))] * 24

    groups = told(*sectors)["movements"]["groups"]

    assert [groups[22]["label"], groups[23]["label"]] == ["y)", "aa)"]


def test_a_single_movement_needs_no_list_and_carries_its_result():
    sector = a_sector(unit_name="Đoàn Thanh niên", movements=(Movement(name="Xung kích"),))
    with_result = a_sector(movements=(Movement(name="A", result="Có 120 hội viên tham gia."),))

    groups = told(sector, with_result, movements_from_above=(), movements_commune_wide=())

    first, second = groups["movements"]["groups"]
    assert (first["lead"], first["lines"]) == (
        "Đoàn Thanh niên phát động phong trào “Xung kích”.",
        [],
    )
    assert second["lead"].endswith("phong trào “A”: có 120 hội viên tham gia.")


def test_several_movements_are_counted_and_listed():
    movements = (Movement(name="A"), Movement(name="B", result="Tốt"))

    group = told(a_sector(unit_name="Hội", movements=movements))["movements"]["groups"][0]

    assert group["lead"] == "Hội phát động 02 phong trào:"
    assert group["lines"] == ["“A”;", "“B”: tốt."]


def test_nothing_launched_is_not_spoken_of():
    movements = told(a_sector(), movements_from_above=(), movements_commune_wide=())["movements"]

    assert (movements["groups"], movements["summary"]) == ([], "")


def test_what_one_sector_says_of_a_field_flows_and_a_line_break_begins_a_paragraph():
    texts = ("đời sống được cải thiện", "Đã làm đường;\nđã xây trường")
    sector = a_sector(achievements=tuple(Achievement(field="kt", text=text) for text in texts))

    field = told(sector)["fields"][0]

    assert field["title"] == "Lĩnh vực kinh tế"
    assert field["paragraphs"] == [
        {"text": "Đời sống được cải thiện. Đã làm đường.", "source": "Văn phòng - Thống kê"},
        {"text": "Đã xây trường.", "source": "Văn phòng - Thống kê"},
    ]


def test_each_sector_has_paragraphs_of_its_own():
    same = Achievement(field="kt", text="Tốt")
    sectors = (a_sector(achievements=(same,)), a_sector(unit_name="Hội", achievements=(same,)))

    paragraphs = told(*sectors)["fields"][0]["paragraphs"]

    assert [part["source"] for part in paragraphs] == ["Văn phòng - Thống kê", "Hội"]


def test_the_award_table_stands_under_its_heading_else_under_the_last():
    named = (DossierField(code="td", title="Thi đua, Khen thưởng"), *FIELDS)

    assert [it["shows_awards"] for it in told(headings=named)["fields"]] == [True, False, False]
    assert [it["shows_awards"] for it in told()["fields"]] == [False, True]


def test_limitations_and_directions_are_numbered_sentences_told_once():
    sectors = (
        a_sector(limitations=("thu phí thấp",), directions=("Đẩy mạnh\nmở hòm thư;",)),
        a_sector(limitations=("Thu phí thấp.",), directions=("đẩy mạnh",)),
    )

    view = told(*sectors)

    assert view["limitations"] == {"number": "3", "lines": ["Thu phí thấp."]}
    assert view["directions"] == [
        {"number": "1.", "text": "Đẩy mạnh."},
        {"number": "2.", "text": "Mở hòm thư."},
    ]
