"""Random templates that know what they must print: nested loops, conditions, tables, torn tags.

Each node writes itself as Word would, and says what a reader must see for given data; the second is
plain Python and knows nothing of Jinja.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

from kernel.text import compose
from tests.differential.packages import p, r, tbl, tc, template, tr
from tests.fuzz.properties import Block
from tests.fuzz.texts import typed_text

Names = Mapping[str, Any]
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a template, and what it prints: texts, paragraphs, rows or cells."""

    xml: str
    printed: Callable[[Names], list[Any]]


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that may be used: texts, lists of texts, and lists of groups."""

    texts: tuple[str, ...] = ("a", "b", "group.t")
    lists: tuple[str, ...] = ("ts", "empty", "group.ts")
    groups: tuple[str, ...] = ("gs",)
    depth: int = 0


def value_of(path: str, names: Names) -> Any:
    """Return what a path leads to, as it is stored."""
    found: Any = names
    for key in path.split("."):
        found = found[key]
    return compose(found) if isinstance(found, str) else found


_GROUPS = st.fixed_dictionaries(
    {"t": typed_text, "ts": st.lists(typed_text, max_size=3), "yes": st.booleans()}
)
right_data = st.fixed_dictionaries(
    {
        "a": typed_text,
        "b": typed_text,
        "yes": st.booleans(),
        "n": st.integers(-3, 3),
        "ts": st.lists(typed_text, max_size=4),
        "empty": st.just([]),
        "gs": st.lists(_GROUPS, max_size=3),
        "group": _GROUPS,
    }
)
"""Data in the shape that the templates expect."""

any_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | typed_text,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "t", "ts", "yes"]), inner)
    ),
    max_leaves=8,
)
"""Data in any shape."""

_CONDITIONS: dict[str, Callable[[Names], bool]] = {
    "yes": lambda names: names["yes"],
    "not yes": lambda names: not names["yes"],
    "n > 0 and n < 3": lambda names: 0 < names["n"] < 3,
    "a == b": lambda names: value_of("a", names) == value_of("b", names),
    "ts|length >= 2": lambda names: len(names["ts"]) >= 2,
    "empty": lambda names: bool(names["empty"]),
    "group.yes or gs": lambda names: bool(names["group"]["yes"] or names["gs"]),
}
_LITERALS = st.text("abc Đệ &<>'“”.,;", max_size=6)


@st.composite
def _loop(draw: st.DrawFn, scope: Scope) -> tuple[str, str, str, Scope]:
    """Return the name of an item, the list's path, the tag, and the scope within."""
    item = f"x{scope.depth}"
    path = draw(st.sampled_from(scope.lists + scope.groups))
    if path in scope.groups:
        names = Scope(
            (*scope.texts, f"{item}.t"), (*scope.lists, f"{item}.ts"), scope.groups, scope.depth + 1
        )
    else:
        names = Scope((*scope.texts, item), scope.lists, scope.groups, scope.depth + 1)
    return item, path, f"for {item} in {path}", names


def _each(item: str, path: str, inner: Sequence[Node]) -> Callable[[Names], list[Any]]:
    def printed(names: Names) -> list[Any]:
        turns = value_of(path, names)
        return [it for one in turns for node in inner for it in node.printed({**names, item: one})]

    return printed


def _choice(
    name: str, inner: Sequence[Node], other: Sequence[Node]
) -> Callable[[Names], list[Any]]:
    def printed(names: Names) -> list[Any]:
        chosen = inner if _CONDITIONS[name](names) else other
        return [it for node in chosen for it in node.printed(names)]

    return printed


# ---------------------------------------------------------------- within a paragraph


