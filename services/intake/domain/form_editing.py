"""What a clerk does to the draft of a form: small changes, each of which says what it touches."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Protocol, TypeAlias, TypeVar

from kernel.contracts.dossier import DossierField
from kernel.errors import InvalidInput, Located, NotFound
from services.intake.domain.forms import (
    AskedIndicator,
    AwardChoice,
    ExpectedMovements,
    NarrativePrompt,
    PartGuide,
    PeriodForm,
)
from vnadmin.text_folding import fold

LONGEST_PROPOSAL = 40
_WORD = re.compile(r"[a-z0-9]+")

_Placed = TypeVar("_Placed", NarrativePrompt, AskedIndicator)
Item: TypeAlias = DossierField | NarrativePrompt | AskedIndicator


class Rows(StrEnum):
    """The lists of a form whose rows have a code, an order and a page of their own."""

    HEADINGS = "headings"
    PROMPTS = "prompts"
    INDICATORS = "indicators"

    @property
    def row_word(self) -> str:
        """The Vietnamese word for one row."""
        return {"headings": "lĩnh vực", "prompts": "câu hỏi", "indicators": "chỉ tiêu"}[self]


class FormChange(Protocol):
    """A change of a draft; two changes of the same thing are a conflict, others are not."""

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with the change made."""
        ...

    def touched(self, form: PeriodForm) -> object:
        """Return what must be as its writer saw it."""
        ...


def items_of(form: PeriodForm, rows: Rows) -> tuple[Item, ...]:
    """Return the rows of one list."""
    found: tuple[Item, ...] = getattr(form, rows.value)
    return found


def find_item(form: PeriodForm, rows: Rows, code: str) -> Item | None:
    """Return the row with that code, if there is one."""
    return next((it for it in items_of(form, rows) if it.code == code), None)


def name_of(item: Item) -> str:
    """Return what the row is called."""
    if isinstance(item, DossierField):
        return item.title
    return item.label if isinstance(item, NarrativePrompt) else item.name


def group_of(item: Item) -> str:
    """Return the heading under which the row stands; headings stand under none."""
    return "" if isinstance(item, DossierField) else item.field


