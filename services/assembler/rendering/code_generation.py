"""Python code for templates: Jinja's own, but a document's output is built as UTF-8 at once.

What Jinja yields piece by piece is joined per output, so that a row of a table is one step; a
value that is a plain text of plain data is encoded without a call.
"""

from collections.abc import Callable, Iterator
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, operators

# These neither make a text nor bring one in from outside the data.
_KEEP_TEXTS = frozenset(
    {"batch", "count", "d", "default", "dictsort", "first", "groupby", "items", "last", "length"}
    | {"list", "map", "max", "min", "_paid", "reject", "rejectattr", "reverse", "select"}
    | {"selectattr", "slice", "sort", "unique"}
)
_SPECIAL = frozenset("&<>\a\f\n\t")


class DataCode(CodeGenerator):
    """Takes a key of plain data at once; whatever else is sought goes through the sandbox."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write `node.attr`."""
        found, key = self.temporary_identifier(), repr(node.attr)
        self.write(f"({found}[{key}] if ({found} := ")
        self.visit(node.node, frame)
        self.write(f").__class__ is dict and {key} in {found}")
        self.write(f" else environment.getattr({found}, {key}))")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        """Write `a ~ b`, bounded."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")

    def visit_List(self, node: nodes.List, frame: Frame) -> None:
        """Write a list, bounded."""
        self._write_bounded(super().visit_List, node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:
        """Write a mapping, bounded."""
        self._write_bounded(super().visit_Dict, node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:
        """Write a tuple, bounded unless it is one of names to assign to."""
        if node.ctx == "store":
            super().visit_Tuple(node, frame)
        else:
            self._write_bounded(super().visit_Tuple, node, frame)

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:
        """Write a comparison that pays for what it looks through."""
        self.write("(")
        self._write_side(node.expr, "compared", frame)
        for operand in node.ops:
            self.write(f" {operators[operand.op]} ")
            is_search = operand.op in {"in", "notin"}
            self._write_side(operand.expr, "searched" if is_search else "compared", frame)
        self.write(")")

    def _write_side(self, side: nodes.Expr, pays: str, frame: Frame) -> None:
        if isinstance(side, nodes.Const):
            self.visit(side, frame)
            return
        self.write(f"environment.{pays}(")
        self.visit(side, frame)
        self.write(")")

    def _write_bounded(self, visit: Callable[..., None], node: nodes.Expr, frame: Frame) -> None:
        self.write("environment.bounded(")
        visit(node, frame)
        self.write(")")

    def buffer(self, frame: Frame) -> None:
        """Begin to gather what a macro or a captured block prints; it counts like any output."""
        frame.buffer = self.temporary_identifier()
        self.writeline(f"{frame.buffer} = environment.buffer()")


class DocumentCode(DataCode):
    """Yields bytes at the top level; within macros and captured blocks it is Jinja as always."""

    is_transparent = False
    """Whether every text that a name can stand for is one of the data."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Write the module of a template."""
        self.is_transparent = brings_only_data(node)
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        """Write what a render function has at hand."""
        super().write_commons()
        self.writeline("show, special = environment.show, environment.special")
        self.writeline("is_plain = context.is_plain")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """Write one step that builds all of an output."""
        if frame.buffer is not None:
            super().visit_Output(node, frame)
            return
        self.writeline("yield b''.join((", node)
        self.indent()
        for child in node.nodes:
            self.newline(child)
            if isinstance(child, nodes.TemplateData):
                self.write(repr(child.data.encode()))
            else:
                self._write_value(child, frame)
            self.write(",")
        self.outdent()
        self.writeline("))")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        """Let only the template's own XML be constant; a value is printed by its place."""
        if not isinstance(node, nodes.TemplateData):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        """Begin to write what a macro or a recursive loop returns, as text."""
        if frame.buffer is None:
            self.writeline("yield (", node)
        else:
            super().start_write(frame, node)

    def end_write(self, frame: Frame) -> None:
        """End it."""
        if frame.buffer is None:
            self.write(").encode()")
        else:
            super().end_write(frame)

    def _write_value(self, value: nodes.Expr, frame: Frame) -> None:
        """Write a value; almost every one is a text in which nothing is to be escaped."""
        found = self.temporary_identifier()
        is_short = f"not special({found})"
        if self.is_transparent and _is_path(value):
            is_short = f"(is_plain or {is_short})"
        self.write(f"({found}.encode() if ({found} := ")
        self.visit(value, frame)
        self.write(f").__class__ is str and {is_short} else show({found}))")


def brings_only_data(tree: nodes.Template) -> bool:
    """Tell whether names stand for data alone: no text is made where one is bound."""
    return all(map(_keeps_texts, _bound_values(tree)))


def _bound_values(tree: nodes.Template) -> Iterator[nodes.Node]:
    for loop in tree.find_all(nodes.For):
        yield loop.iter
    for assignment in tree.find_all(nodes.Assign):
        yield assignment.node
    for scope in tree.find_all(nodes.With):
        yield from scope.values
    yield from tree.find_all((nodes.AssignBlock, nodes.CallBlock, nodes.Macro, nodes.FilterBlock))


def _keeps_texts(value: nodes.Node) -> bool:
    """Tell whether no text comes out of the expression that was not in the data."""
    if isinstance(value, nodes.Const):
        return not (isinstance(value.value, str) and _SPECIAL.intersection(value.value))
    if isinstance(value, nodes.Filter):
        keeps = value.name in _KEEP_TEXTS and (value.name != "map" or not value.args)
    else:
        keeps = isinstance(
            value,
            nodes.Name | nodes.Getattr | nodes.Getitem | nodes.Slice | nodes.List | nodes.Tuple
            | nodes.Keyword | nodes.Compare | nodes.Operand | nodes.Not | nodes.And | nodes.Or
            | nodes.Test | nodes.CondExpr,
        )  # fmt: skip
    return keeps and all(map(_keeps_texts, value.iter_child_nodes()))


def _is_path(value: nodes.Node) -> bool:
    while isinstance(value, nodes.Getattr):
        value = value.node
    return isinstance(value, nodes.Name)
