"""What waits for the caller and what he was told, for programs."""

from typing import Any
from uuid import UUID

from kernel.api import ApiBlueprint, IdempotencyKeySchema
from kernel.auth.access import signed_in
from kernel.auth.principal import current_person
from services.intake.domain.awaiting import Awaited
from services.intake.domain.mails import MailMode
from services.intake.domain.notices import ToldNotice
from services.intake.use_cases import awaiting, notice_preferences, reading_notices
from services.intake.use_cases.notice_preferences import ChangePreference, ShownPreference
from services.intake.use_cases.reading_notices import NoticeList
from services.intake.web.context import deps, this_call
from services.intake.web.notice_schemas import (
    AwaitedSchema,
    NoticeListSchema,
    NoticeQuerySchema,
    NoticeSchema,
    PreferenceSchema,
    ReadAllSchema,
    ReadCountSchema,
    ShownPreferenceSchema,
)

bp = ApiBlueprint("notices_api", __name__, description="Việc chờ và thông báo của người gọi")


@bp.route("/awaited", methods=["GET"])
@signed_in
@bp.response(200, AwaitedSchema(many=True))
def list_awaited() -> list[Awaited]:
    """List what waits for the caller, the pressing things first."""
    return list(awaiting.list_awaited(by=current_person(), deps=deps()))


@bp.route("/notices", methods=["GET"])
@signed_in
@bp.arguments(NoticeQuerySchema, location="query")
@bp.response(200, NoticeListSchema)
def list_notices(query: dict[str, Any]) -> NoticeList:
    """List what the caller was told, the newest first."""
    return reading_notices.list_notices(
        by=current_person(), deps=deps(), after=query["after"], is_unread=query["unread"]
    )


@bp.route("/notices/<uuid:notice_id>/read", methods=["POST"])
@signed_in
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.response(200, NoticeSchema)
def read_notice(headers: dict[str, Any], notice_id: UUID) -> ToldNotice:
    """Mark one as read."""
    call = this_call(headers["key"])
    return reading_notices.read_notice(notice_id, by=current_person(), deps=deps(), call=call)


@bp.route("/notices/read", methods=["POST"])
@signed_in
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(ReadAllSchema)
@bp.response(200, ReadCountSchema)
def read_all(headers: dict[str, Any], body: dict[str, Any]) -> dict[str, int]:
    """Mark as read all that had come until a moment."""
    call = this_call(headers["key"], body["until"])
    count = reading_notices.read_all(
        until=body["until"], by=current_person(), deps=deps(), call=call
    )
    return {"read": count}


@bp.route("/notice-preference", methods=["GET"])
@signed_in
@bp.response(200, ShownPreferenceSchema)
def show_preference() -> ShownPreference:
    """Show where and how often the caller gets e-mail."""
    return notice_preferences.show_preference(by=current_person(), deps=deps())


@bp.route("/notice-preference", methods=["PUT"])
@signed_in
@bp.arguments(IdempotencyKeySchema, location="headers")
@bp.arguments(PreferenceSchema)
@bp.response(200, ShownPreferenceSchema)
def change_preference(headers: dict[str, Any], body: dict[str, Any]) -> ShownPreference:
    """Set where and how often the caller gets e-mail."""
    change = ChangePreference(
        email=body["email"],
        mode=MailMode(body["mode"]),
        call=this_call(headers["key"], body["email"], body["mode"]),
    )
    return notice_preferences.change_preference(change, by=current_person(), deps=deps())
