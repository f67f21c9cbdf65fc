"""What is wrong with a form before it may be asked of anybody; every complaint says where."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kernel.errors import Located
from services.intake.domain.forms import AskedIndicator, Part, PeriodForm
from vnadmin.awards.titles import NomineeKind

MOST_DECIMALS = 6


def faults_of(form: PeriodForm, unit_codes: Iterable[str]) -> Iterator[Located]:
    """Yield every fault, with pointers into `#/form`."""
    units, headings = set(unit_codes), {it.code for it in form.headings}
    if not form.headings and not form.indicators:
        yield Located("#/form/headings", "Thêm ít nhất một lĩnh vực.")
    yield from _nameless(form)
    yield from _doubled("headings", [it.code for it in form.headings], "Mã lĩnh vực")
    yield from _doubled("prompts", [it.code for it in form.prompts], "Mã câu hỏi")
    yield from _doubled("indicators", [it.code for it in form.indicators], "Mã chỉ tiêu")
    yield from _doubled("awards", [it.code for it in form.awards], "Danh hiệu, hình thức")
    for place, prompt in enumerate(form.prompts):
        here = f"#/form/prompts/{place}"
        yield from _unknown(f"{here}/field", [prompt.field], headings, "lĩnh vực")
        yield from _unknown(f"{here}/unit_codes", prompt.unit_codes, units, "ngành")
        if prompt.max_length < 1:
            yield Located(f"{here}/max_length", "Độ dài tối đa phải từ 1 ký tự.")
    for place, asked in enumerate(form.indicators):
        yield from _faults_of_indicator(f"#/form/indicators/{place}", asked, form, units)
    for place, expected in enumerate(form.expected_movements):
        here = f"#/form/expected_movements/{place}/unit_code"
        yield from _unknown(here, [expected.unit_code], units, "ngành")
    for place, guide in enumerate(form.guides):
        yield from _unknown(f"#/form/guides/{place}/part", [guide.part], set(Part), "phần")
        yield from _unknown(f"#/form/guides/{place}/unit_codes", guide.unit_codes, units, "ngành")
    kinds = {kind.value for kind in NomineeKind}
    for place, award in enumerate(form.awards):
        yield from _unknown(f"#/form/awards/{place}/kinds", award.kinds, kinds, "đối tượng")


def _nameless(form: PeriodForm) -> Iterator[Located]:
    """Yield the rows of a draft that nobody has named yet."""
    names = {
        "headings": ("title", [it.title for it in form.headings], "Nhập tên lĩnh vực."),
        "prompts": ("label", [it.label for it in form.prompts], "Nhập câu hỏi."),
        "indicators": ("name", [it.name for it in form.indicators], "Nhập tên chỉ tiêu."),
    }
    for rows, (field, texts, detail) in names.items():
        for place, text in enumerate(texts):
            if not text:
                yield Located(f"#/form/{rows}/{place}/{field}", detail)


def _faults_of_indicator(
    here: str, asked: AskedIndicator, form: PeriodForm, units: set[str]
) -> Iterator[Located]:
    yield from _unknown(
        f"{here}/field", [asked.field], {it.code for it in form.headings}, "lĩnh vực"
    )
    yield from _unknown(f"{here}/unit_codes", asked.unit_codes, units, "ngành")
    if not asked.unit_codes:
        yield Located(f"{here}/unit_codes", "Chọn ít nhất một ngành báo cáo chỉ tiêu này.")
    others = {it.code for it in form.indicators} - {asked.code}
    yield from _unknown(f"{here}/parts", asked.parts, others, "chỉ tiêu thành phần")
    if _leads_to_itself(asked.code, form):
        yield Located(
            f"{here}/parts", "Chỉ tiêu thành phần không được chứa lại chính chỉ tiêu này."
        )
    if not 0 <= asked.decimals <= MOST_DECIMALS:
        yield Located(f"{here}/decimals", f"Số chữ số thập phân phải từ 0 đến {MOST_DECIMALS}.")
    if asked.within_base and asked.base is None:
        yield Located(f"{here}/base", "Nhập tổng số, hoặc bỏ điều kiện không vượt tổng số.")
    for name in ("base", "jump_bound"):
        figure = getattr(asked, name)
        if figure is not None and figure <= 0:
            yield Located(f"{here}/{name}", "Phải lớn hơn 0.")


def _leads_to_itself(code: str, form: PeriodForm) -> bool:
    parts = {it.code: it.parts for it in form.indicators}
    seen: set[str] = set()
    ahead = list(parts.get(code, ()))
    while ahead:
        step = ahead.pop()
        if step == code:
            return True
        if step not in seen:
            seen.add(step)
            ahead.extend(parts.get(step, ()))
    return False


def _doubled(where: str, codes: Sequence[str], what: str) -> Iterator[Located]:
    counts = Counter(codes)
    for place, code in enumerate(codes):
        if counts[code] > 1:
            yield Located(f"#/form/{where}/{place}/code", f"{what} {code} bị trùng.")


def _unknown(here: str, codes: Iterable[str], known: set[str], what: str) -> Iterator[Located]:
    for code in codes:
        if code not in known:
            yield Located(here, f"Không có {what} {code}.")
