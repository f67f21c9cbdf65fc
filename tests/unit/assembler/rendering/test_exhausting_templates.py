"""Templates made to take all memory, or all time: the engine itself ends them, or they are cheap.

Each runs in a process of its own under limits of the system, which must never be what ends it.
"""

from html import escape

import pytest

from tests.support.confined import render_confined
from tests.support.word_packages import paragraph, word_file

DATA = {"s": "abc", "rows": [{"name": "Lan"}, {"name": "Hùng"}]}
MAX_PEAK_MIB = 700
MANY = 100_000

_NUMBERS = "{% set a = range(10000)|list %}"
_LONG = "{% set b = 'a' * 10000 %}"
_IN_LOOPS = "{{% for i in range(9999) %}}{{% for j in range(100) %}}{}{{% endfor %}}{{% endfor %}}"
_DOUBLED = (
    "{{% set ns = namespace(v={}) %}}{{% for i in range(60) %}}{{% set ns.v = ns.v {} ns.v %}}"
    "{{% endfor %}}x"
)

GROWING = {
    "a text repeated by a product": "{{ 'a' * 10**9 }}",
    "a list repeated by a product": "{{ ([1] * 10**9)|length }}",
    "a text doubled by a sum": _DOUBLED.format("'aaaa'", "+"),
    "a text doubled by ~": _DOUBLED.format("'aaaa'", "~"),
    "a list doubled by a sum": _DOUBLED.format("[1]", "+"),
    "a number squared": _DOUBLED.format("7", "*"),
    "a number raised": "{{ 999 ** 999 ** 999 }}",
    "a text doubled without a loop": "{% set a = 'aaaa' %}" + "{% set a = a ~ a %}" * 40 + "x",
    "texts joined twice": _LONG + "{% set c = ([b] * 9999)|join %}{{ ([c] * 9999)|join|length }}",
    "a long separator": _LONG + "{{ range(10000)|join(b)|list|join(b)|length }}",
    "replacing nothing by much": _LONG + "{{ b|replace('', b)|replace('', b)|length }}",
    "replacing letters by much": _LONG + "{{ b|replace('a', b)|replace('a', b)|length }}",
    "lists added up": _NUMBERS + "{{ ([a] * 9999)|sum(start=[])|length }}",
    "lists copied": _NUMBERS + "{{ ([a] * 9999)|map('list')|list|length }}",
    "lists copied by a loop": _NUMBERS + "{% for x in ([a] * 9999)|map('list') %}{% endfor %}x",
    "the letters of a list": _LONG + "{{ ([b] * 9999)|string|list|length }}",
    "batches filled up": "{{ range(9999)|batch(1)|map('batch', 9999, 0)|map('list')|list|length }}",
    "slices of each": "{{ range(9999)|batch(1)|map('slice', 9999)|map('list')|list|length }}",
    "a batch without end": "{{ rows|batch(10**9, 1)|list|length }}",
    "slices without end": "{{ rows|slice(10**9)|list|length }}",
    "a range without end": "{{ range(10**9)|list|length }}",
    "a range beyond all numbers": "{{ range(10**1000)|list }}",
    "padding": "{{ s|center(10**9) }}{{ s.ljust(10**9) }}{{ s.zfill(10**9) }}",
    "indenting": "{{ s|indent(10**9) }}",
    "a block that is captured": "{% set x %}" + _IN_LOOPS.format("y" * 10_000) + "{% endset %}z",
    "a macro that prints much": "{% macro m() %}"
    + _IN_LOOPS.format("y" * 10_000)
    + "{% endmacro %}{{ m()|length }}",
    "a filtered block": "{% filter upper %}" + _IN_LOOPS.format("y" * 10_000) + "{% endfilter %}",
    "a long text in a loop": "{% for i in range(9999) %}" + "y" * 3_000_000 + "{% endfor %}",
}
_MILLION = "{% set b = ('a' * 10000)|replace('a', 'b' * 99) %}{% for i in range(9999) %}"
WORKING = {
    "the letters of a long text": _MILLION + "{{ b|unique|list|length }}x{% endfor %}",
    "a search among letters": _MILLION
    + "{% if b|select('eq', 'c')|list %}x{% endif %}{% endfor %}",
    "the words of a long text": _MILLION + "{{ b|wordcount }}{% endfor %}",
    "loops in loops": _IN_LOOPS.format(_IN_LOOPS.format("")),
    "a macro that calls itself twice": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself": "{% macro m(x) %}{{ m(x ~ x) }}{% endmacro %}{{ m('a') }}",
    "macros that call each other": "{% macro f(g) %}{{ g(f) }}{% endmacro %}{{ f(f) }}",
    "a loop that calls itself": "{% for r in rows recursive %}{{ loop(rows) }}{% endfor %}",
    "rounding a number far to the left": "{{ 5|round(-(10**9)) }}",
    "rounding a number down, far away": "{{ 1|round(10**9, 'floor') }}",
    "rounding a fraction far away": "{{ 1.5|round(10**9) }}",
    "sums of lists of lists": _NUMBERS
    + "{{ ([[a] * 9999] * 9999)|map('map', 'sum')|map('list')|list|length }}",
    "sums of lists": _NUMBERS + _IN_LOOPS.format("{% set x = a|sum %}"),
    "sorting in loops": _NUMBERS + _IN_LOOPS.format("{% set x = a|sort %}"),
    "seeking in loops": _NUMBERS + _IN_LOOPS.format("{% if -1 in a %}x{% endif %}"),
    "counting in loops": _NUMBERS + _IN_LOOPS.format("{% set x = a.index(9998) %}"),
    "comparing deep lists": _NUMBERS
    + "{% set c = [[a] * 9999] * 9999 %}{% set d = [[range(10000)|list] * 9999] * 9999 %}"
    + "{{ 'x' if c == d else 'y' }}",
    "unique of much": _NUMBERS + "{{ ([a] * 9999)|map('unique')|map('list')|list|length }}",
    "a text as a number": "{{ ('9' * 9999)|int }}",
}
DEEP = {
    "brackets": "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "a few too many brackets": "{{ " + "(" * 250 + "1" + ")" * 250 + " }}",
    "lists": "{{ " + "[" * 3_000 + "]" * 3_000 + " }}",
    "signs": "{{ " + "-" * 5_000 + "1 }}",
    "negations": "{{ " + "not " * 5_000 + "1 }}",
    "attributes": "{{ s" + ".a" * 5_000 + " }}",
    "filters": "{{ s" + "|upper" * 5_000 + " }}",
    "sums": "{{ 1" + "+1" * 5_000 + " }}",
    "joined texts": "{{ s" + "~s" * 5_000 + " }}",
    "choices": "{{ " + "1 if s else " * 2_000 + "1 }}",
    "loops": "{% for i in range(1) %}" * 30 + "x" + "{% endfor %}" * 30,
    "conditions": "{% if s %}" * 120 + "x" + "{% endif %}" * 120,
    "many conditions": "{% if s %}" * 2_000 + "x" + "{% endif %}" * 2_000,
    "alternatives": "{% if s == '' %}" + "{% elif s == 'a' %}" * 3_000 + "x{% endif %}",
    "macros": "{% macro m() %}" * 60 + "x" + "{% endmacro %}" * 60,
}


