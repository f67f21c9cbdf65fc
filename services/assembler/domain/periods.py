"""Periods as the desk offers them."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPeriod:
    """A period (kỳ) as intake lists it: how much of it is accepted."""

    id: UUID
    code: str
    title: str
    year: int
    accepted: int
    total: int
