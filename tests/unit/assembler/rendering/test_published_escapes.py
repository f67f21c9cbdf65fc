"""Escapes from Jinja sandboxes that were published: none reaches anything but the data.

The families are those of PayloadsAllTheThings ("Server Side Template Injection - Jinja2"), of the
advisories on Jinja's own sandbox, and of the report generators that were broken before.
"""

from html import escape
from itertools import chain

import pytest

from ooxml.text import plain_text
from services.assembler.rendering.context import RenderingFailed
from services.assembler.rendering.docx import render
from tests.support.word_packages import paragraph, word_file

DATA = {
    "s": "abc",
    "n": 5,
    "rows": [{"name": "Lan", "n": 2}, {"name": "Hùng", "n": 1}],
    "user": {"name": "Lan"},
}

READING_CLASSES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__.__base__.__subclasses__()[40]('/etc/passwd').read() }}",
    "{{ [].__class__.__base__.__subclasses__() }}",
    "{{ {}.__class__.__bases__[0] }}",
    "{{ ()['__class__'] }}",
    "{{ []['__class__'] }}",
    "{{ s['__class__']['__mro__'] }}",
    "{{ s['__cla' ~ 'ss__'] }}",
    "{{ s['\\x5f\\x5fclass\\x5f\\x5f'] }}",
    "{{ s['__ssalc__'[::-1]] }}",
    "{{ s[['__cla', 'ss__']|join] }}",
    "{{ s['_' * 2 ~ 'class' ~ '_' * 2] }}",
    "{{ s['%c'|lower ~ '__class__'] }}",
    "{{ s|attr('__class__') }}",
    "{{ s|attr(['_' * 2, 'class', '_' * 2]|join) }}",
    "{{ s|attr('\\u005f\\u005fclass\\u005f\\u005f') }}",
    "{{ n.__class__ }}",
    "{{ n.real.__class__ }}",
    "{{ (1).__abs__ }}",
    "{{ 1.0.hex }}",
    "{{ true.__class__ }}",
    "{{ none.__class__ }}",
    "{{ rows.__class__ }}",
    "{{ rows[0].__class__ }}",
    "{{ rows|map(attribute='__class__')|list }}",
    "{{ rows|map(attribute='name.__class__')|join }}",
    "{{ rows|map('attr', '__class__')|list }}",
    "{{ rows|sum(attribute='__class__') }}",
    "{{ rows|sort(attribute='__class__')|length }}",
    "{{ rows|groupby('__class__')|list }}",
    "{{ rows|unique(attribute='__class__')|list|length }}",
    "{{ rows|selectattr('__class__')|list|length }}",
    "{{ rows|rejectattr('__class__.__name__')|list|length }}",
    "{{ rows|max(attribute='__class__') }}",
    "{{ rows|join(attribute='__class__') }}",
    "{% for k in s.__dir__() %}{{ k }}{% endfor %}",
    "{% set x = s.__class__ %}{{ x }}",
    "{% for x in [s.__class__] %}{{ x }}{% endfor %}",
    "{% if s.__class__ %}a{% endif %}",
    "{{ dict(__class__=1) }}",
]
READING_GLOBALS = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os }}",
    "{{ namespace.__init__.__globals__.os }}",
    "{{ namespace().__init__ }}",
    "{{ namespace()._Namespace__attrs }}",
    "{{ namespace()['__class__'] }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum() }}",
    "{{ range.__class__ }}",
    "{{ range.__call__(3) }}",
    "{{ range.__wrapped__ }}",
    "{{ range.__code__.co_consts }}",
    "{{ self._TemplateReference__context.cycler }}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{ self }}",
    "{{ self.x }}",
    "{{ super() }}",
    "{{ caller() }}",
    "{{ varargs }}",
    "{{ environment }}",
    "{{ context }}",
    "{{ resolve('s') }}",
    "{{ undefined }}",
    "{{ t_1 }}",
    "{{ l_0_s }}",
    "{{ __import__('os') }}",
    "{{ __builtins__ }}",
    "{{ __loader__ }}",
    "{{ open('/etc/passwd').read() }}",
    "{{ eval('1') }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ url_for.__globals__.current_app.config }}",
    "{{ request.application.__globals__ }}",
    "{{ request|attr('application') }}",
    "{{ config }}",
    "{{ config.items() }}",
    "{{ session }}",
    "{{ g.pop.__globals__ }}",
    "{{ app }}",
    "{{ tpl }}",
    "{{ doc.save('/tmp/x') }}",
    "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}x{% endcall %}",
    "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "{% macro m() %}{{ kwargs.__class__ }}{% endmacro %}{{ m(a=1) }}",
    "{% macro m() %}{{ m.catch_kwargs }}{% endmacro %}{{ m() }}",
    "{% for x in rows %}{{ loop.__class__ }}{% endfor %}",
    "{% for x in rows %}{{ loop._iterator }}{% endfor %}",
    "{% for x in rows %}{{ loop._undefined }}{% endfor %}",
    "{% for x in rows %}{{ loop['__init__'] }}{% endfor %}",
    "{% for x in rows %}{{ loop }}{% endfor %}",
    "{% for x in rows %}{{ loop.cycle.__globals__ }}{% endfor %}",
    "{{ s.upper.__self__ }}",
    "{{ s.upper.__func__ }}",
    "{{ user.get.__self__ }}",
    "{{ user.items().__class__ }}",
    "{{ nothing.__class__ }}",
    "{{ nothing._undefined_obj }}",
    "{{ nothing|default(s.__class__) }}",
    "{{ (nothing|default('')).__class__ }}",
    "{{ ''|e|attr('__class__') }}",
]
# CVE-2016-10745 (str.format), CVE-2019-10906 (format_map), CVE-2024-56326 (a reference to format
# called indirectly), CVE-2025-27516 (the same by |attr).
FORMATTING = [
    "{{ '{0.__class__}'.format(s) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(rows) }}",
    "{{ '{x.__class__}'.format_map(dict(x=s)) }}",
    "{{ '{x.__class__}'.format_map({'x': s}) }}",
    "{{ ''['format'] }}",
    "{% set f = '{0.__class__}'.format %}{{ f(s) }}",
    "{{ ['{0.__class__}'.format]|map('call', s)|list }}",
    "{{ s|attr('format') }}",
    "{{ ('{0.__class__}'|attr('format'))(s) }}",
    "{{ ('{x}'|attr('format_map'))({'x': 1}) }}",
    "{{ ['{0.__class__}']|map(attribute='format')|first }}",
    "{{ ['{0.__class__}']|map('format', s)|first }}",
    "{{ '%s'|format(s) }}",
    "{{ '%(a)s'|format(a=s) }}",
    "{{ '%s' % s }}",
    "{{ '%(a)s' % {'a': 1} }}",
    "{{ '%99999999d' % 1 }}",
    "{{ s.translate({97: 'x'}) }}",
    "{{ s.encode('utf-8') }}",
    "{{ s.maketrans('a', 'b') }}",
]
FETCHING = [
    "{% include '/etc/passwd' %}",
    "{% include ['a', 'b'] ignore missing %}",
    "{% import 'os' as os %}{{ os.popen('id') }}",
    "{% from 'os' import popen %}",
    "{% extends '/etc/passwd' %}",
    "{% extends s %}",
    "{% block a %}{{ super() }}{% endblock %}",
    "{% block a %}{{ self.a }}{% endblock %}",
    "{% do rows.append(1) %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{% continue %}",
    "{% load x %}",
]
CHANGING = [
    "{{ rows.append(1) }}",
    "{{ rows.clear() }}",
    "{{ rows.sort() }}",
    "{{ rows.pop() }}",
    "{{ user.update({'name': 'x'}) }}",
    "{{ user.setdefault('x', 1) }}",
    "{{ user.pop('name') }}",
    "{{ user.fromkeys('abc') }}",
    "{% set user.name = 'x' %}",
    "{% set ns = namespace(a=1) %}{% set ns.__class__ = 1 %}{{ ns.__class__ }}",
]
LOOKING_LIKE_MARKUP = [
    "{{ s|safe }}",
    "{{ '<w:p/>'|safe }}",
    "{{ s|xmlattr }}",
    "{{ s|tojson }}",
    "{{ s|urlize }}",
    "{{ s|pprint }}",
    "{{ s|filesizeformat }}",
    "{{ s|random }}",
    "{{ s.__html__() }}",
    "{{ s|map('safe')|list }}",
]
# Not the sandbox's own errors, but those of Python's compiler and of its numbers.
ODD = [
    "{{ s() }}",
    "{{ none() }}",
    "{{ s.upper(*rows) }}",
    "{{ s.split(**n) }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 1 / 0 }}",
    "{{ s[::0] }}",
    "{{ s is foo }}",
    "{{ s is filter('x') }}",
    "{{ rows|map('nothing')|list }}",
    "{{ rows|select('nothing')|list }}",
    "{{ '\\N{foo}' }}",
    "{{ s.split(a=1, a=2) }}",
    "{{ s.split(sep=s, sep=s) }}",
    "{{ 1e999 }}",
    "{{ '\\ud800' }}",
    "{{ " + "9" * 5_000 + " }}",
    "{{ '\\x' }}",
    "{% set none = 1 %}",
    "{% set a, b = 1 %}",
]


