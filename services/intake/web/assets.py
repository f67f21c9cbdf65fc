"""What intake's pages share: one small script that none needs to work, words and figures."""

from decimal import Decimal
from typing import Any

from flask import Blueprint

from kernel.clock import hanoi_today
from services.intake.domain.attachments import size_text
from services.intake.domain.moves import State
from services.intake.web.presenting import KIND_LABELS, STATE_TONES
from vnadmin.amounts import format_number
from vnadmin.awards.occasions import occasions

bp = Blueprint("intake_assets", __name__, static_folder="static", static_url_path="/intake-assets")

MOVE_LABELS = {
    State.DRAFT.value: "Bắt đầu soạn",
    State.SUBMITTED.value: "Đã nộp",
    State.PROPOSED.value: "Đề nghị duyệt",
    State.RETURNED.value: "Trả lại",
    State.ACCEPTED.value: "Đã duyệt",
}


@bp.app_template_filter("figure")
def _figure(value: Decimal) -> str:
    return format_number(value)


@bp.app_template_filter("file_size")
def _file_size(size: int) -> str:
    return size_text(size)


@bp.app_template_filter("occasion_title")
def _occasion_title(code: str) -> str:
    """Return what the law calls this kind of commendation today; an abolished one by its code."""
    titles = {it.code: it.title for it in occasions(hanoi_today())}
    return titles.get(code, code)


@bp.app_context_processor
def _shared() -> dict[str, Any]:
    return {"tones": STATE_TONES, "kind_labels": KIND_LABELS, "move_labels": MOVE_LABELS}
