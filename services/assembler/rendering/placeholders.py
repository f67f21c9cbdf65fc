"""Which values of the context a template uses, as paths: `awards[].members[].name`."""

from collections.abc import Iterator, Mapping, Sequence

from jinja2 import nodes

_SAME_ITEMS = frozenset(
    {"list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"}
)
_ONE_ITEM = frozenset({"first", "last", "max", "min"})
_SAME_VALUE = frozenset({"d", "default"})
# What Jinja itself defines; `loop` belongs to the engine.
_OWN = frozenset({"loop", "range", "namespace", "caller", "varargs", "kwargs"})

Scope = Mapping[str, str | None]
"""Names of a block and the path that each stands for; None where that is not known."""


def paths_read(body: Sequence[nodes.Node], scope: Scope) -> tuple[str, ...]:
    """Return every path that these nodes read, where these names are bound already."""
    return tuple(dict.fromkeys(_read_in_block(body, scope)))


def _read_in_block(body: Sequence[nodes.Node], outer: Scope) -> Iterator[str]:
    """Yield the paths of consecutive nodes; an assignment counts for those after it."""
    scope = dict(outer)
    for node in body:
        yield from _read(node, scope)
        if isinstance(node, nodes.Assign):
            scope.update(bound(node.target, path_of(node.node, scope)))
        elif isinstance(node, nodes.AssignBlock):
            scope.update(bound(node.target, None))
        elif isinstance(node, nodes.Macro):
            scope[node.name] = None


def _read(node: nodes.Node, scope: Scope) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _read_in_loop(node, scope)
    elif isinstance(node, nodes.If):
        yield from _read(node.test, scope)
        for branch in (node.body, node.elif_, node.else_):
            yield from _read_in_block(branch, scope)
    elif isinstance(node, nodes.Macro | nodes.CallBlock):
        arguments = {argument.name: None for argument in node.args}
        yield from _read_in_block(node.body, {**scope, **arguments})
    elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        yield from _read_value(node, scope)
    else:
        yield from _read_parts(node, scope)


def _read_parts(node: nodes.Node, scope: Scope) -> Iterator[str]:
    parts = list(node.iter_child_nodes())
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
        # A method belongs to the value, not to the data: `row.items()` reads `row`.
        parts = [node.node.node, *node.args]
    for part in parts:
        yield from _read(part, scope)


def _read_in_loop(node: nodes.For, scope: Scope) -> Iterator[str]:
    yield from _read(node.iter, scope)
    items = path_of(node.iter, scope)
    inner = {**scope, **bound(node.target, f"{items}[]" if items else None)}
    if node.test:
        yield from _read(node.test, inner)
    yield from _read_in_block(node.body, inner)
    yield from _read_in_block(node.else_, scope)


def _read_value(node: nodes.Name | nodes.Getattr | nodes.Getitem, scope: Scope) -> Iterator[str]:
    if isinstance(node, nodes.Name):
        is_value = node.ctx == "load" and node.name not in _OWN
        path = path_of(node, scope) if is_value else None
    else:
        path = path_of(node, scope)
    if path:
        yield path
    elif not isinstance(node, nodes.Name):
        yield from _read(node.node, scope)
    if isinstance(node, nodes.Getitem):
        yield from _read(node.arg, scope)


def path_of(node: nodes.Node, scope: Scope) -> str | None:
    """Return the path that the expression stands for; None for anything computed."""
    if isinstance(node, nodes.Name):
        return None if node.name in _OWN else scope.get(node.name, node.name)
    if isinstance(node, nodes.Getattr):
        return _joined(path_of(node.node, scope), node.attr)
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return _joined(path_of(node.node, scope), node.arg.value)
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _filtered(node.name, path_of(node.node, scope))
    return None


def _joined(path: str | None, key: object) -> str | None:
    if path is None:
        return None
    return f"{path}[]" if isinstance(key, int) else f"{path}.{key}"


def _filtered(name: str, path: str | None) -> str | None:
    if path is not None and name in _ONE_ITEM:
        return f"{path}[]"
    return path if name in _SAME_ITEMS | _SAME_VALUE else None


def bound(target: nodes.Node, path: str | None) -> dict[str, str | None]:
    """Return the names of an assignment; only a single name keeps its path."""
    if isinstance(target, nodes.Name):
        return {target.name: path}
    return {name.name: None for name in target.find_all(nodes.Name)}
