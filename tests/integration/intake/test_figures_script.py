"""The script that checks figures as they are typed, in a real browser, against the rules."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import services.intake.web
from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.figures import parse_figure
from services.intake.domain.forms import AskedIndicator, PeriodForm
from services.intake.domain.reconciling import findings_in
from services.intake.domain.shares import shares_of
from services.intake.web.figure_rules import figure_rules
from vnadmin.amounts import format_number, format_percent

pytestmark = pytest.mark.browser

SCRIPT = Path(services.intake.web.__file__).with_name("static") / "figures.js"
UNIT = "ntm"
CODES = ("T", "A", "B")

small = st.integers(0, 40).map(Decimal)
exact = st.decimals(-(10**15) + 1, 10**15 - 1, places=6) | st.decimals(0, 2_000, places=2)
figures = st.none() | small | exact
positive = small.map(lambda it: it + 1) | st.decimals("0.000001", 10**15 - 1, places=6)


@st.composite
def cases(draw):
    """Return a form, what a unit reports for it, and last year's figures."""
    form = PeriodForm(indicators=tuple(draw(asked(code)) for code in CODES))
    codes = draw(st.lists(st.sampled_from(CODES), unique=True))
    content = ReportContent(indicators=tuple(draw(reported(code)) for code in codes))
    last = {code: draw(small | exact) for code in codes if draw(st.booleans())}
    return form, content, last


def asked(code):
    parts = st.sampled_from([(), ("A", "B"), ("B",)]) if code == "T" else st.just(())
    return st.builds(
        AskedIndicator,
        code=st.just(code),
        name=st.just(f"Chỉ tiêu {code}"),
        field=st.just("kinh-te"),
        unit_codes=st.just((UNIT,)),
        unit=st.sampled_from(["", "hộ", "%"]),
        plan=st.none() | positive,
        base=st.none() | positive,
        parts=parts,
        decimals=st.integers(0, 6),
        within_base=st.booleans(),
        jump_bound=st.none() | positive,
    )


def reported(code):
    return st.builds(
        ReportedIndicator,
        code=st.just(code),
        plan=figures,
        actual=figures,
        reported_percent=st.none() | small | st.decimals(0, 300, places=2),
        at_least=st.booleans(),
        reason=st.sampled_from(["", "Sáp nhập"]),
    )


@pytest.fixture(scope="module")
def page(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_content("<!doctype html><html lang=vi><title>x</title>")
    page.add_script_tag(content=SCRIPT.read_text("utf-8"))
    yield page
    context.close()


def test_the_script_finds_what_the_rules_find_in_the_same_words(page):
    @settings(
        max_examples=300,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(cases())
    def collect(case):
        collected.append(case)

    collected = []
    collect()
    asked_of_script = [_as_typed(*case) for case in collected]
    answers = page.evaluate(
        "all => all.map(([rules, rows]) => [thiduaFigures.findings(rules, rows),"
        " rows.map(row => thiduaFigures.shares(rules, row))])",
        asked_of_script,
    )

    rules_met = set()
    for (form, content, last), (found, shares) in zip(collected, answers, strict=True):
        expected = findings_in(content, form, UNIT, last)
        assert found == [
            {"severity": it.severity, "rule": it.rule, "code": it.code, "message": it.message}
            for it in expected
        ], (form, content, last)
        assert shares == [_shares(form.indicator(it.code), it) for it in content.indicators]
        rules_met |= {(it.rule, it.severity) for it in expected}
    assert len(rules_met) == 6, "not every rule was met"


def _as_typed(form, content, last):
    rows = [
        {
            "code": it.code,
            "plan": _typed(it.plan),
            "actual": _typed(it.actual),
            "reported_percent": _typed(it.reported_percent),
            "at_least": it.at_least,
            "reason": it.reason,
        }
        for it in content.indicators
    ]
    return [json.loads(json.dumps(figure_rules(form, UNIT, last))), rows]


def _typed(figure):
    return "" if figure is None else format_number(figure)


def _shares(asked, reported):
    return [
        f"{format_percent(it.value, asked.decimals)} {it.of}"
        for it in shares_of(asked, reported)
        if not it.is_quoted
    ]


PEOPLE_TYPE = (
    *("12.000", "12 000", "8,78", "-5", "\u22125", "0012", " 7 ", "1\u00a0000"),
    *("12.5", "a", "1,2,3", "1.00", ""),
)


@pytest.mark.parametrize("typed", PEOPLE_TYPE)
def test_the_script_reads_what_people_type_as_the_server_does(page, typed):
    form = PeriodForm(
        indicators=(
            AskedIndicator(code="T", name="T", field="f", unit_codes=(UNIT,), plan=Decimal(100)),
        )
    )
    rules = figure_rules(form, UNIT, {})

    shown = page.evaluate(
        "([rules, row]) => thiduaFigures.shares(rules, row)",
        [rules, {"code": "T", "actual": typed}],
    )

    try:
        figure = parse_figure(typed)
    except ValueError:
        assert shown == []
    else:
        assert shown == [f"{format_percent(figure)} kế hoạch"]
