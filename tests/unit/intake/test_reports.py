from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.contracts.dossier import DossierField, Movement, Nomination
from kernel.errors import Conflict
from kernel.text import cleaned, first_forbidden_character
from services.intake.domain.checking import errors_in, gaps_in
from services.intake.domain.content import (
    ReportContent,
    ReportedAchievement,
    ReportedIndicator,
    joined,
    prefilled,
    tidied,
)
from services.intake.domain.deadlines import days_late
from services.intake.domain.form_faults import faults_of
from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    ExpectedMovements,
    NarrativePrompt,
    Part,
    PeriodForm,
)
from services.intake.domain.moves import (
    ACCEPT,
    EDITABLE,
    REOPEN,
    RETURN,
    SUBMIT,
    State,
    refuse_unless_editable,
)
from services.intake.domain.patience import blocked_until
from services.intake.domain.receipts import canonical_json, receipt_code, sha256_of
from services.intake.domain.shares import is_computable, shares_of
from services.intake.persistence.documents import (
    content_from,
    content_json,
    form_from,
    form_json,
)
from services.intake.web.presenting import figure_text, read_report
from services.intake.web.schemas import TypedReportSchema
from services.intake.web.typed_report import Press, rows_of_content, visible

NOW = datetime(2024, 1, 5, 20, 0, tzinfo=UTC)

FORM = PeriodForm(
    headings=(DossierField(code="kt", title="Kinh tế"), DossierField(code="vx", title="Văn xã")),
    prompts=(
        NarrativePrompt(code="kt", field="kt", label="Kinh tế"),
        NarrativePrompt(code="vx", field="vx", label="Văn xã"),
        NarrativePrompt(code="vx-moi", field="vx", label="Mô hình mới", max_length=20),
    ),
    indicators=(
        AskedIndicator(code="A", name="Hộ nghèo", field="vx", unit_codes=("u",), base=Decimal(740)),
        AskedIndicator(
            code="B", name="Gia đình văn hóa", field="vx", unit_codes=("u",), unit="%", parts=("A",)
        ),
        AskedIndicator(code="C", name="Thu", field="kt", unit_codes=("other",), decimals=0),
    ),
    expected_movements=(ExpectedMovements(unit_code="u", movements=("Một", "Hai")),),
    awards=(AwardChoice(code="flag", title="Cờ", kinds=("collective",)),),
)


def _indicator(code, **figures):
    given = {name: Decimal(str(value)) for name, value in figures.items()}
    return ReportedIndicator(code=code, **given)


def _pointers(content, *, is_final=True):
    return [error.pointer for error in errors_in(content, FORM, "u", is_final=is_final)]


def test_a_form_knows_what_each_unit_is_asked():
    assert [it.code for it in FORM.indicators_of("u")] == ["A", "B"]
    assert FORM.movements_of("u") == ("Một", "Hai")
    assert FORM.movements_of("other") == ()
    assert FORM.heading_title("kt") == "Kinh tế"
    assert FORM.heading_title("??") == "??"
    assert form_from(form_json(FORM)) == FORM


def test_a_sound_form_has_no_faults():
    assert list(faults_of(FORM, ["u", "other"])) == []


def test_faults_of_a_form_say_where():
    broken = PeriodForm(
        indicators=(AskedIndicator(code="A", name="A", field="??", unit_codes=("u",)),),
        expected_movements=(ExpectedMovements(unit_code="nobody"),),
    )

    assert [it.pointer for it in faults_of(broken, ["u"])] == [
        "#/form/indicators/0/field",
        "#/form/expected_movements/0/unit_code",
    ]


def test_a_new_report_holds_the_expected_movements_and_is_still_empty():
    content = prefilled(FORM, "u")

    assert [it.name for it in content.movements] == ["Một", "Hai"]
    assert content.is_empty
    assert not ReportContent(limitations=("x",)).is_empty


def test_a_report_that_fits_has_no_errors():
    content = ReportContent(
        movements=(Movement(name="Một", result="tốt"),),
        indicators=(_indicator("A", actual=65), _indicator("B", reported_percent=-1)),
        achievements=(
            ReportedAchievement(field="kt", text="x"),
            ReportedAchievement(field="kt", text="y"),
        ),
        nominations=(Nomination(kind="collective", name="Xóm 1", award="flag"),),
    )

    assert _pointers(content) == []


