from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from vnadmin import editions
from vnadmin.editions import Alignment, InvalidEdition, LetterCase, Span, UnknownEdition
from vnadmin.editions.reading import Entry, read
from vnadmin.validity import Mark, Source, covers

ND30 = editions.load()
FILES = ["nd30_2020", "commendation", "bonuses", "legal_bases"]


def values_in(node):
    if isinstance(node, dict):
        return [value for child in node.values() for value in values_in(child)]
    if isinstance(node, list):
        return [value for child in node for value in values_in(child)]
    return [node]


def mappings_in(node):
    if isinstance(node, dict):
        return [node, *(it for child in node.values() for it in mappings_in(child))]
    if isinstance(node, list):
        return [it for child in node for it in mappings_in(child)]
    return []


def spans(*limits):
    return Span(Decimal(limits[0]), Decimal(limits[1]))


def test_the_page_is_a4_with_the_margins_of_the_decree():
    page = ND30.page

    assert (page.paper, page.width_mm, page.height_mm) == ("A4", 210, 297)
    assert (page.top_mm, page.bottom_mm) == (spans(20, 25), spans(20, 25))
    assert (page.left_mm, page.right_mm) == (spans(30, 35), spans(15, 20))


@pytest.mark.parametrize(
    ("code", "case", "size", "bold", "italic", "sample"),
    [
        ("national_name", "upper", (12, 13), True, False, 12),
        ("motto", "phrase", (13, 14), True, False, 13),
        ("superior_body", "upper", (12, 13), False, False, 12),
        ("issuing_body", "upper", (12, 13), True, False, 12),
        ("number_and_symbol", "upper", (13, 13), False, False, 13),
        ("place_and_date", "lower", (13, 14), False, True, 13),
        ("type_name", "upper", (13, 14), True, False, 14),
        ("abstract", "lower", (13, 14), True, False, 14),
        ("letter_abstract", "lower", (12, 13), False, False, 12),
        ("legal_basis", "lower", (13, 14), False, True, None),
        ("body", "lower", (13, 14), False, False, 14),
        ("part_label", "lower", (13, 14), True, False, 14),
        ("part_title", "upper", (13, 14), True, False, 14),
        ("article", "lower", (13, 14), True, False, 14),
        ("clause", "lower", (13, 14), False, False, 14),
        ("signing_power", "upper", (13, 14), True, False, 14),
        ("signer_name", "lower", (13, 14), True, False, 14),
        ("addressees", "lower", (13, 14), False, False, 14),
        ("recipients_label", "lower", (12, 12), True, True, 12),
        ("recipients", "lower", (11, 11), False, False, 11),
        ("annex_label", "lower", (14, 14), True, False, 14),
        ("annex_title", "upper", (13, 14), True, False, 14),
        ("annex_reference", "lower", (13, 14), False, True, None),
        ("address_line", "lower", (11, 12), False, False, 11),
    ],
)
def test_each_component_has_its_form(code, case, size, bold, italic, sample):
    found = ND30.component(code)

    assert (found.case, found.size_pt) == (LetterCase(case), spans(*size))
    assert (found.is_bold, found.is_italic, found.sample_size_pt) == (bold, italic, sample)


def test_rules_below_are_shares_of_the_line():
    assert ND30.component("motto").rule_below == (1, 1)
    assert ND30.component("issuing_body").rule_below == (Fraction(1, 3), Fraction(1, 2))
    assert ND30.component("body").rule_below is None


def test_a_sample_size_keeps_its_own_rule():
    for component in ND30.components:
        if component.sample_size_pt is not None:
            assert component.size_pt.allows(component.sample_size_pt)


def test_a_span_allows_both_of_its_ends_and_nothing_outside():
    assert [spans(13, 14).allows(size) for size in (12, 13, 14, 15)] == [False, True, True, False]


def test_body_text_and_page_numbers_have_their_form():
    assert ND30.body_text.first_line_indent_mm == spans(10, "12.7")
    assert ND30.body_text.line_spacing == spans(1, "1.5")
    assert ND30.page_number.alignment is Alignment.CENTRE
    assert not ND30.page_number.is_on_first_page
    assert ND30.font.name == "Times New Roman"


def test_the_heading_is_written_one_way_and_read_in_two():
    assert ND30.heading.national_name == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert ND30.heading.national_name_variants == ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",)
    assert ND30.heading.motto == "Độc lập - Tự do - Hạnh phúc"


def test_urgency_marks_have_their_size():
    sizes = [(mark.width_mm, mark.height_mm) for mark in ND30.urgency_marks]

    assert sizes == [(30, 8), (40, 8), (20, 8)]


