from datetime import date

import pytest

from vnadmin.legal_basis import (
    InvalidLegalBasis,
    LegalBasis,
    cite_lines,
    expired,
    in_force,
    library,
)

LAW = LegalBasis("Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", date(2024, 1, 1))
OLD = LegalBasis("Căn cứ  Nghị định số 91/2017/NĐ-CP;", date(2017, 10, 1), date(2023, 12, 31))


LAW_OF_2003 = ["emulation_law_2003", "emulation_law_2005_amendment", "emulation_law_2013_amendment"]
DECREES_OF_2025 = ["decree_129_2025", "decree_152_2025"]


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2023, 12, 31), [*LAW_OF_2003, "decree_91_2017"]),
        (date(2024, 1, 1), ["emulation_law_2022", "decree_98_2023"]),
        (date(2025, 6, 30), ["emulation_law_2022", "decree_98_2023"]),
        (date(2025, 7, 1), ["emulation_law_2022", *DECREES_OF_2025]),
        (
            date(2026, 10, 1),
            ["emulation_law_2022", "emulation_law_2026_amendment", *DECREES_OF_2025],
        ),
        (
            date(2027, 3, 1),
            ["emulation_law_2022", "emulation_law_2026_amendment", "decree_129_2025"],
        ),
    ],
)
def test_law_and_decree_follow_the_day_of_the_decision(on, codes):
    found = [basis.code for basis in in_force(library("commendation"), on)]

    assert [code for code in found if not code.startswith("local_government")] == codes


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2023, 12, 1), ["decree_122_2018"]),
        (date(2024, 1, 29), ["decree_122_2018"]),
        (date(2024, 1, 30), ["decree_86_2023"]),
    ],
)
def test_cultural_titles_have_decrees_of_their_own(on, codes):
    assert [basis.code for basis in in_force(library("cultural_titles"), on)] == codes


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (date(2024, 1, 5), ["local_government_law_2015", "local_government_law_2019_amendment"]),
        (date(2025, 3, 1), ["local_government_law_2025_february"]),
        (date(2025, 7, 1), ["local_government_law_2025_june"]),
    ],
)
def test_one_local_government_law_is_in_force(on, codes):
    found = [basis.code for basis in in_force(library(), on)]

    assert [code for code in found if code.startswith("local_government")] == codes


def test_each_basis_is_a_line_and_the_last_ends_the_list():
    assert cite_lines([LAW, OLD]) == (
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Căn cứ Nghị định số 91/2017/NĐ-CP.",
    )


def test_the_proposal_closes_the_list():
    assert cite_lines([LAW], proposal="Hội đồng Thi đua - Khen thưởng xã.") == (
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "Theo đề nghị của Hội đồng Thi đua - Khen thưởng xã.",
    )


def test_nothing_is_cited_from_nothing():
    assert cite_lines([]) == ()


def test_expired_bases_are_told_apart():
    bases = [LAW, OLD, LegalBasis("Quyết định số 2648/QĐ-UBND")]

    assert expired(bases, date(2024, 1, 5)) == (OLD,)
    assert OLD not in in_force(bases, date(2024, 1, 5))
    assert len(in_force(bases, date(2024, 1, 5))) == 2


def test_a_basis_says_something():
    with pytest.raises(InvalidLegalBasis, match="nội dung"):
        LegalBasis("Căn cứ ;")


def test_a_basis_does_not_end_before_it_begins():
    with pytest.raises(InvalidLegalBasis, match="hết hiệu lực"):
        LegalBasis("Luật", date(2024, 1, 1), date(2023, 12, 31))


def test_laws_are_cited_without_number_and_without_padding_mistakes():
    for basis in library():
        assert basis.text.startswith(("Luật ", "Nghị định số "))
        assert " ngày " in basis.text
        if basis.text.startswith("Luật "):
            assert "/" not in basis.text
