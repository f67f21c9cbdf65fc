"""Tags within a paragraph: values, expressions, conditions, and how Word tears them apart."""

from tests.differential.packages import control, p, r, t, template, text_box

_RSID = ' w:rsidR="00AB12CD"'
_BOLD, _ITALIC = "<w:b/>", "<w:i/>"
_PROOF = '<w:proofErr w:type="spellStart"/>', '<w:proofErr w:type="spellEnd"/>'
_BOOKMARK = '<w:bookmarkStart w:id="0" w:name="_GoBack"/>', '<w:bookmarkEnd w:id="0"/>'

_VALUES = (
    *("name", "letters", "special", "lines", "tabs", "mixed", "spaces", "empty", "planes"),
    *("joiners", "year", "rate", "negative", "zero"),
)
VALUES = {
    **{f"a value: {name}": template(p(f"Tên: {{{{ {name} }}}}.")) for name in _VALUES},
    **{f"alone: {name}": template(p(f"{{{{{name}}}}}")) for name in _VALUES},
    **{
        f"formatted: {name}": template(p("Tên: ", r(f"{{{{ {name} }}}}", _BOLD + _ITALIC), " hết."))
        for name in ("name", "special", "lines", "tabs", "mixed")
    },
    **{
        f"without kept spaces: {name}": template(p(r(f" {{{{ {name} }}}} ", keeps_space=False)))
        for name in ("name", "lines", "spaces")
    },
    "several in one run": template(p("{{ name }}, {{ commune }}; {{ year }}{{ count }}")),
    "several paragraphs": template("{{ name }}", p("", style="center"), "{{ special }}"),
    "a path": template("{{ office.head.name }} {{ office['head']['title'] }} {{ labels.TH }}"),
    "an item": template("{{ people[0].name }} {{ people[-1]['name'] }} {{ matrix[1][2] }}"),
    "a slice": template("{{ name[:6] }} {{ columns[1:]|join(', ') }}"),
    "a literal": template("{{ 'một' }} {{ \"hai\" }} {{ 3 }} {{ 4.5 }}"),
    "a literal break": template("{{ 'một\\nhai\\tba' }}"),
    "a literal with a sign": template("{{ '1 < 2 > 0' }}"),
}
EXPRESSIONS = {
    f"expression: {source}": template(p(f"[{{{{ {source} }}}}]"))
    for source in (
        "name|upper",
        "name|lower",
        "name|title",
        "name|capitalize",
        "name|trim|length",
        "special|upper|lower",
        "special|replace('A', 'B + C')",
        "name|truncate(8)",
        "letters|wordcount",
        "lines|upper",
        "rate|round(1)",
        "rate|int + count",
        "'12'|int * 2",
        "'1.5'|float",
        "negative|abs",
        "missing|default('–')",
        "empty|default('trống', true)",
        "columns|join('; ')",
        "columns|first ~ columns|last",
        "columns|length",
        "columns|reverse|join",
        "columns|sort|join(' < ')",
        "people|map(attribute='name')|join(', ')",
        "people|map(attribute='name')|map('upper')|join(', ')",
        "people|selectattr('age', 'gt', 30)|map(attribute='name')|join(' + ')",
        "people|rejectattr('works')|map(attribute='name')|join",
        "people|sum(attribute='age')",
        "people|map(attribute='age')|max",
        "people|map(attribute='unit')|unique|join(', ')",
        "people|sort(attribute='age', reverse=true)|map(attribute='age')|join(' ')",
        "labels|dictsort|first|join('=')",
        "labels.keys()|join(' ')",
        "labels.get('XX', 'không có')",
        "name.upper() ~ name.split(' ')|length",
        "name.startswith('Nguyễn') and 'có'",
        "name ~ ' < ' ~ year",
        "name + ' <' + commune + '>'",
        "(count + 1) * 2 - 7 // 2",
        "7 % 4 + 2 ** 3",
        "10 / 4",
        "'nhiều' if count > 2 else 'ít'",
        "'ít' if count < 2 else 'nhiều'",
        "'có' if 'Lan' in name and not is_draft else 'không'",
        "'a' if name is string and missing is not defined else 'b'",
        "'lẻ' if count is odd else 'chẵn'",
        "range(3)|join(',')",
        "columns|batch(2)|map('join', '+')|join(' | ')",
        "columns|slice(2)|map('join', '+')|join(' | ')",
        "special|string|length",
        "{'a': 'b'}['a'] ~ [1, 2][1] ~ (3, 4)[0]",
    )
}
CONDITIONS = {
    "if": template("{% if is_year %}Cả năm{% endif %}."),
    "if not": template("[{% if is_draft %}Dự thảo{% endif %}]"),
    "if and else": template("{% if is_draft %}Dự thảo{% else %}Chính thức {{ name }}{% endif %}"),
    "elif": template("{% if count == 1 %}a{% elif count == 3 %}b {{ name }}{% else %}c{% endif %}"),
    "comparisons": template("{% if count > 2 and count >= 3 and zero < 1 %}x{% endif %}."),
    "if over runs": template(p("{% if is_year %}", r("đậm", _BOLD), "{% endif %}", " hết")),
    "if within if": template("{% if count %}{% if zero %}a{% else %}b{% endif %}{% endif %}"),
    "a choice without another": template("a{{ 'b' if is_draft }}{{ 'c' if is_year }}"),
    "for": template("{% for one in people %}{{ one.name }}; {% endfor %}"),
    "for and else": template("{% for one in nobody %}x{% else %}Không có ai{% endfor %}"),
    "for with a filter": template("{% for one in people if one.works %}{{ one.age }} {% endfor %}"),
    "for over pairs": template("{% for k, v in labels.items() %}{{ k }}={{ v }};{% endfor %}"),
    "for over letters": template("{% for letter in name[:6] %}{{ letter }}-{% endfor %}"),
    "for over runs": template(
        p("{% for one in people %}", r("{{ one.name }}", _BOLD), "{% endfor %}")
    ),
    "loop": template(
        "{% for one in people %}{{ loop.index }}/{{ loop.length }} {{ one.name }}"
        "{% if loop.first %} (đầu){% endif %}{% if not loop.last %}, {% endif %}{% endfor %}"
    ),
    "loop counters": template(
        "{% for one in people %}{{ loop.index0 }}{{ loop.revindex }}{{ loop.cycle('a', 'b') }}"
        "{{ 'x' if loop.changed(one.unit) }}{{ loop.previtem.age if loop.previtem is defined }}"
        "{% endfor %}"
    ),
    "nested loops": template(
        "{% for row in matrix %}{% set i = loop.index %}{% for x in row %}{{ i }}.{{ loop.index }}"
        "={{ x }} {% endfor %}{% endfor %}"
    ),
    "a recursive loop": template(
        "{% for x in [1, [2, 3]] recursive %}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}"
        "{% endif %}{% endfor %}"
    ),
    "set": template("{% set x = name ~ ' – ' %}{{ x }}{{ x|length }}"),
    "set twice": template("{% set x = 1 %}{% set x = x + 1 %}{{ x }}{% set a, b = 1, 2 %}{{ b }}"),
    "a captured block": template("{% set x %}<{{ name }}>{% endset %}{{ x }}"),
    "a namespace": template(
        "{% set ns = namespace(sum=0) %}{% for one in people %}{% set ns.sum = ns.sum + one.age %}"
        "{% endfor %}{{ ns.sum }}"
    ),
    "with": template("{% with x = count, y = 2 %}{{ x * y }}{% endwith %}"),
    "a macro": template(
        "{% macro m(x, y='>') %}[{{ x }}{{ y }}]{% endmacro %}{{ m(name) }}{{ m(1, '<') }}"
    ),
    "a macro of all": template("{% macro m() %}{{ varargs|join('+') }}{% endmacro %}{{ m(1, 2) }}"),
    "a call": template(
        "{% macro m() %}({{ caller() }}){% endmacro %}{% call m() %}{{ special }}{% endcall %}"
    ),
    "a filtered block": template("{% filter upper %}tên {{ name }}{% endfilter %}"),
    "raw": template("{% raw %}{{ name }}{% endraw %} {{ name }}"),
    "a comment": template("trước {# {{ không }} #}sau"),
    "white space taken away": template("một  {{- name -}}  hai", "ba {{ name -}} ."),
    "the delimiters themselves": template("{_{ x }_} {_% y %_} {{ name }}"),
    "only delimiters": template("{_{ x }_}"),
    "no tag": template("Không có gì { } % # } %"),
}
RUNS = {
    "runs on a condition": template(
        p("a", r("{%r if is_year %}"), r("b", _BOLD), r("{%r endif %}"), "c")
    ),
    "runs on another": template(
        p("a", r("{%r if is_draft %}"), r("b", _BOLD), r("{%r else %}"), r("c"), r("{%r endif %}"))
    ),
    "runs in a loop": template(
        p(r("{%r for one in people %}"), r("{{ one.name }}", _ITALIC), r("{%r endfor %}"))
    ),
    "a run's tag beside text": template(p("a {%r if is_year %}b{%r endif %} c")),
    "runs left out": template(p(r("a"), r("{%r if zero %}"), r("b"), r("{%r endif %}"), r("c"))),
}
JOINED = {
    "joined with what stands before": template(
        "một", "{%- if is_year %} hai {{ name }}{% endif %}"
    ),
    "joined with what stands after": template("{% if is_year -%}", "hai {{ name }}{% endif %}"),
    "joined on both sides": template(
        "một ", "{%- if is_year -%}", "hai", "{%- else -%}", "ba", "{%- endif -%}", " bốn"
    ),
    "a list joined": template(
        "Gồm: ", "{%- for one in people -%}", "{{ one.name }}; ", "{%- endfor -%}", "hết."
    ),
}
_SPLIT = {
    "letters": ["{", "{ na", "me ", "}", "}"],
    "halves": ["{{", " name ", "}}"],
    "a block": ["{", "% if is_ye", "ar %", "}", "x{% end", "if %", "}"],
    "a block's percent": ["{%", " for o", "ne in people ", "%}", "{{ one.na", "me }}{% endfor %}"],
    "a comment": ["a {", "# ghi", " chú #", "} b"],
    "a filter": ["{{ name", "|", "upper", " }}"],
    "text around": ["Tên: {", "{ name }", "} và {", "{ year }", "}."],
}