def test_every_rule_names_its_place_and_begins_with_the_decree():
    rules = [ND30.page, ND30.font, ND30.page_number, ND30.body_text, ND30.heading]
    rules += [ND30.date_padding, ND30.number_padding]
    rules += [*ND30.components, *ND30.signing_powers, *ND30.urgency_marks]

    for rule in rules:
        assert rule.source.article != ND30.source.article
        assert rule.source.valid_from == date(2020, 3, 5)
        assert rule.source.covers(date(2026, 1, 1))


@pytest.mark.parametrize("file", FILES)
def test_articles_are_cited_in_words_that_a_user_reads(file):
    articles = [row["article"] for row in mappings_in(read(file).fields) if "article" in row]

    assert not [it for it in articles if "L2022" in it or "PL " in it or "ND30" in it]


def test_an_unknown_component_or_edition_is_refused():
    with pytest.raises(LookupError, match="footnote"):
        ND30.component("footnote")
    for code in ("nd30_1999", "../secrets"):
        with pytest.raises(UnknownEdition):
            editions.load(code)


@pytest.mark.parametrize("file", FILES)
def test_no_legal_number_is_a_binary_float(file):
    assert [it for it in values_in(read(file).fields) if isinstance(it, float)] == []


def test_no_key_of_the_files_is_misspelt():
    known = (
        "code name case size_pt bold italic alignment sample_size_pt rule_below article mark"
        " abbreviation wire_code is_copy mark_text meaning text width_mm height_mm topic"
        " title kind objects counted_only award level nominee factor multiple amount factors"
        " numerator denominator maximum rounding members_award minimum kinds awards"
        " valid_from valid_to"
        " titles required unchecked is_landscape margin_mm has_page_number has_running_text"
        " is_black_only has_greatest_sizes has_end_mark between last"
        " needs quorum needed_percent"
    )
    rows = [
        row
        for file in FILES
        for section in mappings_in(read(file).fields)
        for value in section.values()
        if isinstance(value, list)
        for row in value
        if isinstance(row, dict)
    ]

    assert rows
    assert {key for row in rows for key in row} == set(known.split())


@pytest.mark.parametrize("file", FILES)
def test_no_interval_ends_before_it_begins(file):
    for rule in mappings_in(read(file).fields):
        if rule.get("valid_to") is not None:
            assert rule.get("valid_from", date(2024, 1, 1)) <= rule["valid_to"]


@pytest.mark.parametrize("file", FILES)
def test_marks_are_known(file):
    marks = [rule["mark"] for rule in mappings_in(read(file).fields) if "mark" in rule]

    assert marks
    assert set(marks) <= set(Mark)


@pytest.mark.parametrize(
    ("fields", "reading", "message"),
    [
        ({"size": "big"}, lambda entry: entry.integer("size"), r"x\.size: expected int"),
        ({}, lambda entry: entry.text("name"), r"x\.name: expected str"),
        ({"flag": 1}, lambda entry: entry.flag("flag"), r"x\.flag: expected bool"),
        ({"page": 3}, lambda entry: entry.entry("page"), r"x\.page: expected a mapping"),
        ({"rows": [3]}, lambda entry: entry.entries("rows"), r"x\.rows\[0\]: expected a mapping"),
    ],
)
def test_a_wrong_value_is_reported_with_its_place(fields, reading, message):
    with pytest.raises(InvalidEdition, match=message):
        reading(Entry("x", fields))


def test_a_source_takes_what_it_does_not_say_from_its_edition():
    whole = Source("Decree", date(2020, 1, 1), date(2021, 1, 1), Mark.PRIMARY)

    own = Entry("x", {"article": "Art. 1", "mark": "C"}).source(whole)

    assert own == Source("Art. 1", date(2020, 1, 1), date(2021, 1, 1), Mark.WEAK)
    assert Entry("x", {}).source(whole) == whole


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_covered"),
    [
        (date(2024, 1, 1), None, True),
        (date(2024, 1, 2), None, False),
        (None, date(2024, 1, 1), True),
        (None, date(2023, 12, 31), False),
        (None, None, True),
    ],
)
def test_both_ends_of_an_interval_belong_to_it(valid_from, valid_to, is_covered):
    assert covers(valid_from, valid_to, date(2024, 1, 1)) is is_covered


def test_families_name_components_of_the_edition_and_one_is_for_certificates():
    codes = {component.code for component in ND30.components}

    assert [family.code for family in ND30.families] == [
        "named",
        "letter",
        "minutes",
        "certificate",
    ]
    for family in ND30.families:
        assert {*family.required, *family.unchecked} <= codes
        assert not {*family.required} & {*family.unchecked}
    named, certificate = ND30.family("named"), ND30.family("certificate")
    assert (named.has_page_number, named.is_black_only, named.is_landscape) == (True, True, False)
    assert (certificate.has_page_number, certificate.has_running_text) == (False, False)
    assert certificate.margin == spans(5, 60)
    assert certificate.source.mark is Mark.ASSUMED
    with pytest.raises(LookupError):
        ND30.family("poem")
