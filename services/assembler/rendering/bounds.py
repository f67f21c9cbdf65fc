"""How much one rendering may do: repetitions, length of what it makes and prints, time."""

from collections.abc import Iterable
from contextvars import ContextVar
from math import isfinite
from time import monotonic
from typing import Any

from jinja2 import TemplateError, Undefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import markup_join

# Room for an annex of 100,000 rows of five columns, with ten repetitions in each.
MAX_OUTPUT_BYTES = 256 * 1024 * 1024
_MAX_REPETITIONS = 2_000_000
MAX_SECONDS = 60.0
"""Below the soft limit of a task, so that the reason is told."""
MAX_VALUE = 1_000_000  # characters of one text, items of one list
_MAX_VALUES = 20_000_000  # of all texts and lists that filters and operators make
MAX_NUMBER = 10_000
"""Of items of a range, repetitions of a text, digits, columns."""
_MAX_POWER = 1_000
_MAX_DEPTH = 100  # of lists within lists
CHARACTERS_A_STEP = 100  # looking through a text is so much quicker than through a list


class OutputTooLong(TemplateError):
    """The template produces more text than any document may hold."""


class TooMuchWork(TemplateError):
    """The template repeats more, or runs for longer, than any document needs."""


class Budget:
    """What one rendering may still do; loops and calls pay beforehand."""

    def __init__(self, seconds: float = MAX_SECONDS) -> None:
        self._repetitions = _MAX_REPETITIONS
        self._bytes = MAX_OUTPUT_BYTES
        self._values = _MAX_VALUES
        self._ends_at = monotonic() + seconds

    def pay(self, repetitions: int) -> None:
        """Take repetitions off, or raise TooMuchWork."""
        self._repetitions -= repetitions
        if self._repetitions < 0 or monotonic() > self._ends_at:
            raise TooMuchWork(str(_MAX_REPETITIONS))

    def make(self, size: int) -> None:
        """Take a text or list of this size off what may be made, or raise OutputTooLong."""
        self._values -= size
        if size > MAX_VALUE or self._values < 0:
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
    if isinstance(value, list | tuple | dict):
        budget.get().make(_weight(value))
    elif isinstance(value, str):
        budget.get().make(len(value))
    return value


def searched(value: Any) -> Any:
    """Return what `in` looks through, once that is paid for; in a mapping it looks just once."""
    if isinstance(value, str):
        budget.get().pay(len(value) // CHARACTERS_A_STEP)
    elif isinstance(value, list | tuple | range):
        budget.get().pay(_weight(value))
    return value


def compared(value: Any) -> Any:
    """Return a side of a comparison, once what it holds is paid for."""
    if isinstance(value, list | tuple | dict):
        budget.get().pay(_weight(value))
    return value


def _weight(value: Any) -> int:
    """Return how many values there are in all, one that is held twice counted twice.

    A list that holds itself by way of many others has a weight without end, but few members: each
    is weighed once.
    """
    known: dict[int, int] = {}

    def weigh(one: Any, depth: int) -> int:
        if not isinstance(one, list | tuple | dict):
            return 1
        if id(one) not in known:
            if depth > _MAX_DEPTH:
                raise OutputTooLong(str(_MAX_DEPTH))
            held = one.values() if isinstance(one, dict) else one
            known[id(one)] = 1 + sum(weigh(it, depth + 1) for it in held)
        return known[id(one)]

    return len(value) if isinstance(value, range) else weigh(value, 0)


def bounded_range(*arguments: int) -> range:
    """Return the range, if a document may need so many numbers."""
    numbers = range(*arguments)
    if len(numbers) > MAX_NUMBER:
        raise TooMuchWork(str(MAX_NUMBER))
    return numbers


def check_operator(operator: str, left: Any, right: Any) -> None:
    """Raise SecurityError for an operator that makes much out of little."""
    if operator == "%" and isinstance(left, str):
        raise SecurityError("no formatting with %")
    if operator == "**" and max(abs(left), abs(right)) > _MAX_POWER:
        raise SecurityError("power out of bounds")
    if operator == "*" and _repeats(left, right):
        raise SecurityError("repetition out of bounds")


def scalar(value: Any) -> Any:
    """Return what has a text of its own; of lists, loops and macros there is only Python's name."""
    if isinstance(value, float) and not isfinite(value):
        raise SecurityError("a number without a value")
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Undefined):
        return str(value)  # raises, with the name
    raise SecurityError("no text of " + type(value).__name__)


def joined(values: Iterable[Any]) -> str:
    """Return the texts as one (the operator ~), escaped where one of them is markup."""
    texts: str = bounded(markup_join([scalar(value) for value in values]))
    return texts


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
            return len(sequence) * times > MAX_NUMBER
    return any(isinstance(n, int) and n.bit_length() > MAX_NUMBER for n in (left, right))
