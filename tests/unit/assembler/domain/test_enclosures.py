"""What a covering letter encloses follows from the dossier and the day."""

from dataclasses import replace
from datetime import date

from services.assembler.domain.enclosures import view
from tests.builders.dossiers import a_nomination, a_sector, linh_thong

ON = date(2024, 1, 15)


def enclosed(*nominations, on=ON):
    content = replace(linh_thong(), sectors=(a_sector(nominations=nominations),))
    return view(content, on, {})


def test_the_sample_commune_sends_its_report_its_decisions_and_its_submission():
    found = view(linh_thong(), ON, {"commune": "xã"})

    assert found["count"] == "04"
    assert [line["number"] for line in found["lines"]] == ["1.", "2.", "3.", "4."]
    assert [line["text"].partition(" của ")[0] for line in found["lines"]] == [
        "Báo cáo",
        "Quyết định",
        "Quyết định",
        "Tờ trình",
    ]
    assert found["lines"][2]["text"] == (
        "Quyết định của Chủ tịch Ủy ban nhân dân xã Linh Thông về việc tặng Giấy khen cho 19 tập "
        "thể và 70 cá nhân;"
    )


def test_nothing_but_the_report_is_sent_where_nobody_is_commended():
    found = enclosed()

    assert found["count"] == "01"
    assert found["lines"][0]["text"].endswith("năm 2024.")


def test_who_decides_on_the_day_makes_an_award_a_decision_or_a_request():
    fighter = a_nomination(award="grassroots_emulation_fighter")

    before, after = enclosed(fighter), enclosed(fighter, on=date(2025, 7, 1))

    assert before["lines"][1]["text"].startswith("Tờ trình của Ủy ban nhân dân xã Linh Thông")
    assert after["lines"][1]["text"].startswith("Quyết định của Chủ tịch Ủy ban nhân dân")
