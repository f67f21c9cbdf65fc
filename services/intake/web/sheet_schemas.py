"""What crosses the edge about lists that are filled in with Excel."""

from typing import Any, ClassVar

from marshmallow import fields

from kernel.contracts.dossier import Movement, Nomination
from kernel.contracts.schema import Nested, StrictSchema, Text
from services.intake.domain.list_imports import Effect, ImportedRow, ImportPreview
from services.intake.domain.list_sheets import Item
from services.intake.persistence.documents import (
    ReportedIndicatorSchema,
    ReportedMovementSchema,
    ReportedNominationSchema,
)


class PastedListSchema(StrictSchema):
    """Body of a list that is sent as text: cells by tabs, rows by lines, as Excel copies them."""

    text = fields.String(required=True)


class NoteSchema(StrictSchema):
    """What was read otherwise than it may have been meant."""

    target: ClassVar = None
    pointer = Text()
    detail = Text()


class ImportedRowSchema(StrictSchema):
    """One row of a list: its number in the file, what it does, and the item for the report."""

    target: ClassVar = None
    number = fields.Integer()
    effect = Text()
    item = fields.Method("_item", metadata={"type": "object"})

    def _item(self, row: ImportedRow) -> Any:
        return item_json(row.item)


class ImportPreviewSchema(StrictSchema):
    """What an import would do to the report."""

    target: ClassVar = None
    part = Text()
    sheet = Text()
    new = fields.Method("_new", metadata={"type": "integer"})
    changed = fields.Method("_changed", metadata={"type": "integer"})
    same = fields.Method("_same", metadata={"type": "integer"})
    rows = fields.List(Nested(ImportedRowSchema))
    dropped = fields.Method("_dropped", metadata={"type": "array", "items": {"type": "object"}})
    notes = fields.List(Nested(NoteSchema))

    def _new(self, found: ImportPreview) -> int:
        return found.count(Effect.NEW)

    def _changed(self, found: ImportPreview) -> int:
        return found.count(Effect.CHANGED)

    def _same(self, found: ImportPreview) -> int:
        return found.count(Effect.SAME)

    def _dropped(self, found: ImportPreview) -> list[Any]:
        return [item_json(it) for it in found.dropped]


def item_json(item: Item) -> Any:
    """Return the item as the content of a report carries it."""
    if isinstance(item, Movement):
        return ReportedMovementSchema().dump(item)
    if isinstance(item, Nomination):
        return ReportedNominationSchema().dump(item)
    return ReportedIndicatorSchema().dump(item)
