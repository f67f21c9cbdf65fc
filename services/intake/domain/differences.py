"""What differs between two rounds of a report, part by part and row by row.

Rows are matched by what they are about, not by their place: a list in another order is the same.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from kernel.contracts.dossier import Movement, Nomination
from services.intake.domain.content import AttachedFile, ReportContent, ReportedIndicator
from services.intake.domain.differing_rows import (
    FieldDifference,
    PartDifference,
    RowDifference,
    prose_field,
    rows_of,
    text_field,
)
from services.intake.domain.figures import figure_text
from services.intake.domain.forms import Part, PeriodForm
from services.intake.domain.marked_words import MOST_MATCHES, Change, marked, paired
from vnadmin.awards.titles import NomineeKind
from vnadmin.text_folding import fold

ATTACHMENTS = "attachments"
_FEWEST_MATCHES = 5_000


def differences(
    old: ReportContent, new: ReportContent, form: PeriodForm
) -> tuple[PartDifference, ...]:
    """Return what changed from the old content to the new one, in the order of the form."""
    parts = [_part(part, _ROWS[part](old, new, form), old, new) for part in Part]
    files = tuple(rows_of(old.attachments, new.attachments, _file_key, _file_title, _file_fields))
    parts.append(PartDifference(part=ATTACHMENTS, label="Tài liệu kèm theo", rows=files))
    return _with_words(tuple(it for it in parts if it.rows))


def _part(
    part: Part, rows: Iterable[RowDifference], old: ReportContent, new: ReportContent
) -> PartDifference:
    was, is_now = part in old.nothing_to_report, part in new.nothing_to_report
    declared = RowDifference(
        key="nothing-to-report",
        title="Ghi là không có nội dung",
        change=Change.ADDED if is_now else Change.REMOVED,
        fields=(),
    )
    found = (*([declared] if was is not is_now else []), *rows)
    return PartDifference(part=part, label=part.label, rows=found)


def _with_words(parts: tuple[PartDifference, ...]) -> tuple[PartDifference, ...]:
    """Mark the words of all prose; the more there is of it, the less each may cost."""
    count = sum(it.is_prose for part in parts for row in part.rows for it in row.fields)
    most = max(_FEWEST_MATCHES, MOST_MATCHES * 5 // max(5, count))
    return tuple(
        replace(part, rows=tuple(_row_with_words(row, most) for row in part.rows)) for part in parts
    )


def _row_with_words(row: RowDifference, most: int) -> RowDifference:
    return replace(
        row,
        fields=tuple(
            replace(it, words=marked(it.old, it.new, most_matches=most)) if it.is_prose else it
            for it in row.fields
        ),
    )


def _movements(old: ReportContent, new: ReportContent, form: PeriodForm) -> Iterator[RowDifference]:
    return rows_of(
        old.movements,
        new.movements,
        lambda it: fold(it.name),
        lambda it: it.name or "(chưa có tên)",
        _movement_fields,
    )


def _movement_fields(old: Movement | None, new: Movement | None) -> Iterator[FieldDifference]:
    was, now = old or Movement(name=""), new or Movement(name="")
    yield text_field("name", "Tên phong trào", was.name, now.name)
    yield prose_field("result", "Kết quả", was.result, now.result)


_FIGURES = {
    "plan": "Kế hoạch",
    "actual": "Thực hiện",
    "reported_percent": "Tỷ lệ do ngành báo",
}


def _indicators(
    old: ReportContent, new: ReportContent, form: PeriodForm
) -> Iterator[RowDifference]:
    order = {it.code: place for place, it in enumerate(form.indicators)}
    units = {it.code: it.unit for it in form.indicators}
    names = {it.code: it.name for it in form.indicators}

    def fields(
        was: ReportedIndicator | None, now: ReportedIndicator | None
    ) -> Iterator[FieldDifference]:
        code = (now or was or ReportedIndicator(code="")).code
        return _indicator_fields(was, now, units.get(code, ""))

    rows = rows_of(
        tuple(it for it in old.indicators if not _says_nothing(it)),
        tuple(it for it in new.indicators if not _says_nothing(it)),
        lambda it: it.code,
        lambda it: names.get(it.code, it.code),
        fields,
    )
    return iter(sorted(rows, key=lambda it: order.get(it.key, len(order))))


def _says_nothing(it: ReportedIndicator) -> bool:
    return it.is_blank and not it.reason


def _indicator_fields(
    old: ReportedIndicator | None, new: ReportedIndicator | None, unit: str
) -> Iterator[FieldDifference]:
    was, now = old or ReportedIndicator(code=""), new or ReportedIndicator(code="")
    for name, label in _FIGURES.items():
        before, after = getattr(was, name), getattr(now, name)
        measure = "%" if name == "reported_percent" else unit
        yield FieldDifference(
            name=name,
            label=label,
            old=figure_text(before, measure),
            new=figure_text(after, measure),
            old_figure=before,
            new_figure=after,
        )
    yield text_field("at_least", "Ghi là “trên”", _yes(was.at_least), _yes(now.at_least))
    yield prose_field("reason", "Giải trình", was.reason, now.reason)


def _yes(value: bool) -> str:
    return "có" if value else ""


def _achievements(
    old: ReportContent, new: ReportContent, form: PeriodForm
) -> Iterator[RowDifference]:
    """Compare answer with answer: an answer of several lines is one text."""
    was, now = _answers(old), _answers(new)
    asked = {(it.field, it.code): it.label for it in form.prompts}
    keys = [*(it for it in asked if it in was or it in now), *now, *was]
    for key in dict.fromkeys(keys):
        before, after = was.get(key, ""), now.get(key, "")
        if before == after:
            continue
        change = Change.CHANGED
        if not before or not after:
            change = Change.REMOVED if before else Change.ADDED
        yield RowDifference(
            key="/".join(key),
            title=asked.get(key) or form.heading_title(key[0]),
            change=change,
            fields=(prose_field("text", "Trả lời", before, after),),
        )


def _answers(content: ReportContent) -> dict[tuple[str, str], str]:
    lines: dict[tuple[str, str], list[str]] = {}
    for it in content.achievements:
        if it.text:
            lines.setdefault((it.field, it.prompt or it.field), []).append(it.text)
    return {key: "\n".join(texts) for key, texts in lines.items()}


def _nominations(
    old: ReportContent, new: ReportContent, form: PeriodForm
) -> Iterator[RowDifference]:
    titles = {it.code: it.title for it in form.awards}

    def title(it: Nomination) -> str:
        award = titles.get(it.award, it.award) or "chưa chọn danh hiệu, hình thức"
        return f"{it.name or '(chưa có tên)'} – {award}"

    def fields(was: Nomination | None, now: Nomination | None) -> Iterator[FieldDifference]:
        return _nomination_fields(was, now, titles)

    return rows_of(old.nominations, new.nominations, nomination_key, title, fields)


def nomination_key(it: Nomination) -> str:
    """Return who is proposed for what, however the name was typed."""
    return "/".join((fold(it.name), fold(it.unit), it.award))


_NO_NOMINATION = Nomination(kind="", name="", award="")
_NOMINATION_TEXTS = {
    "name": "Họ và tên, tên tập thể",
    "title": "Chức vụ",
    "unit": "Đơn vị",
    "occasion": "Loại hình khen thưởng",
    "evidence": "Minh chứng",
}


def _nomination_fields(
    old: Nomination | None, new: Nomination | None, titles: dict[str, str]
) -> Iterator[FieldDifference]:
    was, now = old or _NO_NOMINATION, new or _NO_NOMINATION
    yield text_field("kind", "Đối tượng", _kind(was.kind), _kind(now.kind))
    award = "Danh hiệu, hình thức"
    yield text_field(
        "award", award, titles.get(was.award, was.award), titles.get(now.award, now.award)
    )
    for name, label in _NOMINATION_TEXTS.items():
        yield text_field(name, label, getattr(was, name), getattr(now, name))
    yield prose_field("achievement", "Thành tích", was.achievement, now.achievement)


def _kind(code: str) -> str:
    return NomineeKind(code).label if code else ""


def _limitations(
    old: ReportContent, new: ReportContent, form: PeriodForm
) -> Iterator[RowDifference]:
    return _lines(old.limitations, new.limitations)


def _directions(
    old: ReportContent, new: ReportContent, form: PeriodForm
) -> Iterator[RowDifference]:
    return _lines(old.directions, new.directions)


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[RowDifference]:
    """Compare lists that have no names: like lines with like."""
    pairs, gone, come = paired(old, new)
    for before, after in pairs:
        if old[before] != new[after]:
            yield _line(Change.CHANGED, after, old[before], new[after])
    for place in come:
        yield _line(Change.ADDED, place, "", new[place])
    for place in gone:
        yield _line(Change.REMOVED, place, old[place], "")


def _line(change: Change, place: int, old: str, new: str) -> RowDifference:
    return RowDifference(
        key=str(place),
        title=f"Mục {place + 1}",
        change=change,
        fields=(prose_field("text", "Nội dung", old, new),),
    )


_ROWS: dict[Part, Callable[[ReportContent, ReportContent, PeriodForm], Iterator[RowDifference]]] = {
    Part.MOVEMENTS: _movements,
    Part.INDICATORS: _indicators,
    Part.ACHIEVEMENTS: _achievements,
    Part.NOMINATIONS: _nominations,
    Part.LIMITATIONS: _limitations,
    Part.DIRECTIONS: _directions,
}


def _file_key(it: AttachedFile) -> str:
    return it.name


def _file_title(it: AttachedFile) -> str:
    return it.name


def _file_fields(old: AttachedFile | None, new: AttachedFile | None) -> Iterator[FieldDifference]:
    was, now = (old.sha256 if old else ""), (new.sha256 if new else "")
    yield text_field("sha256", "Mã kiểm chứng (SHA-256)", was, now)
