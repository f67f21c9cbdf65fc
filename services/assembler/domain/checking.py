"""What is wrong or doubtful in a dossier, before a document is made of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kernel.contracts.dossier import DossierContent, Indicator, Nomination, SectorReport
from services.assembler.domain import award_table, indicators, wording
from services.assembler.domain.findings import Finding, error, notice, warning
from vnadmin import amounts
from vnadmin.awards.ratios import all_ratios
from vnadmin.awards.titles import UnknownAward, award
from vnadmin.text_folding import fold

_AWARD_PLACE = "Danh sách đề nghị khen thưởng"
_ABOUT_AWARDS = ("khen thuong", "giay khen", "bang khen")


def check_results(content: DossierContent) -> list[Finding]:
    """Return the findings about what a report tells of the year."""
    known = indicators.by_code(content.sectors)
    return [
        *_lost_fields(content),
        *_repeated_indicators(content.sectors),
        *(finding for it in known.values() for finding in _indicator(it)),
        *_sums(known),
        *_award_indicators(known.values(), award_table.nominations(content)),
    ]


def check_lists(content: DossierContent) -> list[Finding]:
    """Return the findings about who is in the dossier, which concern every document."""
    every = award_table.nominations(content)
    return [
        *_missing_units(content),
        *(_awards(every) if award_table.is_reviewed(content) else _nominations(every)),
        *_ratios(every),
    ]


def check_review(content: DossierContent) -> list[Finding]:
    """Return the note that the council has not voted yet (chưa bình xét), where it has not."""
    if award_table.is_reviewed(content) or not award_table.nominations(content):
        return []
    return [
        notice(
            "not-reviewed",
            _AWARD_PLACE,
            "Danh sách chưa bình xét: Hội đồng chưa chốt kết quả, nên mọi đề nghị đã duyệt đều có "
            "trong văn bản.",
            "Chốt kết quả phiên họp Hội đồng ở trang Tiếp nhận, chốt lại hồ sơ rồi soạn lại.",
        )
    ]


def _missing_units(content: DossierContent) -> Iterator[Finding]:
    if content.missing_units:
        units = wording.enumerated(content.missing_units)
        yield warning(
            "unit-missing",
            "Hồ sơ tổng hợp",
            f"Chưa có báo cáo được duyệt của: {units}.",
            "Nhắc ngành nộp, duyệt báo cáo rồi soạn lại; không chờ thì dùng dự thảo này.",
        )


def _lost_fields(content: DossierContent) -> Iterator[Finding]:
    """Name what no heading would print."""
    known = {heading.code for heading in content.headings}
    for sector in content.sectors:
        used = [*(it.field for it in sector.indicators), *(it.field for it in sector.achievements)]
        for field in sorted(set(used) - known):
            yield error(
                "field-unknown",
                sector.unit_name,
                f"Nội dung thuộc lĩnh vực {field!r} không có đề mục trong báo cáo.",
                "Thêm đề mục cho lĩnh vực này hoặc sửa biểu mẫu.",
            )


def _repeated_indicators(sectors: Sequence[SectorReport]) -> Iterator[Finding]:
    reports: dict[str, list[tuple[str, Indicator]]] = defaultdict(list)
    for sector in sectors:
        for it in sector.indicators:
            reports[it.code].append((sector.unit_name, it))
    for told in reports.values():
        first_unit, first = told[0]
        for unit, other in told[1:]:
            if (other.plan, other.actual, other.base) == (first.plan, first.actual, first.base):
                continue
            yield error(
                "indicator-contradicted",
                first.name,
                f"{first_unit} và {unit} báo cáo hai số liệu khác nhau cho cùng một chỉ tiêu.",
                "Thống nhất số liệu, chỉ giao một đơn vị báo cáo chỉ tiêu này.",
            )


def _indicator(it: Indicator) -> Iterator[Finding]:
    if it.actual is None and it.reported_percent is None:
        yield warning(
            "indicator-empty", it.name, "Chưa có số liệu thực hiện nên không đưa vào báo cáo."
        )
    if it.reported_percent is not None:
        yield from _reported_percent(it, it.reported_percent)
    if it.base is not None and it.actual is not None and it.actual > it.base:
        yield warning(
            "indicator-over-base",
            it.name,
            f"Thực hiện {amounts.format_number(it.actual)} lớn hơn tổng số "
            f"{amounts.format_number(it.base)}.",
        )


def _reported_percent(it: Indicator, reported: Decimal) -> Iterator[Finding]:
    """Compare with what can be computed, to as many places as were reported."""
    computed = indicators.shares(it)
    share = computed.of_plan if computed.of_plan is not None else computed.of_base
    if share is None:
        yield warning(
            "percent-unverified",
            it.name,
            f"Tỷ lệ {amounts.format_percent(reported)} do đơn vị báo cáo, không tính lại được.",
            "Đề nghị đơn vị bổ sung số kế hoạch và số thực hiện.",
        )
        return
    places = max(0, -int(reported.normalize().as_tuple().exponent))
    recomputed = amounts.format_percent(share, places)
    if recomputed != amounts.format_percent(reported, places):
        yield error(
            "percent-contradicted",
            it.name,
            f"Đơn vị báo cáo {amounts.format_percent(reported, places)}, tính lại từ số liệu "
            f"được {recomputed}.",
            "Báo cáo dùng tỷ lệ tính lại; kiểm tra số kế hoạch và số thực hiện.",
        )


def _sums(known: dict[str, Indicator]) -> Iterator[Finding]:
    for whole in known.values():
        absent = [code for code in whole.parts if code not in known]
        if absent:
            yield warning(
                "part-missing", whole.name, f"Thiếu chỉ tiêu thành phần: {', '.join(absent)}."
            )
        actuals = [known[code].actual for code in whole.parts if code in known]
        figures = [actual for actual in actuals if actual is not None]
        if whole.actual is None or not figures or len(figures) < len(whole.parts):
            continue
        if sum(figures) != whole.actual:
            yield error(
                "sum-mismatch",
                whole.name,
                f"{' + '.join(amounts.format_number(it) for it in figures)} = "
                f"{amounts.format_number(sum(figures, Decimal(0)))}, không bằng tổng số "
                f"{amounts.format_number(whole.actual)}.",
                "Sửa tổng số hoặc các thành phần cho khớp.",
            )


def _nominations(every: Sequence[Nomination]) -> Iterator[Finding]:
    yield from _awards(every)
    seen: Counter[tuple[str, str, str, str]] = Counter()
    for it in every:
        key = (it.kind, fold(wording.one_line(it.name)), fold(wording.one_line(it.unit)), it.award)
        seen[key] += 1
        if seen[key] == 2:
            unit = f" ({it.unit})" if it.unit else ""
            yield error(
                "nominee-repeated",
                _AWARD_PLACE,
                f"{it.name}{unit} được đề nghị nhiều lần cho cùng một hình thức.",
                "Giữ một đề nghị; nếu là hai người trùng tên, ghi rõ đơn vị.",
            )


def _awards(every: Sequence[Nomination]) -> Iterator[Finding]:
    for code, kind in sorted({(it.award, it.kind) for it in every}):
        try:
            known = award(code)
        except UnknownAward as exc:
            yield error("award-unknown", _AWARD_PLACE, f"{exc}.")
            continue
        if kind not in known.objects:
            whom = ", ".join(wanted.label for wanted in known.objects)
            yield warning(
                "award-not-for-kind", _AWARD_PLACE, f"{known.title} chỉ dành cho: {whom}."
            )


def _ratios(every: Sequence[Nomination]) -> Iterator[Finding]:
    counts = Counter(it.award for it in every)
    for ratio in all_ratios():
        if not counts[ratio.numerator]:
            continue
        outcome = ratio.check(counts[ratio.numerator], counts[ratio.denominator])
        if outcome.is_exceeded:
            yield warning(
                "ratio-exceeded",
                _AWARD_PLACE,
                f"{award(ratio.numerator).title}: {outcome.numerator_count}, vượt mức "
                f"{outcome.allowed} ({amounts.format_percent(ratio.maximum)} của "
                f"{outcome.denominator_count} {award(ratio.denominator).title}).",
                f"Rà soát theo {ratio.source.article} và quy định của tỉnh.",
            )


def _award_indicators(known: Iterable[Indicator], every: Sequence[Nomination]) -> Iterator[Finding]:
    """Point at an indicator that counts awards with a number that no award list has."""
    counts = award_table.award_counts(every)
    listed = {number for count in counts for number in (*count.by_kind.values(), count.total)}
    for it in known:
        is_about_awards = any(words in fold(it.name) for words in _ABOUT_AWARDS)
        if not is_about_awards or it.actual is None or it.actual in listed:
            continue
        yield notice(
            "count-not-in-award-table",
            it.name,
            f"Chỉ tiêu nêu {indicators.quantity(it.actual, it.unit)}, bảng khen thưởng không có "
            "số này.",
            "Đối chiếu chỉ tiêu với danh sách khen thưởng.",
        )
