"""The template language as it runs here: plain data in, escaped text out, nothing else reachable.

The manner is that of Ghostwriter's report templates: an allow-list on every way by which an
expression can reach a value, and bounds on what it can build.
"""

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import wraps
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup, escape

MAX_OUTPUT_CHARACTERS = 32 * 1024 * 1024
_PIECES = 500  # printed between two looks at the length
_MAX_RANGE = 10_000
_MAX_REPEATED = 10_000
# Room for an annex of 100,000 rows with ten repetitions in each.
_MAX_REPETITIONS = 2_000_000
_PAID = "_paid"
_MAX_POWER = 1_000

_SPECIAL = re.compile("[\x00-\x1f&<>\"']").search

_FILTERS = (
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby",
    "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject",
    "rejectattr", "replace", "reverse", "round", "select", "selectattr", "slice", "sort", "string",
    "sum", "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
_METHODS: dict[type, frozenset[str]] = {
    dict: frozenset({"get", "items", "keys", "values"}),
    str: frozenset({"endswith", "lower", "split", "startswith", "strip", "title", "upper"}),
    list: frozenset({"count", "index"}),
    LoopContext: frozenset(
        {"changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length"}
        | {"nextitem", "previtem", "revindex", "revindex0"}
    ),
}


class NotPrintable(TemplateError):
    """A placeholder names something that is not a text or a number."""


class OutputTooLong(TemplateError):
    """The template produces more text than any document may hold."""


class TooMuchWork(TemplateError):
    """The template repeats more than any document needs."""


class _Budget:
    """How many repetitions one rendering may still make; loops and calls pay beforehand."""

    def __init__(self) -> None:
        self._left = _MAX_REPETITIONS

    def pay(self, repetitions: int) -> None:
        self._left -= repetitions
        if self._left < 0:
            raise TooMuchWork(str(_MAX_REPETITIONS))


_budget: ContextVar[_Budget] = ContextVar("budget")


class Missing(StrictUndefined):
    """What the context does not hold; using it raises UndefinedError with just its name."""

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _DirectKeys(CodeGenerator):
    """Takes a key of plain data at once; whatever else is sought goes through the sandbox."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        found, key = self.temporary_identifier(), repr(node.attr)
        self.write(f"({found}[{key}] if ({found} := ")
        self.visit(node.node, frame)
        self.write(f").__class__ is dict and {key} in {found}")
        self.write(f" else environment.getattr({found}, {key}))")


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Reaches mapping keys, list items, the loop and a few harmless methods; prints with `show`."""

    intercepted_binops = frozenset({"*", "**", "%"})
    code_generator_class = _DirectKeys

    def __init__(self, show: Callable[[str], str], *, autoescape: bool) -> None:
        self._show = show
        super().__init__(undefined=Missing, autoescape=autoescape, finalize=self._printed)
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters |= {name: _bounded_parts(self.filters[name]) for name in ("batch", "slice")}
        self.filters[_PAID] = _paid
        self.globals = {"range": _bounded_range, "namespace": Namespace}

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        """Let every loop pay for its items before it begins."""
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _PAID, [], [], None, None, lineno=loop.lineno)
        if self.autoescape:
            # The breaks that number the paragraphs for errors; a long result is not searched for.
            for text in source.find_all(nodes.TemplateData):
                text.data = text.data.replace("\n<w:p", "<w:p")
        return super()._generate(source, *arguments, **options)

    def call(self, context: Any, obj: Any, *arguments: Any, **options: Any) -> Any:
        """Call a macro, a method or the loop itself, which repeats its body for other items."""
        is_loop = isinstance(obj, LoopContext) and arguments
        _budget.get().pay(1 + len(arguments[0]) if is_loop else 1)
        return super().call(context, obj, *arguments, **options)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Resolve `obj.attribute`: a key first, then what the allow-list names."""
        if obj.__class__ is dict and attribute in obj:
            return obj[attribute]
        if isinstance(obj, Missing):
            obj._fail_with_undefined_error()  # names what is missing, not what was sought in it
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, Namespace) and not attribute.startswith("_"):
            return getattr(obj, attribute)
        if attribute in _allowed(obj):
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Resolve `obj[argument]`, for data only."""
        if isinstance(obj, Mapping | list | tuple | str):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        if isinstance(argument, str) or isinstance(obj, Missing):
            return self.getattr(obj, str(argument))
        return self.undefined(obj=obj, name=argument)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Answer the few filters that look attributes up by themselves."""
        return attr in _allowed(obj)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Bound the operators that make much out of little."""
        if operator == "%" and isinstance(left, str):
            raise SecurityError("no formatting with %")
        if operator == "**" and max(abs(left), abs(right)) > _MAX_POWER:
            raise SecurityError("power out of bounds")
        if operator == "*" and _repeats(left, right):
            raise SecurityError("repetition out of bounds")
        return super().call_binop(context, operator, left, right)

    def _printed(self, value: Any) -> Any:
        if value.__class__ is str and not _SPECIAL(value):
            return value  # nothing to escape or to break: almost every value
        if isinstance(value, Markup | Missing):
            return value  # a macro's result is escaped already; the undefined raises by itself
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise NotPrintable(type(value).__name__)
        return Markup(self._show(str(value)))  # noqa: S704 - `show` is what escapes