def test_errors_stand_in_the_order_of_the_form():
    content = ReportContent(
        movements=(Movement(name="", result="tốt"),),
        indicators=(_indicator("C", actual=1), _indicator("?", actual=1)),
        achievements=(ReportedAchievement(field="??", text="x"),),
        nominations=(
            Nomination(kind="individual", name="", award="flag"),
            Nomination(kind="", name="x", award=""),
        ),
    )

    assert _pointers(content) == [
        "#/movements/0/name",
        "#/indicators/0/code",
        "#/indicators/1/code",
        "#/achievements/0/field",
        "#/nominations/0/name",
        "#/nominations/0/award",
        "#/nominations/1/kind",
        "#/nominations/1/award",
    ]
    assert "#/movements/0/name" not in _pointers(content, is_final=False)


def test_the_same_nominee_written_otherwise_is_found():
    one = Nomination(kind="collective", name="Xóm Đồng Tâm", award="flag", unit="Xã")
    other = Nomination(kind="collective", name="XÓM ĐỒNG TÂM", award="flag", unit="xã")

    assert _pointers(ReportContent(nominations=(one, other))) == ["#/nominations/1/name"]


def test_a_kind_of_commendation_is_one_that_the_law_names_or_none():
    named = [
        Nomination(kind="collective", name=f"Xóm {n}", award="flag", occasion=code)
        for n, code in enumerate(["merit", "", "birthday"])
    ]

    content = ReportContent(nominations=tuple(named))

    assert _pointers(content) == ["#/nominations/2/occasion"]
    assert _pointers(content, is_final=False) == ["#/nominations/2/occasion"]


def test_an_empty_report_is_refused_only_at_the_end():
    assert _pointers(ReportContent()) == ["#/movements"]
    assert _pointers(ReportContent(), is_final=False) == []


def test_gaps_are_named():
    content = ReportContent(
        movements=(Movement(name="Một"),), indicators=(_indicator("A", plan=1),)
    )

    assert gaps_in(content, FORM, "u") == (
        "Chưa có số thực hiện: Hộ nghèo",
        "Chưa có số liệu: Gia đình văn hóa",
        "Chưa có kết quả của phong trào: Một",
    )


def test_tidying_drops_blanks_and_gives_figures_one_form():
    content = ReportContent(
        movements=(Movement(name=""), Movement(name="Một")),
        indicators=(_indicator("A"), _indicator("B", plan="1.50", actual="1E+3")),
        achievements=(
            ReportedAchievement(field="kt", text=""),
            ReportedAchievement(field="vx", text="a\n\n b "),
        ),
        limitations=("", "x"),
        directions=("",),
    )

    tidy = tidied(content)

    assert tidy == ReportContent(
        movements=(Movement(name="Một"),),
        indicators=(_indicator("B", plan="1.5", actual=1000),),
        achievements=(
            ReportedAchievement(field="vx", text="a"),
            ReportedAchievement(field="vx", text="b"),
        ),
        limitations=("x",),
    )
    assert tidied(tidy) == tidy
    assert canonical_json(content_json(tidied(content)))


def test_an_indicator_is_joined_with_its_question():
    whole = joined(FORM.indicators[0], _indicator("A", actual=65))

    assert (whole.name, whole.base, whole.actual) == ("Hộ nghèo", Decimal(740), Decimal(65))


def test_shares_are_computed_from_plan_and_base_and_quoted_only_without_them():
    asked = FORM.indicators[0]
    both = shares_of(asked, _indicator("A", plan=60, actual=65))
    quoted = shares_of(FORM.indicators[2], _indicator("C", reported_percent=158))

    assert [share.of for share in both] == ["kế hoạch", "tổng số"]
    assert [(share.value, share.is_quoted) for share in quoted] == [(Decimal(158), True)]
    assert shares_of(asked, _indicator("A", plan=60)) == ()
    assert shares_of(FORM.indicators[1], _indicator("B", plan=0, actual=1)) == ()
    assert is_computable(asked, _indicator("A", actual=1))
    assert not is_computable(FORM.indicators[1], _indicator("B", actual=1))


