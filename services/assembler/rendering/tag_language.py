"""One tag read alone: is its expression well written, and does it use what the language has."""

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache

from jinja2 import TemplateSyntaxError, nodes

from services.assembler.rendering.sandbox import TemplateEnvironment, document_environment
from services.assembler.rendering.tags import Spot, Tag, at

OPENERS = frozenset({"for", "if", "set", "macro", "call", "filter", "with", "raw"})
CLOSERS = {f"end{name}": name for name in OPENERS}
BRANCHES = frozenset({"else", "elif"})
# docxtpl's own: they change the cell in which they stand.
CELL_STATEMENTS = frozenset({"colspan", "cellbg", "hm", "vm"})
_CELL_EXPRESSIONS = frozenset({"colspan", "cellbg"})
# Jinja has them, but there are no other templates to include, and no escaping to switch.
_REFUSED = frozenset(
    {"include", "import", "from", "extends", "block", "endblock", "autoescape", "endautoescape"}
)
_KNOWN = OPENERS | CLOSERS.keys() | BRANCHES | CELL_STATEMENTS
_JOINED = re.compile(r"(tr|tc|p|r)(\w+)$")
_EXTRA = re.compile(r"expected token 'end of (?:print statement|statement block)', got '?([^']*)'?")
_BAD_CHARACTER = re.compile(r"unexpected char (?:['\"])(.+?)(?:['\"]) at \d+")
_UNCLOSED = re.compile(r"unexpected '.', expected '(.)'")
_UNEXPECTED = re.compile(r"unexpected '(.)'")
_DEEPEST = 100
_DASHES = frozenset("–—−")
_NAME_HINT = "Tên chỗ điền viết liền, không dấu cách, đúng như trong danh sách chỗ điền."


def check_language(tag: Tag) -> tuple[nodes.Template | None, list[Spot]]:
    """Return what the tag says, None where it cannot be read, and what is wrong with it."""
    if not (tag.is_value or tag.is_statement):
        return None, []
    spots = [*_about_prefix(tag), *_about_statement(tag)]
    if spots:
        return None, spots
    source = _source_alone(tag)
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as exc:
        return None, [_syntax(tag, exc.message or "")]
    except RecursionError:
        return None, [_too_deep(tag)]
    if _is_too_deep(tree):
        return None, [_too_deep(tag)]
    return tree, [*_about_names(tag, tree)]


