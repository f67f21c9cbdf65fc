"""What crosses the edge about units, superiors and the names of an office."""

import re
from datetime import date
from typing import Any, ClassVar

from marshmallow import EXCLUDE, ValidationError, fields, post_load

from kernel.contracts.schema import REQUIRED, Choice, Identifier, StrictSchema, Text
from services.intake.domain.units import CODE_FAULT, is_code
from services.intake.use_cases.outlines import OfficeNames
from services.intake.use_cases.superiors import ABOVE, RenameOffice
from services.intake.use_cases.units import Rename, Validity

_TYPED_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def _fit_code(typed: str) -> None:
    if not is_code(typed):
        raise ValidationError(CODE_FAULT)


class Code(Text):
    """A code that is part of addresses."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=64, validate=_fit_code, **kwargs)


class Day(fields.Date):
    """A day as programs write it (2025-07-01) or as people do (1/7/2025); blank is none."""

    default_error_messages = {
        "required": REQUIRED,
        "null": REQUIRED,
        "invalid": "Phải là một ngày, ví dụ 01/07/2025.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
            if not value and self.allow_none:
                return None
            typed = _TYPED_DAY.fullmatch(value)
            if typed:
                day, month, year = map(int, typed.groups())
                value = f"{year:04}-{month:02}-{day:02}"
        found: date = super()._deserialize(value, attr, data, **kwargs)
        if not 1900 <= found.year <= 2200:
            raise self.make_error("invalid")
        return found


class _Page:
    """A form also carries its token."""

    unknown = EXCLUDE


class NewUnitSchema(StrictSchema):
    """Body of POST /units."""

    code = Code(required=True)
    name = Text(required=True)
    valid_from = Day(load_default=None, allow_none=True)


class PageNewUnitSchema(NewUnitSchema):
    """The same from a page."""

    class Meta(_Page):
        """The form also carries its token."""

    idempotency_key = Text(required=True, max_length=100)


class RenameSchema(StrictSchema):
    """Body of PUT /units/{id}/name."""

    target: ClassVar = Rename
    name = Text(required=True)
    since = Day(load_default=None, allow_none=True)


class PageRenameSchema(RenameSchema):
    """The same from a page."""

    class Meta(_Page):
        """The form also carries its token."""


class ValiditySchema(StrictSchema):
    """Body of PUT /units/{id}/validity."""

    target: ClassVar = Validity
    valid_from = Day(load_default=None, allow_none=True)
    valid_to = Day(load_default=None, allow_none=True)
    successor_code = Text(blank=True, max_length=64, load_default="")


class PageValiditySchema(ValiditySchema):
    """The same from a page."""

    class Meta(_Page):
        """The form also carries its token."""


class MoveUnitSchema(StrictSchema):
    """Body of POST /units/{id}/move."""

    direction = Choice(("up", "down"), required=True)


class PageMoveUnitSchema(MoveUnitSchema):
    """The same from a page."""

    class Meta(_Page):
        """The form also carries its token."""


class NewSuperiorSchema(StrictSchema):
    """Body of POST /superiors."""

    code = Code(required=True)
    name = Text(blank=True, load_default="")
    short_name = Text(blank=True, load_default="")
    place = Text(blank=True, load_default="")
    level = Choice(ABOVE, load_default="province")
    valid_from = Day(required=True)


class PageNewSuperiorSchema(NewSuperiorSchema):
    """The same from a page."""

    class Meta(_Page):
        """The form also carries its token."""

    idempotency_key = Text(required=True, max_length=100)


class DaysSchema(StrictSchema):
    """Body of PUT /superiors/{id}."""

    valid_from = Day(load_default=None, allow_none=True)
    valid_to = Day(load_default=None, allow_none=True)


class PageDaysSchema(DaysSchema):
    """The same from a page."""

    class Meta(_Page):
        """The form also carries its token."""


class RenameOfficeSchema(StrictSchema):
    """Body of PUT /office/names."""

    name = Text(required=True)
    short_name = Text(required=True)
    place = Text(required=True)
    since = Day(load_default=None, allow_none=True)

    @post_load
    def _build(self, data: dict[str, Any], **_: Any) -> Any:
        since = data.pop("since")
        return RenameOffice(names=OfficeNames(**data), since=since)


class PageRenameOfficeSchema(RenameOfficeSchema):
    """The same from a page."""

    class Meta(_Page):
        """The form also carries its token."""


class FormerSchema(StrictSchema):
    """A name until a day."""

    name = Text(attribute="text")
    valid_to = fields.Date()


class UnitDetailsSchema(StrictSchema):
    """A unit with its days and names."""

    id = Identifier()
    code = Text()
    name = Text()
    valid_from = fields.Date(allow_none=True)
    valid_to = fields.Date(allow_none=True)
    successor_code = Text()
    former_names = fields.List(fields.Nested(FormerSchema))
    is_live = fields.Boolean()


class SuperiorSchema(StrictSchema):
    """An office that stood above."""

    id = Identifier()
    code = Text()
    name = Text()
    level = Text()
    valid_from = fields.Date(allow_none=True)
    valid_to = fields.Date(allow_none=True)
    successor_name = Text()
    is_current = fields.Boolean()


class OfficeNamesSchema(StrictSchema):
    """What an office is called."""

    name = Text()
    short_name = Text()
    place = Text()


class FormerOfficeSchema(StrictSchema):
    """Names until a day."""

    names = fields.Nested(OfficeNamesSchema)
    valid_to = fields.Date()


class OfficeSchema(StrictSchema):
    """The office."""

    code = Text()
    level = Text()
    names = fields.Nested(OfficeNamesSchema)
    former = fields.List(fields.Nested(FormerOfficeSchema))
