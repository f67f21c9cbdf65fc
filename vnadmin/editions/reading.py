"""Typed reading of the edition files: a wrong value is reported with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from importlib import resources
from typing import TypeVar, cast

import yaml

from vnadmin.validity import Mark, Source

T = TypeVar("T")


class UnknownEdition(LookupError):
    """No edition file has that code."""


class InvalidEdition(ValueError):
    """An edition file holds a value of another type than the rule needs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of an edition file, with its place for error messages."""

    where: str
    fields: Mapping[str, object]

    def text(self, key: str) -> str:
        """Return a text."""
        return self._typed(key, str)

    def optional_text(self, key: str) -> str | None:
        """Return a text, or None where the file has none."""
        return None if self.fields.get(key) is None else self.text(key)

    def integer(self, key: str) -> int:
        """Return a whole number."""
        return self._typed(key, int)

    def optional_integer(self, key: str) -> int | None:
        """Return a whole number, or None where the file has none."""
        return None if self.fields.get(key) is None else self.integer(key)

    def decimal(self, key: str) -> Decimal:
        """Return a number written as text, so that no binary fraction ever exists."""
        return Decimal(self.text(key))

    def fraction(self, key: str) -> Fraction:
        """Return a share such as 1/3, written as text."""
        return Fraction(self.text(key))

    def flag(self, key: str, *, absent: bool = False) -> bool:
        """Return a yes or no; absent is no, unless said otherwise."""
        return self._typed(key, bool) if key in self.fields else absent

    def day(self, key: str) -> date:
        """Return a date."""
        return self._typed(key, date)

    def optional_day(self, key: str) -> date | None:
        """Return a date, or None where the rule has no such end."""
        return None if self.fields.get(key) is None else self.day(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        return tuple(cast("list[str]", self._typed(key, list)))

    def optional_texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty where the file has none."""
        return self.texts(key) if key in self.fields else ()

    def entry(self, key: str) -> "Entry":
        """Return a mapping below this one."""
        return _entry(f"{self.where}.{key}", self.fields.get(key))

    def entries(self, key: str) -> "tuple[Entry, ...]":
        """Return a list of mappings below this one."""
        found = self._typed(key, list)
        return tuple(_entry(f"{self.where}.{key}[{place}]", it) for place, it in enumerate(found))

    def source(self, default: Source | None = None) -> Source:
        """Return where the rule is written; the parts that are not said come from the default."""
        if default is None:
            return Source(
                self.text("article"),
                self.day("valid_from"),
                self.optional_day("valid_to"),
                Mark(self.text("mark")),
            )
        return Source(
            self.optional_text("article") or default.article,
            self.optional_day("valid_from") or default.valid_from,
            self.optional_day("valid_to") or default.valid_to,
            Mark(self.optional_text("mark") or default.mark),
        )

    def _typed(self, key: str, kind: type[T]) -> T:
        value = self.fields.get(key)
        if not isinstance(value, kind):
            problem = f"expected {kind.__name__}, found {value!r}"
            raise InvalidEdition(f"{self.where}.{key}: {problem}")
        return value


@lru_cache
def read(code: str) -> Entry:
    """Return the root of one edition file."""
    file = resources.files("vnadmin.editions").joinpath(f"{code}.yml")
    if not code.isidentifier() or not file.is_file():
        raise UnknownEdition(f"Không có bộ quy định {code!r}")
    return _entry(code, yaml.safe_load(file.read_text(encoding="utf-8")))


def _entry(where: str, value: object) -> Entry:
    if not isinstance(value, dict):
        raise InvalidEdition(f"{where}: expected a mapping, found {value!r}")
    return Entry(where, value)