def is_block_set(tag: Tag) -> bool:
    """Tell whether a `set` takes what stands up to `endset` rather than a value."""
    return tag.keyword == "set" and "=" not in tag.body


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the question with the nearest known name; empty when none is near."""
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"Có phải “{near[0]}” không?" if near else ""


def _is_too_deep(tree: nodes.Template) -> bool:
    """Tell whether an expression is deeper than anybody writes; without going into its depth."""
    level: list[nodes.Node] = [tree]
    for _ in range(_DEEPEST):
        level = [child for node in level for child in node.iter_child_nodes()]
        if not level:
            return False
    return True


def _too_deep(tag: Tag) -> Spot:
    message = f"Thẻ “{tag}” có phép tính lồng nhau quá sâu."
    return at(tag, "template-syntax", message, "Chia phép tính ra nhiều thẻ {% set … %}.")


def _about_prefix(tag: Tag) -> Iterator[Spot]:
    # A macro of the template may make whole paragraphs; nothing else may.
    if tag.is_value and tag.prefix in {"p", "tr", "tc"} and "(" not in tag.body:
        yield at(
            tag,
            "template-subdocument",
            f"Thẻ “{tag}” chèn cả tệp con (Subdoc của docxtpl), ở đây không dùng được.",
            "Viết {{ … }} cho chữ thường, {{r … }} cho chữ có định dạng.",
        )
    if tag.is_value and not tag.body:
        yield at(
            tag,
            "template-empty-tag",
            f"Thẻ “{tag}” chưa ghi tên chỗ điền.",
            "Ghi tên hoặc xóa thẻ.",
        )


def _about_statement(tag: Tag) -> Iterator[Spot]:
    word = tag.keyword
    if not tag.is_statement or (word in _KNOWN and not _has_too_much(tag)):
        return
    if word in _KNOWN:
        hint = "Viết “elif” thay cho “else if”." if word == "else" else f"Chỉ để lại “{word}”."
        yield at(tag, "template-syntax", f"Trong thẻ “{tag}” có chữ thừa sau “{word}”.", hint)
    elif word in _REFUSED:
        yield at(
            tag,
            "template-refused-statement",
            f"Lệnh “{word}” trong thẻ “{tag}” không dùng được trong mẫu văn bản.",
            "Chép nội dung cần dùng thẳng vào mẫu rồi xóa thẻ.",
        )
    else:
        yield at(
            tag,
            "template-unknown-statement",
            f"Không có lệnh “{word}” (thẻ “{tag}”)." if word else f"Thẻ “{tag}” không có lệnh.",
            _meant_statement(word) or "Các lệnh thường dùng: for, endfor, if, elif, else, endif.",
        )


def _meant_statement(word: str) -> str:
    joined = _JOINED.match(word)
    if joined and joined[2] in _KNOWN:
        return f"Thiếu dấu cách; viết “{{%{joined[1]} {joined[2]} … %}}”."
    return did_you_mean(word, _KNOWN)


def _has_too_much(tag: Tag) -> bool:
    rest = tag.body.removeprefix(tag.keyword).strip()
    takes_nothing = tag.keyword in (CLOSERS.keys() | {"else", "hm", "vm", "raw"}) - {"endmacro"}
    return bool(takes_nothing and rest)


def _source_alone(tag: Tag) -> str:
    """Return a whole template that says just this."""
    word, rest = tag.keyword, tag.body[len(tag.keyword) :].strip()
    if tag.is_value or word in _CELL_EXPRESSIONS:
        return f"{{{{ {rest if tag.is_statement else tag.body} }}}}"
    if word == "elif":
        return f"{{% if {rest} %}}{{% endif %}}"
    if word in OPENERS and (word != "set" or is_block_set(tag)):
        return f"{{% {tag.body} %}}{{% end{word} %}}"
    return f"{{% {tag.body} %}}" if word == "set" else ""


def _syntax(tag: Tag, reason: str) -> Spot:
    message, suggestion = _explained(tag, reason)
    return at(tag, "template-syntax", message, suggestion)


def _explained(tag: Tag, reason: str) -> tuple[str, str]:
    bad, extra = _BAD_CHARACTER.search(reason), _EXTRA.search(reason)
    if tag.body.startswith("{"):
        return f"Thẻ “{tag}” có dấu “{{” thừa.", "Mỗi thẻ mở bằng đúng hai dấu: “{{” hoặc “{%”."
    if bad and bad[1] in "\"'":
        return f"Thẻ “{tag}” thiếu dấu ngoặc kép đóng.", "Gõ đủ cặp ngoặc kép."
    if bad and bad[1] in _DASHES:
        return f"Trong thẻ “{tag}” có dấu “{bad[1]}” do Word tự đổi.", "Gõ lại dấu trừ “-”."
    if bad:
        return f"Trong thẻ “{tag}” có ký tự không dùng được: “{bad[1]}”.", _NAME_HINT
    if tag.keyword == "for" and "'in'" in reason:
        return f"Thẻ “{tag}” thiếu “in”.", "Viết: {% for tên in danh_sách %}."
    if extra:
        return f"Trong thẻ “{tag}” có chữ thừa: “{extra[1]}”.", _NAME_HINT
    return _explained_brackets(tag, reason)


def _explained_brackets(tag: Tag, reason: str) -> tuple[str, str]:
    unclosed, unexpected = _UNCLOSED.search(reason), _UNEXPECTED.search(reason)
    if unclosed:
        return f"Thẻ “{tag}” thiếu dấu đóng “{unclosed[1]}”.", f"Gõ thêm “{unclosed[1]}”."
    if unexpected:
        return f"Trong thẻ “{tag}” có dấu thừa: “{unexpected[1]}”.", "Xóa dấu thừa."
    return f"Thẻ “{tag}” viết sai hoặc viết thiếu.", "Xem cách viết trong danh sách chỗ điền."


def _about_names(tag: Tag, tree: nodes.Template) -> Iterator[Spot]:
    environment = _environment()
    # The engine's own filters begin with an underscore.
    filters = [name for name in environment.filters if not name.startswith("_")]
    for kind, word, known in (
        (nodes.Filter, "bộ lọc", filters),
        (nodes.Test, "phép thử", [*environment.tests]),
    ):
        for node in tree.find_all(kind):
            if node.name not in known:
                yield at(
                    tag,
                    f"template-unknown-{kind.__name__.lower()}",
                    f"Không có {word} “{node.name}” (thẻ “{tag}”).",
                    did_you_mean(node.name, known) or f"Xóa {word} đó.",
                )
    for name in _hidden_names(tree):
        yield at(
            tag,
            "template-forbidden-attribute",
            f"Thẻ “{tag}” dùng “{name}”, là tên nội bộ không được phép.",
            "Chỉ dùng các chỗ điền trong danh sách.",
        )


def _hidden_names(tree: nodes.Template) -> Iterator[str]:
    """Yield names of Python's insides, however they are reached."""
    for node in tree.find_all((nodes.Getattr, nodes.Getitem, nodes.Name, nodes.Const)):
        name: object = ""
        if isinstance(node, nodes.Getattr):
            name = node.attr
        elif isinstance(node, nodes.Name):
            name = node.name
        elif isinstance(node, nodes.Const):
            name = node.value
        if isinstance(name, str) and name.startswith("__"):
            yield name


@cache
def _environment() -> TemplateEnvironment:
    return document_environment()
