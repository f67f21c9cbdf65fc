"""Two templates side by side: what came, what went, which words changed."""

from services.assembler.rendering.comparing import compare
from tests.support.word_packages import W, paragraph, word_file


def a_template(*paragraphs, **others):
    return word_file("".join(map(paragraph, paragraphs)), **others)


def shown(words):
    return "".join(f"[{one.text}]" if one.is_changed else one.text for one in words)


def test_the_same_template_has_no_difference():
    same = a_template("Một", "Hai {{ year }}")

    found = compare(same, same)

    assert (found.pairs, found.same_count, found.added, found.removed) == ((), 2, (), ())


def test_changed_words_are_marked_on_both_sides():
    (pair,) = compare(
        a_template("Đầu", "Trong năm {{ year }}, xã có 9 xóm.", "Cuối"),
        a_template("Đầu", "Trong năm {{ next_year }}, xã có 12 xóm.", "Cuối"),
    ).pairs

    assert shown(pair.old) == "Trong năm [{{ year }}], xã có [9] xóm."
    assert shown(pair.new) == "Trong năm [{{ next_year }}], xã có [12] xóm."
    assert pair.part == "thân văn bản"


def test_paragraphs_that_came_and_went_stand_alone():
    pairs = compare(
        a_template("Một đoạn đã cũ", "Chung"),
        a_template("Chung", "Khác hẳn và mới tinh"),
    ).pairs

    assert [(shown(it.old), shown(it.new)) for it in pairs] == [
        ("[Một đoạn đã cũ]", ""),
        ("", "[Khác hẳn và mới tinh]"),
    ]


def test_a_new_paragraph_before_a_changed_one_does_not_hide_it():
    pairs = compare(
        a_template("Báo cáo của xóm số 1"),
        a_template("Hoàn toàn không liên quan gì", "Báo cáo của xóm số 2"),
    ).pairs

    assert [(shown(it.old), shown(it.new)) for it in pairs] == [
        ("", "[Hoàn toàn không liên quan gì]"),
        ("Báo cáo của xóm số [1]", "Báo cáo của xóm số [2]"),
    ]


def test_placeholders_that_came_and_went_are_named_by_their_paths():
    found = compare(
        a_template("{{ year }}", "{% for a in awards %}{{ a.name }}{% endfor %}"),
        a_template("{{ next_year }}", "{% for a in awards %}{{ a.title }}{% endfor %}"),
    )

    assert found.added == ("next_year", "awards[].title")
    assert found.removed == ("year", "awards[].name")


def test_headers_are_compared_with_headers():
    def header(text):
        return f"<w:hdr {W}>{paragraph(text)}</w:hdr>"

    (pair,) = compare(
        a_template("thân", header1=header("Trang của năm cũ")),
        a_template("thân", header1=header("Trang của năm mới")),
    ).pairs

    assert pair.part == "đầu trang"
    assert shown(pair.new) == "Trang của năm [mới]"


def test_a_template_with_faults_can_be_compared_all_the_same():
    found = compare(a_template("{{ year"), a_template("{{ year }}"))

    assert found.added == ("year",)