def _torn(
    pieces: list[str], between: tuple[str, ...] = (), looks: tuple[str, ...] = ("",)
) -> bytes:
    runs = []
    for number, piece in enumerate(pieces):
        runs.append(r(piece, looks[number % len(looks)], marks=_RSID))
        runs += [between[number % len(between)]] if between else []
    return template(p(*runs))


SPLIT = {
    **{f"torn: {name}": _torn(pieces) for name, pieces in _SPLIT.items()},
    **{f"torn by spelling: {name}": _torn(it, _PROOF) for name, it in _SPLIT.items()},
    **{f"torn by a bookmark: {name}": _torn(it, _BOOKMARK) for name, it in _SPLIT.items()},
    **{f"torn by looks: {name}": _torn(it, (), (_BOLD, _ITALIC)) for name, it in _SPLIT.items()},
    "torn by a page end": template(
        p("{{ na", "<w:r><w:lastRenderedPageBreak/><w:t>me }}</w:t></w:r>")
    ),
    "torn within a run": template(p(f"<w:r>{t('{{ na')}{t('me }}')}</w:r>")),
    "torn by a tab": template(p(f"<w:r>{t('{{ na')}<w:tab/>{t('me }}')}</w:r>")),
    "torn by a break": template(p(f"<w:r>{t('{{ name')}<w:br/>{t('}} sau')}</w:r>")),
}
QUOTES = {
    "curved double quotes": template(
        "{{ labels[“TH”] }} {% if name == “x” %}a{% else %}b{% endif %}"
    ),
    "curved single quotes": template(
        "{{ labels[‘TH’] }} {{ people|map(attribute=‘age’)|join(‘-’) }}"
    ),
    "curved quotes outside": template("“{{ name }}” ‘{{ year }}’"),
    "curved quotes torn": _torn(["{{ labels[“T", "H”] }}"]),
}
ELEMENTS = {
    "a tab of the template": template(
        p(f"<w:r>{t('a')}<w:tab/>{t('{{ name }}')}<w:br/>{t('b')}</w:r>")
    ),
    "a link within the document": template(
        p(f'<w:hyperlink w:anchor="x">{r("{{ special }}")}</w:hyperlink>')
    ),
    "a field's code": template(
        p('<w:r><w:instrText xml:space="preserve"> SEQ {{ labels.TH }} </w:instrText></w:r>')
    ),
    "a control in a line": template(p("a ", control(r("{{ special }}")), " b")),
    "a control around paragraphs": template(control(p("{{ name }}") + p("{{ lines }}"))),
    "a control in a loop": template(
        "{%p for one in people %}", control(p("{{ one.name }}")), "{%p endfor %}"
    ),
    "a text box": template(p(text_box(p("Hộp {{ special }}"), p("{{ year }}")))),
    "text boxes in a loop": template(
        "{%p for one in people %}", p(text_box(p("{{ one.name }}"))), "{%p endfor %}"
    ),
    "two text boxes": template(p(text_box(p("{{ name }}")), text_box(p("{{ year }}"), number=1))),
    "an inserted change": template(p(f'<w:ins w:id="1" w:author="A">{r("{{ name }}")}</w:ins>')),
}

CORPUS = {
    **VALUES,
    **EXPRESSIONS,
    **CONDITIONS,
    **RUNS,
    **JOINED,
    **SPLIT,
    **QUOTES,
    **ELEMENTS,
}
