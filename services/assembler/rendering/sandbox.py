"""The template language as it runs here: plain data in, escaped text out, nothing else reachable.

The manner is that of Ghostwriter's report templates: an allow-list on every way by which an
expression can reach a value, and bounds on what it can build.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.filters import _GroupTuple
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from services.assembler.rendering import bounds, values
from services.assembler.rendering.bounded_filters import bounded_filters, bounded_tests
from services.assembler.rendering.code_generation import DataCode, DocumentCode
from services.assembler.rendering.placing import ATTRIBUTE, BLOCKS, RUNS

_PIECES = 500  # printed between two looks at length and time
_MAX_CHUNK = 1024 * 1024
_PAID = "_paid"

_FILTERS = (
    "abs", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "float", "groupby",
    "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject",
    "rejectattr", "replace", "reverse", "round", "select", "selectattr", "slice", "sort", "string",
    "sum", "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
_METHODS: dict[type, frozenset[str]] = {
    dict: frozenset({"get", "items", "keys", "values"}),
    str: frozenset({"endswith", "lower", "split", "startswith", "strip", "title", "upper"}),
    _GroupTuple: frozenset({"grouper", "list"}),
    LoopContext: frozenset(
        {"changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length"}
        | {"nextitem", "previtem", "revindex", "revindex0"}
    ),
}
# There is nothing to include, to inherit from or to switch off.
_FOREIGN = (
    nodes.Block, nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include,
    nodes.ScopedEvalContextModifier,
)  # fmt: skip


class Missing(StrictUndefined):
    """What the context does not hold; using it raises UndefinedError with just its name."""

    def _is_true(self) -> bool:
        if self._undefined_name is not None:
            self._fail_with_undefined_error()
        # `loop.previtem` of the first turn has no name: nothing is missing, there just is none.
        return False

    __bool__ = _is_true  # type: ignore[assignment] # Jinja declares it as one that always fails

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name or "loop.previtem, loop.nextitem")


class DocumentContext(Context):
    """The data of one rendering."""

    is_plain = False
    """Whether no text of the data needs escaping or a break."""


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Reaches mapping keys, list items, the loop and a few harmless methods; prints plain text."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})
    code_generator_class = DataCode
    show = staticmethod(values.as_plain_text)
    joined = staticmethod(bounds.joined)
    buffer = staticmethod(bounds.Buffer)
    bounded = staticmethod(bounds.bounded)
    searched = staticmethod(bounds.searched)
    compared = staticmethod(bounds.compared)

    def __init__(self, *, autoescape: bool = False) -> None:
        super().__init__(undefined=Missing, autoescape=autoescape, finalize=self.show)
        # Jinja declares its tests as a dict of plain functions.
        self.tests = bounded_tests(self.tests)  # type: ignore[assignment,arg-type]
        self.filters = bounded_filters({name: self.filters[name] for name in _FILTERS})
        self.filters |= {_PAID: bounds.paid, "e": bounds.scalar, "escape": bounds.scalar}
        self.globals = {"range": bounds.bounded_range, "namespace": Namespace}

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        """Let every loop pay for its items before it begins."""
        for foreign in source.find_all(_FOREIGN):
            raise TemplateSyntaxError(type(foreign).__name__, foreign.lineno)
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _PAID, [], [], None, None, lineno=loop.lineno)
        return super()._generate(source, *arguments, **options)

    def call(self, context: Any, obj: Any, *arguments: Any, **options: Any) -> Any:
        """Call a macro, a method or the loop itself, which repeats its body for other items."""
        is_loop = isinstance(obj, LoopContext) and arguments
        bounds.budget.get().pay(1 + len(arguments[0]) if is_loop else 1)
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
        bounds.check_operator(operator, left, right)
        return bounds.bounded(super().call_binop(context, operator, left, right))


class DocumentEnvironment(TemplateEnvironment):
    """The language for the parts of a document: a value becomes escaped run content, in UTF-8."""

    code_generator_class = DocumentCode
    special = staticmethod(values.first_special)
    context_class = DocumentContext

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self.finalize = values.as_text
        self.filters[RUNS] = values.as_runs
        self.filters[BLOCKS] = values.as_blocks
        self.filters[ATTRIBUTE] = values.as_attribute

    @staticmethod
    def show(value: Any) -> bytes:
        """Return a value as it stands in the part."""
        return str(values.as_text(value)).encode()

    def _generate(self, source: nodes.Template, *arguments: Any, **options: Any) -> str:
        """Drop the breaks that number the paragraphs for errors."""
        for text in source.find_all(nodes.TemplateData):
            text.data = text.data.replace("\n<w:p", "<w:p")
        return super()._generate(source, *arguments, **options)


@cache
def document_environment() -> DocumentEnvironment:
    """Return the language for the parts of a document."""
    return DocumentEnvironment()


@cache
def text_environment() -> TemplateEnvironment:
    """Return the language for plain texts (a subject, a property): a value prints as it is."""
    return TemplateEnvironment()


def render_chunks(
    template: Template, context: Mapping[str, Any], budget: bounds.Budget, *, is_plain: bool
) -> Iterator[bytes]:
    """Yield a part of a document, some rows at a time.

    Raises OutputTooLong or TooMuchWork as soon as there is too much.
    """
    bounds.budget.set(budget)
    running = template.new_context(dict(context))
    if isinstance(running, DocumentContext):
        running.is_plain = is_plain
    pieces = template.root_render_func(running)
    while some := _next(pieces, template):
        chunk = b"".join(some)
        budget.spend(len(chunk))
        yield chunk


def render_text(template: Template, context: Mapping[str, Any], budget: bounds.Budget) -> str:
    """Return a plain text, within the same bounds."""
    bounds.budget.set(budget)
    pieces = template.root_render_func(template.new_context(dict(context)))
    chunks: list[str] = []
    while some := _next(pieces, template):
        chunks.append("".join(some))
        budget.spend(len(chunks[-1]))
    return "".join(chunks)


def _next(pieces: Iterator[Any], template: Template) -> list[Any]:
    try:
        some, length = [], 0
        for piece in islice(pieces, _PIECES):
            some.append(piece)
            length += len(piece)
            if length > _MAX_CHUNK:
                break
        return some
    except Exception:
        template.environment.handle_exception()  # raises, with the line of the template


def _allowed(obj: Any) -> frozenset[str]:
    return next((names for kind, names in _METHODS.items() if isinstance(obj, kind)), frozenset())
