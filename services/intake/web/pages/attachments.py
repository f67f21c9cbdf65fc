"""The files of a report: added several at a time, taken away, brought back, downloaded."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from kernel.auth.access import access
from kernel.auth.principal import Person, Role, current_person
from kernel.errors import Conflict, Failure, InvalidInput
from kernel.files import FileTooLarge
from kernel.problems import load
from kernel.web.forms import by_field
from services.intake.domain.attachments import ACCEPTED, ENDINGS, MIB, size_text
from services.intake.domain.forms import Part
from services.intake.use_cases import attaching, fetching_files
from services.intake.web.attachment_schemas import SentFileSchema
from services.intake.web.context import deps
from services.intake.web.files import attachment_response
from services.intake.web.uploads import make_room

bp = Blueprint("attachments", __name__)
bp.url_value_preprocessor(make_room)

_PAGE = "/periods/<uuid:period_id>/report/attachments"


@bp.get(_PAGE)
@access(Role.SECTOR_OFFICER)
def list_attachments(period_id: UUID) -> ResponseReturnValue:
    """Show the files of the report, with the form that adds more."""
    return _page(period_id)


@bp.post(_PAGE)
@access(Role.SECTOR_OFFICER)
def add_attachments(period_id: UUID) -> ResponseReturnValue:
    """Add the files that were chosen: those that can be kept are, the others are told of."""
    said = load(SentFileSchema(), request.form.to_dict())
    chosen = [it for it in request.files.getlist("file") if it.filename]
    if not chosen:
        return _page(period_id, errors={"file": "Chọn ít nhất một tệp."}, status=422)
    added, refusals = _add(period_id, chosen, said)
    if added:
        flash(f"Đã thêm {added} tài liệu.", "success")
    if refusals:
        return _page(period_id, errors={"file": " ".join(refusals)}, status=422)
    return _back(period_id)


@bp.post(f"{_PAGE}/<uuid:attachment_id>/remove")
@access(Role.SECTOR_OFFICER)
def remove_attachment(period_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Take a file away; it stays in sight until it is brought back or forgotten."""
    removed = attaching.remove_file(attachment_id, by=current_person(), deps=deps())
    flash(f"Đã gỡ “{removed.file.name}”. Có thể khôi phục ở cuối trang.", "success")
    return _back(period_id)


@bp.post(f"{_PAGE}/<uuid:attachment_id>/restore")
@access(Role.SECTOR_OFFICER)
def restore_attachment(period_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Bring back a file that was taken away."""
    restored = attaching.restore_file(attachment_id, by=current_person(), deps=deps())
    flash(f"Đã khôi phục “{restored.file.name}”.", "success")
    return _back(period_id)


@bp.get("/attachments/<uuid:attachment_id>")
@access(Role.SECTOR_OFFICER, Role.CLERK, Role.LEADER, Role.ADMIN)
def download(attachment_id: UUID) -> ResponseReturnValue:
    """Give out one file."""
    return attachment_response(
        fetching_files.fetch_file(attachment_id, by=current_person(), deps=deps())
    )


@bp.errorhandler(InvalidInput)
def _again(error: InvalidInput) -> ResponseReturnValue:
    errors = by_field(error.errors) or {"file": error.detail}
    return _page(_period_id(error), errors=errors, status=error.status)


@bp.errorhandler(Conflict)
def _conflict(error: Conflict) -> ResponseReturnValue:
    flash(error.detail, "error")
    return _back(_period_id(error))


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(_: RequestEntityTooLarge) -> ResponseReturnValue:
    """Answer what is too large to be read at all: before the form, so nothing was changed."""
    person: Person | None = g.get("person")
    limits = deps().attachment_limits
    refusal = FileTooLarge(limits.max_request_bytes)
    if person is None or person.role is not Role.SECTOR_OFFICER:
        raise refusal
    sent = f" ({size_text(request.content_length)})" if request.content_length else ""
    detail = (
        f"Các tệp vừa chọn quá lớn{sent} nên chưa có tệp nào được thêm. Mỗi tệp tối đa "
        f"{limits.max_mib} MB, mỗi lần gửi tối đa {limits.max_request_bytes // MIB} MB."
    )
    return _page(_period_id(refusal), errors={"file": detail}, status=413)


def _add(
    period_id: UUID, chosen: Sequence[FileStorage], said: dict[str, str]
) -> tuple[int, list[str]]:
    """Add each file by itself; return how many were added, and why others were not."""
    added, refusals = 0, []
    for sent in chosen:
        command = attaching.AddFile(
            period_id=period_id, name=sent.filename or "", stream=sent.stream, **said
        )
        try:
            attaching.add_file(command, by=current_person(), deps=deps())
        except (InvalidInput, FileTooLarge) as refusal:
            refusals.append(refusal.detail)
        else:
            added += 1
    return added, refusals


def _page(
    period_id: UUID, *, errors: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    page = attaching.list_files(period_id, by=current_person(), deps=deps())
    told = {"part": "", "note": ""}
    if status == 422:
        told |= {name: request.form.get(name, "") for name in told}
    html = render_template(
        "intake/attachments.html",
        page=page,
        told=told,
        errors=errors or {},
        accepted=ACCEPTED,
        endings=",".join(ENDINGS),
        parts=[("", "— Cả báo cáo —"), *((part.value, part.label) for part in Part)],
        part_labels={part.value: part.label for part in Part},
    )
    return html, status


def _back(period_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("attachments.list_attachments", period_id=period_id), 303)


def _period_id(error: Failure) -> UUID:
    """Return whose page is to be shown; an address without one has no page to show."""
    found = (request.view_args or {}).get("period_id")
    if not isinstance(found, UUID):
        raise error
    return found