def _cell(text: str) -> str:
    grid = "<w:tblGrid><w:gridCol/></w:tblGrid>"
    return f"<w:tbl>{grid}<w:tr><w:tc><w:tcPr/>{paragraph(text)}</w:tc></w:tr></w:tbl>"


def _texts(text: str, times: int) -> str:
    return f"<w:p>{f'<w:r><w:t>{text}</w:t></w:r>' * times}</w:p>"


# What turns Word's pieces back into tags is a dozen regular expressions.
UNENDING_TAGS = {
    "openings": paragraph("{{" * MANY),
    "openings with spaces": paragraph("{{ " * MANY),
    "openings of blocks": paragraph("{% " * MANY),
    "openings of comments": paragraph("{# " * MANY),
    "openings of runs": paragraph("{{r " * MANY),
    "openings of rows": _cell("{{tr " * MANY),
    "openings of paragraphs": paragraph("{%p " * MANY),
    "openings that join": paragraph("{%-" * MANY),
    "ends that join": paragraph("-%}" * MANY),
    "half openings": paragraph("{" * MANY),
    "half ends": paragraph("}" * MANY),
    "halves in runs": _texts("{", 20_000),
    "openings in runs": _texts("{{", 20_000),
    "openings in paragraphs": paragraph("{{") * 20_000,
    "spaces after colspan": _cell("{% colspan" + " " * 5_000 + "x"),
    "spaces after cellbg": _cell("{% cellbg" + " " * 5_000 + "x"),
    "merged cells without end": _cell("{% vm " * MANY),
    "merged cells": _cell("{% vm %}" * 3_000),
    "pieces of text": _texts("x", MANY),
    "placeholders": _texts("{{ s }}", 5_000),
}
BODIES = {
    **{name: paragraph(escape(it, quote=False)) for name, it in (GROWING | WORKING | DEEP).items()},
    **UNENDING_TAGS,
}


@pytest.mark.parametrize("name", BODIES)
def test_a_template_that_asks_for_too_much_is_refused_or_cheap(name):
    outcome = render_confined(word_file(BODIES[name]), DATA)

    assert outcome.peak_mib < MAX_PEAK_MIB
    assert not outcome.complaint or outcome.complaint.endswith("thân văn bản.")


@pytest.mark.parametrize("sign", ["\a", "\f"])
def test_a_value_of_many_paragraphs_is_printed_or_refused_in_time(sign):
    outcome = render_confined(word_file(paragraph("{{ x }}")), {"x": sign * 16_000})

    assert outcome.complaint or outcome.output_bytes
