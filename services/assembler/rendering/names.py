"""Which values the tags of a part use, tag by tag, and whether the manifest declares them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jinja2 import nodes

from services.assembler.rendering.contract import Shape
from services.assembler.rendering.placeholders import bound, path_of, paths_read
from services.assembler.rendering.tag_language import CLOSERS, OPENERS, did_you_mean, is_block_set
from services.assembler.rendering.tags import Spot, Tag, at

_IN_LIST = "Chọn trong danh sách “Chỗ điền dùng được trong mẫu”."
_RICH_TEXT = "rich_text"

Read = tuple[Tag, nodes.Template | None]
"""A tag and what it says alone; None where it could not be read."""


@dataclass(slots=True)
class _Scopes:
    """Names that blocks bind, the innermost last, with the path that each stands for."""

    open: list[tuple[str, dict[str, str | None]]] = field(default_factory=lambda: [("", {})])

    def all(self) -> dict[str, str | None]:
        return {name: path for _, scope in self.open for name, path in scope.items()}

    def enter(self, keyword: str, names: dict[str, str | None]) -> None:
        self.open.append((keyword, names))

    def leave(self, keyword: str) -> None:
        if any(one == keyword for one, _ in self.open[1:]):
            while self.open.pop()[0] != keyword:
                pass

    def bind(self, names: dict[str, str | None]) -> None:
        self.open[-1][1].update(names)


def uses(read: Iterable[Read]) -> Iterator[tuple[Tag, str]]:
    """Yield each path that a tag reads, in order, without repeats within the tag."""
    for tag, _, paths, _ in _followed(read):
        for path in paths:
            yield tag, path


def check_names(read: Iterable[Read], shape: Shape) -> Iterator[Spot]:
    """Yield placeholders that are not declared, or are used as what they are not."""
    known = frozenset(shape.paths())
    usable = [path for path in known if not _is_group(shape.at(path))]
    for tag, tree, paths, scope in _followed(read):
        unknown = [path for path in paths if path not in known]
        for path in unknown:
            yield at(
                tag,
                "template-unknown-placeholder",
                f"Mẫu dùng “{path}”, là chỗ điền không có trong danh sách.",
                did_you_mean(path, usable) or _IN_LIST,
            )
        if not unknown and tree is not None:
            yield from _check_use(tag, tree, shape, scope)


def _is_group(shape: Shape | None) -> bool:
    """Tell whether this only holds other values: nobody meant it by itself."""
    return shape is not None and bool(shape.names)


def _followed(
    read: Iterable[Read],
) -> Iterator[tuple[Tag, nodes.Template | None, tuple[str, ...], dict[str, str | None]]]:
    """Yield each tag with what it reads and the names that were bound when it did."""
    scopes = _Scopes()
    for tag, tree in read:
        scope = scopes.all()
        paths = paths_read(tree.body, scope) if tree else ()
        yield tag, tree, paths, scope
        _follow(tag, tree, scopes, scope)


def _follow(
    tag: Tag, tree: nodes.Template | None, scopes: _Scopes, scope: dict[str, str | None]
) -> None:
    """Bind what the tag binds; a block that cannot be read still has its end."""
    word = tag.keyword
    if word in CLOSERS:
        scopes.leave(CLOSERS[word])
    if word not in OPENERS:
        return
    node = tree.body[0] if tree and tree.body else None
    names = _names_bound(node, scope) if node is not None else {}
    if isinstance(node, nodes.Macro):
        scopes.bind({node.name: None})
    if word == "set":
        scopes.bind(names)
    if word != "set" or is_block_set(tag):
        # What a condition sets stays set after it.
        scopes.enter(word, {} if word == "set" else names)
        if word == "if":
            scopes.open[-1] = (word, scopes.open[-2][1])


def _names_bound(node: nodes.Node, scope: dict[str, str | None]) -> dict[str, str | None]:
    if isinstance(node, nodes.For):
        items = path_of(node.iter, scope)
        return bound(node.target, f"{items}[]" if items else None)
    if isinstance(node, nodes.Assign):
        return bound(node.target, path_of(node.node, scope))
    if isinstance(node, nodes.AssignBlock):
        return bound(node.target, None)
    if isinstance(node, nodes.Macro | nodes.CallBlock):
        return {argument.name: None for argument in node.args}
    if isinstance(node, nodes.With):
        pairs = zip(node.targets, node.values, strict=True)
        return {k: v for target, it in pairs for k, v in bound(target, path_of(it, scope)).items()}
    return {}


def _check_use(
    tag: Tag, tree: nodes.Template, shape: Shape, scope: dict[str, str | None]
) -> Iterator[Spot]:
    node = tree.body[0] if tree.body else None
    if isinstance(node, nodes.For):
        path = path_of(node.iter, scope)
        looped = shape.at(path) if path else None
        if looped is not None and looped.item is None:
            message = f"“{path}” trong thẻ “{tag}” không phải danh sách nên không lặp được."
            yield at(tag, "template-not-a-list", message, f"In bằng {{{{ {path} }}}}.")
    elif tag.is_value and isinstance(node, nodes.Output) and len(node.nodes) == 1:
        path = path_of(node.nodes[0], scope)
        printed = shape.at(path) if path else None
        if printed is not None and path:
            yield from _check_printed(tag, path, printed)


def _check_printed(tag: Tag, path: str, printed: Shape) -> Iterator[Spot]:
    if printed.item is not None:
        message = f"“{path}” là danh sách, không in thẳng được (thẻ “{tag}”)."
        hint = f"Lặp bằng {{%p for x in {path} %}} … {{%p endfor %}} rồi in từng mục."
        yield at(tag, "template-not-printable", message, hint)
    elif printed.names:
        message = f"“{path}” là nhóm giá trị, không in thẳng được (thẻ “{tag}”)."
        hint = f"In một giá trị trong nhóm, ví dụ “{path}.{next(iter(printed.names))}”."
        yield at(tag, "template-not-printable", message, hint)
    elif printed.type == "flag":
        message = f"“{path}” là đúng/sai, không in được (thẻ “{tag}”)."
        yield at(tag, "template-not-printable", message, f"Dùng trong {{% if {path} %}}.")
    elif (printed.type == _RICH_TEXT) != (tag.prefix == "r"):
        wanted = f"{{{{r {tag.body} }}}}" if tag.prefix != "r" else f"{{{{ {tag.body} }}}}"
        kind = "chữ có định dạng" if printed.type == _RICH_TEXT else "chữ thường"
        message = f"“{path}” là {kind} nhưng thẻ “{tag}” viết theo kiểu khác."
        yield at(tag, "template-rich-text", message, f"Viết “{wanted}”.")
