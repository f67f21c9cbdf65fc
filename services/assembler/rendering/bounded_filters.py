"""The filters and tests of the language, so that none does more than a rendering may."""

import operator
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from jinja2 import Environment, pass_environment, pass_eval_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS, make_attrgetter
from jinja2.nodes import EvalContext

from services.assembler.rendering.bounds import (
    CHARACTERS_A_STEP,
    MAX_NUMBER,
    MAX_VALUE,
    OutputTooLong,
    bounded,
    budget,
    compared,
    paid,
    scalar,
    searched,
)

_TAKE_NO_TIME = frozenset({"count", "d", "default", "first", "last", "length"})
_TAKE_NUMBERS = ("batch", "round", "slice", "truncate")
_MAKE_PARTS = ("batch", "slice")
_TAKE_LETTERS = ("batch", "list", "map", "reject", "select", "slice", "sort", "unique")
_MAKE_TEXT = ("capitalize", "lower", "string", "title", "trim", "truncate", "upper", "wordcount")
_COMPARE = {
    operator.eq: ("==", "eq", "equalto"),
    operator.ne: ("!=", "ne"),
    operator.gt: (">", "gt", "greaterthan"),
    operator.ge: (">=", "ge"),
    operator.lt: ("<", "lt", "lessthan"),
    operator.le: ("<=", "le"),
}


def bounded_filters(filters: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the filters so that none makes a value, or takes a number, out of bounds."""
    found = {
        name: it if name in _TAKE_NO_TIME else _with_bounded_result(it)
        for name, it in filters.items()
    }
    found |= {name: _with_bounded_result(filters[name], characters=1) for name in _TAKE_LETTERS}
    found |= {name: _with_bounded_numbers(found[name]) for name in _TAKE_NUMBERS}
    found |= {name: _with_counted_parts(found[name]) for name in _MAKE_PARTS}
    found |= {name: _of_scalar(found[name]) for name in _MAKE_TEXT}
    found["sum"] = _with_bounded_result(_sum)
    return found | {"join": _join, "replace": _replace}


def bounded_tests(tests: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return the tests so that those that compare pay for it."""
    found = {**tests, "in": lambda value, sequence: value in searched(sequence)}
    for compare, names in _COMPARE.items():
        found |= dict.fromkeys(names, _paying(compare))
    return found


def _paying(compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda left, right: compare(compared(left), compared(right))


def _with_counted_parts(filter_: Callable[..., Any]) -> Callable[..., Any]:
    """Make the parts at once: each counts, and they may be more than what was parted."""

    @wraps(filter_)
    def counted(*arguments: Any, **options: Any) -> Any:
        return [bounded(part) for part in filter_(*arguments, **options)]

    return counted


def _with_bounded_result(
    filter_: Callable[..., Any], *, characters: int = CHARACTERS_A_STEP
) -> Callable[..., Any]:
    @wraps(filter_)
    def limited(*arguments: Any, **options: Any) -> Any:
        # Paying looks at the clock too: what comes out of a generator is not known beforehand.
        budget.get().pay(sum(_steps(one, characters) for one in arguments[:2]))
        return bounded(filter_(*arguments, **options))

    return limited


def _steps(value: Any, characters: int) -> int:
    """Return what it costs to go through the value, so many characters of a text at a time."""
    if isinstance(value, str):
        return len(value) // characters
    return len(value) if isinstance(value, list | tuple | range) else 0


def _with_bounded_numbers(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filter_)
    def limited(*arguments: Any, **options: Any) -> Any:
        numbers = [it for it in (*arguments[1:], *options.values()) if isinstance(it, int)]
        if any(abs(it) > MAX_NUMBER for it in numbers):
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
    if total > MAX_VALUE:
        raise OutputTooLong(str(MAX_VALUE))
    return FILTERS["join"](eval_ctx, items, d)


@pass_eval_context
def _replace(eval_ctx: EvalContext, s: str, old: str, new: str, count: int | None = None) -> str:
    text, before, after = (str(scalar(it)) for it in (s, old, new))
    if len(text) + text.count(before) * len(after) > MAX_VALUE:
        raise OutputTooLong(str(MAX_VALUE))
    return FILTERS["replace"](eval_ctx, s, old, new, count)