def render_source(source: str) -> bytes:
    return render(word_file(paragraph(escape(source, quote=False))), DATA)


@pytest.mark.parametrize(
    "source",
    list(
        chain(
            *(READING_CLASSES, READING_GLOBALS, FORMATTING, FETCHING, CHANGING),
            *(LOOKING_LIKE_MARKUP, ODD),
        )
    ),
)
def test_a_published_escape_is_refused_with_its_place(source):
    with pytest.raises(RenderingFailed) as caught:
        render_source(source)

    assert caught.value.detail.endswith("thân văn bản.")


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        # CVE-2024-56201: the name of a file is compiled too; ours has a fixed one.
        ("{% set x = '\"; import os; \"' %}{{ x }}", '"; import os; "'),
        # Python normalises identifiers, Jinja does not: both must mean the same name.
        ("{% set ﬁ = 'một' %}{{ ﬁ }}", "một"),
        ("{_{ 7*7 }_}", "{{ 7*7 }}"),
        ("{{ '{0.__class__}' }}", "{0.__class__}"),
        ("{{ '${7*7} #{7*7} <%= 7*7 %>' }}", "${7*7} #{7*7} <%= 7*7 %>"),
        ("{% raw %}{{ s.__class__ }}{% endraw %}", "{{ s.__class__ }}"),
    ],
)
def test_what_only_looks_like_an_escape_prints_as_text(source, printed):
    assert plain_text(render_source(source)) == printed


@pytest.mark.parametrize("name", ["__class__", "__globals__", "_x", "items", "format", "self"])
def test_a_key_of_the_data_is_data_whatever_its_name(name):
    data = render(word_file(paragraph(f"{{{{ d['{name}'] }}}}")), {"d": {name: "khóa"}})

    assert plain_text(data) == "khóa"


@pytest.mark.parametrize(
    ("first", "second"),
    [("INCLUDETEXT /etc/passwd ", ""), ("DDEAUTO c:x ", ""), ("INCLUDE", "TEXT /etc/passwd ")],
)
def test_a_value_makes_no_field_that_fetches(first, second):
    code = '<w:r><w:instrText xml:space="preserve">{{{{ {} }}}}</w:instrText></w:r>'
    template = word_file(f"<w:p>{code.format('x')}{code.format('y')}</w:p>")

    with pytest.raises(RenderingFailed):
        render(template, {"x": first, "y": second})
