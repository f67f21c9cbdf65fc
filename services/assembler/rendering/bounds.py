"""How much one rendering may do: repetitions, length, time; and filters that keep to it."""

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import wraps
from time import monotonic
from typing import Any

from jinja2 import Environment, TemplateError, Undefined, pass_environment, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.nodes import EvalContext
from jinja2.runtime import markup_join

# Room for an annex of 100,000 rows of five columns, with ten repetitions in each.
MAX_OUTPUT_BYTES = 256 * 1024 * 1024
_MAX_REPETITIONS = 2_000_000
_MAX_SECONDS = 60.0
"""Below the soft limit of a task, so that the reason is told."""
_MAX_VALUE = 1_000_000  # characters of one text, items of one list
_MAX_VALUES = 20_000_000  # of all texts and lists that filters and operators make
_MAX_NUMBER = 10_000
_MAX_POWER = 1_000

_TAKE_NO_TIME = frozenset({"count", "d", "default", "first", "last", "length"})
_TAKE_NUMBERS = ("batch", "round", "slice", "truncate")
_MAKE_TEXT = ("capitalize", "lower", "string", "title", "trim", "truncate", "upper", "wordcount")


class OutputTooLong(TemplateError):
    """The template produces more text than any document may hold."""


class TooMuchWork(TemplateError):
    """The template repeats more, or runs for longer, than any document needs."""


class Budget:
    """What one rendering may still do; loops and calls pay beforehand."""

    def __init__(self) -> None:
        self._repetitions = _MAX_REPETITIONS
        self._bytes = MAX_OUTPUT_BYTES
        self._values = _MAX_VALUES
        self._ends_at = monotonic() + _MAX_SECONDS

    def pay(self, repetitions: int) -> None:
        """Take repetitions off, or raise TooMuchWork."""
        self._repetitions -= repetitions
        if self._repetitions < 0 or monotonic() > self._ends_at:
            raise TooMuchWork(str(_MAX_REPETITIONS))

    def make(self, size: int) -> None:
        """Take a text or list of this size off what may be made, or raise OutputTooLong."""
        self._values -= size
        if size > _MAX_VALUE or self._values < 0:
            raise OutputTooLong(str(_MAX_VALUES))

    def spend(self, output: int) -> None:
        """Take bytes of output off; raises OutputTooLong, or TooMuchWork after too long a time."""
        self._bytes -= output
        if self._bytes < 0:
            raise OutputTooLong(str(MAX_OUTPUT_BYTES))
        self.pay(0)


budget: ContextVar[Budget] = ContextVar("budget")


class Buffer(list[str]):
    """What a macro or a captured block has printed so far."""

    def append(self, text: str) -> None:
        """Add a text."""
        budget.get().spend(len(text))
        super().append(text)

    def extend(self, texts: Iterable[str]) -> None:
        """Add texts."""
        added = list(texts)
        budget.get().spend(sum(map(len, added)))
        super().extend(added)


def paid(items: Any) -> Any:
    """Return what a loop goes through, once it is paid for."""
    found = items if isinstance(items, list | tuple) else _listed(items)
    budget.get().pay(len(found))
    return found


def bounded(value: Any) -> Any:
    """Return the value unless it grew beyond what one value may be."""
    if isinstance(value, str | list | tuple | dict):
        budget.get().make(len(value))
    return value


def bounded_range(*arguments: int) -> range:
    """Return the range, if a document may need so many numbers."""
    numbers = range(*arguments)
    if len(numbers) > _MAX_NUMBER:
        raise SecurityError("range out of bounds")
    return numbers


def check_operator(operator: str, left: Any, right: Any) -> None:
    """Raise SecurityError for an operator that makes much out of little."""
    if operator == "%" and isinstance(left, str):
        raise SecurityError("no formatting with %")
    if operator == "**" and max(abs(left), abs(right)) > _MAX_POWER:
        raise SecurityError("power out of bounds")
    if operator == "*" and _repeats(left, right):
        raise SecurityError("repetition out of bounds")


