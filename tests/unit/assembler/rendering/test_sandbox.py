import pytest
from jinja2 import TemplateError

from services.assembler.rendering.sandbox import (
    OutputTooLong,
    bounded_render,
    document_environment,
    text_environment,
)

DATA = {"s": "abc", "rows": [{"name": "b", "n": 2}, {"name": "a", "n": 1}], "d": {"items": "khóa"}}


def run(source: str) -> str:
    return bounded_render(text_environment().from_string(source), DATA)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("{{ s.upper() }}", "ABC"),
        ("{{ d.items }}", "khóa"),
        ("{{ rows|map(attribute='name')|join(', ') }}", "b, a"),
        ("{% for r in rows|sort(attribute='n') %}{{ r.name }}{{ loop.index }}{% endfor %}", "a1b2"),
        ("{% for k, v in rows[0].items() %}{{ k }}={{ v }};{% endfor %}", "name=b;n=2;"),
        ("{% set ns = namespace(n=0) %}{% set ns.n = 5 %}{{ ns.n }}", "5"),
        ("{{ missing|default('–') }}{% if missing is defined %}x{% endif %}", "–"),
        ("{% macro m(x) %}<{{ x }}>{% endmacro %}{{ m('&') }}", "<&>"),
        ("{{ 2 * 3 }} {{ 7 % 4 }} {{ 2 ** 8 }}", "6 3 256"),
    ],
)
def test_what_templates_need_works(source, output):
    assert run(source) == output


@pytest.mark.parametrize(
    "source",
    [
        "{{ s.__class__ }}",
        "{{ s['__class__'] }}",
        "{{ s|attr('__class__') }}",
        "{{ rows|map(attribute='__class__')|join }}",
        "{{ rows.append(1) }}",
        "{{ d.update({}) }}",
        "{{ s.format(1) }}",
        "{{ s.join(['x']) }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ range.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ loop }}",
        "{% for r in rows %}{{ loop.__class__ }}{% endfor %}",
        "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
        "{{ namespace.__init__ }}",
        "{% set ns = namespace() %}{{ ns.__class__ }}",
        "{{ cycler }}",
        "{{ lipsum() }}",
        "{{ s|safe }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%s'|format(s) }}",
        "{{ s|center(999999999) }}",
        "{{ s * 99999999 }}",
        "{{ 99999999 * s }}",
        "{{ rows * 99999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ range(10001)|list }}",
        "{{ s.nope }}",
        "{{ s() }}",
        "{% include 'x' %}",
        "{% extends s %}",
        "{% import 'os' as os %}",
    ],
)
def test_what_templates_must_not_do_fails(source):
    with pytest.raises((TemplateError, TypeError)):
        run(source)


def test_output_without_end_is_stopped():
    loops = "".join(f"{{% for a{n} in range(9999) %}}" for n in range(4))
    source = f"{loops}{'x' * 2_000}{'{% endfor %}' * 4}"

    with pytest.raises(OutputTooLong):
        run(source)


def test_a_document_escapes_values_once_even_through_macros_and_blocks():
    source = "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(v) }}|{% set b %}{{ v }}{% endset %}{{ b }}"

    template = document_environment().from_string(source)

    assert bounded_render(template, {"v": "<&>"}) == "&lt;&amp;&gt;|&lt;&amp;&gt;"


def test_switching_escaping_off_has_no_effect():
    source = "{% autoescape false %}{{ v }}{% endautoescape %}"

    assert bounded_render(document_environment().from_string(source), {"v": "<"}) == "&lt;"


def test_a_long_run_of_empty_values_does_not_end_the_text():
    template = document_environment().from_string("{% for x in xs %}{{ x }}{% endfor %}end")
    assert bounded_render(template, {"xs": [""] * 2_000}) == "end"


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in rows recursive %}{{ loop(rows) }}{{ loop(rows) }}{% endfor %}",
        "{{ rows|batch(1000000000, 1)|length }}",
        "{{ rows|slice(1000000000)|list|length }}",
    ],
)
def test_work_without_end_is_stopped(source):
    with pytest.raises((TemplateError, RecursionError)):
        run(source)


def test_an_annex_of_a_hundred_thousand_rows_may_be_made():
    source = "{% for r in rows %}{% for c in r %}{{ c }}{% endfor %}{% endfor %}"
    template = document_environment().from_string(source)
    assert len(bounded_render(template, {"rows": [["a"] * 10] * 100_000})) == 1_000_000
