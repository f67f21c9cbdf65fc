"""Whether a report fits the form of its period; every complaint says where."""

from collections.abc import Iterator

from kernel.contracts.dossier import Nomination
from kernel.errors import Located
from services.intake.domain.content import ReportContent, ReportedIndicator
from services.intake.domain.forms import AskedIndicator, Part, PeriodForm
from services.intake.domain.parts import is_filled
from services.intake.domain.shares import is_computable
from vnadmin.amounts import format_number
from vnadmin.awards.occasions import occasion_codes
from vnadmin.awards.titles import NomineeKind
from vnadmin.text_folding import fold

_NEEDED = {
    "kind": "Chọn đối tượng được đề nghị khen thưởng.",
    "name": "Nhập tên cá nhân, hộ gia đình hoặc tập thể được đề nghị.",
    "award": "Chọn danh hiệu hoặc hình thức khen thưởng.",
}


def errors_in(
    content: ReportContent, form: PeriodForm, unit_code: str, *, is_final: bool
) -> tuple[Located, ...]:
    """Return what is wrong; a draft may lack what only a finished report must have."""
    errors = [
        *_in_movements(content, is_final=is_final),
        *_in_indicators(content, form, unit_code),
        *_in_achievements(content, form, unit_code),
        *_unanswered(content, form, unit_code, is_final=is_final),
        *_in_declarations(content),
        *_in_nominations(content, form, is_final=is_final),
    ]
    says_something = not content.is_empty or content.nothing_to_report
    if is_final and not errors and not says_something:
        errors.append(
            Located("#/movements", "Báo cáo chưa có nội dung. Hãy nhập ít nhất một kết quả.")
        )
    return tuple(errors)


def gaps_in(content: ReportContent, form: PeriodForm, unit_code: str) -> tuple[str, ...]:
    """Return what a reader would miss, to be asked about before submitting; none forbids it."""
    return tuple(
        gap
        for part in (Part.INDICATORS, Part.MOVEMENTS)
        for gap in gaps_of(part, content, form, unit_code)
    )


def gaps_of(
    part: Part, content: ReportContent, form: PeriodForm, unit_code: str
) -> tuple[str, ...]:
    """Return what a reader would miss in one part."""
    if part in content.nothing_to_report:
        return ()
    if part is Part.INDICATORS:
        return tuple(
            f"{'Chưa có số liệu' if it.is_blank else 'Chưa có số thực hiện'}: {asked.name}"
            for asked in form.indicators_of(unit_code)
            if not (it := content.indicator(asked.code)).tells_result
        )
    if part is Part.MOVEMENTS:
        return tuple(
            f"Chưa có kết quả của phong trào: {it.name}"
            for it in content.movements
            if not it.result
        )
    if is_filled(content, part):
        return ()
    return ("Chưa nhập phần này. Nếu không có gì để báo cáo, hãy đánh dấu “Không có nội dung”.",)


def _in_movements(content: ReportContent, *, is_final: bool) -> Iterator[Located]:
    seen: set[str] = set()
    for place, movement in enumerate(content.movements):
        pointer = f"#/movements/{place}/name"
        if is_final and movement.result and not movement.name:
            yield Located(pointer, "Nhập tên phong trào.")
        if movement.name and movement.name.casefold() in seen:
            yield Located(pointer, "Phong trào này đã có ở dòng trên.")
        seen.add(movement.name.casefold())


def _in_indicators(content: ReportContent, form: PeriodForm, unit_code: str) -> Iterator[Located]:
    seen: set[str] = set()
    for place, reported in enumerate(content.indicators):
        here = f"#/indicators/{place}"
        asked = form.indicator(reported.code)
        if asked is None:
            yield Located(f"{here}/code", f"Biểu mẫu không có chỉ tiêu {reported.code}.")
        elif not asked.is_asked_of(unit_code):
            yield Located(f"{here}/code", f"Chỉ tiêu {reported.code} do ngành khác báo cáo.")
        elif reported.code in seen:
            yield Located(f"{here}/code", f"Chỉ tiêu {reported.code} đã có ở dòng trên.")
        else:
            yield from _in_figures(here, asked, reported)
        seen.add(reported.code)


