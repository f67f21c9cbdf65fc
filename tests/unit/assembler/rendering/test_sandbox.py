import pytest
from jinja2 import TemplateError

from services.assembler.rendering.bounds import OutputTooLong
from tests.support.rendering import run_document, run_text

DATA = {"s": "abc", "rows": [{"name": "b", "n": 2}, {"name": "a", "n": 1}], "d": {"items": "khóa"}}


def run(source: str) -> str:
    return run_text(source, DATA)


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
        (
            "{% for g in rows|groupby('n') %}{{ g.grouper }}{{ g.list|length }};{% endfor %}",
            "11;21;",
        ),
        ("{{ s|e }}{{ '<'|escape }}", "abc<"),
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

    assert run_document(source, {"v": "<&>"}) == "&lt;&amp;&gt;|&lt;&amp;&gt;"


def test_escaping_cannot_be_switched_off():
    source = "{% autoescape false %}{{ v }}{% endautoescape %}"

    with pytest.raises(TemplateError):
        run_document(source, {"v": "<"})


def test_a_long_run_of_empty_values_does_not_end_the_text():
    source = "{% for x in xs %}{{ x }}{% endfor %}end"
    assert run_document(source, {"xs": [""] * 2_000}) == "end"


@pytest.mark.parametrize(
    "source",
    [
        "{% set x %}{% for a in range(9999) %}{% for b in range(99) %}"
        + "x" * 3_000
        + "{% endfor %}{% endfor %}{% endset %}{{ x }}",
        "{% macro m() %}{% for a in range(9999) %}" + "x" * 30_000 + "{% endfor %}{% endmacro %}"
        "{{ m() }}{{ m() }}",
        "{% for a in range(9999) %}{{ range(9999)|sum }}{% endfor %}",
        "{{ ([range(9999)|list] * 9999)|map('list')|list|length }}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in rows recursive %}{{ loop(rows) }}{{ loop(rows) }}{% endfor %}",
        "{{ rows|batch(1000000000, 1)|length }}",
        "{{ rows|slice(1000000000)|list|length }}",
        "{{ 1.5|round(1000000000, 'floor') }}",
        *(
            f"{{% set n = namespace(x=s, l=[1]) %}}{{% for a in range(64) %}}{growth}{{% endfor %}}"
            "{{ n.l|string }}"
            for growth in (
                "{% set n.x = n.x ~ n.x %}",
                "{% set n.x = n.x + n.x %}",
                "{% set n.l = n.l + n.l %}",
                "{% set n.l = [n.l, n.l] %}",
                "{% set n.x = [n.x, n.x]|join %}",
                "{% set n.x = n.x|replace('a', n.x) %}",
                "{% set n.l = [n.l, n.l]|sum(start=[]) %}",
            )
        ),
    ],
)
def test_work_without_end_is_stopped(source):
    with pytest.raises((TemplateError, RecursionError)):
        run(source)


def test_an_annex_of_a_hundred_thousand_rows_may_be_made():
    source = "{% for r in rows %}{% for c in r %}{{ c }}{% endfor %}{% endfor %}"
    assert len(run_document(source, {"rows": [["a"] * 10] * 100_000})) == 1_000_000
