"""The JSON of sessions and their results: what a column holds and what the wire carries."""

from typing import Any, ClassVar

from marshmallow import fields

from kernel.contracts.dossier import CouncilResult, CouncilResultSchema, Nomination
from kernel.contracts.schema import LONG, Choice, Figure, Items, Nested, StrictSchema, Text
from services.intake.domain.council import ROLES, Guest, Member, MemberRole, SessionFacts
from services.intake.persistence.documents import ReportedNominationSchema

_DAY = "Nhập ngày dạng ngày/tháng/năm."
_TIME = "Nhập giờ dạng 08:00."


class MemberSchema(StrictSchema):
    """One member of the council."""

    target: ClassVar = Member
    name = Text(required=True)
    title = Text(load_default="", blank=True)
    role = Choice(ROLES, load_default=MemberRole.MEMBER.value)
    is_present = fields.Boolean(
        load_default=True, error_messages={"invalid": "Phải là có mặt hoặc vắng."}
    )
    reason = Text(load_default="", blank=True)


class GuestSchema(StrictSchema):
    """One guest."""

    target: ClassVar = Guest
    name = Text(required=True)
    title = Text(load_default="", blank=True)


class SessionFactsSchema(StrictSchema):
    """What minutes tell of a session."""

    target: ClassVar = SessionFacts
    held_on = fields.Date(load_default=None, allow_none=True, error_messages={"invalid": _DAY})
    begins = fields.Time(load_default=None, allow_none=True, error_messages={"invalid": _TIME})
    ends = fields.Time(load_default=None, allow_none=True, error_messages={"invalid": _TIME})
    place = Text(load_default="", blank=True)
    method = Text(load_default="", blank=True)
    needed_percent = Figure(load_default=None, allow_none=True)
    members = Items(Nested(MemberSchema), limit=100)
    guests = Items(Nested(GuestSchema), limit=100)
    opinions = Items(Text(max_length=LONG), limit=200)


def facts_json(facts: SessionFacts) -> dict[str, Any]:
    """Return the facts as JSON."""
    dumped: dict[str, Any] = SessionFactsSchema().dump(facts)
    return dumped


def facts_from(stored: dict[str, Any]) -> SessionFacts:
    """Return the facts that were stored."""
    loaded: SessionFacts = SessionFactsSchema().load(stored)
    return loaded


def nomination_json(nomination: Nomination) -> dict[str, Any]:
    """Return a nomination as JSON."""
    dumped: dict[str, Any] = ReportedNominationSchema().dump(nomination)
    return dumped


def nomination_from(stored: dict[str, Any]) -> Nomination:
    """Return the nomination that was stored."""
    loaded: Nomination = ReportedNominationSchema().load(stored)
    return loaded


def result_json(result: CouncilResult) -> dict[str, Any]:
    """Return a locked result as JSON."""
    dumped: dict[str, Any] = CouncilResultSchema().dump(result)
    return dumped


def result_from(stored: dict[str, Any]) -> CouncilResult:
    """Return the locked result that was stored."""
    loaded: CouncilResult = CouncilResultSchema().load(stored)
    return loaded