@st.composite
def _inline(draw: st.DrawFn, scope: Scope) -> Node:
    """Return source text, and the texts that it prints."""
    kinds = ["literal", "value", "value"] + ["if", "for"] * (scope.depth < _DEPTH)
    kind = draw(st.sampled_from(kinds))
    if kind == "literal":
        text = draw(_LITERALS)
        return Node(text, lambda names: [text])
    if kind == "value":
        path = draw(st.sampled_from(scope.texts))
        return Node(f"{{{{ {path} }}}}", lambda names: [value_of(path, names)])
    if kind == "if":
        name = draw(st.sampled_from(sorted(_CONDITIONS)))
        deeper = Scope(scope.texts, scope.lists, scope.groups, scope.depth + 1)
        inner, other = (draw(st.lists(_inline(deeper), max_size=2)) for _ in range(2))
        source = f"{{% if {name} %}}{_joined(inner)}{{% else %}}{_joined(other)}{{% endif %}}"
        return Node(source, _choice(name, inner, other))
    item, path, tag, within = draw(_loop(scope))
    inner = draw(st.lists(_inline(within), max_size=3))
    return Node(f"{{% {tag} %}}{_joined(inner)}{{% endfor %}}", _each(item, path, inner))


def _joined(nodes: Sequence[Node]) -> str:
    return "".join(node.xml for node in nodes)


