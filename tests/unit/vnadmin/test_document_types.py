import pytest

from vnadmin.document_types import (
    UnknownDocumentType,
    all_document_types,
    document_type,
    document_type_by_abbreviation,
    document_type_known_as,
    known_as,
)

ANNEX_III = (
    "NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB"
)


def test_the_27_abbreviations_are_those_of_annex_iii():
    named = [it for it in all_document_types() if it.abbreviation and not it.is_copy]

    assert " ".join(it.abbreviation for it in named) == ANNEX_III


def test_there_are_three_kinds_of_copy_and_one_letter_without_abbreviation():
    assert [it.abbreviation for it in all_document_types() if it.is_copy] == ["SY", "TrS", "SL"]
    assert [it.name for it in all_document_types() if it.abbreviation is None] == ["Công văn"]
    assert len(all_document_types()) == 31


@pytest.mark.parametrize(
    ("code", "name", "abbreviation", "wire_code"),
    [
        ("decision", "Quyết định", "QĐ", 2),
        ("report", "Báo cáo", "BC", 14),
        ("minutes", "Biên bản", "BB", 15),
        ("submission", "Tờ trình", "TTr", 16),
        ("official_letter", "Công văn", None, 18),
        ("leave_permit", "Giấy nghỉ phép", "GNP", None),
    ],
)
def test_a_type_is_found_by_its_code(code, name, abbreviation, wire_code):
    found = document_type(code)

    assert (found.name, found.abbreviation, found.wire_code) == (name, abbreviation, wire_code)


def test_codes_and_wire_codes_are_unique():
    types = all_document_types()
    wire_codes = [it.wire_code for it in types if it.wire_code is not None]

    assert len({it.code for it in types}) == len(types)
    assert len(set(wire_codes)) == len(wire_codes)


def test_a_type_is_found_by_its_abbreviation():
    assert document_type_by_abbreviation("QyĐ").name == "Quy định"


def test_the_official_letter_which_has_no_abbreviation_goes_by_its_name():
    assert document_type_known_as("Công văn").code == "official_letter"
    assert all(document_type_known_as(known_as(it)) == it for it in all_document_types())


@pytest.mark.parametrize(
    "lookup", [document_type, document_type_by_abbreviation, document_type_known_as]
)
def test_an_unknown_type_is_refused(lookup):
    with pytest.raises(UnknownDocumentType, match="CV"):
        lookup("CV")