def test_moves_start_only_where_they_may():
    starts = {move: move.sources for move in (SUBMIT, ACCEPT, RETURN, REOPEN)}

    for move, sources in starts.items():
        for state in State:
            if state in sources:
                move.check(state)
            else:
                with pytest.raises(Conflict, match="Trạng thái hiện nay"):
                    move.check(state)


def test_only_what_is_not_handed_in_may_be_edited():
    for state in EDITABLE:
        refuse_unless_editable(state)
    for state in set(State) - EDITABLE:
        with pytest.raises(Conflict):
            refuse_unless_editable(state)


def test_days_are_counted_on_a_vietnamese_calendar():
    # 20:00 UTC is already the next morning in Hanoi.
    assert days_late(date(2024, 1, 5), submitted_at=NOW, today=date(2024, 3, 1)) == 1
    assert days_late(date(2024, 1, 6), submitted_at=NOW, today=date(2024, 3, 1)) == 0
    assert days_late(date(2024, 1, 5), submitted_at=None, today=date(2024, 1, 9)) == 4


@pytest.mark.parametrize(
    ("failures", "minutes"), [(4, None), (5, 1), (6, 2), (8, 8), (9, 15), (500, 15)]
)
def test_patience_grows_thin(failures, minutes):
    expected = None if minutes is None else NOW + timedelta(minutes=minutes)

    assert blocked_until(failures, allowed=5, now=NOW) == expected


def test_a_receipt_can_be_read_out():
    assert receipt_code("2023", "mttq", 2, "ab12cd" + "0" * 58) == "2023-MTTQ-L2-AB12CD"
    assert sha256_of({"b": 1, "a": "đ"}) == sha256_of({"a": "đ", "b": 1})


LINE = st.text(min_size=1, max_size=80).filter(
    lambda text: (
        first_forbidden_character(cleaned(text)) is None
        and "\r" not in text
        and cleaned(text).strip(" \t\n")
    )
)


@given(LINE)
def test_text_goes_in_and_comes_out_cleaned_and_otherwise_untouched(typed):
    loaded = TypedReportSchema().load(
        {"limitations": [typed], "movements": [{"name": "a", "result": typed}]}
    )
    stored = content_from(content_json(tidied(loaded)))

    expected = cleaned(typed).strip(" \t\n")
    assert stored.limitations == (expected,)
    assert stored.movements[0].result == expected


@given(LINE)
def test_what_was_saved_stands_in_the_form_again(typed):
    content = tidied(TypedReportSchema().load({"directions": [typed]}))

    rows = rows_of_content(content, Part.DIRECTIONS, FORM, "u").rows
    assert [row["text"] for row in rows] == list(content.directions)


@pytest.mark.parametrize(
    ("typed", "press"),
    [
        ("", Press("save")),
        ("save", Press("save")),
        ("next", Press("next")),
        ("add", Press("add")),
        ("undo", Press("undo")),
        ("remove-3", Press("remove", 3)),
        ("up-0", Press("up", 0)),
        ("down-12", Press("down", 12)),
        ("down-", Press("save")),
        ("remove-9999999", Press("save")),
        ("publish", Press("save")),
    ],
)
def test_a_button_is_read(typed, press):
    assert Press.read(typed) == press


def test_a_character_that_no_page_can_show_becomes_visible():
    assert visible("a\x07b\r\n") == "a\ufffdb\n"
    assert visible("đủ") == "đủ"


def test_a_reader_sees_names_units_and_shares():
    content = ReportContent(
        indicators=(
            ReportedIndicator(code="A", actual=Decimal(65), at_least=True),
            _indicator("B", reported_percent="99.5"),
        ),
        nominations=(
            Nomination(kind="collective", name="Xóm 1", award="flag"),
            Nomination(kind="", name="Chưa rõ", award=""),
        ),
    )

    report = read_report(content, FORM, "u")

    lines = report.headings[0].figures
    assert (lines[0].actual, lines[0].shares) == ("trên 65", ("8,78% tổng số",))
    assert lines[1].shares == ("99,5% kế hoạch (tỷ lệ do ngành báo)",)
    assert [part.title for part in report.awards] == ["Cờ", "Chưa chọn danh hiệu, hình thức"]
    assert report.nominations_count == 2
    assert figure_text(Decimal(92), "%") == "92%"
    assert figure_text(Decimal(12000), "m²") == "12.000 m²"
    assert figure_text(None, "m²") == ""
