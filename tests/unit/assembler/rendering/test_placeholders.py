import pytest

from services.assembler.rendering.placeholders import paths_read
from services.assembler.rendering.sandbox import document_environment


@pytest.mark.parametrize(
    ("source", "paths"),
    [
        ("{{ a.b }} {{ a.b }} {{ c }}", ["a.b", "c"]),
        ("{% for x in xs %}{{ x.name }}{% endfor %}", ["xs", "xs[].name"]),
        (
            "{% for a in awards %}{% for m in a.members %}{{ m.name }}{% endfor %}{% endfor %}",
            ["awards", "awards[].members", "awards[].members[].name"],
        ),
        ("{% for x in xs %}{{ loop.index }}{% endfor %}", ["xs"]),
        ("{% for x in xs %}{{ x }}{% else %}{{ x }}{% endfor %}", ["xs", "xs[]", "x"]),
        ("{% for x in xs if x.on %}{{ x }}{% endfor %}", ["xs", "xs[].on", "xs[]"]),
        ("{% set n = a.b %}{{ n.c }}", ["a.b", "a.b.c"]),
        ("{% set n = a + b %}{{ n.c }}", ["a", "b"]),
        ("{{ xs[0].name }} {{ xs|first }} {{ a['k'] }}", ["xs[].name", "xs", "a.k"]),
        ("{{ (xs|first).name }}", ["xs[].name"]),
        ("{% for x in xs|sort(attribute='n') %}{{ x.n }}{% endfor %}", ["xs", "xs[].n"]),
        ("{% for k, v in d.items() %}{{ k }}{{ v.x }}{% endfor %}", ["d"]),
        ("{% macro m(p) %}{{ p.x }}{{ y }}{% endmacro %}{{ m(z) }}", ["y", "z"]),
        ("{{ a[b] }}", ["a", "b"]),
        ("{% if a %}{{ b }}{% elif c %}{{ d }}{% else %}{{ e }}{% endif %}", list("abcde")),
        ("{% set t %}{{ a }}{% endset %}{{ t }}", ["a"]),
        ("{{ range(3)|length }} {{ (a ~ b)|upper }}", ["a", "b"]),
    ],
)
def test_the_paths_that_a_template_reads(source, paths):
    assert list(paths_read(document_environment().parse(source).body, {})) == paths