def _in_figures(here: str, asked: AskedIndicator, reported: ReportedIndicator) -> Iterator[Located]:
    if reported.reported_percent is not None and is_computable(asked, reported):
        yield Located(
            f"{here}/reported_percent",
            "Để trống: tỷ lệ sẽ được tính từ số liệu đã nhập, không nhập tay.",
        )
    if asked.plan is not None and reported.plan not in {None, asked.plan}:
        yield Located(f"{here}/plan", "Để trống: kế hoạch của chỉ tiêu này do văn phòng giao.")
    figures = {
        "plan": reported.plan,
        "actual": reported.actual,
        "reported_percent": reported.reported_percent,
    }
    for name, figure in figures.items():
        if figure is not None and figure < 0 and asked.unit != "%":
            yield Located(f"{here}/{name}", "Không thể là số âm.")


def _in_achievements(content: ReportContent, form: PeriodForm, unit_code: str) -> Iterator[Located]:
    known = {it.code for it in form.headings}
    prompts = form.prompts_of(unit_code)
    for place, achievement in enumerate(content.achievements):
        here = f"#/achievements/{place}"
        prompt = next((it for it in prompts if achievement.answers(it)), None)
        if achievement.field not in known:
            yield Located(f"{here}/field", f"Biểu mẫu không có lĩnh vực {achievement.field}.")
        elif prompt is None:
            detail = "Biểu mẫu không hỏi ngành này câu hỏi đó."
            yield Located(f"{here}/prompt", detail)
        elif len("\n".join(content.answers_to(prompt))) > prompt.max_length:
            detail = f"Dài quá {format_number(prompt.max_length)} ký tự; hãy viết gọn lại."
            yield Located(f"{here}/text", detail)


def _unanswered(
    content: ReportContent, form: PeriodForm, unit_code: str, *, is_final: bool
) -> Iterator[Located]:
    if not is_final or Part.ACHIEVEMENTS in content.nothing_to_report:
        return
    if Part.ACHIEVEMENTS not in form.parts_of(unit_code):
        return
    for place, prompt in enumerate(form.prompts_of(unit_code)):
        if prompt.is_required and not any(content.answers_to(prompt)):
            yield Located(f"#/achievements/{place}/text", f"Chưa trả lời: {prompt.label}.")


def _in_declarations(content: ReportContent) -> Iterator[Located]:
    for place, part in enumerate(content.nothing_to_report):
        if part not in set(Part):
            yield Located(f"#/nothing_to_report/{place}", f"Không có phần {part}.")
        elif is_filled(content, Part(part)):
            detail = f"Phần {Part(part).label} đã có nội dung nên không thể ghi là không có."
            yield Located(f"#/nothing_to_report/{place}", detail)


def _in_nominations(
    content: ReportContent, form: PeriodForm, *, is_final: bool
) -> Iterator[Located]:
    seen: set[tuple[str, str, str, str]] = set()
    for place, nomination in enumerate(content.nominations):
        here = f"#/nominations/{place}"
        if is_final:
            yield from _missing_in(here, nomination)
        yield from _in_award(here, nomination, form)
        if nomination.occasion and nomination.occasion not in occasion_codes():
            yield Located(f"{here}/occasion", "Chọn loại hình khen thưởng có trong danh sách.")
        same = (nomination.kind, fold(nomination.name), fold(nomination.unit), nomination.award)
        if nomination.name and same in seen:
            yield Located(f"{here}/name", "Trùng với một đề nghị ở trên (cùng tên, cùng đơn vị).")
        seen.add(same)


def _missing_in(here: str, nomination: Nomination) -> Iterator[Located]:
    for name, detail in _NEEDED.items():
        if not getattr(nomination, name):
            yield Located(f"{here}/{name}", detail)


def _in_award(here: str, nomination: Nomination, form: PeriodForm) -> Iterator[Located]:
    if not nomination.award:
        return
    choice = form.award(nomination.award)
    if choice is None:
        yield Located(f"{here}/award", "Danh hiệu, hình thức này không có trong biểu mẫu.")
    elif nomination.kind and nomination.kind not in choice.kinds:
        allowed = ", ".join(NomineeKind(kind).label for kind in choice.kinds)
        yield Located(f"{here}/award", f"{choice.title} chỉ dành cho: {allowed}.")