@st.composite
def _torn(draw: st.DrawFn, text: str) -> str:
    """Return a paragraph of this text, cut into runs of any looks at any places."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    looks = st.sampled_from(["", "", "<w:b/>", "<w:i/>"])
    bounds = [0, *cuts, len(text)]
    pieces = [text[begin:end] for begin, end in pairwise(bounds)]
    return p(*(r(piece, draw(looks)) for piece in filter(None, pieces)))


@st.composite
def _paragraph(draw: st.DrawFn, scope: Scope) -> Node:
    inner = draw(st.lists(_inline(scope), max_size=4))
    xml = draw(_torn(_joined(inner)))
    return Node(
        xml, lambda names: ["".join(text for node in inner for text in node.printed(names))]
    )


# ---------------------------------------------------------------- paragraphs, rows and cells


@st.composite
def _tag(draw: st.DrawFn, kind: str, tag: str) -> str:
    """Return the paragraph, row or cell of a tag."""
    paragraph = draw(_torn(f"{{%{kind} {tag} %}}"))
    return {"p": paragraph, "tc": tc(paragraph), "tr": tr(tc(paragraph))}[kind]


@st.composite
def _repeated(draw: st.DrawFn, kind: str, scope: Scope, inside: Callable[[Scope], Any]) -> Node:
    """Return a loop or a condition over whole paragraphs, rows or cells."""
    if draw(st.booleans()):
        item, path, tag, within = draw(_loop(scope))
        inner = draw(st.lists(inside(within), min_size=1, max_size=2))
        xml = draw(_tag(kind, tag)) + _joined(inner) + draw(_tag(kind, "endfor"))
        return Node(xml, _each(item, path, inner))
    name = draw(st.sampled_from(sorted(_CONDITIONS)))
    deeper = Scope(scope.texts, scope.lists, scope.groups, scope.depth + 1)
    inner, other = (draw(st.lists(inside(deeper), min_size=1, max_size=2)) for _ in range(2))
    xml = draw(_tag(kind, f"if {name}")) + _joined(inner) + draw(_tag(kind, "else"))
    return Node(xml + _joined(other) + draw(_tag(kind, "endif")), _choice(name, inner, other))


def _nested(kind: str, scope: Scope, one: Callable[[Scope], Any]) -> Any:
    if scope.depth >= _DEPTH:
        return one(scope)
    return st.one_of(
        one(scope), one(scope), _repeated(kind, scope, lambda inner: _nested(kind, inner, one))
    )


@st.composite
def _cell(draw: st.DrawFn, scope: Scope) -> Node:
    deeper = Scope(scope.texts, scope.lists, scope.groups, scope.depth + 1)
    blocks = draw(st.lists(_block(deeper), max_size=2))
    end = draw(_paragraph(scope))  # a cell ends with a paragraph, always
    return Node(tc(*(it.xml for it in (*blocks, end))), lambda names: [_all((*blocks, end), names)])


@st.composite
def _row(draw: st.DrawFn, scope: Scope) -> Node:
    first = draw(_cell(scope))
    cells = [first, *draw(st.lists(_nested("tc", scope, _cell), max_size=2))]
    return Node(tr(*(it.xml for it in cells)), lambda names: [_all(cells, names)])


@st.composite
def _table(draw: st.DrawFn, scope: Scope) -> Node:
    first = draw(_row(scope))
    rows = [first, *draw(st.lists(_nested("tr", scope, _row), max_size=2))]
    xml = tbl(*(it.xml for it in rows), columns=draw(st.integers(1, 3)))
    return Node(xml, lambda names: [_all(rows, names)])


def _all(nodes: Sequence[Node], names: Names) -> list[Any]:
    return [it for node in nodes for it in node.printed(names)]


def _block(scope: Scope) -> Any:
    if scope.depth >= _DEPTH - 1:
        return _nested("p", scope, _paragraph)
    return st.one_of(_nested("p", scope, _paragraph), _paragraph(scope), _table(scope))


@dataclass(frozen=True, slots=True)
class Structure:
    """A whole template, and what a reader must see."""

    template: bytes
    printed: Callable[[Names], list[Block]]


@st.composite
def structures(draw: st.DrawFn) -> Structure:
    """Return a random template."""
    blocks = draw(st.lists(_block(Scope()), min_size=1, max_size=4))
    body = [*(it.xml for it in blocks), p("hết")]
    return Structure(template(*body), lambda names: [*_all(blocks, names), "hết"])


# ---------------------------------------------------------------- tags in any order

_ANY_TAGS = st.sampled_from(
    [
        *(
            "{{ a }}",
            "{{ b.t }}",
            "{{ x }}",
            "{{r a }}",
            "{{p a }}",
            "{{ a|upper }}",
            "{{ a|nope }}",
        ),
        *(
            "{% if a %}",
            "{% else %}",
            "{% endif %}",
            "{% for x in ts %}",
            "{% endfor %}",
            "{% set x = a %}",
        ),
        *("{%p if a %}", "{%p else %}", "{%p endif %}", "{%p for x in ts %}", "{%p endfor %}"),
        *("{%tr if a %}", "{%tr endif %}", "{%tr for x in ts %}", "{%tr endfor %}"),
        *(
            "{%tc for x in ts %}",
            "{%tc endfor %}",
            "{%r if a %}",
            "{%r endif %}",
            "{# a #}",
            "{#p a #}",
        ),
        *(
            "{% colspan a %}",
            "{% cellbg a %}",
            "{% vm %}",
            "{% hm %}",
            "{%- if a -%}",
            "{%- endif %}",
        ),
        *(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "{",
            "}",
            "{% raw %}",
            "{% endraw %}",
            "{{ }}",
            "{% %}",
        ),
        *("{% macro m(x) %}", "{% endmacro %}", "{{ m(a) }}", "{% block b %}", "{% include a %}"),
        *("{{ 'a", "{{ a[0] }}", "{{ a.b.c }}", "{{ ts|join }}", "{{ a + 1 }}", "{{ loop.index }}"),
        *("chữ", " ", "“", "&", "<"),
    ]
)


@st.composite
def tag_soups(draw: st.DrawFn) -> bytes:
    """Return a template in which any tags stand in any order, in paragraphs and in tables."""
    paragraphs = st.lists(_ANY_TAGS, max_size=3).map("".join).flatmap(_torn)
    cells = st.lists(paragraphs, min_size=1, max_size=2).map(lambda found: tc(*found))
    rows = st.lists(cells, min_size=1, max_size=3).map(lambda found: tr(*found))
    tables = st.lists(rows, min_size=1, max_size=3).map(lambda found: tbl(*found, columns=2))
    return template(*draw(st.lists(st.one_of(paragraphs, paragraphs, tables), max_size=4)))
