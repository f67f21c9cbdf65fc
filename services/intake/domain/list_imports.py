"""An imported list beside what the report has: what it adds, what it replaces, how both merge."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kernel.contracts.dossier import Movement, Nomination
from kernel.errors import Located
from services.intake.domain.checking import errors_in
from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.list_sheets import Item, Listing
from services.intake.domain.sheets import Column, SheetRow
from vnadmin.text_folding import fold


class Mode(StrEnum):
    """What happens to the rows that the report has already."""

    ADD = "add"
    """They stay; one that is imported again is replaced (thêm vào)."""
    REPLACE = "replace"
    """The imported ones take the place of all (thay toàn bộ)."""


class Effect(StrEnum):
    """What an imported row does to the report."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """One row: where it stood in the file, what it says, and what it does."""

    number: int
    item: Item
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What an import would do; nothing is stored yet. `dropped` go with Mode.REPLACE."""

    part: Part
    sheet: str
    columns: tuple[Column, ...]
    rows: tuple[ImportedRow, ...]
    dropped: tuple[Item, ...]
    notes: tuple[Located, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Return what is to be merged; it can be sent along and merged later."""
        return tuple(row.item for row in self.rows)

    def count(self, effect: Effect) -> int:
        """Return how many rows do this."""
        return sum(row.effect is effect for row in self.rows)


def preview(
    listing: Listing,
    content: ReportContent,
    rows: Sequence[SheetRow],
    *,
    sheet: str = "",
    notes: Sequence[Located] = (),
) -> ImportPreview:
    """Return what the rows would do to this content."""
    part = listing.part
    present = {_key(it): it for it in _of(content, part)}
    items = _as_asked(listing.items(rows), listing)
    said = [pair for pair in zip(rows, items, strict=True) if _says_something(pair[1])]
    imported = {_key(it) for _, it in said}
    return ImportPreview(
        part=part,
        sheet=sheet,
        columns=listing.columns,
        rows=tuple(
            ImportedRow(number=row.number, item=item, effect=_effect(item, present))
            for row, item in said
        ),
        dropped=tuple(it for key, it in present.items() if key not in imported and _is_filled(it)),
        notes=tuple(notes),
    )


def merged(content: ReportContent, part: Part, items: Sequence[Item], mode: Mode) -> ReportContent:
    """Return the content with the imported rows in it; whoever imports has something to report."""
    present = _of(content, part)
    if mode is Mode.REPLACE:
        kept: list[Any] = list(items)
    else:
        new = {_key(it): it for it in items}
        kept = [new.pop(_key(it), it) for it in present]
        kept += new.values()
    declared = tuple(it for it in content.nothing_to_report if it != part)
    return replace(content, **{part.value: tuple(kept), "nothing_to_report": declared})


def faults(listing: Listing, rows: Sequence[SheetRow]) -> Iterator[Located]:
    """Yield what the form refuses in the rows, each told by row and column."""
    part = listing.part
    items = _as_asked(listing.items(rows), listing)
    alone: dict[str, Any] = {part.value: items}
    content = ReportContent(**alone)
    columns = {column.code: column for column in listing.columns}
    for error in errors_in(content, listing.form, listing.unit_code, is_final=False):
        pieces = error.pointer.removeprefix("#/").split("/")
        if len(pieces) == 3 and pieces[0] == part and pieces[2] in columns:
            yield rows[int(pieces[1])].error(columns[pieces[2]], error.detail)
        else:
            yield error


def _as_asked(items: Iterable[Item], listing: Listing) -> tuple[Item, ...]:
    """Return the items without targets that the office itself has set: they are printed only."""
    return tuple(_without_set_plan(it, listing.form) for it in items)


def _without_set_plan(item: Item, form: PeriodForm) -> Item:
    if not isinstance(item, ReportedIndicator):
        return item
    asked = form.indicator(item.code)
    return replace(item, plan=None) if asked and asked.plan is not None else item


def _of(content: ReportContent, part: Part) -> tuple[Item, ...]:
    found: tuple[Item, ...] = getattr(content, part.value)
    return found


def _key(item: Item) -> tuple[str, ...]:
    """Return what makes two rows the same one."""
    if isinstance(item, Movement):
        return (fold(item.name),)
    if isinstance(item, Nomination):
        return (item.kind, fold(item.name), fold(item.unit), item.award)
    return (item.code,)


def _effect(item: Item, present: dict[tuple[str, ...], Item]) -> Effect:
    before = present.get(_key(item))
    if before is None or not _is_filled(before):
        return Effect.NEW
    return Effect.SAME if before == item else Effect.CHANGED


def _says_something(item: Item) -> bool:
    """Say whether the row is one: an indicator without figures leaves the report as it is."""
    return not (isinstance(item, ReportedIndicator) and item.is_blank)


def _is_filled(item: Item) -> bool:
    """Say whether more than the name of what was expected stands there."""
    return bool(item.result) if isinstance(item, Movement) else _says_something(item)
