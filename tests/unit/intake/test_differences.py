"""Differences between rounds: found by what a row is about, told so that nothing is lost."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.contracts.dossier import DossierField, Movement, Nomination
from services.intake.domain.content import (
    AttachedFile,
    ReportContent,
    ReportedAchievement,
    ReportedIndicator,
)
from services.intake.domain.differences import differences
from services.intake.domain.forms import AskedIndicator, AwardChoice, NarrativePrompt, PeriodForm
from services.intake.domain.marked_words import Change, Words, likeness, marked, paired

FORM = PeriodForm(
    headings=(DossierField(code="vx", title="Văn xã"),),
    prompts=(
        NarrativePrompt(code="vx", field="vx", label="Kết quả văn xã"),
        NarrativePrompt(code="moi", field="vx", label="Mô hình mới"),
    ),
    indicators=(
        AskedIndicator(code="A", name="Hộ nghèo", field="vx", unit_codes=("u",), unit="hộ"),
        AskedIndicator(code="B", name="Tỷ lệ", field="vx", unit_codes=("u",), unit="%"),
    ),
    awards=(AwardChoice(code="flag", title="Cờ thi đua", kinds=("collective",)),),
)

_WORD = st.sampled_from(
    ["thu", "chi", "thi đua", "Thi Đua", "xã", "đội", "hộ,", "a", "\n", "  ", ""]
)
_TEXT = st.lists(_WORD, max_size=8).map(" ".join)
_FIGURE = st.none() | st.integers(0, 3).map(Decimal)
_CONTENT = st.builds(
    ReportContent,
    movements=st.lists(st.builds(Movement, name=_WORD, result=_TEXT), max_size=4).map(tuple),
    indicators=st.lists(
        st.builds(
            ReportedIndicator,
            code=st.sampled_from("ABC"),
            plan=_FIGURE,
            actual=_FIGURE,
            at_least=st.booleans(),
            reason=_TEXT,
        ),
        max_size=3,
        unique_by=lambda it: it.code,
    ).map(tuple),
    achievements=st.lists(
        st.builds(
            ReportedAchievement,
            field=st.sampled_from(["vx", "kt"]),
            text=_TEXT,
            prompt=st.sampled_from(["", "moi"]),
        ),
        max_size=4,
    ).map(tuple),
    nominations=st.lists(
        st.builds(
            Nomination,
            kind=st.sampled_from(["", "individual", "collective"]),
            name=_WORD,
            award=st.sampled_from(["", "flag", "x"]),
            unit=_WORD,
            achievement=_TEXT,
        ),
        max_size=4,
    ).map(tuple),
    limitations=st.lists(_TEXT, max_size=4).map(tuple),
    directions=st.lists(_TEXT, max_size=4).map(tuple),
    nothing_to_report=st.sets(st.sampled_from(["movements", "directions"])).map(
        lambda it: tuple(sorted(it))
    ),
)


def _told(found, *, backwards=False):
    """Return every change as one comparable fact, whatever the order of the rows."""
    return Counter(
        (
            part.part,
            part.part in {"limitations", "directions"} or row.key,
            row.change.mirrored if backwards else row.change,
            tuple(
                (it.name, it.new, it.old, it.new_figure, it.old_figure)
                if backwards
                else (it.name, it.old, it.new, it.old_figure, it.new_figure)
                for it in row.fields
            ),
        )
        for part in found
        for row in part.rows
    )


@given(_CONTENT)
def test_a_content_does_not_differ_from_itself(content):
    assert differences(content, content, FORM) == ()


@given(_CONTENT, st.randoms(use_true_random=False))
def test_another_order_of_the_rows_is_no_difference(content, random):
    def shuffled(rows):
        return tuple(random.sample(rows, len(rows)))

    other = replace(
        content,
        movements=shuffled(content.movements),
        indicators=shuffled(content.indicators),
        nominations=shuffled(content.nominations),
        limitations=shuffled(content.limitations),
        directions=shuffled(content.directions),
    )

    assert differences(content, other, FORM) == ()


@given(_CONTENT, _CONTENT)
def test_read_backwards_the_differences_are_those_of_the_way_back(old, new):
    there, back = differences(old, new, FORM), differences(new, old, FORM)

    assert _told(there) == _told(back, backwards=True)


@given(_CONTENT, _CONTENT)
def test_what_went_and_came_accounts_for_every_line(old, new):
    told = differences(old, new, FORM)

    lines = Counter(old.limitations)
    for part in told:
        for row in part.rows if part.part == "limitations" else ():
            for field in row.fields:
                if row.change is not Change.ADDED:
                    lines[field.old] -= 1
                if row.change is not Change.REMOVED:
                    lines[field.new] += 1
    assert +lines == Counter(new.limitations)


@given(_TEXT, _TEXT)
def test_marked_words_hold_both_texts_whole(old, new):
    words = marked(old, new)

    assert "".join(it.text for it in words if it.change is not Change.ADDED) == old
    assert "".join(it.text for it in words if it.change is not Change.REMOVED) == new
    assert all(it.text for it in words)


@given(_TEXT, _TEXT)
def test_marked_words_are_mirrored_on_the_way_back(old, new):
    def counted(words, change):
        return "".join(it.text for it in words if it.change is change)

    there, back = marked(old, new), marked(new, old)

    assert counted(there, Change.ADDED) == counted(back, Change.REMOVED)
    assert counted(there, None) == counted(back, None)


def test_only_the_words_that_changed_are_marked():
    assert marked("Trồng 200 cây xanh", "Trồng 250 cây xanh") == (
        Words("Trồng "),
        Words("200 ", Change.REMOVED),
        Words("250 ", Change.ADDED),
        Words("cây xanh"),
    )


def test_a_word_that_was_the_last_one_is_not_marked_for_the_space_behind_it():
    assert marked("Đẩy mạnh phong trào", "Đẩy mạnh phong trào thi đua") == (
        Words("Đẩy mạnh phong trào"),
        Words(" thi đua", Change.ADDED),
    )


def test_texts_with_too_many_equal_words_are_told_as_wholes():
    old, new = "a " * 3_000 + "b", "c " + "a " * 2_999 + "a"

    words = marked(old, new)

    assert [it.change for it in words] == [Change.REMOVED, Change.ADDED]


def test_a_figure_is_told_old_and_new():
    old = ReportContent(indicators=(ReportedIndicator(code="A", actual=Decimal(65)),))
    new = ReportContent(indicators=(ReportedIndicator(code="A", actual=Decimal("1265.0")),))

    (part,) = differences(old, new, FORM)
    (row,) = part.rows
    (field,) = row.fields

    assert (part.label, row.title, row.change) == ("Chỉ tiêu", "Hộ nghèo", Change.CHANGED)
    assert (field.label, field.old, field.new) == ("Thực hiện", "65 hộ", "1.265 hộ")
    assert (field.old_figure, field.new_figure) == (Decimal(65), Decimal("1265.0"))


def test_the_same_figure_written_otherwise_is_no_difference():
    old = ReportContent(indicators=(ReportedIndicator(code="A", actual=Decimal("65.0")),))
    new = ReportContent(indicators=(ReportedIndicator(code="A", actual=Decimal(65)),))

    assert differences(old, new, FORM) == ()


def test_a_nomination_is_the_same_under_another_spelling_of_its_name():
    old = Nomination(kind="collective", name="ĐỘI 1", award="flag", achievement="Tốt")
    new = replace(old, name="Đội 1", achievement="Rất tốt")

    (part,) = differences(
        ReportContent(nominations=(old,)), ReportContent(nominations=(new,)), FORM
    )

    assert [row.change for row in part.rows] == [Change.CHANGED]
    assert [it.name for it in part.rows[0].fields] == ["name", "achievement"]


def test_another_award_is_another_nomination():
    old = Nomination(kind="collective", name="Đội 1", award="flag")

    (part,) = differences(
        ReportContent(nominations=(old,)),
        ReportContent(nominations=(replace(old, award="x"),)),
        FORM,
    )

    assert [row.change for row in part.rows] == [Change.ADDED, Change.REMOVED]
    assert part.rows[1].title == "Đội 1 – Cờ thi đua"


def test_the_lines_of_one_answer_are_one_text():
    old = ReportContent(achievements=(ReportedAchievement(field="vx", text="Một"),))
    new = ReportContent(
        achievements=(
            ReportedAchievement(field="vx", text="Một"),
            ReportedAchievement(field="vx", text="Hai"),
        )
    )

    (part,) = differences(old, new, FORM)

    assert [(row.title, row.change) for row in part.rows] == [("Kết quả văn xã", Change.CHANGED)]
    assert part.rows[0].fields[0].new == "Một\nHai"


def test_alike_lines_find_each_other_wherever_they_stand():
    pairs, gone, come = paired(
        ["Tuyên truyền chưa thường xuyên", "Kinh phí ít"],
        ["Nhân lực thiếu", "Tuyên truyền chưa thật thường xuyên"],
    )

    assert (pairs, gone, come) == (((0, 1),), (1,), (0,))


def test_a_file_replaced_under_its_name_is_changed():
    file = AttachedFile(
        id=UUID(int=0), name="Danh sách.pdf", sha256="a", size=1, media_type="application/pdf"
    )

    (part,) = differences(
        ReportContent(attachments=(file,)),
        ReportContent(attachments=(replace(file, sha256="b"),)),
        FORM,
    )

    assert (part.part, part.rows[0].title) == ("attachments", "Danh sách.pdf")


@pytest.mark.parametrize(
    ("old", "new", "expected"), [("", "", 1.0), ("a b", "a b", 1.0), ("a", "b", 0)]
)
def test_likeness_is_the_share_of_common_words(old, new, expected):
    assert likeness(old, new) == expected
