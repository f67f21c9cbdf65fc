"""How the archive's values are said on a page."""

from datetime import datetime

from flask import Flask, request, url_for

from kernel.clock import in_hanoi
from kernel.contracts.paging import Cursor
from services.archive.domain.deliveries import Access, InboxState
from services.archive.domain.documents import Origin, Rendition, RenditionState, State
from services.archive.use_cases.uploading import UploadReceipt
from vnadmin.document_types import all_document_types, known_as
from vnadmin.place_and_date import long_date

STATES = {State.DRAFT: ("Dự thảo", "secondary"), State.ISSUED: ("Đã ban hành", "success")}
INBOX_STATES = {
    InboxState.NEW: ("Mới", "danger"),
    InboxState.OPENED: ("Đã mở", "warning"),
    InboxState.ACKNOWLEDGED: ("Đã xác nhận", "success"),
}
ORIGINS = {
    Origin.ASSEMBLED: "Soạn thảo tự động",
    Origin.UPLOADED: "Sửa trong Word",
    Origin.ISSUED: "Bản ban hành",
}
EVENTS = {
    Access.SENT: "Đã gửi",
    Access.OPENED: "Đã mở",
    Access.DOWNLOADED_DOCX: "Đã tải bản Word",
    Access.DOWNLOADED_PDF: "Đã tải bản PDF",
    Access.ACKNOWLEDGED: "Đã xác nhận nhận văn bản",
}


def init_app(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.globals.update(
        STATES=STATES,
        INBOX_STATES=INBOX_STATES,
        ORIGINS=ORIGINS,
        EVENTS=EVENTS,
        type_options=type_options,
        next_page=next_page,
        rendition_text=rendition_text,
    )
    app.jinja_env.filters.update(size=size, long_date=long_date)


def type_options() -> list[tuple[str, str]]:
    """Return the types of documents for a filter."""
    return [
        (known_as(item), f"{item.name} ({item.abbreviation})" if item.abbreviation else item.name)
        for item in all_document_types()
    ]


def next_page(cursor: Cursor) -> str:
    """Return the address of the next piece of the list that is shown."""
    kept = {name: value for name, value in request.args.items() if name != "after" and value}
    return url_for(str(request.endpoint), **kept, after=cursor.text)  # type: ignore[arg-type]


def rendition_text(rendition: Rendition) -> str:
    """Say how far the PDF is."""
    return {
        RenditionState.PENDING: "Đang tạo PDF…",
        RenditionState.QUICK_VIEW: "Bản xem nhanh",
        RenditionState.OF_RECORD: f"PDF, {rendition.pages} trang",
        RenditionState.FAILED: f"PDF lỗi: {rendition.failure}",
    }[rendition.state]


def size(count: int) -> str:
    """Return a file size as a Vietnamese reader writes it."""
    if count < 1024:
        return f"{count} byte"
    kib = count / 1024
    text = f"{kib:.1f} KB" if kib < 1024 else f"{kib / 1024:.1f} MB"
    return text.replace(".", ",")


def moment(value: datetime | None) -> str:
    """Return a moment on a Vietnamese clock."""
    return in_hanoi(value).strftime("%H:%M ngày %d/%m/%Y") if value else ""


def upload_message(receipt: UploadReceipt) -> tuple[str, str]:
    """Say what became of an upload, and in which tone."""
    if receipt.is_new:
        return f"Đã lưu bản v{receipt.version}. PDF của bản này đang được tạo.", "success"
    return (
        f"Tệp này giống hệt bản v{receipt.version} đã có, nên không tạo bản mới.",
        "warning",
    )