def bounded_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the filters so that none makes a value, or takes a number, out of bounds."""
    found = {
        name: it if name in _TAKE_NO_TIME else _with_bounded_result(it)
        for name, it in filters.items()
    }
    found |= {name: _with_bounded_numbers(found[name]) for name in _TAKE_NUMBERS}
    found |= {name: _of_scalar(found[name]) for name in _MAKE_TEXT}
    found["sum"] = _with_bounded_result(_sum)
    return found | {"join": _join, "replace": _replace}


def scalar(value: Any) -> Any:
    """Return what has a text of its own; of lists, loops and macros there is only Python's name."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Undefined):
        return str(value)  # raises, with the name
    raise SecurityError("no text of " + type(value).__name__)


def joined(values: Iterable[Any]) -> str:
    """Return the texts as one (the operator ~), escaped where one of them is markup."""
    texts: str = bounded(markup_join([scalar(value) for value in values]))
    return texts


def _with_bounded_result(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filter_)
    def limited(*arguments: Any, **options: Any) -> Any:
        for one in arguments[:2]:
            if isinstance(one, list | tuple | range):
                budget.get().pay(len(one))
        return bounded(filter_(*arguments, **options))

    return limited


def _with_bounded_numbers(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filter_)
    def limited(*arguments: Any, **options: Any) -> Any:
        numbers = [it for it in (*arguments[1:], *options.values()) if isinstance(it, int)]
        if any(abs(it) > _MAX_NUMBER for it in numbers):
            raise SecurityError("number out of bounds")
        return filter_(*arguments, **options)

    return limited


def _of_scalar(filter_: Callable[..., Any]) -> Callable[..., Any]:
    at = 1 if getattr(filter_, "jinja_pass_arg", None) else 0

    @wraps(filter_)
    def checked(*arguments: Any, **options: Any) -> Any:
        scalar(arguments[at])
        return filter_(*arguments, **options)

    return checked


@pass_environment
def _sum(
    environment: Environment,
    iterable: Iterable[Any],
    attribute: str | int | None = None,
    start: float = 0,
) -> Any:
    """Sum numbers alone: adding up lists takes quadratic time."""
    if not isinstance(start, int | float):
        raise SecurityError("sum of " + type(start).__name__)
    return FILTERS["sum"](environment, iterable, attribute, start)


@pass_eval_context
def _join(
    eval_ctx: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None
) -> str:
    items = paid(value)
    if attribute is not None:
        items = list(map(make_attrgetter(eval_ctx.environment, attribute), items))
    total = sum(len(str(scalar(it))) for it in items) + len(items) * len(str(scalar(d)))
    if total > _MAX_VALUE:
        raise OutputTooLong(str(_MAX_VALUE))
    return FILTERS["join"](eval_ctx, items, d)


@pass_eval_context
def _replace(eval_ctx: EvalContext, s: str, old: str, new: str, count: int | None = None) -> str:
    text, before, after = (str(scalar(it)) for it in (s, old, new))
    if len(text) + text.count(before) * len(after) > _MAX_VALUE:
        raise OutputTooLong(str(_MAX_VALUE))
    return FILTERS["replace"](eval_ctx, s, old, new, count)


def _listed(items: Any) -> list[Any]:
    found = []
    for item in items:
        found.append(item)
        if len(found) > _MAX_REPETITIONS:
            raise TooMuchWork(str(_MAX_REPETITIONS))
    return found


def _repeats(left: Any, right: Any) -> bool:
    """Tell whether a product repeats a text or list too often, or makes too long a number."""
    for sequence, times in ((left, right), (right, left)):
        if isinstance(sequence, str | list | tuple) and isinstance(times, int):
            return len(sequence) * times > _MAX_NUMBER
    return any(isinstance(n, int) and n.bit_length() > _MAX_NUMBER for n in (left, right))