def proposed_code(name: str, taken: Iterable[str]) -> str:
    """Return a code made of the name: ``ho-ngheo-giam``, or ``ho-ngheo-giam-2`` where taken.

    The same name gives the same code every year, so that years can be compared.
    """
    code = ""
    for word in _WORD.findall(fold(name)):
        longer = f"{code}-{word}" if code else word
        if code and len(longer) > LONGEST_PROPOSAL:
            break
        code = longer[:LONGEST_PROPOSAL]
    code, known, number = code or "muc", set(taken), 2
    if code not in known:
        return code
    while f"{code}-{number}" in known:
        number += 1
    return f"{code}-{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRow:
    """A new row at the end of its list; without a code it gets the one proposed by its name."""

    rows: Rows
    item: Item

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with the row. A new heading comes with one open question."""
        present = items_of(form, self.rows)
        item = _coded(self.item, [it.code for it in present])
        added = _with_rows(form, self.rows, (*present, item))
        if isinstance(item, DossierField):
            question = NarrativePrompt(code=item.code, field=item.code, label=item.title)
            question = replace(question, code=_free(item.code, added.prompts))
            return replace(added, prompts=(*added.prompts, question))
        return added

    def touched(self, form: PeriodForm) -> object:
        """A new row is in nobody's way."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceRow:
    """A row as it was written anew; what refers to it follows where its code changed."""

    rows: Rows
    code: str
    item: Item

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with the row in its place."""
        present = items_of(form, self.rows)
        place = _place(form, self.rows, self.code)
        others = [it.code for at, it in enumerate(present) if at != place]
        item = _coded(self.item, others)
        changed = _with_rows(form, self.rows, (*present[:place], item, *present[place + 1 :]))
        return _renamed(changed, self.rows, self.code, item.code)

    def touched(self, form: PeriodForm) -> object:
        """The row itself."""
        return find_item(form, self.rows, self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveRow:
    """A row less; a heading goes with its questions and indicators."""

    rows: Rows
    code: str

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form without the row."""
        place = _place(form, self.rows, self.code)
        present = items_of(form, self.rows)
        less = _with_rows(form, self.rows, present[:place] + present[place + 1 :])
        if self.rows is Rows.HEADINGS:
            return replace(
                less,
                prompts=tuple(it for it in less.prompts if it.field != self.code),
                indicators=tuple(it for it in less.indicators if it.field != self.code),
            )
        return less

    def touched(self, form: PeriodForm) -> object:
        """The row, and what goes with it."""
        row = find_item(form, self.rows, self.code)
        if self.rows is not Rows.HEADINGS:
            return row
        prompts = [it for it in form.prompts if it.field == self.code]
        return row, prompts, [it for it in form.indicators if it.field == self.code]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """A row one place up (-1) or down (+1) among those under the same heading."""

    rows: Rows
    code: str
    step: int

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with the row moved; at the end of the list it stays."""
        place = _place(form, self.rows, self.code)
        present = list(items_of(form, self.rows))
        ahead = range(place + self.step, len(present) if self.step > 0 else -1, self.step)
        group = group_of(present[place])
        other = next((at for at in ahead if group_of(present[at]) == group), None)
        if other is None:
            return form
        # Beside the other one: rows under other headings keep their order among themselves.
        present.insert(other, present.pop(place))
        return _with_rows(form, self.rows, tuple(present))

    def touched(self, form: PeriodForm) -> object:
        """The order of the list."""
        return [it.code for it in items_of(form, self.rows)]


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRow:
    """The same row once more, below itself, under a code of its own."""

    rows: Rows
    code: str

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with the copy."""
        place = _place(form, self.rows, self.code)
        present = items_of(form, self.rows)
        original = present[place]
        copy = replace(original, code=_free(original.code, present))
        return _with_rows(form, self.rows, (*present[: place + 1], copy, *present[place + 1 :]))

    def touched(self, form: PeriodForm) -> object:
        """The row that is copied."""
        return find_item(form, self.rows, self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceMovements:
    """The movements that are expected, as they were written anew."""

    expected: tuple[ExpectedMovements, ...]
    from_above: tuple[str, ...]
    commune_wide: tuple[str, ...]

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with these movements."""
        return replace(
            form,
            expected_movements=self.expected,
            movements_from_above=self.from_above,
            movements_commune_wide=self.commune_wide,
        )

    def touched(self, form: PeriodForm) -> object:
        """All movements: they are one page."""
        return form.expected_movements, form.movements_from_above, form.movements_commune_wide


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceAwards:
    """The awards that may be proposed, as they were chosen anew."""

    awards: tuple[AwardChoice, ...]

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with these awards."""
        return replace(form, awards=self.awards)

    def touched(self, form: PeriodForm) -> object:
        """All awards: they are one page."""
        return form.awards


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceGuides:
    """What is said of the parts, as it was written anew."""

    guides: tuple[PartGuide, ...]

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with these guides."""
        return replace(form, guides=self.guides)

    def touched(self, form: PeriodForm) -> object:
        """All guides: they are one page."""
        return form.guides


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeIndicators:
    """Indicators of a table: known codes are written anew, others are added."""

    indicators: tuple[AskedIndicator, ...]

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the form with them; indicators that the table does not name stay."""
        named = {it.code: it for it in self.indicators}
        known = {it.code for it in form.indicators}
        return replace(
            form,
            indicators=(
                *(named.get(it.code, it) for it in form.indicators),
                *(it for it in self.indicators if it.code not in known),
            ),
        )

    def touched(self, form: PeriodForm) -> object:
        """All indicators: the preview showed them."""
        return form.indicators


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceForm:
    """The whole form, as a program sends it."""

    form: PeriodForm

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the new form."""
        return self.form

    def touched(self, form: PeriodForm) -> object:
        """Everything."""
        return form


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepForm:
    """No change of the form itself: its edition gets another title."""

    def apply(self, form: PeriodForm) -> PeriodForm:
        """Return the same form."""
        return form

    def touched(self, form: PeriodForm) -> object:
        """Nothing."""
        return None


def _place(form: PeriodForm, rows: Rows, code: str) -> int:
    for place, item in enumerate(items_of(form, rows)):
        if item.code == code:
            return place
    raise NotFound(f"Biểu mẫu không còn {rows.row_word} này; có thể người khác vừa bỏ.")


def _with_rows(form: PeriodForm, rows: Rows, items: tuple[Item, ...]) -> PeriodForm:
    changed: dict[str, Any] = {rows.value: items}
    return replace(form, **changed)


def _coded(item: Item, others: list[str]) -> Item:
    if not item.code:
        return replace(item, code=proposed_code(name_of(item), others))
    if item.code in others:
        detail = f"Mã {item.code} đã dùng cho dòng khác."
        raise InvalidInput(detail, errors=[Located("#/code", detail)])
    return item


def _free(code: str, present: Iterable[Item]) -> str:
    taken, number = {it.code for it in present}, 2
    if code not in taken:
        return code
    stem = code[: LONGEST_PROPOSAL + 18]
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _renamed(form: PeriodForm, rows: Rows, old: str, new: str) -> PeriodForm:
    if old == new or rows is Rows.PROMPTS:
        return form
    if rows is Rows.HEADINGS:
        return replace(
            form,
            prompts=tuple(_under(it, old, new) for it in form.prompts),
            indicators=tuple(_under(it, old, new) for it in form.indicators),
        )
    return replace(
        form,
        indicators=tuple(
            replace(it, parts=tuple(new if part == old else part for part in it.parts))
            for it in form.indicators
        ),
    )


def _under(item: _Placed, old: str, new: str) -> _Placed:
    return replace(item, field=new) if item.field == old else item