def document_environment() -> TemplateEnvironment:
    """Return the language for the parts of a document: a value becomes escaped run content."""
    return TemplateEnvironment(_as_run_content, autoescape=True)


def text_environment() -> TemplateEnvironment:
    """Return the language for plain texts (a subject, a property): a value prints as it is."""
    return TemplateEnvironment(str, autoescape=False)


def bounded_render(template: Template, context: Mapping[str, Any]) -> str:
    """Return the output, or raise OutputTooLong or TooMuchWork as soon as there is too much."""
    _budget.set(_Budget())
    pieces = template.generate(context)
    chunks: list[str] = []
    left = MAX_OUTPUT_CHARACTERS
    while some := list(islice(pieces, _PIECES)):
        chunks.append("".join(some))
        left -= len(chunks[-1])
        if left < 0:
            raise OutputTooLong(str(MAX_OUTPUT_CHARACTERS))
    return "".join(chunks)


def _as_run_content(text: str) -> str:
    """Escape the text; its line breaks and tabs become those of Word, within the same run."""
    begin, end = '<w:t xml:space="preserve">', "</w:t>"
    escaped = str(escape(text))
    return escaped.replace("\n", f"{end}<w:br/>{begin}").replace("\t", f"{end}<w:tab/>{begin}")


def _allowed(obj: Any) -> frozenset[str]:
    return next((names for kind, names in _METHODS.items() if isinstance(obj, kind)), frozenset())


def _paid(items: Any) -> Any:
    """Return what a loop goes through, once it is paid for."""
    found = items if isinstance(items, list | tuple) else list(items)
    _budget.get().pay(len(found))
    return found


def _bounded_parts(split: Callable[..., Any]) -> Callable[..., Any]:
    """Bound the number that `batch` and `slice` fill up to."""

    @wraps(split)
    def bounded(*arguments: Any, **options: Any) -> Any:
        numbers = [it for it in (*arguments, *options.values()) if isinstance(it, int)]
        if any(it > _MAX_RANGE for it in numbers):
            raise SecurityError("parts out of bounds")
        return split(*arguments, **options)

    return bounded


def _bounded_range(*arguments: int) -> range:
    numbers = range(*arguments)
    if len(numbers) > _MAX_RANGE:
        raise SecurityError("range out of bounds")
    return numbers


def _repeats(left: Any, right: Any) -> bool:
    """Tell whether a product repeats a text or list too often, or makes too long a number."""
    for sequence, times in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple) and isinstance(times, int):
            return len(sequence) * times > _MAX_REPEATED
    return any(isinstance(n, int) and n.bit_length() > _MAX_REPEATED for n in (left, right))
