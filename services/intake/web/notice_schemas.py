"""What crosses the edge about notices, e-mails and reminders, in both directions."""

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, pre_load

from kernel.contracts.paging import CursorField
from kernel.contracts.schema import Choice, Identifier, Items, StrictSchema, Text
from services.intake.domain.mails import MailMode, MailState
from services.intake.domain.reminders import DAYS_BEFORE, LONGEST_TEXT

_MODES = tuple(mode.value for mode in MailMode)
_CHOOSE = "Chọn một cách nhận thư."
_DAYS = "Chọn số ngày trước hạn."


class _Days(fields.Integer):
    """How many days before the deadline; 0 for never."""

    default_error_messages = dict.fromkeys(("required", "null", "invalid", "too_large"), _DAYS)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=_known_days, **kwargs)


def _known_days(value: int) -> None:
    if value not in {0, *DAYS_BEFORE}:
        raise ValidationError(f"Chọn một trong các số ngày: {', '.join(map(str, DAYS_BEFORE))}.")


class PageQuerySchema(StrictSchema):
    """The query of a list; a page ignores what it does not know."""

    class Meta:
        """Links from mails may carry more."""

        unknown = EXCLUDE

    after = CursorField(load_default=None)

    @pre_load
    def _drop_empty(self, data: Any, **_: Any) -> dict[str, Any]:
        return {key: value for key, value in data.items() if str(value).strip()}


class NoticeQuerySchema(PageQuerySchema):
    """The query of the list of notices."""

    unread = fields.Boolean(
        load_default=False, error_messages={"invalid": "Phải là true hoặc false."}
    )


class MailQuerySchema(PageQuerySchema):
    """The query of the list of e-mails."""

    state = Choice(("", *(it.value for it in MailState)), blank=True, load_default="")


class _FormSchema(StrictSchema):
    class Meta:
        """The form also carries its token."""

        unknown = EXCLUDE


class ReadAllSchema(StrictSchema):
    """Body of POST /notices/read."""

    until = fields.AwareDateTime(
        required=True,
        error_messages=dict.fromkeys(
            ("required", "null", "invalid", "invalid_awareness"),
            "Nhập thời điểm có múi giờ, ví dụ 2024-01-15T08:00:00+07:00.",
        ),
    )


class ReadAllFormSchema(_FormSchema, ReadAllSchema):
    """The button of the page."""


class PreferenceSchema(StrictSchema):
    """Body of PUT /notice-preference."""

    email = Text(max_length=254, blank=True, load_default="")
    mode = Choice(_MODES, required=True, error_messages={"required": _CHOOSE, "blank": _CHOOSE})


class PreferenceFormSchema(_FormSchema, PreferenceSchema):
    """The form of the page."""


class ShownPreferenceSchema(Schema):
    """What an account chose."""

    email = fields.String()
    mode = fields.String()
    is_mail_on = fields.Boolean()


class NoticeSchema(Schema):
    """One notice; `path` is where its page is."""

    id = fields.UUID()
    kind = fields.String()
    subject_id = fields.UUID(attribute="subject.id")
    path = fields.String(attribute="subject.path")
    title = fields.String()
    detail = fields.String()
    created_at = fields.AwareDateTime()
    read_at = fields.AwareDateTime(allow_none=True)


class NoticeListSchema(Schema):
    """A piece of the list; `next` goes into `after` of the following request."""

    items = fields.List(fields.Nested(NoticeSchema), attribute="page.items")
    next = fields.String(attribute="page.next.text", dump_default=None, allow_none=True)
    unread = fields.Integer()


class ReadCountSchema(Schema):
    """How many were marked."""

    read = fields.Integer()


class AwaitedSchema(Schema):
    """One thing that waits."""

    title = fields.String()
    detail = fields.String()
    path = fields.String()
    is_pressing = fields.Boolean()


class MailSchema(Schema):
    """One e-mail, without what it says."""

    id = fields.UUID()
    to_name = fields.String()
    address = fields.String()
    subject = fields.String()
    state = fields.String()
    reason = fields.String()
    attempts = fields.Integer()
    created_at = fields.AwareDateTime()
    next_try_at = fields.AwareDateTime()
    sent_at = fields.AwareDateTime(allow_none=True)


class MailListSchema(Schema):
    """A piece of the list of e-mails."""

    items = fields.List(fields.Nested(MailSchema), attribute="page.items")
    next = fields.String(attribute="page.next.text", dump_default=None, allow_none=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    sender = fields.String()
    is_worker_alive = fields.Boolean()


class QueuedSchema(Schema):
    """How many were queued again."""

    queued = fields.Integer()


class SendRemindersSchema(StrictSchema):
    """Body of POST /periods/{id}/reminders."""

    text = Text(
        required=True,
        max_length=LONGEST_TEXT,
        error_messages=dict.fromkeys(("required", "null", "blank"), "Nhập nội dung nhắc."),
    )
    unit_ids = Items(Identifier(), limit=500, load_default=None, allow_none=True)


class SendRemindersFormSchema(_FormSchema):
    """The form of the page."""

    text = Text(
        required=True,
        max_length=LONGEST_TEXT,
        error_messages=dict.fromkeys(("required", "null", "blank"), "Nhập nội dung nhắc."),
    )
    unit_ids = Items(Identifier(), limit=500)
    idempotency_key = Text(required=True, max_length=100)


class PlanRemindersSchema(StrictSchema):
    """Body of PUT /periods/{id}/reminder-plan."""

    days_before = _Days(required=True, strict=True)


class PlanRemindersFormSchema(_FormSchema):
    """The form of the page."""

    days_before = _Days(required=True)


class KeyFormSchema(_FormSchema):
    """A form that is nothing but a button."""

    idempotency_key = Text(required=True, max_length=100)


class RemindablePersonSchema(Schema):
    """One person who would be reminded."""

    name = fields.String()
    channel = fields.String()


class LateUnitSchema(Schema):
    """A unit whose report the office does not have."""

    unit_id = fields.UUID()
    name = fields.String()
    state = fields.String()
    people = fields.List(fields.Nested(RemindablePersonSchema))
    reminded_at = fields.AwareDateTime(allow_none=True)
    left_out = fields.String()


class PastReminderSchema(Schema):
    """One unit reminded once."""

    id = fields.UUID()
    unit_name = fields.String()
    at = fields.AwareDateTime()
    by = fields.String()
    text = fields.String()
    people = fields.Integer()
    mails = fields.Dict(keys=fields.String(), values=fields.Integer())


class ReminderPreviewSchema(Schema):
    """What sending would do."""

    units = fields.List(fields.Nested(LateUnitSchema))
    text = fields.String()
    days_before = fields.Integer()
    is_mail_on = fields.Boolean()


class ReminderPageSchema(Schema):
    """A piece of what was sent; `next` goes into `after` of the following request."""

    items = fields.List(fields.Nested(PastReminderSchema), attribute="history.items")
    next = fields.String(attribute="history.next.text", dump_default=None, allow_none=True)


class RemindersSentSchema(Schema):
    """What was done."""

    reminded = fields.Integer()
    left_out = fields.Integer()
    people = fields.Integer()
    mails = fields.Integer()


class PlanSchema(Schema):
    """When a period reminds by itself."""

    days_before = fields.Integer()
