"""Whether a whole is the sum of its parts, where some figures are only "more than" (trên …)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.intake.domain.figures import figure_text


@dataclass(frozen=True, slots=True)
class Addend:
    """One part: its name and its figure, if there is one; `at_least` is "more than"."""

    name: str
    actual: Decimal | None
    at_least: bool = False


def missing_among(parts: Sequence[Addend]) -> tuple[str, ...]:
    """Return the parts that have no figure yet."""
    return tuple(it.name for it in parts if it.actual is None)


def total(parts: Sequence[Addend]) -> Decimal:
    """Return the sum of what there is."""
    return sum((it.actual for it in parts if it.actual is not None), Decimal(0))


def agrees(whole: Addend, parts: Sequence[Addend]) -> bool:
    """Say whether the figures can be true together.

    "More than 200" fits parts of 210; parts of 100 and "more than 90" fit a whole of 210.
    """
    if whole.actual is None:
        return True
    found, is_open_below = total(parts), any(it.at_least for it in parts)
    if whole.at_least and is_open_below:
        return True
    if whole.at_least:
        return found >= whole.actual
    return found <= whole.actual if is_open_below else found == whole.actual


def said_of(whole: Addend, parts: Sequence[Addend], unit: str) -> str:
    """Return the sentence that states both numbers."""
    listed = " + ".join(f"{it.name} {_written(it, '')}" for it in parts)
    return (
        f"Tổng các thành phần ({listed}) là {figure_text(total(parts), unit)}, "
        f"khác số thực hiện {_written(whole, unit)}."
    )


def said_of_missing(names: Sequence[str]) -> str:
    """Return why the sum cannot be checked yet."""
    return f"Chưa có số của {', '.join(names)} nên chưa đối chiếu được tổng."


def _written(addend: Addend, unit: str) -> str:
    text = figure_text(addend.actual, unit)
    return f"trên {text}" if addend.at_least else text
